// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/desk/holder_match.hpp"

#include "tools/catalogue/catalogue.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>

#include <utf8proc.h>

namespace acredita::desk {
namespace {

constexpr std::size_t most_words = 16, longest_name = 1000; // a certificate or a card may say anything

// Of Spanish, Catalan, Galician, Portuguese, Italian, French, German and Dutch names.
constexpr std::array<std::string_view, 24> particles = {"de",  "del", "la",  "las", "los", "el",  "lo", "y",
                                                        "i",   "e",   "da",  "das", "do",  "dos", "di", "du",
                                                        "des", "van", "von", "der", "den", "ten", "zu", "le"};

constexpr std::pair<std::string_view, std::string_view> short_forms[] = {
    {"ma", "maria"},      {"mo", "maria"},       {"fco", "francisco"},  {"fca", "francisca"},
    {"jse", "jose"},      {"gcia", "garcia"},    {"fdez", "fernandez"}, {"fez", "fernandez"},
    {"glez", "gonzalez"}, {"mtnez", "martinez"}, {"mnez", "martinez"},  {"rguez", "rodriguez"},
    {"sanchz", "sanchez"}};

// Small letters without marks; "ª" and "º" become letters (NFKD).
std::string folded(std::string_view text) {
    utf8proc_uint8_t* out = nullptr;
    const auto size = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &out,
                                   static_cast<utf8proc_option_t>(UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE |
                                                                  UTF8PROC_STRIPMARK | UTF8PROC_CASEFOLD));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owned(out, std::free);
    if (size < 0) return std::string(text); // not UTF-8: compared as it is
    return {reinterpret_cast<const char*>(out), static_cast<std::size_t>(size)};
}

bool separates(char c) {
    return c == ' ' || c == ',' || c == '.' || c == '-' || c == '\'' || c == '\t' || c == '_';
}

struct Word {
    std::string plain, written;
    bool matched = false;
};

bool counts(const Word& word) {
    const bool number = std::ranges::any_of(word.plain, [](char c) { return c >= '0' && c <= '9'; });
    return !word.plain.empty() && !number && std::ranges::find(particles, word.plain) == particles.end();
}

// "M.ª" is one word, and a typographer's apostrophe is an apostrophe.
std::string tidied(std::string_view name) {
    std::string text(name.substr(0, longest_name));
    for (const auto& [from, to] : {std::pair{".ª", "ª"}, std::pair{".º", "º"}, std::pair{"’", "'"}})
        for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at))
            text.replace(at, std::string_view(from).size(), to);
    return text;
}

// The words that tell people apart. An identity number at the end is none.
std::vector<Word> words_of(std::string_view name) {
    std::vector<Word> words;
    std::string written;
    const auto take = [&] {
        Word word{folded(written), written};
        for (const auto& [shorter, longer] : short_forms)
            if (word.plain == shorter) word.plain = longer;
        if (counts(word) && words.size() < most_words) words.push_back(std::move(word));
        written.clear();
    };
    for (const char c : tidied(name)) {
        if (separates(c))
            take();
        else
            written += c;
    }
    take();
    return words;
}

// One letter more, less, or other; not in words so short that it makes another name.
bool one_letter_apart(const std::string& a, const std::string& b) {
    if (a.size() < 4 || b.size() < 4) return false;
    if (a.size() > b.size()) return one_letter_apart(b, a);
    if (b.size() - a.size() > 1) return false;
    const auto at = static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
    return a.size() == b.size() ? a.substr(std::min(at + 1, a.size())) == b.substr(std::min(at + 1, b.size()))
                                : a.substr(at) == b.substr(at + 1);
}

bool initial_of(const std::string& a, const std::string& b) {
    return (a.size() == 1 || b.size() == 1) && !a.empty() && !b.empty() && a[0] == b[0];
}

