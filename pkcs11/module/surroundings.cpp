// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/surroundings.hpp"

#include "pcsc/reader/watcher.hpp"
#include "pkcs11/module/cache_folder.hpp"

#include <memory>
#include <thread>

namespace acredita::module {

namespace {

class RealLine final : public Line {
public:
    RealLine(std::unique_ptr<reader::Connection> connection, std::chrono::milliseconds budget)
        : connection_(std::move(connection)), budget_(budget) {}
    [[nodiscard]] Result<std::unique_ptr<Channel>> begin(std::chrono::milliseconds patience) override {
        ACREDITA_TRY(transaction, reader::Transaction::begin(*connection_, patience, budget_));
        return std::make_unique<reader::Transaction>(std::move(transaction));
    }
    [[nodiscard]] ByteView atr() const override { return connection_->atr(); }
    [[nodiscard]] std::uint16_t events() const override { return connection_->events(); }

private:
    std::unique_ptr<reader::Connection> connection_;
    std::chrono::milliseconds budget_;
};

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
        return card::recognise(channel, atr, profile::built_in());
    }
    [[nodiscard]] std::filesystem::path cache_folder() const override { return user_cache_folder(); }

private:
    reader::Context context_;
};

} // namespace

std::unique_ptr<Surroundings> real_surroundings() { return std::make_unique<RealSurroundings>(); }

} // namespace acredita::module
