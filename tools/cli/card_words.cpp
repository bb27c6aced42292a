// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/card_words.hpp"

#include "firmware-profiles/profile/known.hpp"
#include "tools/cli/dialogue.hpp"
#include "tools/p12/nif.hpp"

#include <algorithm>
#include <iostream>

namespace acredita::cli {
namespace {

using profile::Profile;

template <class T>
Json known(const std::optional<T>& value) {
    return value ? Json(*value) : Json(nullptr);
}

// "RSA 1024, 2048; EC 256, 384"
std::string words_for(std::vector<client::KeyKind> kinds) {
    std::string all;
    constexpr std::pair<CK_KEY_TYPE, std::string_view> types[] = {{CKK_RSA, "RSA "}, {CKK_EC, "EC "}};
    for (const auto& [type, name] : types) {
        std::string sizes;
        for (const auto& kind : kinds)
            if (kind.type == type) sizes += (sizes.empty() ? "" : ", ") + std::to_string(kind.bits);
        if (!sizes.empty()) all += (all.empty() ? "" : "; ") + std::string(name) + sizes;
    }
    return all;
}

std::vector<client::KeyKind> usable(const Profile& profile) {
    std::vector<client::KeyKind> kinds;
    for (const auto& one : profile.algorithms)
        if (one.use)
            kinds.push_back(
                {one.algorithm.type == card::KeyType::rsa ? CK_KEY_TYPE{CKK_RSA} : CK_KEY_TYPE{CKK_EC},
                 one.algorithm.bits});
    return kinds;
}

bool decrypts(const Profile& profile) {
    return profile.can(card::Operation::rsa_raw) || profile.can(card::Operation::rsa_decrypt) ||
           profile.can(card::Operation::ecdh);
}

std::string_view origin(profile::Evidence evidence) {
    switch (evidence) {
    case profile::Evidence::card:
        return "evidence_card";
    case profile::Evidence::simulation:
        return "evidence_simulation";
    case profile::Evidence::documents:
        break;
    }
    return "evidence_documents";
}

struct Abilities {
    std::vector<std::string> can, cannot;
};

Abilities abilities(const Program& program, const client::CardFacts& facts, const Profile* profile) {
    Abilities told;
    const auto tell = [&](const std::optional<bool>& yes, const std::string& key,
                          const std::string& kinds = {}) {
        if (!yes) return;
        (*yes ? told.can : told.cannot)
            .push_back(program.say("ability." + key) + (*yes && !kinds.empty() ? ": " + kinds : ""));
    };
    if (profile != nullptr) {
        tell(true, "sign", words_for(usable(*profile)));
        tell(decrypts(*profile), "decrypt");
    }
    tell(facts.can_import, "import", facts.importable ? words_for(*facts.importable) : "");
    if (facts.generatable) tell(!facts.generatable->empty(), "generate", words_for(*facts.generatable));
    if (profile != nullptr) tell(profile->puk.present, "unblock");
    if (facts.vendor_object) tell(facts.pinpad, "pinpad");
    return told;
}

std::string room(const Program& program, const client::CardFacts& facts) {
    std::string text;
    const auto add = [&](const std::string& sentence) { text += (text.empty() ? "" : " ") + sentence; };
    if (facts.room) add(program.say("room.bytes", {{"bytes", std::to_string(*facts.room)}}));
    if (facts.destination && facts.places && facts.can_import.value_or(false)) {
        const auto& there = *facts.destination;
        const bool free = there.certificate.empty() && !there.key_present.value_or(false);
        add(program.say(
            free ? "room.free" : "room.full",
            {{"place", to_hex({&there.place, 1})}, {"places", std::to_string(facts.places->size())}}));
    }
    if (facts.max_certificate)
        add(program.say("room.certificate", {{"bytes", std::to_string(*facts.max_certificate)}}));
    return text.empty() ? program.say("room.unknown") : text;
}

std::string pin_line(const Program& program, std::string_view key, const std::optional<unsigned>& tries,
                     const std::optional<bool>& factory) {
    auto line = pin_prompt(program, key, tries);
    line.resize(line.size() - 2);
    if (factory == true) line += "  " + program.say("factory_value");
    return line;
}

std::string joined(const std::vector<std::string_view>& names) {
    std::string all;
    for (const auto name : names) all += (all.empty() ? "" : ", ") + std::string(name);
    return all;
}

void print_list(const std::string& heading, const std::vector<std::string>& all) {
    if (all.empty()) return;
    std::cout << "  " << heading << '\n';
    for (const auto& one : all) std::cout << "      " << one << '\n';
}

} // namespace

void print_card_json(const CardContents& c, const Json& renewal) {
    Json certificates = Json::array();
    for (const auto& [entry, summary] : c.certificates) {
        Json one = certificate_json(summary);
        one["id"] = to_hex(entry.id);
        one["label"] = p12::hide_nif(entry.label);
        certificates.push_back(std::move(one));
    }
    const auto& token = c.target.token;
    const auto& f = c.facts;
    const auto kinds = [](const std::optional<std::vector<client::KeyKind>>& list) {
        return list ? Json(words_for(*list)) : Json(nullptr);
    };
    print({{"ok", true},
           {"renewal", renewal},
           {"reader", c.target.reader ? Json(c.target.reader->name.text) : Json(nullptr)},
           {"card",
            {{"maker", token.manufacturer},
             {"model", token.model},
             {"serial", token.serial},
             {"label", token.label},
             {"profile", known(f.profile)}}},
           {"applications", c.applications},
           {"pin",
            {{"blocked", f.pin == client::PinLight::locked},
             {"tries_left", known(f.pin_tries_left)},
             {"tries_total", known(f.pin_tries_total)},
             {"factory", known(f.factory_pin)}}},
           {"puk",
            {{"tries_left", known(f.puk_tries_left)},
             {"tries_total", known(f.puk_tries_total)},
             {"factory", known(f.factory_puk)}}},
           {"can_import", known(f.can_import)},
           {"importable", kinds(f.importable)},
           {"generatable", kinds(f.generatable)},
           {"max_certificate", known(f.max_certificate)},
           {"room", known(f.room)},
           {"places", f.places ? Json(to_hex(*f.places)) : Json(nullptr)},
           {"next_place", f.destination ? Json(to_hex({&f.destination->place, 1})) : Json(nullptr)},
           {"certificates", certificates}});
}

void print_card_text(const Program& program, const CardContents& c) {
    const auto profiles = profile::known_profiles();
    const auto found = std::find_if(profiles.all.begin(), profiles.all.end(), [&](const Profile& one) {
        return c.facts.profile && one.name == *c.facts.profile;
    });
    const auto* profile = found == profiles.all.end() ? nullptr : &*found;
    const auto& token = c.target.token;
    std::cout << token.manufacturer << ' ' << token.model << "  " << token.serial << '\n';
    if (c.target.reader) std::cout << "  " << c.target.reader->name.text << '\n';
    if (c.facts.profile) std::cout << "  " << program.say("profile") << " " << *c.facts.profile;
    if (profile != nullptr) std::cout << " (" << program.say(origin(profile->evidence)) << ')';
    if (c.facts.profile) std::cout << '\n';
    if (!c.applications.empty())
        std::cout << "  " << program.say("applications") << ": " << joined(c.applications) << '\n';
    const auto told = abilities(program, c.facts, profile);
    print_list(program.say("it_can"), told.can);
    print_list(program.say("it_cannot"), told.cannot);
    if (!c.facts.can_import) std::cout << "  " << program.say("import_unknown") << '\n';
    std::cout << "  " << pin_line(program, "pin", c.facts.pin_tries_left, c.facts.factory_pin) << '\n'
              << "  " << pin_line(program, "puk", c.facts.puk_tries_left, c.facts.factory_puk) << '\n'
              << "  " << room(program, c.facts) << '\n';
    if (c.certificates.empty()) std::cout << "  " << program.say("no_certificates") << '\n';
    for (const auto& [entry, summary] : c.certificates)
        std::cout << "\n  " << p12::hide_nif(entry.label) << '\n'
                  << describe_certificate(program, summary) << '\n';
}

} // namespace acredita::cli
