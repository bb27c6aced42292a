// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Renewals as cases in the office's database. Each step is one transaction: the case goes on and the journal
// says so, or neither. A case goes on only from what was seen of it, so two kiosks cannot both take a step.
#pragma once

#include "tools/office/cases.hpp"
#include "tools/office/journal.hpp"
#include "tools/renewal/record.hpp"

namespace acredita::renewal {

struct Renewal {
    office::Case kept{};
    State state = State::reviewed;
    Record record{};
};

// Whose it is; kept as pseudonyms only.
struct Parties {
    std::string holder; // NIF
    std::string card;   // serial number
};

class Desk {
public:
    Desk(office::Database& database, office::Journal& journal) : database_(database), journal_(journal) {}

    // That are not finished, oldest first. Found by the card alone.
    [[nodiscard]] Result<std::optional<Renewal>> of_card(std::string_view serial);
    [[nodiscard]] Result<std::vector<Renewal>> of_holder(std::string_view nif);
    // case_unknown; no_case if it is another business or has ended.
    [[nodiscard]] Result<Renewal> numbered(std::int64_t number);

    // office.case_open if this card has one; other_case if the same person has one with another card.
    [[nodiscard]] Result<Renewal> open(const Parties& parties, const Record& record,
                                       const office::Facts& told = {});

    // `also` is carried out in the same transaction. `told`: what the journal says of the step besides.
    // out_of_order, ended, office.case_changed.
    using Also = std::function<Result<void>()>;
    [[nodiscard]] Result<Renewal> step(const Renewal& seen, Event event, const Record& record,
                                       const Parties& parties, const office::Facts& told = {},
                                       const Also& also = {});
    // The same state with other facts; no record in the journal.
    [[nodiscard]] Result<Renewal> note(const Renewal& seen, const Record& record);
    // A record for what was tried and failed.
    [[nodiscard]] Result<void> failed(const Renewal& seen, Event event, const Parties& parties,
                                      std::int64_t code, std::string_view error);

    // Was this certificate (its SHA-256) the new one of an earlier renewal of this person?
    [[nodiscard]] Result<bool> came_of_renewal(std::string_view nif, std::string_view sha256);

private:
    [[nodiscard]] Result<Renewal> read(office::Case kept) const;
    [[nodiscard]] office::Entry entry(const Renewal& seen, Event event, const Parties& parties) const;

    office::Database& database_;
    office::Journal& journal_;
};

} // namespace acredita::renewal
