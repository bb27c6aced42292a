// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/diagnosis/pair.hpp"

#include <cstdlib>

namespace acredita::diagnosis {
namespace {

using catalogue::Language;
using p12::Examination;

class Remarks {
public:
    explicit Remarks(Language language) : language_(language) {}

    void add(const std::string& key, std::int64_t days = 0) {
        const auto number = std::to_string(std::llabs(days));
        all.push_back(catalogue::text("diagnosis." + key, language_, {{"days", number}}));
    }
    std::vector<std::string> all;

private:
    Language language_;
};

void say_time(Remarks& to, const Examination& seen) {
    if (seen.validity == p12::Validity::not_yet) return to.add("validity.not_yet");
    if (seen.validity == p12::Validity::expired) {
        to.add("validity.expired", seen.days_left);
        if (seen.renewal == p12::Renewal::over) to.add("renewal.over");
        return;
    }
    if (seen.renewal == p12::Renewal::not_online) return to.add("renewal.ends", seen.days_left);
    to.add("renewal." + std::string(name_of(seen.renewal)), seen.days_left);
}

void say_uses(Remarks& to, const p12::Uses& uses) {
    if (!uses.sign && !uses.authenticate && !uses.decrypt)
        to.add("uses.none");
    else if (!uses.sign)
        to.add("uses.no_signature");
}

void say_key(Remarks& to, const Examination& seen) {
    for (const auto fault : seen.health.faults) to.add("key." + std::string(name_of(fault)));
    if (seen.health.self_test) to.add("key.self_test");
    if (seen.key_reused) to.add("key.reused");
}

} // namespace

std::vector<std::string> remarks_on(const Examination& seen, Language language) {
    Remarks to(language);
    if (seen.holder != p12::Holder::unknown) to.add("holder." + std::string(name_of(seen.holder)));
    if (seen.home == p12::KeyHome::card) to.add("home.card");
    say_time(to, seen);
    say_uses(to, seen.uses);
    say_key(to, seen);
    to.add("revocation." + std::string(name_of(seen.revocation)));
    if (seen.fit == p12::CardFit::key_refused || seen.fit == p12::CardFit::certificate_too_large)
        to.add("fit." + std::string(name_of(seen.fit)));
    return std::move(to.all);
}

} // namespace acredita::diagnosis
