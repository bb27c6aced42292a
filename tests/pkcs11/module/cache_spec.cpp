// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The cache is only ever a saving: whatever is wrong with its file, there is simply nothing in it.
#include "pkcs11/module/cache.hpp"

#include <cstdlib>
#include <fstream>

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
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
BOOST_AUTO_TEST_CASE(Symbolic_links_are_not_followed) {
    const Folder folder;
    folder.cache().store(serial, slots);
    const auto path = folder.path() / "0123";
    std::filesystem::rename(path, folder.path() / "elsewhere");
    std::filesystem::create_symlink("elsewhere", path);
    BOOST_TEST(!folder.cache().load(serial).has_value());
    BOOST_TEST(!folder.cache().exists());
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
    BOOST_TEST(folder.cache().exists());
    folder.cache().drop();
    BOOST_TEST(!folder.cache().exists());
}
BOOST_AUTO_TEST_CASE(Without_a_folder_or_a_serial_nothing_is_written) {
    const Folder folder;
    CertificateCache({}, "0123").store(serial, slots);
    folder.cache().store({}, slots);
    BOOST_TEST(!folder.cache().exists());
}

BOOST_AUTO_TEST_SUITE_END()
