// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/issue/receipt.hpp"

#include <nlohmann/json.hpp>

namespace acredita::issue {
namespace {

using Json = nlohmann::ordered_json;

template <class T>
Json or_null(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

std::string_view name_of(Witness witness) { return witness == Witness::card ? "card" : "module"; }

std::string hex(std::uint16_t word) {
    const std::uint8_t bytes[] = {static_cast<std::uint8_t>(word >> 8U), static_cast<std::uint8_t>(word)};
    return to_hex(bytes);
}

Json certificate_json(const CertificateSummary& c) {
    return {{"holder", c.holder},       {"masked_id", c.masked_id},
            {"issuer", c.issuer},       {"serial", c.serial},
            {"sha256", c.fingerprint},  {"not_before", c.not_before},
            {"not_after", c.not_after}, {"key", c.key}};
}

Json proof_json(const Proof& p) {
    Json refusal = {{"proven", true}, {"by", name_of(p.refusal)}};
    if (p.status_word) refusal["status_word"] = hex(*p.status_word);
    return {{"card_restarted", p.card_restarted},
            {"module_restarted", p.module_restarted},
            {"certificate_identical", p.certificate_identical},
            {"certificate_by", name_of(p.certificate)},
            {"refused_without_pin", refusal},
            {"protected",
             {{"sensitive", true},
              {"extractable", false},
              {"says", name_of(p.protection)},
              {"origin", or_null(p.origin)}}},
            {"signature",
             {{"scheme", p.signature_scheme}, {"nonce_sha256", p.nonce_digest}, {"verified", true}}}};
}

} // namespace

std::string to_json(const Receipt& r) {
    const Json json = {
        {"format", "acredita-receipt-1"},
        {"program", r.program},
        {"version", r.version},
        {"practice", r.practice},
        {"office", r.office},
        {"started", r.started},
        {"finished", r.finished},
        {"module", r.module},
        {"reader", r.reader},
        {"card",
         {{"maker", r.card_maker},
          {"model", r.card_model},
          {"serial", r.card_serial},
          {"profile", r.card_profile}}},
        {"certificate", certificate_json(r.certificate)},
        {"label", r.label},
        {"id", r.key_identifier},
        {"place", r.place ? Json(to_hex({&*r.place, 1})) : Json(nullptr)},
        {"replaced_sha256", or_null(r.replaced)},
        {"resumed", r.resumed},
        {"key_origin", "imported"},
        {"signature_level", "advanced"},
        {"factory_administration_key", r.factory_administration_key},
        {"factory_pin", r.factory_pin},
        {"journal_head", r.journal_head.empty() ? Json(nullptr) : Json(r.journal_head)},
        {"proof", proof_json(r.proof)},
    };
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace acredita::issue
