// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/ec_public.hpp"
#include "pkcs11/module/rsa_public.hpp"
#include "pkcs11/module/token.hpp"

namespace acredita::module {

namespace {

// Does the answer undo to what was asked for? Only PKCS #1 blocks that the card pads itself look different.
bool undoes(const card::PublicKey& key, card::Operation operation, ByteView data, ByteView answer) {
    if (operation == card::Operation::ecdsa) return ecdsa_verifies(key, data, answer);
    const auto block = rsa_public(key, answer);
    if (operation == card::Operation::rsa_raw) return equal(block, data);
    const auto padded = pad_pkcs1(data, key.modulus.size());
    return padded && equal(block, *padded);
}

} // namespace

Result<ZeroingBytes> Token::operate(Channel& channel, const Object& key, card::Operation operation,
                                    ByteView data, const PinSource& pin) {
    if (!key.place || !key.key) return fail(CKR_KEY_HANDLE_INVALID);
    const card::Algorithm algorithm{key.key->type, key.key->bits};
    const bool with_pin = pin.keypad != nullptr || !pin.bytes.empty();
    if (with_pin) ACREDITA_CHECK(guard_last_try(channel));
    // The next command after a PIN from the reader is the operation, as after one from the program.
    if (pin.keypad != nullptr) ACREDITA_CHECK(verify_pin(channel, pin, LastTry::allowed));
    auto answer = card_->operate(channel, *key.place, algorithm, operation, data, pin.bytes);
    // Where a card goes on with the key it was told last, another program may have told it another one.
    if (card_->relied_on_last_key() && (answer ? !undoes(*key.key, operation, data, *answer)
                                               : !is(answer.error(), card::card_errc::pin_needed))) {
        card_->forget_last_key();
        answer = card_->operate(channel, *key.place, algorithm, operation, data, {});
    }
    if (!answer) {
        if (with_pin) spent_try(answer.error());
        return answer;
    }
    if (with_pin) accepted_pin();
    const bool rsa = operation == card::Operation::rsa_raw || operation == card::Operation::rsa_pkcs1;
    if (rsa && !undoes(*key.key, operation, data, *answer)) {
        // Another program has put another key there: what we remember, on disk too, is of yesterday.
        forget_cache();
        doubt();
        return fail(CKR_KEY_HANDLE_INVALID);
    }
    return answer;
}

Result<StatusWord> Token::try_operate(Channel& channel, const Object& key) {
    auto public_key = key.key;
    if (const auto* der = key.attributes.find(CKA_VALUE); !public_key && der != nullptr) {
        const auto parts = card::read_certificate(*der);
        if (parts)
            if (auto certified = card::read_public_key(parts->spki)) public_key = std::move(*certified);
    }
    if (!key.place || !public_key) return fail(CKR_KEY_HANDLE_INVALID);
    const card::Algorithm algorithm{public_key->type, public_key->bits};
    const auto hashed = digest(Hash::sha256, as_bytes("Acredita: this must not be signed without a PIN"));
    if (public_key->type == card::KeyType::ec && !rules_.abilities.ecdsa)
        return card_->try_operate(channel, *key.place, algorithm, card::Operation::ecdsa_sha1, hashed);
    if (public_key->type == card::KeyType::ec)
        return card_->try_operate(
            channel, *key.place, algorithm, card::Operation::ecdsa,
            ByteView(hashed).first(std::min<std::size_t>(hashed.size(), (algorithm.bits + 7) / 8)));
    const auto message = concat({digest_info_prefix(Hash::sha256), hashed});
    if (!rules_.abilities.rsa_raw)
        return card_->try_operate(channel, *key.place, algorithm, card::Operation::rsa_pkcs1, message);
    const auto block = pad_pkcs1(message, public_key->modulus.size());
    if (!block) return fail(CKR_KEY_SIZE_RANGE);
    return card_->try_operate(channel, *key.place, algorithm, card::Operation::rsa_raw, *block);
}

} // namespace acredita::module
