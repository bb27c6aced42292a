// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/profile_draft.hpp"

#include "firmware-profiles/profile/profile.hpp"
#include "firmware-profiles/profile/texts.hpp"
#include "tools/cli/error.hpp"

#include <algorithm>
#include <optional>
#include <vector>

#include <nlohmann/json.hpp>

namespace acredita::cli {
namespace {

using Json = nlohmann::json;
using profile::Profile;

constexpr std::size_t longest_report = std::size_t{1024} * 1024;
constexpr std::size_t most_answers = 1000;

struct Report {
    Bytes atr;
    std::vector<Bytes> selected; // the names that the card answered to, in the order they were asked
};

std::optional<std::string> text_of(const Json& object, const char* key) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_string()) return std::nullopt;
    return found->get<std::string>();
}

// "00A40400 A000000308..." answered 9000.
std::optional<Bytes> selected_by(const Json& line) {
    if (!line.is_object()) return std::nullopt;
    const auto command = text_of(line, "command");
    const auto status = text_of(line, "status");
    constexpr std::string_view select = "00A40400 ";
    if (!command || status != "9000" || !command->starts_with(select)) return std::nullopt;
    auto name = from_hex(std::string_view(*command).substr(select.size()));
    if (!name || name->size() < 5 || name->size() > 16) return std::nullopt;
    return std::move(*name);
}

Result<Report> read_report(std::string_view text) {
    if (text.size() > longest_report) return fail(cli_errc::report_unusable, "too long");
    const auto json = Json::parse(text, nullptr, false);
    if (!json.is_object() || text_of(json, "format") != "acredita-probe-1")
        return fail(cli_errc::report_unusable, "format");
    const auto atr = from_hex(text_of(json, "atr").value_or("?"));
    if (!atr || atr->size() < 2 || atr->size() > 33) return fail(cli_errc::report_unusable, "atr");
    const auto answers = json.find("answers");
    if (answers == json.end() || !answers->is_array() || answers->size() > most_answers)
        return fail(cli_errc::report_unusable, "answers");
    Report report{*atr, {}};
    for (const auto& line : *answers)
        if (auto name = selected_by(line)) report.selected.push_back(std::move(*name));
    return report;
}

// The profile that reads one of these applications and asks least of the card: the one that only fills gaps,
// or else the first that is told by nothing but its application.
const Profile* base_for(const Report& report) {
    const Profile* base = nullptr;
    for (const auto& name : report.selected)
        for (const auto& one : profile::built_in()) {
            const auto& aid = one.match.aid;
            if (aid.size() > name.size() || !equal(aid, ByteView(name).first(aid.size()))) continue;
            if (one.match.generic) return &one;
            if (base == nullptr && one.match.atr.empty() && one.match.historical.empty()) base = &one;
        }
    return base;
}

std::string match_section(const Profile& base, ByteView atr) {
    std::string text = "[match] # the whole answer to reset; if other cards of this make differ in a byte, "
                       "give a mask with 00 there\n";
    text += "atr = [{ value = \"" + to_hex(atr) + "\" }]\n";
    text += "aid = \"" + to_hex(base.match.aid) + "\"\n";
    if (base.match.answer_tag != 0) {
        const std::uint8_t tag[] = {base.match.answer_tag};
        text += "answer_tag = 0x" + to_hex(tag) + "\n";
    }
    return text + "\n";
}

// Goes through the lines of the base and puts the report's words where they belong.
class Writer {
public:
    Writer(const Profile& base, const Report& report, std::string_view name)
        : base_(base), report_(report), name_(name) {}

    [[nodiscard]] std::string write(std::string_view words) {
        out_ = "# Drafted by acredita from a report about one card and the built-in profile " +
               std::string(base_.name) +
               ".\n# Compare every value with the maker's documents, then try it on a card.\n";
        while (!words.empty()) {
            const auto end = std::min(words.find('\n'), words.size());
            line(words.substr(0, end));
            words.remove_prefix(std::min(words.size(), end + 1));
        }
        return std::move(out_);
    }

private:
    void line(std::string_view text) {
        if (text.starts_with('[')) section_ = std::string(text.substr(0, text.find(']') + 1));
        if (section_.empty())
            top(text);
        else if (section_ == "[match]")
            match(text);
        else if (section_ == "[naming]" && text.starts_with("manufacturer"))
            out_ += "manufacturer = \"unknown\"\n";
        else if (section_ == "[naming]" && text.starts_with("model"))
            out_ += "model = \"" + name_ + "\"\n";
        else
            out_ += std::string(text) + '\n';
    }
    void top(std::string_view text) {
        const auto key = text.substr(0, text.find_first_of(" ="));
        if (!begun_ && (text.empty() || text.starts_with('#'))) return; // what the base says of itself
        begun_ = true;
        if (key == "name")
            out_ += "name = \"" + name_ + "\"\n";
        else if (key == "title")
            out_ += "title = \"Card " + name_ + "\"\n";
        else if (key == "evidence")
            out_ += "evidence = \"documents\" # \"card\" once somebody has tried it on a real one\n";
        else if (key == "source")
            out_ += "source = \"drafted from a report of acredita card probe\"\n";
        else
            out_ += std::string(text) + '\n';
    }
    void match(std::string_view text) {
        if (text.starts_with('[')) out_ += match_section(base_, report_.atr);
    }

    const Profile& base_;
    const Report& report_;
    std::string name_;
    std::string out_{};
    std::string section_{};
    bool begun_ = false;
};

bool is_name(std::string_view name) {
    return !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
}

} // namespace

Result<Draft> draft_profile(std::string_view text, std::string_view name) {
    if (!is_name(name)) return fail(cli_errc::report_unusable, "name");
    ACREDITA_TRY(report, read_report(text));
    const auto* base = base_for(report);
    if (base == nullptr) return fail(cli_errc::draft_without_base, to_hex(report.atr));
    for (const auto& words : profile::built_in_texts())
        if (words.name == base->name)
            return Draft{Writer(*base, report, name).write(words.text), std::string(base->name)};
    return fail(cli_errc::draft_without_base, std::string(base->name));
}

} // namespace acredita::cli
