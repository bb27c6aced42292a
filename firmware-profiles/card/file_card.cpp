// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Who the card is, its PIN, and its keys in use; what is on it, is in file_card_directory.cpp.
#include "firmware-profiles/card/file_card.hpp"

#include "firmware-profiles/dialect/card_files.hpp"
#include "firmware-profiles/dialect/cipher.hpp"
#include "firmware-profiles/dialect/file_keys.hpp"
#include "firmware-profiles/dialect/file_pin.hpp"
#include "pcsc/base/tlv.hpp"

namespace acredita::card {

namespace {
constexpr std::size_t serial_bytes = 8; // twice as many characters
} // namespace

Result<Identity> FileCard::identity(Channel& channel) {
    if (identity_) return *identity_;
    auto card = application(channel);
    Identity identity{std::string(profile_.naming.manufacturer),
                      std::string(profile_.naming.model),
                      {},
                      std::string(profile_.title)};
    if (const auto own = profile_.file_rules.files.serial; !own.empty()) {
        ACREDITA_TRY(answer, card.send(dialect::whole_command(own)));
        const ByteView bytes(answer.data.data(), answer.data.size());
        if (answer.sw.ok()) identity.serial = to_hex(bytes.first(std::min(bytes.size(), serial_bytes)));
    }
    if (identity.serial.empty()) {
        ACREDITA_TRY(paths, lists(card));
        ACREDITA_TRY(list, read_list_file(card, paths->certificates, 16384));
        identity.serial = to_hex(ByteView(dialect::sha256(list)).first(serial_bytes));
    }
    identity_ = std::move(identity);
    return *identity_;
}

Result<PinStatus> FileCard::pin_status(Channel& channel) {
    auto card = application(channel);
    return dialect::file_pin_status(card);
}

// No document tells how to ask.
Result<PinStatus> FileCard::puk_status(Channel&) {
    if (!profile_.puk.present) return fail(card_errc::not_supported);
    return PinStatus{.tries_total = profile_.puk.tries};
}

Result<void> FileCard::verify_pin(Channel& channel, ByteView pin) {
    auto card = application(channel);
    return dialect::verify_file_pin(card, pin);
}

Result<void> FileCard::change_pin(Channel& channel, ByteView old_pin, ByteView new_pin) {
    auto card = application(channel);
    return dialect::change_file_pin(card, old_pin, new_pin);
}

Result<void> FileCard::unblock_pin(Channel& channel, ByteView puk, ByteView new_pin) {
    auto card = application(channel);
    return dialect::unblock_file_pin(card, puk, new_pin);
}

Result<void> FileCard::typed_pin(Channel& channel, PinTask task, const AskPerson& ask) {
    const auto& how = profile_.file_rules.presentation;
    const auto& pin = profile_.pin;
    const auto& puk = profile_.puk;
    const bool unblock = task == PinTask::unblock;
    if (!how.padded || how.cla != 0 || (task != PinTask::verify && !how.change) ||
        (unblock && (!puk.present || puk.width != pin.width)))
        return fail(card_errc::not_supported);
    // The reader sends its command to whatever is selected; this makes it ours, and spends no try.
    auto card = application(channel);
    ACREDITA_CHECK(dialect::file_pin_status(card));
    TypedPin question{.instruction = 0x20,
                      .reference = pin.reference,
                      .shortest = static_cast<std::uint8_t>(pin.rules.min),
                      .longest = static_cast<std::uint8_t>(pin.rules.max),
                      .width = static_cast<std::uint8_t>(pin.width),
                      .filler = pin.filler};
    auto step = dialect::Step::verify;
    if (task != PinTask::verify) {
        question.instruction = unblock ? 0x2C : 0x24;
        step = unblock ? dialect::Step::unblock : dialect::Step::change_pin;
    }
    memory_.pin = false;
    ACREDITA_TRY(answer, ask(question));
    if (!answer.ok()) return fail(dialect::judge(step, answer));
    memory_.pin = task == PinTask::verify;
    return {};
}

Result<void> FileCard::logout(Channel& channel) {
    auto card = application(channel);
    return card.select();
}

Result<ZeroingBytes> FileCard::operate(Channel& channel, KeyReference place, const Algorithm& algorithm,
                                       Operation operation, ByteView data, ByteView pin) {
    auto card = application(channel);
    const auto run = [&] {
        return dialect::run_private_operation(card, place, algorithm, operation, data, dialect::Login::pin);
    };
    auto answer = run();
    const bool locked =
        answer ? answer->sw == sw::security_not_satisfied : is(answer.error(), card_errc::pin_needed);
    if (locked && !pin.empty()) { // the PIN was given for this very operation
        ACREDITA_CHECK(dialect::verify_file_pin(card, pin));
        answer = run();
    }
    if (!answer) return fail(std::move(answer).error());
    if (answer->sw.ok()) return std::move(answer->data);
    if (answer->sw == sw::security_not_satisfied) memory_.pin = false;
    return fail(dialect::judge(dialect::Step::use_key, answer->sw));
}

Result<StatusWord> FileCard::try_operate(Channel& channel, KeyReference place, const Algorithm& algorithm,
                                         Operation operation, ByteView data) {
    auto card = application(channel);
    ACREDITA_TRY(answer, dialect::run_private_operation(card, place, algorithm, operation, data,
                                                        dialect::Login::none));
    return answer.sw;
}

Result<void> FileCard::set_pin_as_admin(Channel&, ByteView) { return fail(card_errc::not_supported); }
Result<void> FileCard::authenticate_admin(Channel&, ByteView) { return fail(card_errc::not_supported); }

Result<void> FileCard::import_key(Channel&, KeyReference, const PrivateKey&, PinPolicy) {
    return fail(card_errc::not_supported);
}

Result<PublicKey> FileCard::generate_key(Channel&, KeyReference, const Algorithm&, PinPolicy) {
    return fail(card_errc::not_supported);
}

Result<void> FileCard::store_certificate(Channel&, KeyReference, ByteView) {
    return fail(card_errc::not_supported);
}

Result<void> FileCard::delete_certificate(Channel&, KeyReference) { return fail(card_errc::not_supported); }
Result<void> FileCard::delete_key(Channel&, KeyReference) { return fail(card_errc::not_supported); }

} // namespace acredita::card
