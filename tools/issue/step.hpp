// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The main job as a list of named steps, and how it tells the world which one it is at. The order is the
// order of the enumeration; a run may skip steps that have nothing to do. Nothing here talks to a person: see
// people.hpp.
#pragma once

#include <array>
#include <string_view>

namespace acredita::issue {

enum class Step {
    card,           // reader, card, token
    capability,     // can this card take a key at all, is its PIN usable
    administration, // is the card known to this office
    envelope,       // is the file a backup with a key
    open,           // passphrase, credential, its own checks
    destination,    // where it will lie, what would be lost
    pin,            // verified on the card before anything is written
    store_certificate,
    store_key,
    restart,           // every session closed, the card reset
    prove_certificate, // read back, byte for byte
    prove_refusal,     // no signature without the PIN
    prove_protection,  // sensitive, not extractable
    prove_signature,   // a fresh nonce, verified by OpenSSL
    finish,            // card reset once more: nobody stays logged in
};

inline constexpr std::array all_steps = {Step::card,
                                         Step::capability,
                                         Step::administration,
                                         Step::envelope,
                                         Step::open,
                                         Step::destination,
                                         Step::pin,
                                         Step::store_certificate,
                                         Step::store_key,
                                         Step::restart,
                                         Step::prove_certificate,
                                         Step::prove_refusal,
                                         Step::prove_protection,
                                         Step::prove_signature,
                                         Step::finish};

// The name the catalogue keys its words on ("step.store_key").
[[nodiscard]] std::string_view name(Step step) noexcept;

// Whom and what the job is about, as far as it is known; for whoever keeps pseudonyms of them, never to be
// shown.
struct Involved {
    std::string_view holder;      // NIF, in full
    std::string_view card;        // serial number
    std::string_view certificate; // SHA-256
};

// Told from the thread that runs the job.
class Progress {
public:
    virtual ~Progress() = default;

    virtual void started(Step step) = 0;
    // `note`: a fact without secrets, for instance a status word; may be empty.
    virtual void finished(Step step, std::string_view note) = 0;
    // It was started and had nothing to do on this card.
    virtual void skipped(Step step) = 0;
    // Told before each of the two above, and before the job ends in an error.
    virtual void involves(const Involved&) {}
    // Asked before each step; true ends the job with issue.cancelled and the card as the last step left it.
    [[nodiscard]] virtual bool cancelled() = 0;

protected:
    Progress() = default;
    Progress(const Progress&) = default;
    Progress& operator=(const Progress&) = default;
};

} // namespace acredita::issue
