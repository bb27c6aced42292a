// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/pkcs11/client/apart_token.hpp"

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <set>
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
    ::setenv("AWKWARD_MARK", std::to_string(::getpid()).c_str(), 1);
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

namespace {

std::vector<std::string> command_line(const std::filesystem::path& process) {
    std::ifstream file(process / "cmdline", std::ios::binary);
    std::vector<std::string> words;
    for (std::string word; std::getline(file, word, '\0');) words.push_back(word);
    return words;
}

int parent_of(const std::filesystem::path& process) {
    std::ifstream file(process / "status");
    for (std::string word; file >> word;)
        if (int parent = 0; word == "PPid:" && file >> parent) return parent;
    return 0;
}

// The names under which hosts of this test speak to it; a process that its host has left keeps the name.
std::set<std::string>& known_names() {
    static std::set<std::string> names;
    return names;
}

} // namespace

std::vector<int> hosts() {
    std::vector<int> found;
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored)) {
        const auto words = command_line(entry.path());
        if (words.size() != 4 || std::filesystem::path(words[0]).filename() != "acredita-module-host")
            continue;
        if (parent_of(entry.path()) == ::getpid()) known_names().insert(words[2]);
        if (known_names().contains(words[2])) found.push_back(std::atoi(entry.path().filename().c_str()));
    }
    return found;
}

std::vector<int> leftovers() {
    std::vector<int> found;
    std::error_code ignored;
    const auto name = "acredita-awkward-" + std::to_string(::getpid());
    for (const auto& entry : std::filesystem::directory_iterator("/proc", ignored))
        if (const auto words = command_line(entry.path()); !words.empty() && words[0] == name)
            found.push_back(std::atoi(entry.path().filename().c_str()));
    return found;
}

void wait_until_gone() {
    while (!hosts().empty() || !leftovers().empty())
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
}

} // namespace acredita::client::test
