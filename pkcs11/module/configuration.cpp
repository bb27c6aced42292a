// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/configuration.hpp"

#include "pcsc/base/toml.hpp"
#include "pcsc/base/trusted_file.hpp"

#include <algorithm>

#include <fcntl.h>

namespace acredita::module {

namespace {

constexpr std::size_t longest_file = 16 * 1024;
constexpr std::size_t longest_complaint = 200;
constexpr std::size_t most_names = 100;
constexpr std::int64_t longest_memory = 8 * 60 * 60; // a working day

// Takes what it knows out of a table and remembers the first thing that is wrong.
class Reader {
public:
    void known(const toml::table& table, std::initializer_list<std::string_view> keys) {
        for (const auto& [key, node] : table)
            if (std::find(keys.begin(), keys.end(), key.str()) == keys.end())
                mistake(node, "unknown key " + std::string(key.str()));
    }
    const toml::table* table(const toml::table& in, std::string_view key) {
        const auto* node = in.get(key);
        if (node == nullptr) return nullptr;
        if (!node->is_table()) mistake(*node, std::string(key) + " must be a table");
        return node->as_table();
    }
    void yes_or_no(const toml::table& in, std::string_view key, bool& to) {
        if (const auto* node = in.get(key)) {
            if (const auto value = node->value_exact<bool>())
                to = *value;
            else
                mistake(*node, std::string(key) + " must be true or false");
        }
    }
    void one_of(const toml::table& in, std::string_view key, std::string_view yes, std::string_view no,
                bool& to) {
        if (const auto* node = in.get(key)) {
            const auto value = node->value_exact<std::string_view>();
            if (value == yes || value == no)
                to = value == yes;
            else
                mistake(*node, std::string(key) + " must be " + std::string(yes) + " or " + std::string(no));
        }
    }
    void seconds(const toml::table& in, std::string_view key, std::chrono::seconds& to) {
        if (const auto* node = in.get(key)) {
            const auto value = node->value_exact<std::int64_t>();
            if (value && *value >= 0 && *value <= longest_memory)
                to = std::chrono::seconds(*value);
            else
                mistake(*node, std::string(key) + " must be 0 to " + std::to_string(longest_memory));
        }
    }
    void names(const toml::table& in, std::string_view key, std::vector<std::string>& to) {
        const auto* node = in.get(key);
        if (node == nullptr) return;
        const auto* list = node->as_array();
        if (list == nullptr || list->size() > most_names) {
            mistake(*node, std::string(key) + " must be a list of names");
            return;
        }
        for (const auto& item : *list) {
            if (const auto name = item.value_exact<std::string>(); name && !name->empty())
                to.push_back(*name);
            else
                mistake(item, std::string(key) + " must be a list of names");
        }
    }
    void mistake(const toml::node& node, const std::string& what) {
        if (first_.empty()) first_ = "line " + std::to_string(node.source().begin.line) + ": " + what;
    }
    [[nodiscard]] const std::string& first() const noexcept { return first_; }

private:
    std::string first_;
};

// What a log may show: nothing of the file reaches a terminal as a control character.
Configuration refused(const std::filesystem::path& file, const std::string& why) {
    auto line = file.string() + " is not used, the safe defaults are: " + why;
    for (auto& character : line)
        if (character < ' ' || character > '~') character = '?';
    return {.complaint = line.substr(0, longest_complaint)};
}

} // namespace

Configuration read_configuration(const std::filesystem::path& file, uid_t owner) {
    const auto contents = read_trusted(AT_FDCWD, file.c_str(), owner, longest_file, Links::follow);
    if (!contents.trouble.empty()) return refused(file, contents.trouble);
    if (!contents.text) return {};
    auto text = *contents.text;
    if (const auto line = make_plain_toml(text); line != 0)
        return refused(file, "line " + std::to_string(line) + ": not what a line may look like");
    const auto parsed = toml::parse(std::string_view(text));
    if (!parsed)
        return refused(file, "line " + std::to_string(parsed.error().source().begin.line) + ": " +
                                 std::string(parsed.error().description()));
    const auto& root = parsed.table();
    Configuration read;
    Reader reader;
    reader.known(root, {"pin", "cache", "cards"});
    if (const auto* pin = reader.table(root, "pin")) {
        reader.known(*pin, {"last_try", "keypad", "remember_seconds"});
        reader.one_of(*pin, "last_try", "guarded", "open", read.settings.guard_last_try);
        reader.yes_or_no(*pin, "keypad", read.settings.keypads);
        reader.seconds(*pin, "remember_seconds", read.settings.remember_pin);
    }
    if (const auto* cache = reader.table(root, "cache")) {
        reader.known(*cache, {"certificates"});
        reader.yes_or_no(*cache, "certificates", read.settings.certificate_cache);
    }
    if (const auto* cards = reader.table(root, "cards")) {
        reader.known(*cards, {"confirmed"});
        reader.names(*cards, "confirmed", read.settings.confirmed);
    }
    return reader.first().empty() ? read : refused(file, reader.first());
}

} // namespace acredita::module
