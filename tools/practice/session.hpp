// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A practice: readers and cards that are not there, behind a real pcscd of their own.
//
// Owned by one program or one test. pcscd runs in namespaces of its own and nothing listens on the host;
// clients reach it through socket() in PCSCLITE_CSOCK_NAME. Everything ends and every file is removed with
// the session, also when its process is killed. Readers are counted from 0 in the order of Options::cards.
#pragma once

#include "tools/practice/box_client.hpp"
#include "tools/practice/card_spec.hpp"
#include "tools/practice/reader_server.hpp"
#include "tools/practice/vpcd.hpp"

#include <chrono>
#include <filesystem>

namespace acredita::practice {

// Which driver carries the cards: ours, or that of vsmartcard (one card, no pinpad, no unplugging).
enum class Carrier : std::uint8_t { ifd, vpcd };

struct Options {
    std::vector<CardSpec> cards{};        // none: one default piv card
    std::filesystem::path state{};        // empty: the memory of the cards ends with the session
    std::filesystem::path transcript{};   // empty: none
    std::chrono::milliseconds latency{0}; // added to each exchange
    std::optional<Tear> tear{};           // of the first card
    std::string reader_name = "Acredita Practice";
    Carrier carrier = Carrier::ifd;
};

class Session {
public:
    static Result<std::unique_ptr<Session>> start(const Options& options);
    ~Session();
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // For PCSCLITE_CSOCK_NAME, ACREDITA_MODULE and ACREDITA_PRACTICE_CONTROL.
    [[nodiscard]] std::filesystem::path socket() const;
    [[nodiscard]] static std::filesystem::path module();
    [[nodiscard]] std::filesystem::path control() const;
    // All variables a program needs to be in this practice.
    [[nodiscard]] std::vector<std::pair<std::string, std::string>> environment() const;
    // Sets them in this process. Before any thread reads the environment.
    void enter() const;

    // practice.no_reader for a number too high or, where a card is needed, an empty reader.
    Result<void> insert(std::size_t reader);
    Result<void> remove(std::size_t reader);
    // pcsc-lite 1.9 keeps a reader of its configuration in the list and says, after about a second,
    // SCARD_STATE_UNAVAILABLE; it finds a reader that is plugged in again within a second.
    Result<void> unplug(std::size_t reader);
    Result<void> plug(std::size_t reader);
    Result<void> swap(std::size_t reader);
    // The two readers' cards, taken out, for each other; insert() puts each into its new reader.
    Result<void> trade(std::size_t reader, std::size_t other);
    Result<void> tear_at(std::size_t reader, std::optional<Tear> tear);
    Result<std::uint64_t> exchanges(std::size_t reader) const;
    Result<void> reset_exchanges(std::size_t reader);
    // The person in front of a pinpad reader.
    Result<void> person(std::size_t reader, Pinpad::Person does, ZeroingBytes digits = {});

    // The process that holds the namespaces and pcscd.
    [[nodiscard]] pid_t box() const noexcept { return box_->pid(); }
    Result<void> kill_pcscd();
    Result<void> stop_pcscd();
    Result<void> start_pcscd();

private:
    Session() = default;
    Result<void> make_directory();
    Result<void> make_cards(const Options& options);
    Result<void> write_configuration(const Options& options) const;
    Result<void> start_vpcd();
    [[nodiscard]] Result<VirtualReader*> reader(std::size_t number) const;
    [[nodiscard]] Result<VirtualCard*> card(std::size_t number) const;

    std::filesystem::path directory_;
    std::unique_ptr<StateFile> state_;
    std::unique_ptr<Transcript> transcript_;
    Readers readers_;
    std::unique_ptr<SocketServer> server_;
    std::unique_ptr<BoxClient> box_;
    std::unique_ptr<VpcdCard> vpcd_;
    std::unique_ptr<SocketServer> control_server_;
};

} // namespace acredita::practice
