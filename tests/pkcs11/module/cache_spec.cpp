// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The cache is only ever a saving: whatever is wrong with its file, there is simply nothing in it.
#include "pkcs11/module/cache.hpp"
#include "pkcs11/module/cache_folder.hpp"

#include <cstdlib>
#include <fstream>

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace acredita;
using namespace acredita::module;

namespace {

struct Folder {
    Folder() { BOOST_REQUIRE(::mkdtemp(pattern) != nullptr); }
    ~Folder() { std::filesystem::remove_all(pattern); }
    char pattern[32] = "/tmp/acredita-cache-XXXXXX";
    [[nodiscard]] std::filesystem::path path() const {
        return std::filesystem::path(pattern) / "cache" / "acredita";
    }
    [[nodiscard]] CertificateCache cache() const { return {path(), "0123"}; }
};

const Bytes serial{1, 2, 3};
const std::vector<card::KeySlot> slots{{.reference = 0x9A,
                                        .certificate = Bytes(1600, 0x30),
                                        .key_present = card::Known::yes,
                                        .pin_policy = card::PinPolicy::always,
                                        .origin = card::Origin::imported}};

std::string read(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

} // namespace

BOOST_AUTO_TEST_SUITE(Cache)

BOOST_AUTO_TEST_CASE(What_was_stored_comes_back_for_the_same_card) {
    const Folder folder;
    folder.cache().store(serial, slots);
    const auto loaded = folder.cache().load(serial);
    BOOST_REQUIRE(loaded.has_value());
    BOOST_REQUIRE_EQUAL(loaded->size(), 1U);
    BOOST_TEST(loaded->front().certificate.size() == 1600U);
    BOOST_TEST((loaded->front().pin_policy == card::PinPolicy::always));
    BOOST_TEST((loaded->front().origin == card::Origin::imported));
}
BOOST_AUTO_TEST_CASE(A_part_of_a_card_comes_back_as_a_part) {
    const Folder folder;
    bool whole = true;
    folder.cache().store(serial, slots, false);
    BOOST_TEST(folder.cache().load(serial, &whole).has_value());
    BOOST_TEST(!whole);
    folder.cache().store(serial, slots);
    BOOST_TEST(folder.cache().load(serial, &whole).has_value());
    BOOST_TEST(whole);
}
BOOST_AUTO_TEST_CASE(Another_card_finds_nothing) {
    const Folder folder;
    folder.cache().store(serial, slots);
    BOOST_TEST(!folder.cache().load(Bytes{9}).has_value());
}
BOOST_AUTO_TEST_CASE(Folder_and_file_belong_to_the_user_alone) {
    const Folder folder;
    folder.cache().store(serial, slots);
    struct stat about {};
    BOOST_REQUIRE_EQUAL(::stat(folder.path().c_str(), &about), 0);
    BOOST_TEST((about.st_mode & 0777U) == 0700U);
    BOOST_REQUIRE_EQUAL(::stat((folder.path() / "0123").c_str(), &about), 0);
    BOOST_TEST((about.st_mode & 0777U) == 0600U);
}
BOOST_AUTO_TEST_CASE(Every_single_changed_byte_is_noticed) {
    const Folder folder;
    folder.cache().store(serial, slots);
    const auto path = folder.path() / "0123";
    const auto whole = read(path);
    for (std::size_t i = 0; i < whole.size(); i += 37) {
        auto damaged = whole;
        damaged[i] = static_cast<char>(damaged[i] ^ 0x20);
        std::ofstream(path, std::ios::binary) << damaged;
        BOOST_TEST(!folder.cache().load(serial).has_value(), "byte " << i);
    }
}
BOOST_AUTO_TEST_CASE(A_truncated_or_gigantic_file_is_nothing) {
    const Folder folder;
    folder.cache().store(serial, slots);
    const auto path = folder.path() / "0123";
    std::filesystem::resize_file(path, 20);
    BOOST_TEST(!folder.cache().load(serial).has_value());
    std::filesystem::resize_file(path, 1U << 30U); // a hole, no disk is used
    BOOST_TEST(!folder.cache().load(serial).has_value());
}
BOOST_AUTO_TEST_CASE(A_key_whose_size_contradicts_its_numbers_is_nothing) {
    const Folder folder;
    auto lying = slots;
    lying.front().public_key = card::PublicKey{
        .type = card::KeyType::rsa, .bits = 2048, .modulus = Bytes(256, 0xFF), .exponent = {1, 0, 1}};
    folder.cache().store(serial, lying);
    BOOST_TEST(folder.cache().load(serial).has_value());
    lying.front().public_key->bits = 0; // a block for it would take half a gigabyte
    folder.cache().store(serial, lying);
    BOOST_TEST(!folder.cache().load(serial).has_value());
}
BOOST_AUTO_TEST_CASE(Symbolic_links_are_not_followed) {
    const Folder folder;
    folder.cache().store(serial, slots);
    const auto path = folder.path() / "0123";
    std::filesystem::rename(path, folder.path() / "elsewhere");
    std::filesystem::create_symlink("elsewhere", path);
    BOOST_TEST(!folder.cache().load(serial).has_value());
    BOOST_TEST(!folder.cache().stamp().has_value());
}
BOOST_AUTO_TEST_CASE(Folders_pipes_and_devices_are_no_files_and_nobody_waits_for_them) {
    const Folder folder;
    folder.cache().store(serial, slots);
    const auto path = folder.path() / "0123";
    for (const auto* name : {"0123", "0123.new"}) {
        std::filesystem::remove(folder.path() / name);
        BOOST_REQUIRE_EQUAL(::mkfifo((folder.path() / name).c_str(), 0600), 0);
        BOOST_TEST(!folder.cache().load(serial).has_value());
        folder.cache().store(serial, slots);
        std::filesystem::remove(folder.path() / name);
        BOOST_REQUIRE(std::filesystem::create_directory(folder.path() / name));
        BOOST_TEST(!folder.cache().load(serial).has_value());
        folder.cache().store(serial, slots);
        std::filesystem::remove(folder.path() / name);
    }
    folder.cache().store(serial, slots);
    BOOST_TEST(folder.cache().load(serial).has_value());
}
BOOST_AUTO_TEST_CASE(A_file_of_another_user_is_not_believed) {
    if (::geteuid() != 0) {
        BOOST_TEST_MESSAGE("SKIPPED: only root can give a file away");
        return;
    }
    const Folder folder;
    folder.cache().store(serial, slots);
    BOOST_REQUIRE_EQUAL(::chown((folder.path() / "0123").c_str(), 65534, 65534), 0);
    BOOST_TEST(!folder.cache().load(serial).has_value());
    BOOST_REQUIRE_EQUAL(::chown((folder.path() / "0123").c_str(), 0, 0), 0);
    BOOST_REQUIRE_EQUAL(::chown(folder.path().c_str(), 65534, 65534), 0);
    BOOST_TEST(!folder.cache().load(serial).has_value());
}
BOOST_AUTO_TEST_CASE(Nothing_is_written_into_the_folder_of_another_user) {
    if (::geteuid() != 0) {
        BOOST_TEST_MESSAGE("SKIPPED: only root can write there at all");
        return;
    }
    const Folder folder;
    const auto parent = folder.path().parent_path();
    BOOST_REQUIRE(std::filesystem::create_directory(parent));
    BOOST_REQUIRE_EQUAL(::chown(parent.c_str(), 65534, 65534), 0);
    folder.cache().store(serial, slots);
    BOOST_TEST(std::filesystem::exists(parent));
    BOOST_TEST(!std::filesystem::exists(folder.path() / "0123"));
}
BOOST_AUTO_TEST_CASE(The_folder_the_environment_names_is_taken_only_if_it_is_ours) {
    const Folder folder;
    const auto* before = std::getenv("XDG_CACHE_HOME");
    const std::string kept = before == nullptr ? "" : before;
    ::unsetenv("XDG_CACHE_HOME");
    const auto own = user_cache_folder();
    ::setenv("XDG_CACHE_HOME", folder.pattern, 1);
    BOOST_TEST(user_cache_folder() == std::filesystem::path(folder.pattern) / "acredita");
    for (const auto* other : {"", "relative", "/nowhere/at/all"}) {
        ::setenv("XDG_CACHE_HOME", other, 1);
        BOOST_TEST(user_cache_folder() == own);
    }
    if (::geteuid() == 0) { // as sudo with its caller's environment would
        BOOST_REQUIRE_EQUAL(::chown(folder.pattern, 65534, 65534), 0);
        ::setenv("XDG_CACHE_HOME", folder.pattern, 1);
        BOOST_TEST(user_cache_folder() == own);
    }
    if (kept.empty())
        ::unsetenv("XDG_CACHE_HOME");
    else
        ::setenv("XDG_CACHE_HOME", kept.c_str(), 1);
}
BOOST_AUTO_TEST_CASE(Many_processes_may_write_at_once_and_a_reader_sees_a_whole_file) {
    const Folder folder;
    folder.cache().store(serial, slots);
    std::vector<pid_t> writers;
    for (int i = 0; i < 4; ++i) {
        const auto child = ::fork();
        if (child == 0) {
            auto mine = slots;
            mine.front().certificate.assign(1000U + static_cast<std::size_t>(i) * 500, 0x30);
            for (int round = 0; round < 200; ++round) folder.cache().store(serial, mine);
            ::_exit(0);
        }
        writers.push_back(child);
    }
    for (int round = 0; round < 500; ++round) BOOST_TEST(folder.cache().load(serial).has_value());
    for (const auto writer : writers) {
        int status = -1;
        ::waitpid(writer, &status, 0);
        BOOST_TEST(status == 0);
    }
    BOOST_TEST(folder.cache().load(serial).has_value());
}
BOOST_AUTO_TEST_CASE(What_a_killed_writer_left_is_written_over) {
    const Folder folder;
    folder.cache().store(serial, slots);
    std::ofstream(folder.path() / "0123.new") << "half";
    folder.cache().drop();
    folder.cache().store(serial, slots);
    BOOST_TEST(folder.cache().load(serial).has_value());
    BOOST_TEST(!std::filesystem::exists(folder.path() / "0123.new"));
}
BOOST_AUTO_TEST_CASE(A_file_that_others_may_write_is_not_believed) {
    const Folder folder;
    folder.cache().store(serial, slots);
    ::chmod((folder.path() / "0123").c_str(), 0666);
    BOOST_TEST(!folder.cache().load(serial).has_value());
}
BOOST_AUTO_TEST_CASE(A_folder_that_others_may_write_is_neither_read_nor_written) {
    const Folder folder;
    folder.cache().store(serial, slots);
    ::chmod(folder.path().c_str(), 0777);
    BOOST_TEST(!folder.cache().load(serial).has_value());
    std::filesystem::remove(folder.path() / "0123");
    folder.cache().store(serial, slots);
    BOOST_TEST(!std::filesystem::exists(folder.path() / "0123"));
}
BOOST_AUTO_TEST_CASE(Dropped_is_gone) {
    const Folder folder;
    folder.cache().store(serial, slots);
    BOOST_TEST(folder.cache().stamp().has_value());
    folder.cache().drop();
    BOOST_TEST(!folder.cache().stamp().has_value());
}
BOOST_AUTO_TEST_CASE(Without_a_folder_or_a_serial_nothing_is_written) {
    const Folder folder;
    CertificateCache({}, "0123").store(serial, slots);
    folder.cache().store({}, slots);
    BOOST_TEST(!folder.cache().stamp().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
