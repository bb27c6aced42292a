// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Whether the last signature of a PDF can be seen: its pages look otherwise than in the revision before.
#pragma once

#include "tests/support/practice.hpp"

namespace acredita::test {

inline bool shows_its_signature(const std::filesystem::path& pdf) {
    const auto before = scratch() / "before.pdf";
    const auto looks = [](const std::filesystem::path& file) {
        return run("pdftoppm -r 50 -gray '" + file.string() + "' | sha256sum").output;
    };
    const auto cut = run("python3 -c \"import sys;b=open(sys.argv[1],'rb').read();"
                         "open(sys.argv[2],'wb').write(b[:b.rindex(b'%%EOF',0,b.rindex(b'%%EOF'))+6])\" '" +
                         pdf.string() + "' '" + before.string() + "'");
    return cut.code == 0 && looks(before) != looks(pdf);
}

} // namespace acredita::test
