// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How the tables are read, and what each value may be.
#include "firmware-profiles/profile/load_tables.hpp"

#include "firmware-profiles/profile/load_atr.hpp"

#include <algorithm>

namespace acredita::profile {

Match read_match(TableReader in, Report& report, Need aid) {
    Match match;
    match.atr = read_atr_rules(in, "atr", 2, report);
    match.historical = in.hex_list("historical");
    match.aid = in.hex("aid", aid);
    if (!match.aid.empty() && (match.aid.size() < 5 || match.aid.size() > 16))
        in.mistake(profile_errc::out_of_range, "aid"); // ISO 7816-4:2005 8.2.1.2
    match.more_aids = in.hex_list("more_aids");
    match.card_historical = in.hex("card_historical");
    match.label_prefix = in.text("label_prefix");
    match.no_label = in.yes("no_label");
    if (match.no_label && !match.label_prefix.empty()) in.mistake(profile_errc::contradiction, "no_label");
    in.number("answer_tag", match.answer_tag, 1, 0xFF);
    match.answer = in.hex("answer");
    match.no_answer = in.yes("no_answer");
    if (match.no_answer && (!match.answer.empty() || !match.label_prefix.empty()))
        in.mistake(profile_errc::contradiction, "no_answer");
    match.generic = in.yes("generic");
    in.number("probe_order", match.probe_order, 0, 10000);
    in.finish();
    return match;
}

Transport read_transport(TableReader in) {
    Transport transport;
    transport.extended = in.yes("extended");
    if (in.has("chaining")) transport.chaining = in.yes("chaining");
    transport.chain_after_wrong_length = in.yes("chain_after_wrong_length");
    in.number("max_command_data", transport.max_command_data, 255, 65535);
    in.number("chunk", transport.chunk, 1, 255);
    in.number("max_response", transport.max_response, 256, 70000);
    if (transport.chain_after_wrong_length && !(transport.extended && transport.chaining))
        in.mistake(profile_errc::contradiction, "chain_after_wrong_length");
    in.finish();
    return transport;
}

Naming read_naming(TableReader in) {
    Naming naming;
    naming.manufacturer = in.text("manufacturer", Need::required);
    naming.model = in.text("model", Need::required);
    in.word("version", naming.version);
    naming.serial = in.words<SerialFrom>("serial");
    in.finish();
    return naming;
}

PinValue read_pin(TableReader in) {
    PinValue pin;
    if (!in.present()) return pin;
    pin.present = true;
    in.number("reference", pin.reference, 0, 0xFF, Need::required);
    in.number("min", pin.rules.min, 1, 64, Need::required);
    in.number("max", pin.rules.max, 1, 64, Need::required);
    pin.rules.digits_only = in.yes("digits_only");
    in.number("width", pin.width, 1, 64, Need::required);
    in.number("filler", pin.filler, 0, 0xFF, Need::required);
    if (const auto tries = in.number("tries", 1, 255)) pin.tries = static_cast<unsigned>(*tries);
    pin.by_standard = in.yes("by_standard");
    if (pin.rules.min > pin.rules.max) in.mistake(profile_errc::contradiction, "min");
    if (pin.rules.max > pin.width) in.mistake(profile_errc::contradiction, "max");
    in.finish();
    return pin;
}

Admin read_admin(TableReader in, Report& report) {
    Admin admin;
    if (!in.present()) return admin;
    in.word("kind", admin.kind, Need::required);
    in.number("reference", admin.reference, 0, 0xFF, Need::required);
    std::vector<AdminAlgorithm> list;
    for (auto& row : in.tables("algorithms")) {
        AdminAlgorithm one;
        row.number("id", one.id, 0, 0xFF, Need::required);
        row.number("key_size", one.key_size, 16, 32, Need::required);
        row.finish();
        list.push_back(one);
    }
    if (list.empty() && admin.kind == AdminKind::piv_mutual)
        in.mistake(profile_errc::missing_key, "algorithms");
    admin.algorithms = report.arena.keep(std::move(list));
    admin.factory_sha256 = in.hex("factory_sha256");
    if (!admin.factory_sha256.empty() && admin.factory_sha256.size() != 32)
        in.mistake(profile_errc::out_of_range, "factory_sha256");
    in.finish();
    return admin;
}

std::span<const KeyAlgorithm> read_algorithms(TableReader& in, Report& report) {
    std::vector<KeyAlgorithm> list;
    // A card with [environment] calls EC keys of all sizes the same, and is told the curve with the key.
    const bool by_curve = in.has("environment");
    for (auto& row : in.tables("algorithms")) {
        KeyAlgorithm one;
        row.word("type", one.algorithm.type, Need::required);
        row.number("bits", one.algorithm.bits, 160, 16384, Need::required);
        row.number("id", one.id, 0, 0xFF, Need::required);
        one.use = row.yes("use");
        one.import = row.yes("import");
        one.generate = row.yes("generate");
        one.since = row.version("since");
        const bool twice = std::any_of(list.begin(), list.end(), [&](const KeyAlgorithm& other) {
            const bool both_ec =
                other.algorithm.type == card::KeyType::ec && one.algorithm.type == card::KeyType::ec;
            return other.algorithm == one.algorithm || (other.id == one.id && !(by_curve && both_ec));
        });
        if (twice) row.mistake(profile_errc::duplicate, "id");
        row.finish();
        list.push_back(one);
    }
    if (list.empty()) in.mistake(profile_errc::missing_key, "algorithms");
    return report.arena.keep(std::move(list));
}

namespace {

void read_retired(TableReader in, std::vector<Place>& places) {
    if (!in.present()) return;
    std::size_t count = 0;
    Place place{.purpose = Purpose::retired};
    in.number("first", place.key, 0, 0xFF, Need::required);
    in.number("count", count, 1, 64, Need::required);
    in.number("certificate", place.certificate, 1, 0xFFFFFF, Need::required);
    in.word("pin_policy", place.pin_policy, Need::required);
    place.for_new_keys = in.yes("for_new_keys");
    if (place.key + count > 0x100) in.mistake(profile_errc::out_of_range, "count");
    in.finish();
    for (std::size_t i = 0; i < count; ++i, ++place.key, ++place.certificate) places.push_back(place);
}

} // namespace

std::span<const Place> read_places(TableReader& in, Report& report) {
    std::vector<Place> list;
    for (auto& row : in.tables("places")) {
        Place one;
        row.number("key", one.key, 0, 0xFF, Need::required);
        row.word("purpose", one.purpose, Need::required);
        row.number("certificate", one.certificate, 0, 0xFFFFFF, Need::required);
        row.word("pin_policy", one.pin_policy, Need::required);
        one.for_new_keys = row.yes("for_new_keys");
        one.operations = row.words<card::Operation>("operations");
        const bool twice = std::any_of(list.begin(), list.end(), [&](const Place& other) {
            return other.key == one.key || (one.certificate != 0 && other.certificate == one.certificate);
        });
        if (twice) row.mistake(profile_errc::duplicate, "key");
        row.finish();
        list.push_back(one);
    }
    read_retired(in.table("retired"), list);
    return report.arena.keep(std::move(list));
}

void read_writing(TableReader& root, Profile& profile) {
    if (auto in = root.table("import"); in.present()) {
        in.word("kind", profile.import.kind, Need::required);
        in.word("role", profile.import.role, Need::required);
        profile.import.pin_policy = in.yes("pin_policy");
        in.finish();
    }
    if (auto in = root.table("generate"); in.present()) {
        in.word("kind", profile.generate.kind, Need::required);
        in.word("role", profile.generate.role, Need::required);
        profile.generate.pin_policy = in.yes("pin_policy");
        in.finish();
    }
    if (auto in = root.table("delete"); in.present()) {
        in.word("kind", profile.deletion.kind, Need::required);
        profile.deletion.since = in.version("since");
        in.word("before", profile.deletion.before);
        in.word("role", profile.deletion.role, Need::required);
        in.finish();
    }
    auto in = root.table("objects", Need::required);
    in.word("directory", profile.objects.directory, Need::required);
    in.word("role", profile.objects.role, Need::required);
    in.number("max_object", profile.objects.max_object, 256, 65535);
    in.number("max_certificate", profile.objects.max_certificate, 256, 65535);
    if (profile.objects.max_object != 0 && profile.objects.max_certificate > profile.objects.max_object)
        in.mistake(profile_errc::contradiction, "max_certificate");
    in.finish();
}

} // namespace acredita::profile
