// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita-sample-letter FILE: writes the letter to practise with.
#include "tools/practice/samples/letter.hpp"

#include <iostream>

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const auto written = acredita::practice::write_sample_letter(argv[1]);
    if (!written) std::cerr << acredita::describe(written.error()) << '\n';
    return written ? 0 : 1;
}
