// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/application.hpp"

#include "pcsc/apdu/iso7816.hpp"
#include "pcsc/base/tlv.hpp"

#include <algorithm>

namespace acredita::dialect {

namespace {

constexpr std::uint8_t get_data = 0xCB;
constexpr std::uint8_t get_data_by_tag = 0xCA;
constexpr std::uint16_t current_file = 0x3FFF;
// SP 800-73-4 part 1, 3.3.2 and table 2.
constexpr std::uint8_t object_tag = 0x53;
constexpr std::uint8_t discovery_tag = 0x7E;
constexpr std::uint8_t application_tag = 0x4F;
// Between two calls of one program that follow each other nobody connects, selects and leaves; while a person
// types a PIN anybody may.
constexpr std::chrono::milliseconds moment{100};

// Passes everything on and notices whether an extended command was refused for its length.
class NotingChannel final : public Channel {
public:
    explicit NotingChannel(Channel& inner) : inner_(inner) {}
    [[nodiscard]] Result<ZeroingBytes> transmit(const Frame& frame) override {
        auto answer = inner_.transmit(frame);
        const bool extended = frame.bytes.size() >= 7 && frame.bytes[4] == 0;
        if (answer && extended && answer->size() == 2 && (*answer)[0] == 0x67 && (*answer)[1] == 0)
            refused_ = true;
        return answer;
    }
    [[nodiscard]] Protocol protocol() const noexcept override { return inner_.protocol(); }
    [[nodiscard]] bool short_only() override { return inner_.short_only(); }
    [[nodiscard]] bool refused_extended() const noexcept { return refused_; }

private:
    Channel& inner_;
    bool refused_ = false;
};

bool about_pin(const CommandApdu& command) {
    return command.ins == 0x20 || command.ins == 0x24 || command.ins == 0x2C;
}

// No other application answers like this. The counter of a PIN is answered by any that has a PIN.
bool proves_ours(const CommandApdu& command, const ResponseApdu& answer) {
    if (!answer.sw.ok() && !answer.sw.more_data()) return false;
    if (command.ins == get_data)
        return !answer.data.empty() && (answer.data[0] == object_tag || answer.data[0] == discovery_tag);
    if (command.ins == get_data_by_tag) // OpenPGP: application data, PW status, derivation of passwords
        return !answer.data.empty() && (command.p2 == 0x6E || command.p2 == 0xC4 || command.p2 == 0xF9);
    constexpr std::uint8_t of_our_own[] = {0x47, 0x87, 0xDB, 0xF7, 0xFE};
    return std::ranges::find(of_our_own, command.ins) != std::end(of_our_own);
}

// A card with our application selected would not say this to this command: its PIN reference always exists.
bool foreign(const CommandApdu& command, StatusWord sw) {
    if (sw == sw::instruction_not_supported || sw == sw::class_not_supported) return true;
    if (sw == sw::file_not_found) return command.ins != get_data;
    return about_pin(command) && (sw == sw::wrong_parameters || sw == sw::reference_not_found);
}

} // namespace

Result<ResponseApdu> Application::transmit(const CommandApdu& command) {
    auto transport = profile_.transport;
    transport.extended = transport.extended && !memory_.refuses_extended;
    NotingChannel noting(channel_);
    auto response = exchange(noting, command, transport);
    memory_.refuses_extended = memory_.refuses_extended || noting.refused_extended();
    if (!response) memory_.lose();
    return response;
}

bool Application::extended() {
    return profile_.transport.extended && !memory_.refuses_extended && channel_.protocol() == Protocol::t1 &&
           !channel_.short_only();
}

Result<void> Application::select() {
    memory_.lose();
    const auto name = memory_.aid.empty() ? profile_.match.aid : ByteView(memory_.aid);
    ACREDITA_TRY(response, transmit(iso7816::select(name)));
    if (!response.sw.ok())
        return fail(card::card_errc::application_missing, judge(Step::query, response.sw).detail);
    memory_.select();
    certain_ = true;
    return {};
}

Result<std::optional<bool>> Application::is_named() {
    const auto wanted = profile_.match.aid;
    const auto same = [&](ByteView name) {
        return name.size() >= wanted.size() && equal(name.first(wanted.size()), wanted);
    };
    if (profile_.objects.directory == profile::DirectoryKind::openpgp) { // 3.4, 4.4.1: 4F
        ACREDITA_TRY(name, transmit(iso7816::get_data(application_tag, 256)));
        return name.sw.ok() && same({name.data.data(), name.data.size()});
    }
    if (profile_.objects.directory != profile::DirectoryKind::piv) return std::nullopt;
    const auto question = iso7816::get_data_object(current_file, Bytes{0x5C, 0x01, discovery_tag}, 256);
    ACREDITA_TRY(response, transmit(question));
    if (!response.sw.ok() && !foreign(question, response.sw)) return std::nullopt;
    const auto object = find_tlv({response.data.data(), response.data.size()}, discovery_tag);
    const auto name = object ? find_tlv(*object, application_tag) : std::nullopt;
    return name && same(*name);
}

Result<void> Application::make_sure() {
    if (memory_.selected && std::chrono::steady_clock::now() - memory_.answered < moment) return {};
    if (!memory_.selected || !memory_.admin) return select();
    ACREDITA_TRY(named, is_named());
    if (named && *named) return {};
    if (named) {
        ACREDITA_CHECK(select());
    } else {
        // To end the administrator's login because the card cannot tell would leave that card unusable.
        ACREDITA_TRY(ours, was_ours());
        if (ours) return {};
    }
    return fail(card::card_errc::admin_needed, "lost with the selection");
}

Result<ResponseApdu> Application::send(const CommandApdu& command, Login login) {
    if (!memory_.selected) ACREDITA_CHECK(select());
    if (about_pin(command) && !command.data.empty()) ACREDITA_CHECK(make_sure());
    ACREDITA_TRY(response, transmit(command));
    if (proves_ours(command, response)) memory_.answered = std::chrono::steady_clock::now();
    const bool lost = !certain_ && foreign(command, response.sw);
    if (!lost) {
        // A half chain would stand in front of the next command, be it ours or another program's.
        if (response.chain_broken) ACREDITA_CHECK(select());
        certain_ = certain_ || !(command.ins == get_data && response.sw == sw::file_not_found);
        return std::move(response);
    }
    const bool had_pin = memory_.pin;
    const bool had_admin = memory_.admin;
    ACREDITA_CHECK(select());
    if (login == Login::pin && had_pin) return fail(card::card_errc::pin_needed, "lost with the selection");
    if (login == Login::admin && had_admin)
        return fail(card::card_errc::admin_needed, "lost with the selection");
    ACREDITA_TRY(again, transmit(command));
    if (again.chain_broken) ACREDITA_CHECK(select());
    return std::move(again);
}

Result<ResponseApdu> Application::must(const CommandApdu& command, Step step, Login login) {
    ACREDITA_TRY(response, send(command, login));
    if (response.sw.ok()) return std::move(response);
    if (response.sw == sw::security_not_satisfied) {
        if (login == Login::pin) memory_.pin = false;
        if (login == Login::admin) memory_.admin = false;
    }
    return fail(judge(step, response.sw));
}

Result<bool> Application::was_ours() {
    if (certain_) return true;
    ACREDITA_TRY(response, transmit(iso7816::verify_status(profile_.pin.reference)));
    certain_ = response.sw.ok() || response.sw.has_tries() || response.sw == sw::blocked;
    if (certain_) return true;
    ACREDITA_CHECK(select());
    return false;
}

Result<profile::Version> Application::version() {
    if (memory_.version) return *memory_.version;
    if (profile_.naming.version == profile::VersionFrom::nowhere) return profile::Version{};
    ACREDITA_TRY(response, send(CommandApdu{.ins = 0xFD, .le = 256}));
    profile::Version version;
    if (response.sw.ok() && response.data.size() == 3)
        version = {response.data[0], response.data[1], response.data[2]};
    memory_.version = version;
    return version;
}

} // namespace acredita::dialect
