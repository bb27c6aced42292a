# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: LibreOffice
# packages: libreoffice-writer python3-uno libnss3-tools xvfb xdotool poppler-utils
# keys: rsa2048
. "$CLIENTS/lib.sh"
. "$CLIENTS/nss.sh"
database
serve xvfb.log sh -c 'exec Xvfb -displayfd 3 -screen 0 1024x768x24 -nolisten tcp 3>display'
wait_for "the screen is there" [ -s display ]
DISPLAY=:$(cat display) SAL_USE_VCLPLUGIN=gen MOZILLA_CERTIFICATE_FOLDER=sql:$dir/db
export DISPLAY SAL_USE_VCLPLUGIN MOZILLA_CERTIFICATE_FOLDER
serve office.log soffice "-env:UserInstallation=file://$dir/office" --norestore --nologo --nodefault --nofirststartwizard \
    "--accept=pipe,name=card;urp;"
LIMIT=180 row "signs a document exported as PDF" /usr/bin/python3 "$CLIENTS/libreoffice.py" "$LABEL" "$PIN" signed.pdf
shows "the PIN was asked for once" '^typed 1 time' out.txt
pins 1
row "pdfsig finds the signature valid" pdfsig -nssdir "sql:$dir/db" signed.pdf
shows "and its chain trusted" 'Signature is Valid' out.txt
check "our own verifier accepts the letter" "$ACREDITA" letter verify signed.pdf --ca "$CARD/root.pem"
finish
