// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/pkcs11/client/apart_token.hpp"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <thread>

#include <boost/test/unit_test.hpp>
#include <unistd.h>

namespace acredita::client::test {

ApartToken::ApartToken(const std::string& awkward) {
    auto pattern = (std::filesystem::temp_directory_path() / "acredita-apart-XXXXXX").string();
    BOOST_REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    folder_ = pattern;
    std::filesystem::create_directory(folder_ / "tokens");
    std::ofstream(folder_ / "softhsm.conf")
        << "directories.tokendir = " << (folder_ / "tokens").string() << "\nlog.level = ERROR\n";
    ::setenv("SOFTHSM2_CONF", (folder_ / "softhsm.conf").c_str(), 1);
    ::setenv("AWKWARD_LOG", (folder_ / "logins").c_str(), 1);
    become(awkward);
    made_ = std::system("softhsm2-util --init-token --free --label office --pin 123456 --so-pin 87654321 "
                        ">/dev/null 2>&1") == 0;
    if (!made_) BOOST_TEST_MESSAGE("SKIPPED: SoftHSM2 is not installed");
}

ApartToken::~ApartToken() {
    ::unsetenv("AWKWARD");
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void ApartToken::become(const std::string& awkward) { ::setenv("AWKWARD", awkward.c_str(), 1); }

std::vector<std::string> ApartToken::logins() const {
    std::vector<std::string> lines;
    std::ifstream file(folder_ / "logins");
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

std::vector<int> processes(const std::string& name) {
    std::vector<int> found;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored)) {
        std::ifstream file(entry.path() / "cmdline", std::ios::binary);
        std::string first;
        if (!std::getline(file, first, '\0')) continue;
        if (std::filesystem::path(first).filename() != name) continue;
        found.push_back(std::atoi(entry.path().filename().c_str()));
    }
    return found;
}

void wait_until_gone(const std::string& name) {
    while (!processes(name).empty()) std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

} // namespace acredita::client::test
