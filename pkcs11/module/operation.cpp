// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/operation.hpp"

#include "pkcs11/module/ec_public.hpp"
#include "pkcs11/module/random.hpp"
#include "pkcs11/module/rsa_public.hpp"

#include <algorithm>

namespace acredita::module {

namespace {

constexpr std::size_t longest_input =
    65536; // of a mechanism that does not hash; the largest modulus is far below

std::size_t block_size(const KeyUse& use) { return (use.key->key->bits + 7) / 8; }

// RFC 6979 2.3.2 and X9.62: the leftmost bits of the hash, as many as the order has.
Bytes leftmost(ByteView hash, unsigned bits) {
    const auto size = (bits + 7) / 8;
    auto cut = copy(hash.first(std::min<std::size_t>(hash.size(), size)));
    const unsigned shift = cut.size() == size ? 8 * size - bits : 0;
    for (std::size_t i = cut.size(); shift > 0 && i-- > 0;)
        cut[i] = static_cast<std::uint8_t>((cut[i] >> shift) | (i > 0 ? cut[i - 1] << (8 - shift) : 0));
    return cut;
}

Result<CardInput> pkcs1_input(const KeyUse& use, ByteView input) {
    const auto message = concat({digest_info_prefix(use.mechanism->hash), input});
    const auto block = pad_pkcs1(message, block_size(use));
    if (!block) return fail(CKR_DATA_LEN_RANGE);
    if (use.card_pads) return CardInput{card::Operation::rsa_pkcs1, message};
    return CardInput{card::Operation::rsa_raw, *block};
}

Result<CardInput> pss_input(const KeyUse& use, ByteView input) {
    if (input.size() != hash_size(use.pss.hash)) return fail(CKR_DATA_LEN_RANGE);
    if (use.card_pads) {
        if (use.pss.mgf != use.pss.hash || use.pss.salt_size != input.size())
            return fail(CKR_MECHANISM_PARAM_INVALID);
        return CardInput{card::Operation::rsa_pss, copy(input)};
    }
    Bytes salt(use.pss.salt_size);
    if (!fill_random(salt)) return fail(CKR_FUNCTION_FAILED);
    auto block = pad_pss(input, use.pss, use.key->key->bits, salt);
    if (!block) return fail(CKR_KEY_SIZE_RANGE);
    return CardInput{card::Operation::rsa_raw, std::move(*block)};
}

Result<CardInput> raw_input(const KeyUse& use, ByteView input, CK_RV too_long) {
    const auto size = block_size(use);
    if (input.size() > size) return fail(too_long);
    Bytes block(size, 0);
    std::ranges::copy(input, block.end() - static_cast<std::ptrdiff_t>(input.size()));
    // The card would refuse a number that is not below the modulus, some with odd answers.
    if (!std::ranges::lexicographical_compare(block, use.key->key->modulus))
        return fail(too_long == CKR_DATA_LEN_RANGE ? CKR_DATA_INVALID : CKR_ENCRYPTED_DATA_INVALID);
    return CardInput{card::Operation::rsa_raw, std::move(block)};
}

// What is signed or encrypted: the digest, or the parts as they came.
Bytes whole_input(KeyUse& use) {
    return use.hashing ? use.hashing->finish() : Bytes(use.collected.begin(), use.collected.end());
}

} // namespace

Result<KeyUse> start_key_use(const CK_MECHANISM& given, const Mechanism& mechanism,
                             std::shared_ptr<const Object> key, const Abilities& abilities) {
    KeyUse use;
    if (mechanism.scheme == Scheme::pss) {
        ACREDITA_TRY(parameters, pss_parameters(given, mechanism));
        use.pss = parameters;
    } else if (mechanism.scheme == Scheme::oaep) {
        ACREDITA_TRY(parameters, oaep_parameters(given));
        use.oaep = std::move(parameters);
    } else if (mechanism.scheme == Scheme::ecdh) {
        ACREDITA_TRY(parameters, agreement_parameters(given));
        use.agreement = std::move(parameters);
    } else {
        ACREDITA_CHECK(no_parameters(given));
    }
    use.key = std::move(key);
    use.mechanism = &mechanism;
    use.card_pads = !abilities.rsa_raw;
    use.card_hashes = mechanism.scheme == Scheme::ecdsa && !abilities.ecdsa;
    if (mechanism.hash != Hash::none && !use.card_hashes) use.hashing.emplace(mechanism.hash);
    return use;
}

Result<void> add_part(KeyUse& use, ByteView part) {
    if (use.hashing) {
        use.hashing->update(part);
        return {};
    }
    if (use.collected.size() + part.size() > longest_input) return fail(CKR_DATA_LEN_RANGE);
    use.collected.insert(use.collected.end(), part.begin(), part.end());
    return {};
}

std::size_t signature_size(const KeyUse& use) noexcept {
    return use.mechanism->scheme == Scheme::ecdsa ? 2 * block_size(use) : block_size(use);
}

Result<CardInput> signature_input(KeyUse& use) {
    const auto input = whole_input(use);
    switch (use.mechanism->scheme) {
    case Scheme::pkcs1:
        return pkcs1_input(use, input);
    case Scheme::pss:
        return pss_input(use, input);
    case Scheme::raw:
        return raw_input(use, input, CKR_DATA_LEN_RANGE);
    case Scheme::ecdsa:
        if (input.empty()) return fail(CKR_DATA_LEN_RANGE);
        if (use.card_hashes) return CardInput{card::Operation::ecdsa_sha1, input};
        return CardInput{card::Operation::ecdsa, leftmost(input, use.key->key->bits)};
    default:
        return fail(CKR_MECHANISM_INVALID);
    }
}

namespace {

bool is_signature(const KeyUse& use, ByteView input, ByteView block) {
    switch (use.mechanism->scheme) {
    case Scheme::pkcs1:
        return equal(block,
                     *pad_pkcs1(concat({digest_info_prefix(use.mechanism->hash), input}), block.size()));
    case Scheme::pss:
        return check_pss(block, input, use.pss, use.key->key->bits);
    case Scheme::raw:
        return equal(block, concat({Bytes(block.size() - input.size(), 0), input}));
    default:
        return false;
    }
}

// The longest input of the scheme, or the only one.
bool fits(const KeyUse& use, std::size_t input) {
    switch (use.mechanism->scheme) {
    case Scheme::pkcs1:
        return digest_info_prefix(use.mechanism->hash).size() + input + 11 <= block_size(use);
    case Scheme::pss:
        return input == hash_size(use.pss.hash);
    case Scheme::raw:
        return input <= block_size(use);
    default:
        return input != 0;
    }
}

} // namespace

Result<void> check_signature(KeyUse& use, ByteView signature) {
    auto input = whole_input(use);
    if (use.card_hashes) input = digest(use.mechanism->hash, input);
    if (signature.size() != signature_size(use)) return fail(CKR_SIGNATURE_LEN_RANGE);
    if (!fits(use, input.size())) return fail(CKR_DATA_LEN_RANGE);
    const auto& key = *use.key->key;
    if (use.mechanism->scheme == Scheme::ecdsa) {
        if (!ecdsa_verifies(key, leftmost(input, key.bits), signature)) return fail(CKR_SIGNATURE_INVALID);
        return {};
    }
    const auto block = rsa_public(key, signature);
    if (block.empty() || !is_signature(use, input, block)) return fail(CKR_SIGNATURE_INVALID);
    return {};
}

Result<Bytes> recover_data(const KeyUse& use, ByteView signature) {
    if (signature.size() != signature_size(use)) return fail(CKR_SIGNATURE_LEN_RANGE);
    auto block = rsa_public(*use.key->key, signature);
    if (block.empty()) return fail(CKR_SIGNATURE_INVALID);
    if (use.mechanism->scheme == Scheme::raw) return block;
    const auto data = signed_data(block);
    if (!data) return fail(CKR_SIGNATURE_INVALID);
    return copy(*data);
}

Result<Bytes> encrypted(const KeyUse& use) {
    const ByteView text(use.collected);
    std::optional<ZeroingBytes> block;
    switch (use.mechanism->scheme) {
    case Scheme::pkcs1:
        block = pad_encryption(text, block_size(use));
        break;
    case Scheme::oaep:
        block = pad_oaep(text, use.oaep, block_size(use));
        break;
    case Scheme::raw:
        if (text.size() <= block_size(use)) {
            block.emplace(block_size(use) - text.size(), std::uint8_t{0});
            append(*block, text);
        }
        break;
    default:
        return fail(CKR_MECHANISM_INVALID);
    }
    if (!block) return fail(CKR_DATA_LEN_RANGE);
    auto result = rsa_public(*use.key->key, ByteView(*block));
    if (result.empty()) return fail(CKR_DATA_INVALID);
    return result;
}

Result<CardInput> decryption_input(const KeyUse& use) {
    if (use.collected.size() != block_size(use)) return fail(CKR_ENCRYPTED_DATA_LEN_RANGE);
    if (use.card_pads)
        return CardInput{card::Operation::rsa_decrypt, {use.collected.begin(), use.collected.end()}};
    return raw_input(use, ByteView(use.collected), CKR_ENCRYPTED_DATA_LEN_RANGE);
}

Result<ZeroingBytes> plain_text(const KeyUse& use, ByteView block) {
    std::optional<ZeroingBytes> text;
    if (use.card_pads) return ZeroingBytes(block.begin(), block.end());
    switch (use.mechanism->scheme) {
    case Scheme::raw:
        return ZeroingBytes(block.begin(), block.end());
    case Scheme::pkcs1:
        text = unpad_pkcs1(block);
        break;
    case Scheme::oaep:
        text = unpad_oaep(block, use.oaep);
        break;
    default:
        return fail(CKR_MECHANISM_INVALID);
    }
    if (!text) return fail(CKR_ENCRYPTED_DATA_INVALID);
    return std::move(*text);
}

} // namespace acredita::module
