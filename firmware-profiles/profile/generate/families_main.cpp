// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Build step: checks the table of families and writes it as C++. Arguments: output, families.toml.
#include "firmware-profiles/profile/generate/spell.hpp"
#include "firmware-profiles/profile/load_family.hpp"

#include <fstream>
#include <iostream>
#include <sstream>

namespace {

using namespace acredita::profile;

void emit_families(std::ostream& out, const std::vector<Family>& families) {
    out << "// Made from firmware-profiles/families.toml when the project was built.\n"
           "#include \"firmware-profiles/profile/family.hpp\"\n\nnamespace acredita::profile {\n\nnamespace "
           "{\n\n";
    Lists lists(out);
    std::string table;
    for (const auto& one : families) {
        table += "    {" + quoted(one.name) + ", " + quoted(one.title) + ", " + spell(one.verdict);
        table += ", " + lists.list("std::string_view", one.modules, quoted) + ", " + flag(one.import_never);
        table += ", " + quoted(one.source) + ", " + lists.rules(one.atr) + ", " + lists.rules(one.historical);
        table += "},\n";
    }
    out << "\nconstexpr Family families[] = {\n"
        << table << "};\n\n} // namespace\n\n"
        << "std::span<const Family> built_in_families() noexcept { return families; }\n\n} // namespace "
           "acredita::profile\n";
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) return std::cerr << "usage: output families.toml\n", 2;
    std::ostringstream text;
    text << std::ifstream(argv[2], std::ios::binary).rdbuf();
    const auto checked = check_families(text.str(), argv[2]);
    for (const auto& one : checked.mistakes) std::cerr << describe(one) << '\n';
    if (!checked.mistakes.empty()) return 1;
    std::ofstream out(argv[1]);
    emit_families(out, checked.families);
    out.close();
    return out ? 0 : (std::cerr << argv[1] << ": not written\n", 1);
}
