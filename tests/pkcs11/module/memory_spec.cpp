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

BOOST_AUTO_TEST_SUITE_END()
