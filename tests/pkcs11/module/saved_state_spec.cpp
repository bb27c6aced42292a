// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// C_GetOperationState and C_SetOperationState: a digest can be put aside, nothing else.
#include "tests/pkcs11/module/fake_card.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

const Bytes start(100, 0x61), rest(77, 0x62);

struct Digests : Opened {
    void begin(CK_MECHANISM_TYPE type) {
        CK_MECHANISM mechanism{type, nullptr, 0};
        BOOST_REQUIRE_EQUAL(p11->C_DigestInit(session, &mechanism), CKR_OK);
    }
    CK_RV update(CK_SESSION_HANDLE in, Bytes data) {
        return p11->C_DigestUpdate(in, data.data(), data.size());
    }
    Bytes finish(CK_SESSION_HANDLE in) {
        Bytes out(64);
        CK_ULONG size = out.size();
        BOOST_REQUIRE_EQUAL(p11->C_DigestFinal(in, out.data(), &size), CKR_OK);
        out.resize(size);
        return out;
    }
    Bytes save() {
        CK_ULONG size = 0;
        BOOST_REQUIRE_EQUAL(p11->C_GetOperationState(session, nullptr, &size), CKR_OK);
        Bytes state(size - 1);
        CK_ULONG less = state.size();
        BOOST_TEST(p11->C_GetOperationState(session, state.data(), &less) == CKR_BUFFER_TOO_SMALL);
        BOOST_TEST(less == size);
        state.resize(size);
        BOOST_REQUIRE_EQUAL(p11->C_GetOperationState(session, state.data(), &size), CKR_OK);
        return state;
    }
    CK_RV restore(CK_SESSION_HANDLE in, Bytes state, CK_OBJECT_HANDLE key = 0) {
        return p11->C_SetOperationState(in, state.data(), state.size(), key, 0);
    }
    CK_SESSION_HANDLE another() {
        CK_SESSION_HANDLE other = 0;
        BOOST_REQUIRE_EQUAL(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &other), CKR_OK);
        return other;
    }
    CK_RV state_of_the_operation() {
        CK_ULONG size = 0;
        return p11->C_GetOperationState(session, nullptr, &size);
    }
};

} // namespace

BOOST_AUTO_TEST_SUITE(SavedStates)

BOOST_FIXTURE_TEST_CASE(A_digest_is_saved_and_goes_on_in_another_session, Digests) {
    const std::pair<CK_MECHANISM_TYPE, module::Hash> all[] = {{CKM_SHA_1, module::Hash::sha1},
                                                              {CKM_SHA224, module::Hash::sha224},
                                                              {CKM_SHA256, module::Hash::sha256},
                                                              {CKM_SHA384, module::Hash::sha384},
                                                              {CKM_SHA512, module::Hash::sha512}};
    const auto other = another();
    for (const auto& [mechanism, hash] : all) {
        begin(mechanism);
        BOOST_REQUIRE_EQUAL(update(session, start), CKR_OK);
        const auto state = save();
        BOOST_REQUIRE_EQUAL(restore(other, state), CKR_OK);
        BOOST_REQUIRE_EQUAL(update(other, rest), CKR_OK);
        BOOST_TEST((finish(other) == module::digest(hash, concat({start, rest}))));
        // And the one it was taken from has not noticed.
        BOOST_TEST((finish(session) == module::digest(hash, start)));
    }
}
BOOST_FIXTURE_TEST_CASE(A_state_takes_the_place_of_what_the_session_was_doing, Digests) {
    begin(CKM_SHA256);
    BOOST_REQUIRE_EQUAL(update(session, start), CKR_OK);
    const auto state = save();
    BOOST_REQUIRE_EQUAL(update(session, rest), CKR_OK);
    BOOST_REQUIRE_EQUAL(restore(session, state), CKR_OK);
    BOOST_TEST((finish(session) == module::digest(module::Hash::sha256, start)));
}
BOOST_FIXTURE_TEST_CASE(What_works_with_a_key_is_not_saved, Digests) {
    BOOST_TEST(state_of_the_operation() == CKR_OPERATION_NOT_INITIALIZED);
    own.give(0x9A, rsa_pair());
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    CK_MECHANISM mechanism{CKM_SHA256_RSA_PKCS, nullptr, 0};
    BOOST_REQUIRE_EQUAL(p11->C_SignInit(session, &mechanism, find_one(CKO_PRIVATE_KEY)), CKR_OK);
    BOOST_TEST(state_of_the_operation() == CKR_STATE_UNSAVEABLE);
    Bytes data(3);
    BOOST_TEST(p11->C_SignUpdate(session, data.data(), data.size()) == CKR_OK); // which goes on all the same
}
BOOST_FIXTURE_TEST_CASE(A_digest_that_a_secret_went_into_is_not_saved, Digests) {
    CK_OBJECT_CLASS secret_key = CKO_SECRET_KEY;
    CK_KEY_TYPE generic = CKK_GENERIC_SECRET;
    Bytes value(16, 0x5A);
    std::vector<CK_ATTRIBUTE> items{attribute_of(CKA_CLASS, secret_key), attribute_of(CKA_KEY_TYPE, generic),
                                    attribute_of(CKA_VALUE, value)};
    CK_OBJECT_HANDLE key = 0;
    BOOST_REQUIRE_EQUAL(p11->C_CreateObject(session, items.data(), items.size(), &key), CKR_OK);
    begin(CKM_SHA256);
    BOOST_REQUIRE_EQUAL(p11->C_DigestKey(session, key), CKR_OK);
    BOOST_TEST(state_of_the_operation() == CKR_STATE_UNSAVEABLE);
    BOOST_TEST((finish(session) == module::digest(module::Hash::sha256, value)));
}
BOOST_FIXTURE_TEST_CASE(A_state_that_was_changed_on_the_way_is_refused, Digests) {
    begin(CKM_SHA512);
    BOOST_REQUIRE_EQUAL(update(session, start), CKR_OK);
    const auto state = save();
    for (std::size_t at = 0; at < state.size(); ++at) {
        auto changed = state;
        changed[at] ^= 0x80U;
        BOOST_TEST(restore(session, changed) == CKR_SAVED_STATE_INVALID, at);
    }
    for (std::size_t size = 0; size < state.size(); ++size)
        BOOST_TEST(restore(session, copy(ByteView(state).first(size))) == CKR_SAVED_STATE_INVALID, size);
    // Its sum made good again: what it says is judged all the same. The index stands behind mark, hash,
    // course, eight words and two counts.
    auto liar = state;
    liar[6 + 64 + 16 + 1] = 0x7F;
    liar.resize(liar.size() - 32);
    append(liar, module::digest(module::Hash::sha256, liar));
    BOOST_TEST(restore(session, liar) == CKR_SAVED_STATE_INVALID);
    BOOST_TEST(restore(session, state, 1) == CKR_KEY_NOT_NEEDED);
    BOOST_TEST((finish(session) == module::digest(module::Hash::sha512, start)));
}

BOOST_AUTO_TEST_SUITE_END()
