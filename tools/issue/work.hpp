// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What one run of the main job knows and holds, and its steps; used only by job.cpp and the files of the
// steps. Each step returns a note for people: a fact without secrets, an empty text, or nothing at all if it
// had nothing to do.
#pragma once

#include "tools/issue/job.hpp"
#include "tools/issue/target.hpp"
#include "tools/p12/isolated.hpp"

namespace acredita::issue {

struct Work {
    const Request& request;
    People& people;

    Target target{};
    std::optional<client::Session> session{};
    client::CardFacts facts{};
    client::Role role = client::Role::user; // who may store

    std::optional<p12::isolated::Session> reader{}; // until the backup is open
    p12::Opened opened{};
    const p12::Credential* chosen = nullptr;
    p12::KeyHandle key{};
    client::StoreOptions place{}; // identifier, label, place on the card
    bool certificate_there = false;
    std::optional<client::Object> certificate{}; // in this session: stored or found in it
    bool key_there = false;                      // only believed of modules that would store it twice

    std::string holder{}; // identity number, "" if the certificate has none
    Secret pin{};         // accepted by this card in this job
    Receipt receipt{};

    [[nodiscard]] bool brings_key() const noexcept { return request.certificate.empty(); }
};

using Note = Result<std::optional<std::string>>;
inline constexpr std::nullopt_t nothing_to_do = std::nullopt;

// prepare.cpp
[[nodiscard]] Note find_card_step(Work&);
[[nodiscard]] Note check_capability(Work&);
[[nodiscard]] Note login_administrator(Work&);
// backup.cpp
[[nodiscard]] Note read_envelope(Work&);
[[nodiscard]] Note open_backup(Work&);
// destination.cpp
[[nodiscard]] Note choose_destination(Work&);
// write.cpp
[[nodiscard]] Note verify_pin_step(Work&);
[[nodiscard]] Note store_certificate_step(Work&);
[[nodiscard]] Note store_key_step(Work&);
[[nodiscard]] Note restart_step(Work&);
[[nodiscard]] Note finish_step(Work&);
// prove.cpp
[[nodiscard]] Note prove_certificate(Work&);
[[nodiscard]] Note prove_refusal(Work&);
[[nodiscard]] Note prove_protection(Work&);
[[nodiscard]] Note prove_signature(Work&);

// The administrator's session that storing needs, once more after a logout.
[[nodiscard]] Result<void> become_administrator(Work&);

} // namespace acredita::issue
