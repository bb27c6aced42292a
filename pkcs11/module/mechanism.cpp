// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/mechanism.hpp"

#include <algorithm>
#include <cstring>

namespace acredita::module {

namespace {

using enum Scheme;
using enum card::KeyType;

constexpr CK_FLAGS signs = CKF_SIGN | CKF_VERIFY;
constexpr CK_FLAGS crypts = CKF_DECRYPT | CKF_ENCRYPT;
constexpr CK_FLAGS recovers = CKF_SIGN_RECOVER | CKF_VERIFY_RECOVER;
constexpr std::size_t longest_public_data = 256; // a point of P-521 in DER is far below
constexpr CK_FLAGS curve_flags = CKF_EC_F_P | CKF_EC_NAMEDCURVE | CKF_EC_UNCOMPRESS;

constexpr Mechanism table[] = {
    {CKM_RSA_PKCS, pkcs1, rsa, Hash::none, signs | crypts | recovers},
    {CKM_RSA_PKCS_PSS, pss, rsa, Hash::none, signs},
    {CKM_RSA_X_509, raw, rsa, Hash::none, signs | crypts | recovers},
    {CKM_RSA_PKCS_OAEP, oaep, rsa, Hash::none, crypts},
    {CKM_SHA1_RSA_PKCS, pkcs1, rsa, Hash::sha1, signs},
    {CKM_SHA224_RSA_PKCS, pkcs1, rsa, Hash::sha224, signs},
    {CKM_SHA256_RSA_PKCS, pkcs1, rsa, Hash::sha256, signs},
    {CKM_SHA384_RSA_PKCS, pkcs1, rsa, Hash::sha384, signs},
    {CKM_SHA512_RSA_PKCS, pkcs1, rsa, Hash::sha512, signs},
    {CKM_SHA1_RSA_PKCS_PSS, pss, rsa, Hash::sha1, signs},
    {CKM_SHA224_RSA_PKCS_PSS, pss, rsa, Hash::sha224, signs},
    {CKM_SHA256_RSA_PKCS_PSS, pss, rsa, Hash::sha256, signs},
    {CKM_SHA384_RSA_PKCS_PSS, pss, rsa, Hash::sha384, signs},
    {CKM_SHA512_RSA_PKCS_PSS, pss, rsa, Hash::sha512, signs},
    {CKM_ECDSA, ecdsa, ec, Hash::none, signs | curve_flags},
    {CKM_ECDSA_SHA1, ecdsa, ec, Hash::sha1, signs | curve_flags},
    {CKM_ECDSA_SHA224, ecdsa, ec, Hash::sha224, signs | curve_flags},
    {CKM_ECDSA_SHA256, ecdsa, ec, Hash::sha256, signs | curve_flags},
    {CKM_ECDSA_SHA384, ecdsa, ec, Hash::sha384, signs | curve_flags},
    {CKM_ECDSA_SHA512, ecdsa, ec, Hash::sha512, signs | curve_flags},
    {CKM_ECDH1_DERIVE, ecdh, ec, Hash::none, CKF_DERIVE | curve_flags},
    {CKM_ECDH1_COFACTOR_DERIVE, ecdh, ec, Hash::none, CKF_DERIVE | curve_flags},
    {CKM_RSA_PKCS_KEY_PAIR_GEN, generate, rsa, Hash::none, CKF_GENERATE_KEY_PAIR},
    {CKM_EC_KEY_PAIR_GEN, generate, ec, Hash::none, CKF_GENERATE_KEY_PAIR | curve_flags},
    {CKM_SHA_1, Scheme::digest, rsa, Hash::sha1, CKF_DIGEST},
    {CKM_SHA224, Scheme::digest, rsa, Hash::sha224, CKF_DIGEST},
    {CKM_SHA256, Scheme::digest, rsa, Hash::sha256, CKF_DIGEST},
    {CKM_SHA384, Scheme::digest, rsa, Hash::sha384, CKF_DIGEST},
    {CKM_SHA512, Scheme::digest, rsa, Hash::sha512, CKF_DIGEST},
};

Hash hash_of(CK_MECHANISM_TYPE type) {
    const auto* row = std::ranges::find_if(
        table, [&](const auto& m) { return m.type == type && m.scheme == Scheme::digest; });
    return row == std::end(table) ? Hash::none : row->hash;
}

Hash hash_of_mgf(CK_RSA_PKCS_MGF_TYPE mgf) {
    switch (mgf) {
    case CKG_MGF1_SHA1:
        return Hash::sha1;
    case CKG_MGF1_SHA224:
        return Hash::sha224;
    case CKG_MGF1_SHA256:
        return Hash::sha256;
    case CKG_MGF1_SHA384:
        return Hash::sha384;
    case CKG_MGF1_SHA512:
        return Hash::sha512;
    default:
        return Hash::none;
    }
}

Result<Hash> hash_of_kdf(unsigned long kdf) {
    switch (kdf) {
    case CKD_NULL:
        return Hash::none;
    case CKD_SHA1_KDF:
        return Hash::sha1;
    case CKD_SHA224_KDF:
        return Hash::sha224;
    case CKD_SHA256_KDF:
        return Hash::sha256;
    case CKD_SHA384_KDF:
        return Hash::sha384;
    case CKD_SHA512_KDF:
        return Hash::sha512;
    default:
        return fail(CKR_MECHANISM_PARAM_INVALID);
    }
}

template <class T>
Result<T> parameter(const CK_MECHANISM& given) {
    T value;
    if (given.pParameter == nullptr || given.ulParameterLen != sizeof value)
        return fail(CKR_MECHANISM_PARAM_INVALID);
    std::memcpy(&value, given.pParameter, sizeof value); // the caller's pointer need not be aligned
    return value;
}

} // namespace

std::span<const Mechanism> mechanisms() noexcept { return table; }

bool available(const Mechanism& mechanism, const Abilities& abilities) noexcept {
    const auto& sizes = mechanism.scheme == generate ? abilities.generated : abilities.keys;
    const bool has_key =
        std::ranges::any_of(sizes, [&](const auto& size) { return size.type == mechanism.key; });
    switch (mechanism.scheme) {
    case Scheme::digest:
        return true;
    case pkcs1:
        return has_key && (abilities.rsa_raw || abilities.rsa_pkcs1 || abilities.rsa_decrypt);
    case pss:
        return has_key && (abilities.rsa_raw || abilities.rsa_pss);
    case oaep:
    case raw:
        return has_key && abilities.rsa_raw;
    case ecdsa:
        return has_key && (abilities.ecdsa || (abilities.ecdsa_sha1 && mechanism.hash == Hash::sha1));
    case ecdh:
        return has_key && abilities.ecdh;
    case generate:
        return has_key;
    }
    return false;
}

std::vector<CK_MECHANISM_TYPE> mechanism_list(const Abilities& abilities) {
    std::vector<CK_MECHANISM_TYPE> types;
    for (const auto& mechanism : table)
        if (available(mechanism, abilities)) types.push_back(mechanism.type);
    return types;
}

Result<const Mechanism*> find_mechanism(CK_MECHANISM_TYPE type, CK_FLAGS purpose,
                                        const Abilities& abilities) {
    for (const auto& mechanism : table)
        if (mechanism.type == type && available(mechanism, abilities) &&
            (mechanism_info(mechanism, abilities).flags & purpose) == purpose)
            return &mechanism;
    return fail(CKR_MECHANISM_INVALID);
}

CK_MECHANISM_INFO mechanism_info(const Mechanism& mechanism, const Abilities& abilities) noexcept {
    CK_MECHANISM_INFO info{0, 0, mechanism.flags};
    if (mechanism.scheme == Scheme::digest) return info;
    info.flags |= CKF_HW;
    // A card that pads by itself signs PKCS #1 blocks, and perhaps gives messages back without their padding.
    if (!abilities.rsa_raw && mechanism.scheme == pkcs1) {
        if (!abilities.rsa_decrypt) info.flags &= ~crypts;
        if (!abilities.rsa_pkcs1) info.flags &= ~(signs | recovers);
    }
    for (const auto& size : mechanism.scheme == generate ? abilities.generated : abilities.keys) {
        if (size.type != mechanism.key) continue;
        info.ulMinKeySize =
            info.ulMinKeySize == 0 ? size.bits : std::min<CK_ULONG>(info.ulMinKeySize, size.bits);
        info.ulMaxKeySize = std::max<CK_ULONG>(info.ulMaxKeySize, size.bits);
    }
    return info;
}

Result<PssParameters> pss_parameters(const CK_MECHANISM& given, const Mechanism& mechanism) {
    ACREDITA_TRY(value, parameter<CK_RSA_PKCS_PSS_PARAMS>(given));
    const PssParameters parameters{hash_of(value.hashAlg), hash_of_mgf(value.mgf), value.sLen};
    const bool agrees = mechanism.hash == Hash::none || mechanism.hash == parameters.hash;
    if (parameters.hash == Hash::none || parameters.mgf == Hash::none || !agrees ||
        parameters.salt_size > 512)
        return fail(CKR_MECHANISM_PARAM_INVALID);
    return parameters;
}

Result<OaepParameters> oaep_parameters(const CK_MECHANISM& given) {
    ACREDITA_TRY(value, parameter<CK_RSA_PKCS_OAEP_PARAMS>(given));
    OaepParameters parameters{hash_of(value.hashAlg), hash_of_mgf(value.mgf), {}};
    const bool label = value.pSourceData != nullptr && value.ulSourceDataLen > 0;
    if (parameters.hash == Hash::none || parameters.mgf == Hash::none || value.ulSourceDataLen > 65536 ||
        (label && value.source != CKZ_DATA_SPECIFIED) || (value.ulSourceDataLen > 0 && !label))
        return fail(CKR_MECHANISM_PARAM_INVALID);
    if (label)
        parameters.label = copy({static_cast<const CK_BYTE*>(value.pSourceData), value.ulSourceDataLen});
    return parameters;
}

Result<AgreementParameters> agreement_parameters(const CK_MECHANISM& given) {
    ACREDITA_TRY(value, parameter<CK_ECDH1_DERIVE_PARAMS>(given));
    ACREDITA_TRY(hash, hash_of_kdf(value.kdf));
    const bool shared = value.shared_data_len != 0;
    if (value.public_data == nullptr || value.public_data_len > longest_public_data ||
        (shared && (value.shared_data == nullptr || value.shared_data_len > 65536 || hash == Hash::none)))
        return fail(CKR_MECHANISM_PARAM_INVALID);
    AgreementParameters parameters{hash, {}, copy({value.public_data, value.public_data_len})};
    if (shared) parameters.shared = copy({value.shared_data, value.shared_data_len});
    return parameters;
}

Result<void> no_parameters(const CK_MECHANISM& given) {
    // Some callers pass a pointer and no bytes, some bytes of zero length: both mean nothing.
    if (given.ulParameterLen != 0) return fail(CKR_MECHANISM_PARAM_INVALID);
    return {};
}

} // namespace acredita::module
