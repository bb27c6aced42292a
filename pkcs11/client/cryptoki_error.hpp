// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A module's own words: CK_RV as an error family. The enumerators have the numbers of PKCS#11 3.0,
// section 6.1 of pkcs11t.h; a number without a name here becomes `other` and stands in the detail. The detail
// begins with the function that said so.
#pragma once

#include "pcsc/base/error.hpp"

#include <optional>
#include <string_view>

#include <p11-kit/pkcs11.h>

namespace acredita::client {

enum class cryptoki_errc {
    cancel = 1,
    host_memory = 2,
    slot_id_invalid = 3,
    general_error = 5,
    function_failed = 6,
    arguments_bad = 7,
    attribute_read_only = 0x10,
    attribute_sensitive = 0x11,
    attribute_type_invalid = 0x12,
    attribute_value_invalid = 0x13,
    action_prohibited = 0x1B,
    data_invalid = 0x20,
    data_len_range = 0x21,
    device_error = 0x30,
    device_memory = 0x31,
    device_removed = 0x32,
    function_canceled = 0x50,
    function_not_supported = 0x54,
    key_handle_invalid = 0x60,
    key_size_range = 0x62,
    key_type_inconsistent = 0x63,
    key_function_not_permitted = 0x68,
    key_unextractable = 0x6a,
    mechanism_invalid = 0x70,
    mechanism_param_invalid = 0x71,
    object_handle_invalid = 0x82,
    operation_active = 0x90,
    operation_not_initialized = 0x91,
    pin_incorrect = 0xa0,
    pin_invalid = 0xa1,
    pin_len_range = 0xa2,
    pin_expired = 0xa3,
    pin_locked = 0xa4,
    session_closed = 0xb0,
    session_count = 0xb1,
    session_handle_invalid = 0xb3,
    session_read_only = 0xb5,
    session_exists = 0xb6,
    session_read_only_exists = 0xb7,
    session_read_write_so_exists = 0xb8,
    template_incomplete = 0xd0,
    template_inconsistent = 0xd1,
    token_not_present = 0xe0,
    token_not_recognized = 0xe1,
    token_write_protected = 0xe2,
    user_already_logged_in = 0x100,
    user_not_logged_in = 0x101,
    user_pin_not_initialized = 0x102,
    user_type_invalid = 0x103,
    user_another_already_logged_in = 0x104,
    user_too_many_types = 0x105,
    random_no_rng = 0x121,
    domain_params_invalid = 0x130,
    curve_not_supported = 0x140,
    buffer_too_small = 0x150,
    cryptoki_not_initialized = 0x190,
    cryptoki_already_initialized = 0x191,
    library_load_failed = 0x1c2,
    pin_too_weak = 0x1c3,
    function_rejected = 0x200,
    other = 0x7fffffff,
};

[[nodiscard]] tl::unexpected<Error> fail_rv(CK_RV rv, std::string_view function,
                                            std::source_location where = std::source_location::current());

// CKR_OK passes; anything else is an Error of the family "cryptoki".
[[nodiscard]] Result<void> check(CK_RV rv, std::string_view function,
                                 std::source_location where = std::source_location::current());

// The number a module answered, if this error came from a module.
[[nodiscard]] std::optional<CK_RV> return_value(const Error& error);

} // namespace acredita::client

