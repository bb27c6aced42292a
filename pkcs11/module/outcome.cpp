// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/outcome.hpp"

#include "firmware-profiles/dialect/types.hpp"
#include "pcsc/apdu/exchange.hpp"
#include "pcsc/reader/error.hpp"

namespace acredita::module {

namespace {

class CryptokiCategory final : public std::error_category {
public:
    [[nodiscard]] const char* name() const noexcept override { return "cryptoki"; }
    [[nodiscard]] std::string message(int value) const override { return "CKR " + std::to_string(value); }
};

// Never destroyed, like the categories of the other layers.
const std::error_category& cryptoki() noexcept {
    static const auto* category = new CryptokiCategory;
    return *category;
}

CK_RV from_card(card::card_errc error) noexcept {
    using enum card::card_errc;
    switch (error) {
    case not_recognised:
    case application_missing:
        return CKR_TOKEN_NOT_RECOGNIZED;
    case pin_incorrect:
    case puk_incorrect:
    case admin_key_wrong:
        return CKR_PIN_INCORRECT;
    case pin_blocked:
    case puk_blocked:
    case admin_blocked:
        return CKR_PIN_LOCKED;
    case pin_malformed:
    case admin_key_malformed:
        return CKR_PIN_LEN_RANGE;
    case pin_needed:
    case admin_needed:
        return CKR_USER_NOT_LOGGED_IN;
    case not_initialised:
        return CKR_USER_PIN_NOT_INITIALIZED;
    case not_supported:
        return CKR_FUNCTION_NOT_SUPPORTED;
    case algorithm_not_supported:
        return CKR_KEY_SIZE_RANGE;
    case key_not_found:
        return CKR_KEY_HANDLE_INVALID;
    case object_not_found:
        return CKR_OBJECT_HANDLE_INVALID;
    case no_room:
    case object_too_large:
        return CKR_DEVICE_MEMORY;
    case data_refused:
        return CKR_DATA_INVALID;
    case application_lost:
    case write_failed:
    case answer_malformed:
    case refused:
        return CKR_DEVICE_ERROR;
    }
    return CKR_GENERAL_ERROR;
}

CK_RV from_reader(reader::reader_errc error) noexcept {
    using enum reader::reader_errc;
    switch (error) {
    case no_card:
    case no_reader:
        return CKR_TOKEN_NOT_PRESENT;
    case card_removed:
    case reader_gone:
    case comm_error:
        return CKR_DEVICE_REMOVED;
    case card_mute:
    case unsupported_card:
    case protocol_mismatch:
        return CKR_TOKEN_NOT_RECOGNIZED;
    case cancelled:
    case pin_pad_cancelled:
    case pin_pad_timeout: // nothing was typed and nothing sent; CKR_PIN_INCORRECT would be a lie about a try
        return CKR_FUNCTION_CANCELED;
    case pin_pad_mismatch:
        return CKR_PIN_INVALID;
    case no_memory:
        return CKR_HOST_MEMORY;
    default:
        return CKR_DEVICE_ERROR;
    }
}

template <class E>
bool in_family(const Error& error) noexcept {
    return error.code.category() == error_category<E>();
}

} // namespace

tl::unexpected<Error> fail(CK_RV rv, std::source_location where) {
    return tl::unexpected(Error{{static_cast<int>(rv), cryptoki()}, {}, where});
}

bool is(const Error& error, CK_RV rv) noexcept {
    return error.code.category() == cryptoki() && error.code.value() == static_cast<int>(rv);
}

CK_RV to_rv(const Error& error) noexcept {
    const auto value = error.code.value();
    if (error.code.category() == cryptoki()) return static_cast<CK_RV>(value);
    if (in_family<card::card_errc>(error)) return from_card(static_cast<card::card_errc>(value));
    if (in_family<reader::reader_errc>(error)) return from_reader(static_cast<reader::reader_errc>(value));
    if (in_family<apdu_errc>(error)) return CKR_DEVICE_ERROR;
    return CKR_GENERAL_ERROR;
}

bool card_is_gone(const Error& error) noexcept {
    using enum reader::reader_errc;
    for (const auto gone : {service_not_running, service_lost, reader_gone, no_card, no_reader, card_removed,
                            card_mute, card_unpowered, comm_error, invalid_handle})
        if (is(error, gone)) return true;
    return is(error, CKR_DEVICE_REMOVED);
}

} // namespace acredita::module
