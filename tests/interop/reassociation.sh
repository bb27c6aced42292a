# SPDX-FileCopyrightText: Acredita contributors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# A portal that keeps a certificate: associated with the old one of the card, it refuses the new one; changed, or removed
# and assigned, it takes the new one and refuses the old. Both certificates are on one card, and curl reaches them through
# our module. Runs inside `acredita practice`.
here=$(cd "$(dirname "$0")" && pwd)
. "$here/lib.sh"
for needed in curl libengine-pkcs11-openssl opensc python3; do
    case $(dpkg-query -W -f '${db:Status-Abbrev}' "$needed" 2>/dev/null || true) in
    ii*) ;;
    *) echo "SKIPPED: needs the Debian package $needed"; exit 77 ;;
    esac
done
portal=
leave() {
    [ -z "$portal" ] || kill "$portal" 2>/dev/null || true
    rm -rf "$dir"
}
trap leave EXIT
umask 077
printf '123456\n' >pin

# The old certificate and the new one of one person, both on the card.
for which in old new; do
    kind=rsa
    [ "$which" = old ] || kind=ec
    printf 'contraseña de la práctica\n' | sh "$here/../../tools/practice/samples/backup.sh" "$dir/$which" "$kind" >/dev/null
    check "the $which certificate is loaded" "$ACREDITA" issue "$which/backup.p12" --passphrase-fd 7 --pin-fd 8 \
        --factory-admin-key 7<"$which/passphrase" 8<pin
done
cat old/issuer.pem old/root.pem new/issuer.pem new/root.pem >authorities.pem
# PKCS #11 URIs (RFC 7512, 2.3): the identifier is a hash of the public key, so each file tells its own.
for which in old new; do
    openssl x509 -in $which/certificate.pem -outform DER -out $which.der
    serial=$(openssl x509 -in $which/certificate.pem -noout -serial | sed 's/.*=//')
    pkcs11-tool --module "$ACREDITA_MODULE" -O --type cert >listed
    for id in $(sed -n 's/^ *ID: *//p' listed); do
        pkcs11-tool --module "$ACREDITA_MODULE" -r --type cert --id "$id" 2>/dev/null |
            openssl x509 -inform DER -noout -serial | grep -q "$serial" || continue
        printf 'pkcs11:id=%s' "$(printf '%s' "$id" | sed 's/../%&/g')" >$which.uri
    done
    check "the $which certificate is found by its identifier" test -s $which.uri
done

openssl req -x509 -newkey rsa:2048 -nodes -keyout server.key -out server.pem -days 3 -subj /CN=localhost \
    -addext subjectAltName=DNS:localhost 2>/dev/null
python3 "$here/portal/portal.py" server.pem server.key authorities.pem "$dir/port" 2>portal.log &
portal=$!
tries=200
until [ -s port ]; do
    tries=$((tries - 1))
    [ $tries -gt 0 ] || { echo "FAIL the portal does not start"; cat portal.log; exit 1; }
    sleep 0.1
done
site=https://localhost:$(cat port)
engine=$(openssl version -e | sed 's/.*"\(.*\)"/\1/')/pkcs11.so
printf '%s\n' 'openssl_conf = init' '[init]' 'engines = engines' '[engines]' 'pkcs11 = pkcs11' '[pkcs11]' \
    'engine_id = pkcs11' "dynamic_path = $engine" "MODULE_PATH = $ACREDITA_MODULE" 'init = 0' >engine.cnf

visit() { # PATH [CURL OPTION...]: without a certificate; the status last
    path=$1
    shift
    curl -sS --max-time 60 --cacert server.pem -b cookies -c cookies -w '%{http_code}\n' "$@" "$site$path"
}
with() { # WHICH PATH [CURL OPTION...]: with that certificate of the card
    which=$1
    shift
    uri=$(cat "$which.uri")
    OPENSSL_CONF=$dir/engine.cnf visit "$@" --engine pkcs11 --key-type ENG --key "$uri;type=private;pin-value=123456" \
        --cert-type ENG --cert "$uri;type=cert"
}
log_in() { # USER
    rm -f cookies
    shows "$1 logs in with user and password" '^200$' visit /identificarse -d "usuario=$1&clave=clave-de-$1"
}
accepted() { shows "the $1 certificate is let in" '^Bienvenida, '"$2"'$' with "$1" /acceso; }
refused() { shows "the $1 certificate is refused" '^403$' with "$1" /acceso; }

shows "without user and password nothing of the profile is shown" '^401$' visit /perfil
shows "a wrong password is refused" '^401$' visit /identificarse -d 'usuario=ana&clave=otra'
shows "a certificate that nobody has associated lets nobody in" '^403$' with old /acceso

# "Cambiar".
log_in ana
shows "no certificate is assigned yet" 'Aún no ha asignado un certificado digital a su perfil' visit /perfil
shows "the old one is associated" 'Certificado asociado' with old /perfil/asignar -d x=
accepted old ana
refused new
shows "a second one is not assigned beside it" '^409$' with new /perfil/asignar -d x=
check "something is typed into a form" visit /perfil/formulario -d texto=largo-trabajo
shows "it is there" 'largo-trabajo' visit /perfil
shows "the certificate is changed" 'Certificado asociado' with new /perfil/cambiar -d x=
shows "the data typed before are lost" '^Formulario: $' visit /perfil
accepted new ana
refused old

# "Eliminar", the confirmation, "Asignar"; for somebody who represents a person and an entity.
log_in lucia
shows "the old one is associated" 'Certificado asociado' with old /perfil/asignar -d x=
accepted old lucia
shows "removal asks for a confirmation" '¿Confirma que desea eliminar el certificado asociado a tu perfil\?' \
    visit /perfil/eliminar -d x=
accepted old lucia
shows "confirmed, it is removed" 'Aún no ha asignado un certificado digital' visit /perfil/eliminar -d confirmar=si
refused old
shows "there is nothing left to change" '^409$' with new /perfil/cambiar -d x=
shows "the new one is assigned" 'Certificado asociado' with new /perfil/asignar -d x=
shows "the profile says so" 'ya tiene asignado un certificado digital' visit /perfil
shows "the represented person is still there" 'MUESTRA PRÁCTICA, PEDRO' visit /perfil
shows "the represented entity is still there" 'AYUNTAMIENTO DE NINGUNA PARTE' visit /perfil
refused old

# The sheet tells the same words as the portal's pages.
LC_ALL=es_ES.UTF-8 "$ACREDITA" portals sheet oficina-virtual --renewed new/certificate.pem --previous old/certificate.pem --out sheet.pdf
pdftotext -raw sheet.pdf - | tr '\n' ' ' >sheet.txt
for words in 'Cambiar el certificado digital asociado a tu perfil' 'Eliminar el certificado digital asociado a su perfil' \
    'Confirmar Operación' '¿Confirma que desea eliminar el certificado asociado a tu perfil?' \
    'Asignar un certificado digital a tu perfil' 'Aún no ha asignado un certificado digital a su perfil' \
    'Tu perfil de usuario ya tiene asignado un certificado digital'; do
    check "the sheet says «$words»" grep -qF "$words" sheet.txt
    check "the portal says it too" grep -qF "$words" "$here/portal/portal.py"
done
kill "$portal"
wait "$portal" 2>/dev/null || true
portal=
finish