namespace acredita {
template <>
struct ErrorTable<client::cryptoki_errc> {
    using enum client::cryptoki_errc;
    static constexpr std::string_view family = "cryptoki";
    static constexpr ErrorRow<client::cryptoki_errc> rows[] = {
        {cancel, "cancel", "the operation was cancelled"},
        {host_memory, "host_memory", "the module is out of memory"},
        {slot_id_invalid, "slot_id_invalid", "there is no such slot"},
        {general_error, "general_error", "the module failed beyond repair"},
        {function_failed, "function_failed", "the module could not do it"},
        {arguments_bad, "arguments_bad", "the module refused the arguments"},
        {attribute_read_only, "attribute_read_only", "the attribute cannot be set"},
        {attribute_sensitive, "attribute_sensitive", "the attribute is secret"},
        {attribute_type_invalid, "attribute_type_invalid", "the object has no such attribute"},
        {attribute_value_invalid, "attribute_value_invalid", "the attribute cannot have this value"},
        {action_prohibited, "action_prohibited", "the token's policy forbids this"},
        {data_invalid, "data_invalid", "the data to be signed are refused"},
        {data_len_range, "data_len_range", "the data to be signed have a wrong length"},
        {device_error, "device_error", "the card or the reader failed"},
        {device_memory, "device_memory", "the card is full"},
        {device_removed, "device_removed", "the card was removed"},
        {function_canceled, "function_canceled", "the person cancelled at the reader"},
        {function_not_supported, "function_not_supported", "the module cannot do this"},
        {key_handle_invalid, "key_handle_invalid", "the key is gone"},
        {key_size_range, "key_size_range", "the token takes no key of this size"},
        {key_type_inconsistent, "key_type_inconsistent", "the mechanism does not fit the key"},
        {key_function_not_permitted, "key_function_not_permitted", "the key may not be used for this"},
        {key_unextractable, "key_unextractable", "the key cannot leave the token"},
        {mechanism_invalid, "mechanism_invalid", "the token lacks this mechanism"},
        {mechanism_param_invalid, "mechanism_param_invalid", "the token refused the mechanism's parameters"},
        {object_handle_invalid, "object_handle_invalid", "the object is gone"},
        {operation_active, "operation_active", "another operation is in progress in this session"},
        {operation_not_initialized, "operation_not_initialized",
         "no operation is in progress in this session"},
        {pin_incorrect, "pin_incorrect", "the PIN is wrong"},
        {pin_invalid, "pin_invalid", "the new PIN has characters the token refuses"},
        {pin_len_range, "pin_len_range", "the PIN is too short or too long for the token"},
        {pin_expired, "pin_expired", "the PIN has expired"},
        {pin_locked, "pin_locked", "the PIN is blocked"},
        {session_closed, "session_closed", "the session was closed meanwhile"},
        {session_count, "session_count", "no more sessions can be opened"},
        {session_handle_invalid, "session_handle_invalid", "the session no longer exists"},
        {session_read_only, "session_read_only", "the session is read-only"},
        {session_exists, "session_exists", "a session is open"},
        {session_read_only_exists, "session_read_only_exists", "a read-only session is open"},
        {session_read_write_so_exists, "session_read_write_so_exists", "an administrator's session is open"},
        {template_incomplete, "template_incomplete", "an attribute is missing"},
        {template_inconsistent, "template_inconsistent", "the attributes contradict each other"},
        {token_not_present, "token_not_present", "there is no card in the reader"},
        {token_not_recognized, "token_not_recognized", "the module does not know this card"},
        {token_write_protected, "token_write_protected", "the token cannot be written"},
        {user_already_logged_in, "user_already_logged_in", "this user is logged in already"},
        {user_not_logged_in, "user_not_logged_in", "a login is needed first"},
        {user_pin_not_initialized, "user_pin_not_initialized", "the token has no PIN yet"},
        {user_type_invalid, "user_type_invalid", "the token has no such user"},
        {user_another_already_logged_in, "user_another_already_logged_in", "another user is logged in"},
        {user_too_many_types, "user_too_many_types", "too many users are logged in"},
        {random_no_rng, "random_no_rng", "the token has no random numbers"},
        {domain_params_invalid, "domain_params_invalid", "the token refused the curve"},
        {curve_not_supported, "curve_not_supported", "the token does not know the curve"},
        {buffer_too_small, "buffer_too_small", "the answer is longer than was announced"},
        {cryptoki_not_initialized, "cryptoki_not_initialized", "the module was shut down"},
        {cryptoki_already_initialized, "cryptoki_already_initialized", "the module was started already"},
        {library_load_failed, "library_load_failed", "the module could not load a library"},
        {pin_too_weak, "pin_too_weak", "the new PIN is too weak"},
        {function_rejected, "function_rejected", "the request was rejected"},
        {other, "other", "the module answered with a number that has no name here"},
    };
};
} // namespace acredita
