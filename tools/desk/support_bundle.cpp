// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/desk/support_bundle.hpp"

#include "tools/diagnosis/card_verdict.hpp"

#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>
#include <sys/utsname.h>

namespace acredita::desk {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t longest_text = 80, longest_number = 3, most_steps = 64;

std::string system_name() {
    std::ifstream file("/etc/os-release");
    constexpr std::string_view key = "PRETTY_NAME=\"";
    for (std::string line; std::getline(file, line);)
        if (line.starts_with(key) && line.size() > key.size())
            return harmless(std::string_view(line).substr(key.size(), line.size() - key.size() - 1));
    return "?";
}

Json system() {
    utsname about{};
    ::uname(&about); // its host name stays out
    return {
        {"name", system_name()}, {"kernel", harmless(about.release)}, {"machine", harmless(about.machine)}};
}

Json error_of(const Error& error) {
    return {{"code", catalogue::message(error, catalogue::Language::english).code},
            {"name", error_name(error.code)}};
}

Json steps_of(std::span<const TimedStep> steps) {
    constexpr std::string_view outcomes[] = {"begun", "done", "skipped"};
    Json list = Json::array();
    for (const auto& one : steps.first(std::min(steps.size(), most_steps)))
        list.push_back({{"step", issue::name(one.step)},
                        {"outcome", outcomes[static_cast<std::size_t>(one.outcome)]},
                        {"ms", one.took.count()}});
    return list;
}

Json checks_of(std::span<const Check> checks) {
    Json list = Json::array();
    for (const auto& one : checks) {
        Json row = {
            {"what", name_of(one.subject)}, {"health", name_of(one.health)}, {"fact", harmless(one.fact)}};
        if (one.fault) row["error"] = error_of(*one.fault);
        list.push_back(std::move(row));
    }
    return list;
}

} // namespace

std::string harmless(std::string_view text) {
    constexpr std::string_view plain = " .,:;()+-_/#";
    std::string out;
    for (std::size_t i = 0; i < text.size() && out.size() < longest_text;) {
        const auto digits = std::min(text.find_first_not_of("0123456789", i), text.size()) - i;
        if (digits > 0) {
            out += digits > longest_number ? std::string("#") : std::string(text.substr(i, digits));
            i += digits;
            continue;
        }
        const char c = text[i++];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        out += letter || plain.find(c) != std::string_view::npos ? c : '?';
    }
    return out;
}

std::string support_bundle(const SupportCase& what) {
    Json card = nullptr;
    if (what.card_profile || what.family != nullptr)
        card = {{"profile", what.card_profile ? Json(harmless(*what.card_profile)) : Json(nullptr)},
                {"family", what.family != nullptr ? Json(what.family->name) : Json(nullptr)},
                {"verdict",
                 what.family != nullptr ? Json(diagnosis::name_of(what.family->verdict)) : Json(nullptr)}};
    const Json json = {
        {"format", "acredita-support-1"},
        {"incident", what.incident.code()},
        {"time", office::utc_time(what.now)},
        {"clock", office::clock_source()},
        {"program", {{"name", what.program}, {"version", ACREDITA_VERSION}, {"practice", what.practice}}},
        {"error", error_of(what.error)},
        {"card", card},
        {"steps", steps_of(what.steps)},
        {"checks", checks_of(what.checks)},
        {"system", system()},
    };
    return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace acredita::desk
