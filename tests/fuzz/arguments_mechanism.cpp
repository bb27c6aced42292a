// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Mechanisms with their parameters.
#include "tests/fuzz/arguments.hpp"

namespace acredita::fuzz {

namespace {

constexpr CK_MECHANISM_TYPE mechanisms[] = {CKM_SHA256_RSA_PKCS,
                                            CKM_RSA_PKCS,
                                            CKM_RSA_PKCS_PSS,
                                            CKM_RSA_X_509,
                                            CKM_RSA_PKCS_OAEP,
                                            CKM_SHA1_RSA_PKCS,
                                            CKM_SHA384_RSA_PKCS,
                                            CKM_SHA512_RSA_PKCS,
                                            CKM_SHA256_RSA_PKCS_PSS,
                                            CKM_SHA1_RSA_PKCS_PSS,
                                            CKM_SHA512_RSA_PKCS_PSS,
                                            CKM_ECDSA,
                                            CKM_ECDSA_SHA256,
                                            CKM_ECDSA_SHA384,
                                            CKM_ECDH1_DERIVE,
                                            CKM_RSA_PKCS_KEY_PAIR_GEN,
                                            CKM_EC_KEY_PAIR_GEN,
                                            CKM_SHA256,
                                            CKM_SHA_1,
                                            CKM_SHA512,
                                            CKM_SHA224,
                                            CKM_AES_CBC,
                                            0x80000001UL};

} // namespace

CK_MECHANISM Arguments::parameters(CK_MECHANISM_TYPE type) {
    const auto how = feed_.byte();
    if ((how & 3U) == 1) return {type, nullptr, number()};
    if ((how & 3U) == 2) {
        const auto bytes = feed_.chunk();
        return {type, keep(bytes), bytes.size()};
    }
    if ((how & 3U) == 3) return {type, room(8), absurd(how)};
    CK_RSA_PKCS_PSS_PARAMS pss{CKM_SHA256, CKG_MGF1_SHA256, 32};
    CK_RSA_PKCS_OAEP_PARAMS oaep{CKM_SHA_1, CKG_MGF1_SHA1, CKZ_DATA_SPECIFIED, nullptr, 0};
    CK_ECDH1_DERIVE_PARAMS ecdh{1, 0, nullptr, 0, nullptr};
    if (how != 0) {
        pss.hashAlg = mechanisms[feed_.byte() % std::size(mechanisms)];
        pss.sLen = number();
        oaep.hashAlg = pss.hashAlg;
        const auto source = input();
        oaep.pSourceData = source.data;
        oaep.ulSourceDataLen = source.size;
        ecdh.pPublicData = source.data;
        ecdh.ulPublicDataLen = source.size;
        ecdh.kdf = feed_.byte();
    }
    switch (type) {
    case CKM_RSA_PKCS_PSS:
    case CKM_SHA1_RSA_PKCS_PSS:
    case CKM_SHA256_RSA_PKCS_PSS:
    case CKM_SHA512_RSA_PKCS_PSS:
        return {type, thing(pss), sizeof pss};
    case CKM_RSA_PKCS_OAEP:
        return {type, thing(oaep), sizeof oaep};
    case CKM_ECDH1_DERIVE:
        return {type, thing(ecdh), sizeof ecdh};
    default:
        return {type, nullptr, 0};
    }
}

CK_MECHANISM_PTR Arguments::mechanism(bool sensible_is_curve) {
    const auto which = feed_.byte();
    if (which == 0xFF) return nullptr;
    if (which == 0) {
        const CK_MECHANISM sensible{sensible_is_curve ? CKM_ECDSA : CKM_SHA256_RSA_PKCS, nullptr, 0};
        return thing(sensible);
    }
    const CK_MECHANISM_TYPE type = which < 0xF0 ? mechanisms[which % std::size(mechanisms)] : number();
    return thing(parameters(type));
}

} // namespace acredita::fuzz
