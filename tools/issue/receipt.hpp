// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What was done and what was proven, without any secret: what the holder takes home and an auditor reads.
#pragma once

#include "tools/catalogue/language.hpp"
#include "tools/issue/certificate.hpp"

#include <optional>

namespace acredita::issue {

// Who vouches for a fact: the card's own answer, or only the module's word.
enum class Witness { card, module };

struct Proof {
    bool certificate_identical = false;       // read back after the restart, byte for byte
    std::string nonce_digest;                 // SHA-256 of what the card signed, hexadecimal
    std::string signature_scheme;             // "RSASSA-PKCS1-v1_5 SHA-256"
    Witness refusal = Witness::module;        // who refused to sign without the PIN
    std::optional<std::uint16_t> status_word; // the card's own words
    Witness protection = Witness::module;     // who says that the key cannot leave
    std::optional<std::string> origin;   // "imported" as the card's metadata say; nullopt: it does not say
    bool card_restarted = false;         // false: a token without a reader
    bool module_restarted = false;       // a maker's module forgot everything, too
    Witness certificate = Witness::card; // module: it may have remembered what it read
};

struct Receipt {
    std::string program = "Acredita";
    std::string version;
    std::string started, finished; // UTC
    std::string office;
    std::string module; // as it describes itself
    std::string reader;
    std::string card_maker, card_model, card_serial, card_profile;
    CertificateSummary certificate;
    std::string label;
    std::string key_identifier; // CKA_ID, hexadecimal
    std::optional<std::uint8_t> place;
    std::optional<std::string> replaced; // fingerprint of the certificate that was overwritten, with consent
    bool resumed = false;                // an earlier run had stored the certificate already
    bool factory_administration_key = false;
    bool factory_pin = false;
    bool practice = false;
    std::string journal_head; // "1234:9F86D0...", "" where no journal is kept
    Proof proof;
};

[[nodiscard]] std::string
to_json(const Receipt& receipt); // one object, two blanks of indentation, final newline
[[nodiscard]] std::string to_text(const Receipt& receipt, catalogue::Language language);

// How it was proven, and what else has to be known, a sentence each ("· ...").
[[nodiscard]] std::vector<std::string> proof_sentences(const Receipt& receipt, catalogue::Language language);
[[nodiscard]] std::vector<std::string> remark_sentences(const Receipt& receipt, catalogue::Language language);

} // namespace acredita::issue
