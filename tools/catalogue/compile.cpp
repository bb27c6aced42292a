// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Build step: checks texts/*.toml and writes them as two sorted C++ tables. A missing language, a message
// without code or a placeholder that only one language has is an error of the build.
#include <array>
#include <cstdint>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include <toml++/toml.h>

namespace {

constexpr std::array languages = {"en", "es"};

struct Row {
    std::int64_t code = 0;
    std::map<std::string, std::vector<std::string>> by_language;
};

std::set<std::string> placeholders(const std::vector<std::string>& sentences) {
    std::set<std::string> names;
    for (const std::string& text : sentences)
        for (auto open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1))
            names.insert(text.substr(open, text.find('}', open) - open));
    return names;
}

std::vector<std::string> sentences(const toml::node* node) {
    std::vector<std::string> found;
    if (node == nullptr) return found;
    if (const auto* text = node->as_string()) found.push_back(text->get());
    if (const auto* list = node->as_array())
        for (const auto& item : *list) found.push_back(item.value<std::string>().value_or(""));
    return found;
}

Row read(const std::string& key, const toml::table& table) {
    Row row;
    row.code = table["code"].value<std::int64_t>().value_or(0);
    const std::size_t wanted = row.code == 0 ? 1 : 3;
    if (row.code < 0 || (row.code != 0 && (row.code < 10 || row.code > 125)))
        throw std::runtime_error(key + ": codes go from 10 to 125, which are exit codes");
    for (const char* language : languages) {
        auto found = sentences(table.get(language));
        if (found.size() != wanted)
            throw std::runtime_error(key + ": wrong number of sentences in " + language);
        for (const std::string& text : found)
            if (text.empty()) throw std::runtime_error(key + ": an empty sentence in " + language);
        row.by_language[language] = std::move(found);
    }
    if (placeholders(row.by_language["en"]) != placeholders(row.by_language["es"]))
        throw std::runtime_error(key + ": the languages do not fill in the same names");
    return row;
}

using Aliases = std::map<std::string, std::string>;

// A table whose members are languages is a row, one with `same` takes another row's words; every other leads
// there.
void walk(const std::string& prefix, const toml::table& table, std::map<std::string, Row>& rows,
          Aliases& aliases) {
    if (const auto other = table["same"].value<std::string>()) {
        aliases[prefix] = *other;
        return;
    }
    if (table.contains("en") || table.contains("es")) {
        if (!rows.emplace(prefix, read(prefix, table)).second)
            throw std::runtime_error(prefix + ": stands twice");
        return;
    }
    for (const auto& [name, node] : table) {
        const auto* inner = node.as_table();
        if (inner == nullptr) throw std::runtime_error(prefix + ": not a text");
        std::string path = prefix;
        if (!path.empty()) path += '.';
        path += name.str();
        walk(path, *inner, rows, aliases);
    }
}

void resolve(const Aliases& aliases, std::map<std::string, Row>& rows) {
    for (const auto& [name, other] : aliases) {
        const auto found = rows.find(other);
        if (found == rows.end())
            throw std::runtime_error(name + ": the same as " + other + ", which is not there");
        if (!rows.emplace(name, found->second).second) throw std::runtime_error(name + ": stands twice");
    }
}

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') out += '\\';
        if (c == '\n')
            out += "\\n";
        else
            out += c;
    }
    return out + "\"";
}

std::string listed(const std::vector<std::string>& texts) {
    std::string out;
    for (const std::string& text : texts) out += (out.empty() ? "" : ",\n     ") + quoted(text);
    return out;
}

void write(std::ostream& out, const std::map<std::string, Row>& rows) {
    out << "constexpr MessageRow message_rows[] = {\n";
    for (const auto& [key, row] : rows)
        if (row.code != 0)
            out << "    {" << quoted(key) << ", " << row.code << ", {" << listed(row.by_language.at("en"))
                << "},\n    {" << listed(row.by_language.at("es")) << "}},\n";
    out << "};\nconstexpr TextRow text_rows[] = {\n";
    for (const auto& [key, row] : rows)
        if (row.code == 0)
            out << "    {" << quoted(key) << ", " << listed(row.by_language.at("en")) << ",\n     "
                << listed(row.by_language.at("es")) << "},\n";
    out << "};\n";
}

void read_files(int count, char** names, std::map<std::string, Row>& rows) {
    Aliases aliases;
    for (int i = 0; i < count; ++i) {
        try {
            walk("", toml::parse_file(names[i]), rows, aliases);
        } catch (const toml::parse_error& error) {
            throw std::runtime_error(std::string(names[i]) + ":" + std::to_string(error.source().begin.line) +
                                     ": " + std::string(error.description()));
        }
    }
    resolve(aliases, rows);
}

} // namespace

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    try {
        std::map<std::string, Row> rows;
        read_files(argc - 2, argv + 2, rows);
        std::ofstream out(argv[1]);
        write(out, rows);
        return out.good() ? 0 : 1;
    } catch (const std::exception& error) {
        std::cerr << "catalogue: " << error.what() << '\n';
        return 1;
    }
}
