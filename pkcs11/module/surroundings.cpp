// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/surroundings.hpp"

#include "firmware-profiles/profile/known.hpp"
#include "pcsc/reader/pinpad.hpp"
#include "pcsc/reader/watcher.hpp"
#include "pkcs11/module/cache_folder.hpp"
#include "pkcs11/module/outcome.hpp"

#include <atomic>
#include <memory>
#include <thread>

#include <syslog.h>

namespace acredita::module {

namespace {

class RealKeypad final : public Keypad {
public:
    RealKeypad(reader::Transaction& transaction, const reader::Pinpad& pinpad)
        : transaction_(transaction), pinpad_(pinpad) {}
    [[nodiscard]] Result<StatusWord> ask(const card::TypedPin& question) override {
        const reader::PinFormat format{.reference = question.reference,
                                       .minimum = std::max(question.shortest, pinpad_.shortest()),
                                       .maximum = std::min(question.longest, pinpad_.longest()),
                                       .block = question.width,
                                       .padding = question.filler,
                                       .change = question.instruction};
        auto answer = question.instruction == 0x20 ? pinpad_.verify(transaction_, format)
                                                   : pinpad_.modify(transaction_, format);
        // A reader that objects has been given too few or too many digits: the question itself is tested.
        if (!answer && is(answer.error(), reader::reader_errc::bad_request)) return fail(CKR_PIN_LEN_RANGE);
        return answer;
    }

private:
    reader::Transaction& transaction_;
    const reader::Pinpad& pinpad_;
};

class RealLine final : public Line {
public:
    RealLine(std::unique_ptr<reader::Connection> connection, std::chrono::milliseconds budget)
        : connection_(std::move(connection)), budget_(budget) {}
    [[nodiscard]] Result<std::unique_ptr<Channel>> begin(std::chrono::milliseconds patience) override {
        ACREDITA_TRY(transaction, reader::Transaction::begin(*connection_, patience, budget_));
        auto owned = std::make_unique<reader::Transaction>(std::move(transaction));
        keypad_.reset();
        transaction_ = owned.get();
        return owned;
    }
    [[nodiscard]] Keypad* keypad() override {
        if (!asked_) {
            asked_ = true; // a reader does not grow keys
            if (auto pinpad = reader::Pinpad::of(*transaction_)) pinpad_ = *pinpad;
        }
        if (pinpad_ && !keypad_) keypad_.emplace(*transaction_, *pinpad_);
        return keypad_ ? &*keypad_ : nullptr;
    }
    [[nodiscard]] ByteView atr() const override { return connection_->atr(); }
    [[nodiscard]] std::uint16_t events() const override { return connection_->events(); }

private:
    std::unique_ptr<reader::Connection> connection_;
    std::chrono::milliseconds budget_;
    reader::Transaction* transaction_ = nullptr; // the last one begun
    bool asked_ = false;
    std::optional<reader::Pinpad> pinpad_{};
    std::optional<RealKeypad> keypad_{};
};

// What a log may show: nothing of a file reaches a terminal as a control character.
std::string log_line(const profile::Mistake& mistake) {
    auto line = describe(mistake).substr(0, 300);
    for (auto& character : line)
        if (character < ' ' || character > '~') character = '?';
    return line;
}

// Once in a process, however often it initialises: to the system's log, because the streams are the host's.
Settings administrators_settings() {
    static std::atomic<bool> told{false};
    const auto read = read_configuration(configuration_file);
    if (!read.complaint.empty() && !told.exchange(true))
        ::syslog(LOG_USER | LOG_WARNING, "acredita: %s", read.complaint.c_str());
    return read.settings;
}

// The same of the administrator's own profiles: a line for each file that is not used.
profile::KnownProfiles administrators_profiles() {
    static std::atomic<bool> told{false};
    auto known = profile::known_profiles();
    if (!known.mistakes.empty() && !told.exchange(true))
        for (const auto& mistake : known.mistakes)
            ::syslog(LOG_USER | LOG_WARNING, "acredita: not used: %s", log_line(mistake).c_str());
    return known;
}

class RealWaiter final : public Waiter {
public:
    void wait(const std::vector<reader::ReaderState>& known, std::chrono::milliseconds longest) override {
        if (!watcher_) watcher_ = std::make_unique<reader::Watcher>(known);
        (void)watcher_->wait(longest); // whatever happened, the library looks for itself
    }

private:
    std::unique_ptr<reader::Watcher> watcher_;
};

class RealSurroundings final : public Surroundings {
public:
    [[nodiscard]] Result<std::vector<reader::ReaderState>> readers() override { return context_.snapshot(); }
    [[nodiscard]] std::unique_ptr<Waiter> make_waiter() override { return std::make_unique<RealWaiter>(); }
    [[nodiscard]] Result<std::unique_ptr<Line>> connect(const std::string& reader,
                                                        std::chrono::milliseconds patience) override {
        ACREDITA_TRY(connection, reader::Connection::open({reader}, patience));
        return std::make_unique<RealLine>(std::move(connection), budget().exchanges);
    }
    [[nodiscard]] Result<std::unique_ptr<card::Card>> recognise(Channel& channel, ByteView atr) override {
        return card::recognise(channel, atr, profiles_.all);
    }
    [[nodiscard]] Settings settings() const override { return settings_; }
    [[nodiscard]] std::filesystem::path cache_folder() const override {
        return settings_.certificate_cache ? user_cache_folder() : std::filesystem::path();
    }

private:
    const Settings settings_ = administrators_settings();
    const profile::KnownProfiles profiles_ = administrators_profiles();
    reader::Context context_;
};

} // namespace

std::unique_ptr<Surroundings> real_surroundings() { return std::make_unique<RealSurroundings>(); }

} // namespace acredita::module
