// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/base/secret.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <sstream>

#include <boost/test/unit_test.hpp>
#include <sys/wait.h>
#include <unistd.h>

using namespace acredita;

namespace {

// The VmFlags line of the mapping this address is in, as the kernel tells it.
std::string kernel_flags(const void* address) {
    std::ifstream maps("/proc/self/smaps");
    const auto wanted = reinterpret_cast<std::uintptr_t>(address);
    bool inside = false;
    for (std::string line; std::getline(maps, line);) {
        std::uintptr_t from = 0, to = 0;
        char dash = 0;
        std::istringstream head(line);
        if (head >> std::hex >> from >> dash >> to && dash == '-') inside = wanted >= from && wanted < to;
        if (inside && line.starts_with("VmFlags:")) return line + ' ';
    }
    return "";
}

bool all_zero(ByteView bytes) {
    return std::ranges::all_of(bytes, [](auto byte) { return byte == 0; });
}

} // namespace

BOOST_AUTO_TEST_SUITE(secrets)

BOOST_AUTO_TEST_CASE(its_pages_are_left_out_of_core_dumps_and_wiped_in_a_fork) {
    Secret secret(as_bytes("123456"));
    const auto flags = kernel_flags(secret.data());
    BOOST_TEST(flags.find(" dd ") != std::string::npos);
    BOOST_TEST(flags.find(" wf ") != std::string::npos);
}

// The sanitizers make mlock do nothing and succeed.
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
BOOST_AUTO_TEST_CASE(it_says_truly_whether_it_is_locked_in_memory) {
    Secret secret(as_bytes("123456"));
    const bool kernel = kernel_flags(secret.data()).find(" lo ") != std::string::npos;
    BOOST_TEST(secret.locked() == kernel);
}
#endif

BOOST_AUTO_TEST_CASE(a_forked_child_finds_nothing) {
    const Secret secret(as_bytes("123456"));
    const auto child = fork();
    if (child == 0) _exit(all_zero(secret.view()) ? 0 : 1);
    int status = 0;
    BOOST_REQUIRE(waitpid(child, &status, 0) == child);
    BOOST_TEST(WEXITSTATUS(status) == 0);
    BOOST_TEST(secret.text() == "123456");
}

BOOST_AUTO_TEST_CASE(a_nul_stands_behind_the_last_byte_whatever_happens) {
    Secret secret(8);
    BOOST_TEST(std::strlen(secret.c_str()) == 0U);
    for (const char c : std::string_view("12345678"))
        BOOST_REQUIRE(secret.push_back(static_cast<std::uint8_t>(c)));
    BOOST_TEST(std::strcmp(secret.c_str(), "12345678") == 0);
    secret.pop_back();
    BOOST_TEST(std::strcmp(secret.c_str(), "1234567") == 0);
    BOOST_REQUIRE(secret.resize(2));
    BOOST_TEST(std::strcmp(secret.c_str(), "12") == 0);
    BOOST_TEST(std::strcmp(Secret().c_str(), "") == 0);
}

BOOST_AUTO_TEST_CASE(it_takes_no_more_than_its_capacity) {
    Secret secret(2);
    BOOST_TEST(secret.push_back('1'));
    BOOST_TEST(secret.push_back('2'));
    BOOST_TEST(!secret.push_back('3'));
    BOOST_TEST(!secret.resize(3));
    BOOST_TEST(secret.text() == "12");
    BOOST_TEST(!Secret().push_back('1'));
}

BOOST_AUTO_TEST_CASE(what_is_taken_back_is_wiped) {
    Secret secret(as_bytes("123456"));
    const auto* memory = secret.data();
    secret.pop_back();
    BOOST_TEST(memory[5] == 0);
    BOOST_REQUIRE(secret.resize(2));
    BOOST_TEST(all_zero({memory + 2, 4}));
    secret.clear();
    BOOST_TEST(all_zero({memory, 6}));
}

BOOST_AUTO_TEST_CASE(moving_leaves_nothing_behind) {
    Secret first(as_bytes("123456"));
    const auto* memory = first.data();
    Secret second(std::move(first));
    BOOST_TEST(first.empty()); // NOLINT(bugprone-use-after-move): what it promises
    BOOST_TEST(first.data() == nullptr);
    BOOST_TEST(second.data() == memory);
    Secret third(as_bytes("another"));
    third = std::move(second);
    BOOST_TEST(third.text() == "123456");
    BOOST_TEST(second.data() == nullptr); // NOLINT(bugprone-use-after-move)
}

BOOST_AUTO_TEST_CASE(a_clone_is_another_memory) {
    Secret first(as_bytes("123456"));
    Secret second = first.clone();
    first.clear();
    BOOST_TEST(second.text() == "123456");
}

BOOST_AUTO_TEST_CASE(equality_looks_at_every_byte_and_the_length) {
    const Secret secret(as_bytes("123456"));
    BOOST_TEST(secret.equals(as_bytes("123456")));
    for (const auto* other : {"023456", "123450", "12345", "1234567", ""})
        BOOST_TEST(!secret.equals(as_bytes(other)));
}

BOOST_AUTO_TEST_CASE(it_cannot_be_copied_by_accident) {
    BOOST_TEST(!std::is_copy_constructible_v<Secret>);
    BOOST_TEST(!std::is_copy_assignable_v<Secret>);
    const bool convertible = std::is_convertible_v<Secret, std::string>;
    BOOST_TEST(!convertible);
}

BOOST_AUTO_TEST_SUITE_END()