// The same words, the surnames first in one and last in the other.
bool turned(const std::vector<Word>& a, const std::vector<Word>& b) {
    if (a.size() != b.size()) return false;
    for (std::size_t by = 0; by < std::max<std::size_t>(a.size(), 1); ++by) {
        bool same = true;
        for (std::size_t i = 0; i < a.size() && same; ++i) same = a[(i + by) % a.size()].plain == b[i].plain;
        if (same) return true;
    }
    return false;
}

template <class Alike>
std::size_t pair_up(std::vector<Word>& a, std::vector<Word>& b, Alike alike) {
    std::size_t pairs = 0;
    for (auto& one : a)
        for (auto& other : b) {
            if (one.matched || other.matched || !alike(one.plain, other.plain)) continue;
            one.matched = other.matched = true;
            ++pairs;
        }
    return pairs;
}

std::string joined(const std::vector<std::string>& words) {
    std::string out;
    for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
    return out;
}

} // namespace

NameMatch compare_names(std::string_view first, std::string_view second) {
    auto a = words_of(first), b = words_of(second);
    NameMatch match;
    if (!a.empty() && turned(a, b)) {
        match.likeness = Likeness::identical;
        return match;
    }
    const auto equal = pair_up(a, b, std::equal_to<>());
    const auto spelt = pair_up(a, b, one_letter_apart);
    const auto initials = pair_up(a, b, initial_of);
    for (const auto& word : a)
        if (!word.matched) match.only_first.push_back(word.written);
    for (const auto& word : b)
        if (!word.matched) match.only_second.push_back(word.written);
    const auto pairs = equal + spelt + initials;
    const bool whole = match.only_first.empty() || match.only_second.empty();
    // Two words that agree in full or nearly, and nothing that contradicts.
    if (equal == 0 || equal + spelt < 2 || !whole) return match;
    match.likeness = Likeness::similar;
    if (pairs == a.size() && pairs == b.size() && spelt + initials == 0)
        match.why.push_back(Difference::order);
    if (!match.only_first.empty() || !match.only_second.empty()) match.why.push_back(Difference::missing);
    if (initials > 0) match.why.push_back(Difference::initial);
    if (spelt > 0) match.why.push_back(Difference::spelling);
    return match;
}

std::string_view name_of(Likeness likeness) noexcept {
    constexpr std::string_view names[] = {"identical", "similar", "different"};
    return names[static_cast<std::size_t>(likeness)];
}

std::vector<std::string> explain(const NameMatch& match, catalogue::Language language) {
    const auto say = [&](std::string_view key, std::initializer_list<catalogue::Fill> fills = {}) {
        return catalogue::text("desk.holder." + std::string(key), language, fills);
    };
    std::vector<std::string> all{say(name_of(match.likeness))};
    constexpr std::string_view keys[] = {"order", "missing", "initial", "spelling"};
    for (const auto one : match.why)
        if (one != Difference::missing) all.push_back(say(keys[static_cast<std::size_t>(one)]));
    if (!match.only_first.empty()) all.push_back(say("only_first", {{"words", joined(match.only_first)}}));
    if (!match.only_second.empty()) all.push_back(say("only_second", {{"words", joined(match.only_second)}}));
    return all;
}

std::optional<std::string> holder_in_label(std::string_view label) {
    constexpr std::string_view things[] = {"piv",       "card",    "token",  "tarjeta",
                                           "yubikey",   "openpgp", "applet", "acredita",
                                           "isoapplet", "pkcs",    "cert",   "certificate"};
    if (label.find('#') != std::string_view::npos) return std::nullopt;
    std::vector<std::string> kept;
    for (const auto& word : words_of(label)) {
        const bool thing = std::ranges::any_of(
            things, [&](std::string_view each) { return word.plain.find(each) != std::string::npos; });
        if (thing) return std::nullopt;
        kept.push_back(word.written);
    }
    if (kept.size() < 2) return std::nullopt;
    return joined(kept);
}

} // namespace acredita::desk
