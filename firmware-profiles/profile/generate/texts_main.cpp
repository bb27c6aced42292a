// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Build step: the profiles' own words as C++ strings. Arguments: output, then the TOML files.
#include "firmware-profiles/profile/generate/spell.hpp"
#include "firmware-profiles/profile/load.hpp"

#include <fstream>
#include <iostream>
#include <sstream>

int main(int argc, char** argv) {
    using namespace acredita::profile;
    if (argc < 3) return std::cerr << "usage: output profile.toml...\n", 2;
    std::ofstream out(argv[1]);
    out << "// Made from firmware-profiles/profiles/*.toml when the project was built.\n"
           "#include \"firmware-profiles/profile/texts.hpp\"\n\nnamespace acredita::profile {\n\nnamespace "
           "{\n\nconstexpr ProfileText texts[] = {\n";
    for (int i = 2; i < argc; ++i) {
        const auto checked = check_file(argv[i]);
        out << "    {" << quoted(checked.loaded.profile.name) << ",\n";
        std::ifstream in(argv[i]);
        for (std::string line; std::getline(in, line);) out << "     " << quoted(line) << " \"\\n\"\n";
        out << "    },\n";
    }
    out << "};\n\n} // namespace\n\nstd::span<const ProfileText> built_in_texts() noexcept { return texts; "
           "}\n\n} // namespace acredita::profile\n";
    out.close();
    return out ? 0 : (std::cerr << argv[1] << ": not written\n", 1);
}
