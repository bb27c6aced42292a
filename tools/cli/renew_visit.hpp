// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card at the desk: the office's memory, what is on the card, and the renewal it is in the middle of. Every
// command of the group "renew" begins here, so unfinished business is always found first.
#pragma once

#include "tools/cli/administration.hpp"
#include "tools/cli/card_login.hpp"
#include "tools/desk/office.hpp"
#include "tools/issue/job.hpp"
#include "tools/p12/key.hpp"
#include "tools/renewal/card.hpp"
#include "tools/renewal/desk.hpp"
#include "tools/renewal/papers.hpp"
#include "tools/renewal/party.hpp"

namespace acredita::cli {

struct Visit {
    explicit Visit(std::unique_ptr<desk::Office> opened)
        : office(std::move(opened)), desk(office->database, office->journal) {}

    std::unique_ptr<desk::Office> office;
    renewal::Desk desk;
    issue::Target target{};
    std::unique_ptr<client::Session> session{}; // read-only; nobody is logged in
    std::vector<client::CertificateEntry> certificates{};
    std::optional<renewal::Renewal> found{}; // the card's unfinished renewal
    renewal::Parties parties{};              // the holder, once known

    // The unfinished renewal, or renewal.no_case.
    [[nodiscard]] Result<renewal::Renewal> unfinished() const;
    [[nodiscard]] const client::CertificateEntry* entry_of(ByteView certificate) const;
};
[[nodiscard]] Result<std::unique_ptr<Visit>> begin_visit(const Program& program);

// The card's free place, asked of a card that has just been restarted.
[[nodiscard]] Result<renewal::Room> fresh_room(Visit& visit);

// --folder, --office, --templates: where letters are kept and what they are made of.
struct FolderOptions {
    std::string folder, office, templates;
};
void folder_options(CLI::App& command, Program& program, FolderOptions& options);
[[nodiscard]] Result<renewal::Folder> folder_of(const FolderOptions& options, const Visit& visit);

// --pin-fd, --last-try and the office's keys.
struct CardOptions {
    CardKeyOptions holder{};
    AdministrationOptions administration{};
};
void card_options(CLI::App& command, Program& program, CardOptions& options);

// What renewal::Card borrows. The PIN is asked for here, before anything is written, and nobody is logged in
// afterwards; the visit's session is closed, because writing sessions bear no other beside them.
struct Keys {
    issue::AdministrationKey administration{};
    Secret so_pin{}, pin{};
    [[nodiscard]] renewal::Card card(const Program& program, Visit& visit) const;
};
[[nodiscard]] Result<Keys> ask_for_keys(const Program& program, const CardOptions& options, Visit& visit);

// A yes on the terminal, or beforehand; false where nobody can be asked.
[[nodiscard]] bool agreed(const Program& program, std::string_view question, bool beforehand);

// What failed stands in the journal too; the error is passed on.
[[nodiscard]] tl::unexpected<Error> failed_step(Visit& visit, const renewal::Renewal& renewal,
                                                renewal::Event event, const Error& error);

// The state of a renewal in words and as JSON, and what comes next.
[[nodiscard]] Json renewal_json(const Program& program, const renewal::Renewal& renewal);
[[nodiscard]] std::string renewal_words(const Program& program, const renewal::Renewal& renewal);
// Prints both, as the last thing of a command that went well.
[[nodiscard]] int tell(const Program& program, const renewal::Renewal& renewal,
                       const Json& more = Json::object(), const std::string& words = {});

} // namespace acredita::cli
