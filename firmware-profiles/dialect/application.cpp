// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/application.hpp"

#include "pcsc/apdu/iso7816.hpp"

namespace acredita::dialect {

namespace {

constexpr std::uint8_t get_data = 0xCB;

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

// A card with our application selected would not say this to this command: its PIN reference always exists.
bool foreign(const CommandApdu& command, StatusWord sw) {
    if (sw == sw::instruction_not_supported || sw == sw::class_not_supported) return true;
    const bool about_pin = command.ins == 0x20 || command.ins == 0x24 || command.ins == 0x2C;
    if (sw == sw::file_not_found) return command.ins != get_data;
    return about_pin && (sw == sw::wrong_parameters || sw == sw::reference_not_found);
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

Result<void> Application::select() {
    memory_.lose();
    ACREDITA_TRY(response, transmit(iso7816::select(profile_.match.aid)));
    if (!response.sw.ok())
        return fail(card::card_errc::application_missing, judge(Step::query, response.sw).detail);
    memory_.selected = true;
    certain_ = true;
    return {};
}

Result<ResponseApdu> Application::send(const CommandApdu& command, Login login) {
    if (!memory_.selected) ACREDITA_CHECK(select());
    ACREDITA_TRY(response, transmit(command));
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
