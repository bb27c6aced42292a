# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
# client: pdfsig (NSS)
# packages: poppler-utils libnss3-tools qpdf
# keys: rsa2048
. "$CLIENTS/lib.sh"
. "$CLIENTS/nss.sh"
database
# An empty page; qpdf writes the cross-reference table that is missing here.
cat >page.pdf <<'END'
%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>> endobj
trailer <</Root 1 0 R/Size 4>>
END
qpdf --warning-exit-0 page.pdf letter.pdf 2>/dev/null
row "signs a letter and ends without a crash" \
    pdfsig -nssdir "sql:$dir/db" -nss-pwd "$PIN" -add-signature -nick "$NICK" letter.pdf signed.pdf
pins 1
row "finds the signature valid" pdfsig -nssdir "sql:$dir/db" signed.pdf
shows "and its chain trusted" 'Signature is Valid' out.txt
check "our own verifier accepts the letter" "$ACREDITA" letter verify signed.pdf --ca "$CARD/root.pem"
finish
