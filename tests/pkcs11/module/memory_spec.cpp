// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What one process remembers for the next: saves exchanges, and is never believed without a look.
#include "tests/pkcs11/module/fake_card.hpp"

#include <cstdlib>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

// A card with a certificate in 9A, listed once by an earlier process; a new one has just begun.
struct Warm : Opened {
    Warm() {
        BOOST_REQUIRE(::mkdtemp(folder) != nullptr);
        own.give(0x9A, rsa_pair());
        next_process(); // the first token was made without a cache
        BOOST_REQUIRE_EQUAL(certificates().size(), 1U);
        next_process();
    }
    ~Warm() { std::filesystem::remove_all(folder); }
    Warm(const Warm&) = delete;
    Warm& operator=(const Warm&) = delete;

    void next_process() {
        own.cache = std::filesystem::path(folder) / "cache" / "acredita";
        BOOST_REQUIRE_EQUAL(p11->C_Finalize(nullptr), CKR_OK);
        BOOST_REQUIRE_EQUAL(p11->C_Initialize(nullptr), CKR_OK);
        CK_ULONG count = 0;
        BOOST_REQUIRE_EQUAL(p11->C_GetSlotList(CK_TRUE, nullptr, &count), CKR_OK);
        BOOST_REQUIRE_EQUAL(
            p11->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session), CKR_OK);
        own.asked.clear();
    }
    std::vector<CK_OBJECT_HANDLE> certificates() {
        CK_OBJECT_CLASS kind = CKO_CERTIFICATE;
        return find({attribute_of(CKA_CLASS, kind)});
    }
    std::vector<CK_OBJECT_HANDLE> keys() {
        CK_OBJECT_CLASS kind = CKO_PRIVATE_KEY;
        return find({attribute_of(CKA_CLASS, kind)});
    }
    char folder[32] = "/tmp/acredita-memory-XXXXXX";
};

} // namespace

BOOST_AUTO_TEST_SUITE(Memory)

BOOST_FIXTURE_TEST_CASE(A_key_is_found_by_one_look_at_its_place, Warm) {
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    BOOST_TEST(keys().size() == 1U);
    BOOST_TEST(own.count("recall") == 1U);
    BOOST_TEST(own.count("directory") == 0U);
    BOOST_TEST(own.count("slot") == 0U);
}
BOOST_FIXTURE_TEST_CASE(An_id_that_was_seen_before_is_looked_for_where_it_was, Warm) {
    auto id = module::key_id(rsa_pair().public_key);
    BOOST_TEST(find({attribute_of(CKA_ID, id)}).size() == 2U);
    BOOST_TEST(own.count("recall") == 1U);
    BOOST_TEST(own.count("directory") == 0U);
}
BOOST_FIXTURE_TEST_CASE(A_certificate_that_another_program_renewed_is_shown_as_it_is_now, Warm) {
    own.give(0x9A, other_rsa_pair());
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    const auto found = keys();
    BOOST_REQUIRE_EQUAL(found.size(), 1U);
    BOOST_TEST((attribute(found.front(), CKA_MODULUS) == other_rsa_pair().public_key.modulus));
}
BOOST_FIXTURE_TEST_CASE(A_certificate_that_another_program_added_is_seen_by_who_lists_certificates, Warm) {
    own.give(0x9C, ec_pair());
    BOOST_TEST(certificates().size() == 2U);
}
BOOST_FIXTURE_TEST_CASE(A_certificate_that_another_program_removed_is_not_shown, Warm) {
    own.slots.clear();
    BOOST_TEST(certificates().empty());
    next_process();
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    BOOST_TEST(keys().empty());
}
BOOST_FIXTURE_TEST_CASE(Our_own_writing_forgets_what_was_remembered, Warm) {
    BOOST_REQUIRE_EQUAL(login(admin_key, CKU_SO), CKR_OK);
    BOOST_REQUIRE_EQUAL(p11->C_DestroyObject(session, certificates().front()), CKR_OK);
    BOOST_TEST(std::filesystem::is_empty(own.cache));
}

// What a program that runs for hours sees: many searches at once, then nothing for a while.
BOOST_FIXTURE_TEST_CASE(A_burst_of_searches_looks_at_one_place_and_the_next_burst_at_another, Warm) {
    BOOST_REQUIRE_EQUAL(certificates().size(), 1U);
    own.asked.clear();
    for (int search = 0; search < 5; ++search) BOOST_TEST(certificates().size() == 1U);
    BOOST_TEST(own.asked.empty()); // the card has just been listed
    for (std::size_t looks = 1; looks <= 4; ++looks) {
        own.later += std::chrono::seconds(3);
        for (int search = 0; search < 5; ++search) BOOST_TEST(certificates().size() == 1U);
        BOOST_TEST(own.count("unchanged") == looks);
    }
    BOOST_TEST(own.asked.size() == 4U);
}
BOOST_FIXTURE_TEST_CASE(A_renewal_by_a_program_that_leaves_no_trace_is_seen_after_a_burst_for_each_place,
                        Warm) {
    BOOST_REQUIRE_EQUAL(certificates().size(), 1U);
    own.give(0x9A, other_rsa_pair());
    auto id = module::key_id(other_rsa_pair().public_key);
    int bursts = 0;
    for (; bursts < 2 && find({attribute_of(CKA_ID, id)}).empty(); ++bursts)
        own.later += std::chrono::seconds(3);
    BOOST_TEST(find({attribute_of(CKA_ID, id)}).size() == 2U);
}
BOOST_FIXTURE_TEST_CASE(A_certificate_put_into_an_empty_place_is_seen_the_same_way, Warm) {
    BOOST_REQUIRE_EQUAL(certificates().size(), 1U);
    own.give(0x9C, ec_pair());
    for (int burst = 0; burst < 2; ++burst) {
        own.later += std::chrono::seconds(3);
        (void)certificates();
    }
    BOOST_TEST(certificates().size() == 2U);
}
BOOST_FIXTURE_TEST_CASE(What_another_of_our_processes_wrote_is_seen_at_the_next_burst, Warm) {
    BOOST_REQUIRE_EQUAL(certificates().size(), 1U);
    own.give(0x9C, ec_pair());
    for (const auto& file : std::filesystem::directory_iterator(own.cache)) std::filesystem::remove(file);
    own.later += std::chrono::seconds(3);
    own.asked.clear();
    BOOST_TEST(certificates().size() == 2U);
    BOOST_TEST(own.count("unchanged") == 0U); // the file has told it
}
BOOST_FIXTURE_TEST_CASE(After_a_reset_the_place_is_confirmed_and_not_read_again, Warm) {
    BOOST_REQUIRE_EQUAL(certificates().size(), 1U);
    own.reset();
    own.asked.clear();
    auto id = module::key_id(rsa_pair().public_key);
    own.later += std::chrono::seconds(3);
    BOOST_TEST(find({attribute_of(CKA_ID, id)}).size() == 2U);
    BOOST_TEST((own.asked == std::vector<std::string>{"connect", "recall"}));
}

BOOST_AUTO_TEST_SUITE_END()
