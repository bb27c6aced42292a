// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Typed access to one table of a TOML file that notes each mistake and which keys were asked for. Used by the
// checker only.
#pragma once

#include "firmware-profiles/profile/load.hpp"
#include "firmware-profiles/profile/schema_words.hpp"
#include "pcsc/base/toml.hpp"

#include <set>

namespace acredita::profile {

enum class Need : bool { optional, required };

struct Report {
    std::string file;
    Arena& arena;
    std::vector<Mistake> mistakes{};
    void add(profile_errc code, unsigned line, std::string what) {
        mistakes.push_back({code, file, line, std::move(what)});
    }
};

class TableReader {
public:
    TableReader(const toml::table* table, std::string path, unsigned line, Report& report)
        : table_(table), path_(std::move(path)), line_(line), report_(report) {}

    [[nodiscard]] bool present() const noexcept { return table_ != nullptr; }
    [[nodiscard]] bool has(std::string_view key) const { return present() && table_->contains(key); }
    [[nodiscard]] unsigned line(std::string_view key = {}) const;
    void mistake(profile_errc code, std::string_view key);

    [[nodiscard]] std::string_view text(std::string_view key, Need need = Need::optional);
    [[nodiscard]] bool yes(std::string_view key);
    [[nodiscard]] std::optional<std::uint64_t> number(std::string_view key, std::uint64_t low,
                                                      std::uint64_t high, Need need = Need::optional);
    template <class T>
    void number(std::string_view key, T& to, std::uint64_t low, std::uint64_t high,
                Need need = Need::optional) {
        if (const auto value = number(key, low, high, need)) to = static_cast<T>(*value);
    }
    [[nodiscard]] ByteView hex(std::string_view key, Need need = Need::optional);
    [[nodiscard]] std::span<const ByteView> hex_list(std::string_view key);
    [[nodiscard]] std::span<const std::string_view> text_list(std::string_view key);
    // "5", "5.7" or "5.7.1".
    [[nodiscard]] Version version(std::string_view key);
    template <class E>
    void word(std::string_view key, E& to, Need need = Need::optional) {
        const auto word = text(key, need);
        if (word.empty()) return;
        if (!look_up(word, to)) mistake(profile_errc::unknown_word, key);
    }
    template <class E>
    [[nodiscard]] std::span<const E> words(std::string_view key) {
        std::vector<E> list;
        for (const auto& [word, line] : texts(key)) {
            E value{};
            if (look_up(word, value))
                list.push_back(value);
            else
                report_.add(profile_errc::unknown_word, line,
                            path_ + std::string(key) + ": " + std::string(word));
        }
        return report_.arena.keep(std::move(list));
    }

    [[nodiscard]] TableReader table(std::string_view key, Need need = Need::optional);
    [[nodiscard]] std::vector<TableReader> tables(std::string_view key);
    // Names every key nobody asked for.
    void finish();

private:
    template <class E>
    static bool look_up(std::string_view word, E& to) {
        for (const auto& row : Words<E>::rows)
            if (row.word == word) return to = row.value, true;
        return false;
    }
    [[nodiscard]] const toml::node* find(std::string_view key, Need need);
    [[nodiscard]] std::vector<std::pair<std::string_view, unsigned>> texts(std::string_view key);
    [[nodiscard]] const toml::array* array(std::string_view key);

    const toml::table* table_;
    std::string path_;
    unsigned line_;
    Report& report_;
    std::set<std::string, std::less<>> asked_{};
};

} // namespace acredita::profile
