// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pcsc/base/tlv.hpp"
#include "pkcs11/client/handle.hpp"
#include "pkcs11/client/openssl_error.hpp"
#include "pkcs11/client/store.hpp"

#include <openssl/core_names.h>
#include <openssl/objects.h>

namespace acredita::client {

namespace {

Result<EvpKey> assemble(const char* algorithm, OSSL_PARAM* params) {
    const EvpKeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, algorithm, nullptr));
    EVP_PKEY* raw = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
        EVP_PKEY_fromdata(context.get(), &raw, EVP_PKEY_PUBLIC_KEY, params) != 1)
        return fail_openssl("EVP_PKEY_fromdata");
    return EvpKey(raw);
}

Result<EvpKey> rsa_key(ByteView modulus, ByteView exponent) {
    const BigNumber n(BN_bin2bn(modulus.data(), static_cast<int>(modulus.size()), nullptr));
    const BigNumber e(BN_bin2bn(exponent.data(), static_cast<int>(exponent.size()), nullptr));
    const ParamBuilder builder(OSSL_PARAM_BLD_new());
    if (!n || !e || !builder || OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get()) != 1 ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get()) != 1)
        return fail_openssl("OSSL_PARAM_BLD_push_BN");
    const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    return assemble("RSA", params.get());
}

// CKA_EC_POINT is the point inside a DER OCTET STRING; some modules leave the wrapping out.
ByteView unwrapped(ByteView point) {
    TlvReader reader(point);
    const auto outer = reader.next();
    const bool wrapped = outer && outer->tag == 0x04 && reader.rest().empty() && !outer->value.empty() &&
                         outer->value.front() == 0x04;
    return wrapped ? outer->value : point;
}

Result<EvpKey> ec_key(ByteView curve, ByteView point) {
    const auto* in = curve.data();
    const Owned<ASN1_OBJECT, ASN1_OBJECT_free> oid(
        d2i_ASN1_OBJECT(nullptr, &in, static_cast<long>(curve.size())));
    if (!oid) return fail(client_errc::key_type_unknown, "CKA_EC_PARAMS");
    const char* name = OBJ_nid2sn(OBJ_obj2nid(oid.get()));
    const auto bare = unwrapped(point);
    const ParamBuilder builder(OSSL_PARAM_BLD_new());
    if (name == nullptr || !builder ||
        OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, name, 0) != 1 ||
        OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, bare.data(), bare.size()) !=
            1)
        return fail_openssl("OSSL_PARAM_BLD_push");
    const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    return assemble("EC", params.get());
}

} // namespace

Result<EvpKey> public_key(Session& session, Object object) {
    ACREDITA_TRY(type, number_if_any(session, object, CKA_KEY_TYPE));
    if (type == CKK_RSA) {
        ACREDITA_TRY(modulus, attribute(session, object, CKA_MODULUS));
        ACREDITA_TRY(exponent, attribute(session, object, CKA_PUBLIC_EXPONENT));
        return rsa_key(modulus, exponent);
    }
    if (type != CKK_EC) return fail(client_errc::key_type_unknown);
    ACREDITA_TRY(curve, attribute(session, object, CKA_EC_PARAMS));
    ACREDITA_TRY(point, attribute(session, object, CKA_EC_POINT));
    return ec_key(curve, point);
}

} // namespace acredita::client
