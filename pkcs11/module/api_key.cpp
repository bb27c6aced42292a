// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/access.hpp"
#include "pkcs11/module/api.hpp"
#include "pkcs11/module/random.hpp"
#include "pkcs11/module/session_object.hpp"

namespace acredita::module::api {

Result<void> generate_key_pair(InSession& in, Required<CK_MECHANISM> mechanism, Template public_half,
                               Template private_half, Required<CK_OBJECT_HANDLE> public_key,
                               Required<CK_OBJECT_HANDLE> private_key) {
    ACREDITA_TRY(turn, in.turn());
    if (turn.token() == nullptr) return fail(CKR_DEVICE_REMOVED);
    const auto& rules = turn.token()->rules();
    ACREDITA_TRY(right, right_to_write(in, rules.generate_role));
    ACREDITA_TRY(row, find_mechanism(mechanism->mechanism, CKF_GENERATE_KEY_PAIR, rules.abilities));
    ACREDITA_CHECK(no_parameters(*mechanism));
    ACREDITA_TRY(wanted, read_new_key_pair(row->key, public_half, private_half));
    ACREDITA_TRY(handles, turn.talk([&](Channel& channel, Token& token) {
        return token.generate(channel, wanted, right);
    }));
    *public_key = handles.first;
    *private_key = handles.second;
    return {};
}

namespace {

// X9.63 with the counter behind the secret (SEC 1, 3.6.1).
ZeroingBytes stretched(const AgreementParameters& how, ByteView secret, std::size_t length) {
    ZeroingBytes out;
    for (std::uint32_t counter = 1; out.size() < length; ++counter) {
        const std::uint8_t count[] = {
            static_cast<std::uint8_t>(counter >> 24U), static_cast<std::uint8_t>(counter >> 16U),
            static_cast<std::uint8_t>(counter >> 8U), static_cast<std::uint8_t>(counter)};
        Digest state(how.kdf);
        state.update(secret);
        state.update(count);
        state.update(how.shared);
        append(out, ByteView(zeroing(state.finish())));
    }
    out.resize(length);
    return out;
}

constexpr std::size_t longest_secret = 4096;

} // namespace

// The secret is for the program to work with: the card has no use for it and keeps none.
Result<void> derive_key(InSession& in, Required<CK_MECHANISM> mechanism, CK_OBJECT_HANDLE handle,
                        Template given, Required<CK_OBJECT_HANDLE> to) {
    ACREDITA_TRY(use,
                 start_with_key(in, *mechanism, handle, {CKF_DERIVE, CKA_DERIVE, CKO_PRIVATE_KEY, false}));
    const auto wanted = wanted_length(given);
    if (wanted && *wanted > longest_secret) return fail(CKR_KEY_SIZE_RANGE);
    const auto& how = use.agreement;
    // A stranger's point that is not on the curve could tell him of the key.
    const auto point = bare_point(how.public_data, use.key->key->bits);
    if (!point) return fail(CKR_MECHANISM_PARAM_INVALID);
    ACREDITA_TRY(agreed, use_key(in, use, {card::Operation::ecdh, *point}));
    if (how.kdf != Hash::none) agreed = stretched(how, ByteView(agreed), wanted.value_or(hash_size(how.kdf)));
    ACREDITA_TRY(secret, read_derived_secret(given, ByteView(agreed)));
    ACREDITA_TRY(turn, in.turn());
    ACREDITA_TRY(made, keep_in_session(turn, in, std::move(secret)));
    *to = made;
    return {};
}

// The operating system's generator has seeds of its own and is none the worse for one that is thrown away.
Result<void> seed_random(InSession&, Input) { return {}; }

Result<void> generate_random(InSession&, Input to) {
    if (!fill_random({const_cast<CK_BYTE_PTR>(to.bytes.data()), to.bytes.size()}))
        return fail(CKR_FUNCTION_FAILED);
    return {};
}

Result<void> not_parallel(InSession&) { return fail(CKR_FUNCTION_NOT_PARALLEL); }

} // namespace acredita::module::api
