// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A computer of its own in a temporary folder: a root with a person's home, removed at the end.
#pragma once

#include "tools/register/places.hpp"

#include <fstream>
#include <sstream>

#include <boost/test/unit_test.hpp>
#include <unistd.h>

namespace acredita::registration {

namespace fs = std::filesystem;

struct Desk {
    Desk() {
        std::string name = (fs::temp_directory_path() / "acredita-desk-XXXXXX").string();
        root = ::mkdtemp(name.data());
        fs::permissions(root, fs::perms(0755));
        fs::create_directories(root / "home/ana");
    }
    ~Desk() {
        std::error_code error;
        fs::remove_all(root, error);
    }
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    [[nodiscard]] Site machine() const { return {root, {}, ::geteuid()}; }
    [[nodiscard]] Site person() const { return {root, "/home/ana", ::geteuid()}; }
    [[nodiscard]] fs::path at(const fs::path& file) const { return root / file.relative_path(); }

    void write(const fs::path& file, std::string_view content) const {
        fs::create_directories(at(file).parent_path());
        std::ofstream(at(file), std::ios::binary) << content;
    }
    [[nodiscard]] std::string read(const fs::path& file) const {
        std::ostringstream text;
        text << std::ifstream(at(file), std::ios::binary).rdbuf();
        return text.str();
    }

    fs::path root;
};

inline const What built{ACREDITA_MODULE_BUILT, "/usr/bin/acredita"};

inline void require_error(const auto& result, register_errc code) {
    BOOST_REQUIRE(!result.has_value());
    BOOST_TEST(is(result.error(), code), describe(result.error()));
}

// The names of what a place finds, in its order.
inline std::string faults_of(const Place& place) {
    std::string names;
    for (const auto& fault : place.faults()) names += (names.empty() ? "" : " ") + error_name(fault.code);
    return names;
}

} // namespace acredita::registration
