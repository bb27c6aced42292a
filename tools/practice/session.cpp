// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/session.hpp"

#include "tools/practice/control.hpp"
#include "tools/practice/error.hpp"
#include "tools/practice/places.hpp"

#include <cstdlib>
#include <fstream>

#include <sys/socket.h>

namespace acredita::practice {

namespace {

constexpr std::uint32_t first_serial = 20261101;

// Unix socket addresses end after 107 bytes, and /run is hidden from pcscd: a TMPDIR that does not suit is
// not used.
std::string directory_template() {
    const char* set = std::getenv("TMPDIR");
    std::string base = set != nullptr ? set : "/tmp";
    if (base.size() > 60 || base.starts_with("/run") || base.starts_with("/var/run")) base = "/tmp";
    return base + "/acredita-practice-XXXXXX";
}

} // namespace

Session::~Session() {
    control_server_.reset();
    vpcd_.reset();
    box_.reset();
    server_.reset();
    // The box has done it already, unless it never came into being.
    std::error_code ignored;
    if (!directory_.empty()) std::filesystem::remove_all(directory_, ignored);
}

Result<void> Session::make_directory() {
    auto name = directory_template();
    if (::mkdtemp(name.data()) == nullptr) return fail(practice_errc::no_directory, name);
    directory_ = name;
    std::error_code error;
    for (const auto* part : {"reader.conf.d", "drivers", "run/pcscd"}) {
        std::filesystem::create_directories(directory_ / part, error);
        if (error) return fail(practice_errc::no_directory, error.message());
    }
    return {};
}

Result<void> Session::make_cards(const Options& options) {
    auto specs = options.cards;
    if (specs.empty()) specs.push_back(parse_card("piv").value());
    ACREDITA_TRY(state, StateFile::open(options.state));
    state_ = std::move(state);
    transcript_ = std::make_unique<Transcript>(options.transcript);
    for (std::size_t n = 0; n < specs.size(); ++n) {
        const auto& spec = specs[n];
        std::unique_ptr<VirtualCard> card;
        if (auto application = spec.chip.make(first_serial + static_cast<std::uint32_t>(n))) {
            card = std::make_unique<VirtualCard>(
                std::move(application), VirtualCard::Surroundings{n, "card" + std::to_string(n), state_.get(),
                                                                  transcript_.get(), options.latency});
            ACREDITA_CHECK(card->restore());
            if (n == 0) card->tear_at(options.tear);
        }
        readers_.push_back(
            std::make_unique<VirtualReader>(std::move(card), spec.pinpad, !spec.chip.extended));
        if (spec.out) ACREDITA_CHECK(remove(n));
    }
    return {};
}

Result<void> Session::write_configuration(const Options& options) const {
    std::ofstream out(directory_ / "reader.conf.d/practice");
    if (options.carrier == Carrier::vpcd) {
        out << "FRIENDLYNAME \"" << options.reader_name << "\"\nDEVICENAME /dev/null:" << VpcdCard::port
            << "\nLIBPATH " << VpcdCard::driver << "\nCHANNELID " << VpcdCard::port << '\n';
        return out.flush() ? Result<void>{} : fail(practice_errc::no_directory, directory_.string());
    }
    for (std::size_t n = 0; n < readers_.size(); ++n) {
        const bool named = n < options.cards.size() && !options.cards[n].reader_name.empty();
        out << "FRIENDLYNAME \"" << (named ? options.cards[n].reader_name : options.reader_name) << "\"\n"
            << "DEVICENAME " << (directory_ / "cards").string() << ':' << n << '\n'
            << "LIBPATH " << places::reader_driver().string() << '\n'
            << "CHANNELID " << n << "\n\n";
    }
    if (!out.flush()) return fail(practice_errc::no_directory, directory_.string());
    return {};
}

Result<std::unique_ptr<Session>> Session::start(const Options& options) {
    std::unique_ptr<Session> session(new Session);
    ACREDITA_CHECK(session->make_directory());
    ACREDITA_CHECK(session->make_cards(options));
    ACREDITA_CHECK(session->write_configuration(options));
    ACREDITA_TRY(server, serve_readers(session->directory_ / "cards", session->readers_));
    session->server_ = std::move(server);
    ACREDITA_TRY(box, BoxClient::start(places::box(), session->directory_, places::pcscd()));
    session->box_ = std::move(box);
    ACREDITA_CHECK(session->start_pcscd());
    if (options.carrier == Carrier::vpcd) ACREDITA_CHECK(session->start_vpcd());
    ACREDITA_TRY(control, serve_control(session->control(), *session));
    session->control_server_ = std::move(control);
    return session;
}

Result<void> Session::start_vpcd() {
    if (readers_.size() != 1 || readers_[0]->pinpad() != nullptr)
        return fail(practice_errc::bad_card, "vpcd carries one card and no pinpad");
    ACREDITA_TRY(card, VpcdCard::start(*readers_[0], *box_));
    vpcd_ = std::move(card);
    return {};
}

std::filesystem::path Session::socket() const { return directory_ / "run/pcscd/pcscd.comm"; }
std::filesystem::path Session::module() { return places::module(); }
std::filesystem::path Session::control() const { return directory_ / "control"; }

std::vector<std::pair<std::string, std::string>> Session::environment() const {
    return {{"PCSCLITE_CSOCK_NAME", socket().string()},
            {"ACREDITA_MODULE", module().string()},
            {"ACREDITA_PRACTICE", "1"},
            {"ACREDITA_PRACTICE_CONTROL", control().string()}};
}

void Session::enter() const {
    for (const auto& [name, value] : environment()) ::setenv(name.c_str(), value.c_str(), 1);
}

Result<VirtualReader*> Session::reader(std::size_t number) const {
    if (number >= readers_.size()) return fail(practice_errc::no_reader, std::to_string(number));
    return readers_[number].get();
}

Result<VirtualCard*> Session::card(std::size_t number) const {
    ACREDITA_TRY(found, reader(number));
    if (found->card() == nullptr) return fail(practice_errc::no_reader, "it has no card");
    return found->card();
}

Result<void> Session::insert(std::size_t number) {
    return reader(number).map([](VirtualReader* one) { one->insert(); });
}

Result<void> Session::remove(std::size_t number) {
    return reader(number).map([](VirtualReader* one) { one->remove(); });
}

Result<void> Session::swap(std::size_t number) {
    return reader(number).map([](VirtualReader* one) { one->swap(); });
}

Result<void> Session::trade(std::size_t number, std::size_t other) {
    ACREDITA_TRY(one, reader(number));
    ACREDITA_TRY(two, reader(other));
    if (one != two) one->trade(*two);
    return {};
}

Result<void> Session::unplug(std::size_t number) {
    return reader(number).map([](VirtualReader* one) { one->unplug(); });
}

Result<void> Session::plug(std::size_t number) {
    return reader(number).map([](VirtualReader* one) { one->plug(); });
}

Result<void> Session::tear_at(std::size_t number, std::optional<Tear> tear) {
    return card(number).map([&](VirtualCard* one) { one->tear_at(tear); });
}

Result<std::uint64_t> Session::exchanges(std::size_t number) const {
    return card(number).map([](const VirtualCard* one) { return one->exchanges(); });
}

Result<void> Session::reset_exchanges(std::size_t number) {
    return card(number).map([](VirtualCard* one) { one->reset_exchanges(); });
}

Result<void> Session::person(std::size_t number, Pinpad::Person does, ZeroingBytes digits) {
    ACREDITA_TRY(found, reader(number));
    if (found->pinpad() == nullptr) return fail(practice_errc::no_reader, "it has no keys");
    found->pinpad()->person(does, std::move(digits));
    return {};
}

Result<void> Session::kill_pcscd() { return box_->order(box::Order::kill); }
Result<void> Session::stop_pcscd() { return box_->order(box::Order::stop); }
Result<void> Session::start_pcscd() { return box_->order(box::Order::start); }

} // namespace acredita::practice
