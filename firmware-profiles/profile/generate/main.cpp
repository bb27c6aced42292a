// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Build step: checks all profiles together and writes them as C++. Arguments: output, then the TOML files.
#include "firmware-profiles/profile/generate/emit.hpp"

#include <fstream>
#include <iostream>

int main(int argc, char** argv) {
    using namespace acredita::profile;
    if (argc < 3) return std::cerr << "usage: output profile.toml...\n", 2;
    std::vector<LoadedProfile> loaded;
    std::vector<Mistake> mistakes;
    for (int i = 2; i < argc; ++i) {
        auto checked = check_file(argv[i]);
        mistakes.insert(mistakes.end(), checked.mistakes.begin(), checked.mistakes.end());
        loaded.push_back(std::move(checked.loaded));
    }
    if (mistakes.empty()) mistakes = check_overlaps(loaded);
    for (const auto& one : mistakes) std::cerr << describe(one) << '\n';
    if (!mistakes.empty()) return 1;
    std::ofstream out(argv[1]);
    emit(out, loaded);
    out.close();
    return out ? 0 : (std::cerr << argv[1] << ": not written\n", 1);
}
