// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What lies around the fake card: its reader, with keys or without, and the line to it.
#include "tests/pkcs11/module/fake_card.hpp"

#include <thread>

namespace acredita::test {

World* world = nullptr;

namespace {

class NoChannel final : public Channel {
public:
    explicit NoChannel(std::shared_ptr<bool> line) : line_(std::move(line)) {}
    ~NoChannel() override {
        if (!*line_) world->channel_outlived_line = true;
    }
    NoChannel(const NoChannel&) = delete;
    NoChannel& operator=(const NoChannel&) = delete;
    Result<ZeroingBytes> transmit(const Frame&) override { return fail(reader::reader_errc::internal); }
    [[nodiscard]] Protocol protocol() const noexcept override { return Protocol::t1; }

private:
    std::shared_ptr<bool> line_;
};

class FakeKeypad final : public module::Keypad {
public:
    Result<StatusWord> ask(const card::TypedPin& question) override {
        world->asking = true;
        while (world->hesitates) std::this_thread::sleep_for(std::chrono::milliseconds(1));
        world->asking = false;
        const auto entry = next();
        if (!entry) return fail(reader::reader_errc::pin_pad_timeout);
        if (*entry == "cancel") return fail(reader::reader_errc::pin_pad_cancelled);
        if (entry->size() < question.shortest) return module::fail(CKR_PIN_LEN_RANGE);
        auto& tries = question.instruction == 0x2C ? world->puk_tries : world->tries;
        if (tries == 0) return sw::blocked;
        if (*entry != (question.instruction == 0x2C ? world->puk : world->pin)) {
            --tries;
            return tries == 0 ? sw::blocked : StatusWord{static_cast<std::uint16_t>(0x63C0U | tries)};
        }
        world->tries = 3;
        if (question.instruction != 0x20) world->pin = next().value();
        return sw::ok;
    }

private:
    static std::optional<std::string> next() {
        if (world->typed.empty()) return std::nullopt;
        auto entry = world->typed.front();
        world->typed.pop_front();
        return entry;
    }
};

class FakeLine final : public module::Line {
public:
    FakeLine() = default;
    ~FakeLine() override { *alive_ = false; }
    FakeLine(const FakeLine&) = delete;
    FakeLine& operator=(const FakeLine&) = delete;
    Result<std::unique_ptr<Channel>> begin(std::chrono::milliseconds patience) override {
        for (const auto until = std::chrono::steady_clock::now() + patience; world->held_elsewhere;) {
            if (std::chrono::steady_clock::now() >= until)
                return fail(reader::reader_errc::sharing_violation);
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        const std::scoped_lock lock(world->mutex);
        if (!world->begin_errors.empty()) {
            auto error = world->begin_errors.front();
            world->begin_errors.pop_front();
            return fail(std::move(error));
        }
        if (!world->readers.front().present) return fail(reader::reader_errc::card_removed);
        return std::make_unique<NoChannel>(alive_);
    }
    [[nodiscard]] ByteView atr() const override { return atr_; }
    [[nodiscard]] std::uint16_t events() const override { return events_; }
    [[nodiscard]] module::Keypad* keypad() override { return world->keypad ? &keypad_ : nullptr; }

private:
    FakeKeypad keypad_{};
    std::uint16_t events_ = world->readers.front().events;
    Bytes atr_{0x3B, 0x00};
    std::shared_ptr<bool> alive_ = std::make_shared<bool>(true);
};

class FakeWaiter final : public module::Waiter {
public:
    void wait(const std::vector<reader::ReaderState>& known, std::chrono::milliseconds longest) override {
        const auto until = std::chrono::steady_clock::now() + longest;
        while (std::chrono::steady_clock::now() < until) {
            {
                const std::scoped_lock lock(world->mutex);
                if (world->readers != known) return;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
};

class FakeSurroundings final : public module::Surroundings {
public:
    Result<std::vector<reader::ReaderState>> readers() override {
        const std::scoped_lock lock(world->mutex);
        if (world->no_readers) return fail(*world->no_readers);
        if (!world->service) return fail(reader::reader_errc::service_not_running);
        return world->readers;
    }
    std::unique_ptr<module::Waiter> make_waiter() override { return std::make_unique<FakeWaiter>(); }
    Result<std::unique_ptr<module::Line>> connect(const std::string&, std::chrono::milliseconds) override {
        world->ask("connect");
        const std::scoped_lock lock(world->mutex);
        if (!world->readers.front().present) return fail(reader::reader_errc::no_card);
        return std::make_unique<FakeLine>();
    }
    Result<std::unique_ptr<card::Card>> recognise(Channel&, ByteView) override {
        world->ask("recognise");
        if (!world->recognised) return fail(card::card_errc::not_recognised);
        return make_fake_card();
    }
    [[nodiscard]] module::Budget budget() const override { return world->budget; }
    [[nodiscard]] std::chrono::steady_clock::time_point now() const override {
        return std::chrono::steady_clock::now() + world->later;
    }
    [[nodiscard]] module::Settings settings() const override { return world->settings; }
    [[nodiscard]] std::filesystem::path cache_folder() const override { return world->cache; }
};

} // namespace

std::unique_ptr<module::Surroundings> make_fake() { return std::make_unique<FakeSurroundings>(); }

} // namespace acredita::test
