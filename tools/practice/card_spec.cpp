// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/card_spec.hpp"

#include "tools/practice/card/simple.hpp"
#include "tools/practice/ceres/application.hpp"
#include "tools/practice/classic/application.hpp"
#include "tools/practice/error.hpp"
#include "tools/practice/foreign/options.hpp"
#include "tools/practice/isoapplet/options.hpp"
#include "tools/practice/openpgp/options.hpp"
#include "tools/practice/piv/options.hpp"
#include "tools/practice/safesign/application.hpp"

#include <algorithm>

namespace acredita::practice {

namespace {

struct Kind {
    std::string_view name;
    ReadOptions read;
};
constexpr Kind kinds[] = {
    // clang-format off
    {"piv", piv::read_options},
    {"isoapplet", isoapplet::read_options},
    {"openpgp", openpgp::read_options},
    {"classic", classic::read_options},
    {"safesign", safesign::read_options},
    {"ceres", ceres::read_options},
    {"foreign", foreign::read_options},
    {"unknown", read_unknown_options},
    {"mute", read_mute_options},
    {"none", read_none_options},
    // clang-format on
};

// What belongs to the reader; false: not a word of it.
bool reader_option(const CardOption& option, CardSpec& to) {
    if (option.key == "pinpad" && option.value.empty()) return to.pinpad = true;
    if (option.key == "out" && option.value.empty()) return to.out = true;
    if (option.key != "name" || option.value.empty() || option.value.find('"') != std::string_view::npos)
        return false;
    to.reader_name = option.value;
    return true;
}

CardOptions split(std::string_view options) {
    CardOptions out;
    while (!options.empty()) {
        const auto one = options.substr(0, options.find(','));
        options.remove_prefix(std::min(options.size(), one.size() + 1));
        const auto equals = one.find('=');
        out.push_back(
            {one.substr(0, equals), equals == one.npos ? std::string_view{} : one.substr(equals + 1)});
    }
    return out;
}

} // namespace

std::vector<std::string_view> card_kinds() {
    std::vector<std::string_view> names;
    for (const auto& kind : kinds) names.push_back(kind.name);
    return names;
}

Result<CardSpec> parse_card(std::string_view text) {
    const auto name = text.substr(0, text.find(':'));
    const auto* kind = std::ranges::find(kinds, name, &Kind::name);
    if (kind == std::end(kinds)) return fail(practice_errc::bad_card, std::string(name));
    auto options = split(text.substr(std::min(text.size(), name.size() + 1)));
    CardSpec spec;
    std::erase_if(options, [&](const CardOption& option) { return reader_option(option, spec); });
    ACREDITA_TRY(chip, kind->read(options));
    spec.chip = std::move(chip);
    return spec;
}

} // namespace acredita::practice
