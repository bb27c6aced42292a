// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Objects that no card hears of: made, copied, changed, found, ended with their session.
#include "tests/pkcs11/module/fake_card.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::test;

namespace {

CK_BBOOL yes = CK_TRUE, no = CK_FALSE;

struct Template : std::vector<CK_ATTRIBUTE> {
    template <class T>
    Template& with(CK_ATTRIBUTE_TYPE type, T& value) {
        push_back(attribute_of(type, value));
        return *this;
    }
};

struct Made : Opened {
    explicit Made(CK_FLAGS flags = CKF_SERIAL_SESSION) : Opened(flags) {}
    CK_RV create(Template items, CK_OBJECT_HANDLE& to) {
        return p11->C_CreateObject(session, items.data(), items.size(), &to);
    }
    CK_RV set(CK_OBJECT_HANDLE object, CK_ATTRIBUTE item) {
        return p11->C_SetAttributeValue(session, object, &item, 1);
    }
    CK_OBJECT_CLASS data = CKO_DATA, certificate = CKO_CERTIFICATE, public_key = CKO_PUBLIC_KEY,
                    secret_key = CKO_SECRET_KEY, private_key = CKO_PRIVATE_KEY;
    CK_CERTIFICATE_TYPE x509 = CKC_X_509;
    CK_KEY_TYPE rsa = CKK_RSA, ec = CKK_EC, generic = CKK_GENERIC_SECRET;
    std::string label = "a label", application = "a program", other = "another";
    Bytes value{0xDE, 0xAD, 0xBE, 0xEF};

    Template data_object() {
        return Template()
            .with(CKA_CLASS, data)
            .with(CKA_TOKEN, no)
            .with(CKA_APPLICATION, application)
            .with(CKA_VALUE, value)
            .with(CKA_LABEL, label);
    }
    CK_OBJECT_HANDLE make_data() {
        CK_OBJECT_HANDLE made = 0;
        BOOST_REQUIRE_EQUAL(create(data_object(), made), CKR_OK);
        return made;
    }
    std::size_t count() { return find({attribute_of(CKA_APPLICATION, application)}).size(); }
};

} // namespace

BOOST_AUTO_TEST_SUITE(SessionObjects)

BOOST_FIXTURE_TEST_CASE(Data_are_made_copied_changed_found_and_destroyed_in_a_session_that_only_reads, Made) {
    own.asked.clear();
    const auto first = make_data();
    CK_ULONG size = 0, size_of_copy = 0;
    BOOST_TEST(p11->C_GetObjectSize(session, first, &size) == CKR_OK);
    CK_OBJECT_HANDLE second = 0, third = 0;
    BOOST_REQUIRE_EQUAL(p11->C_CopyObject(session, first, nullptr, 0, &second), CKR_OK);
    BOOST_TEST(p11->C_GetObjectSize(session, second, &size_of_copy) == CKR_OK);
    BOOST_TEST(size == size_of_copy);
    BOOST_TEST(as_text(*attribute(second, CKA_LABEL)) == label);
    BOOST_TEST((attribute(second, CKA_VALUE) == value));
    BOOST_TEST(!attribute(second, CKA_CERTIFICATE_TYPE).has_value());
    BOOST_TEST(set(first, attribute_of(CKA_LABEL, other)) == CKR_OK);
    BOOST_TEST(as_text(*attribute(first, CKA_LABEL)) == other);
    BOOST_TEST(as_text(*attribute(second, CKA_LABEL)) == label);
    Bytes face{0xFA, 0xCE};
    auto changes = Template().with(CKA_VALUE, face);
    BOOST_REQUIRE_EQUAL(p11->C_CopyObject(session, first, changes.data(), 1, &third), CKR_OK);
    BOOST_TEST((attribute(third, CKA_VALUE) == face));
    BOOST_TEST(count() == 3U);
    BOOST_TEST(p11->C_DestroyObject(session, third) == CKR_OK);
    BOOST_TEST(p11->C_DestroyObject(session, third) == CKR_OBJECT_HANDLE_INVALID);
    BOOST_TEST(p11->C_DestroyObject(session, second) == CKR_OK);
    BOOST_TEST(p11->C_DestroyObject(session, first) == CKR_OK);
    BOOST_TEST(count() == 0U);
    BOOST_TEST((own.asked == std::vector<std::string>{"directory"} || own.count("operate") == 0U));
}
BOOST_FIXTURE_TEST_CASE(A_session_object_ends_with_its_session_and_is_seen_by_the_others_till_then, Made) {
    CK_SESSION_HANDLE other_session = 0;
    BOOST_REQUIRE_EQUAL(p11->C_OpenSession(0, CKF_SERIAL_SESSION, nullptr, nullptr, &other_session), CKR_OK);
    const auto made = make_data();
    std::swap(session, other_session);
    BOOST_TEST(count() == 1U);
    BOOST_REQUIRE_EQUAL(p11->C_CloseSession(other_session), CKR_OK);
    BOOST_TEST(count() == 0U);
    CK_ULONG size = 0;
    BOOST_TEST(p11->C_GetObjectSize(session, made, &size) == CKR_OBJECT_HANDLE_INVALID);
    BOOST_TEST(p11->C_DestroyObject(session, made) == CKR_OBJECT_HANDLE_INVALID);
}
BOOST_FIXTURE_TEST_CASE(A_private_session_object_needs_the_login_and_ends_with_it, Made) {
    auto items = data_object();
    items.with(CKA_PRIVATE, yes);
    CK_OBJECT_HANDLE made = 0;
    BOOST_TEST(create(items, made) == CKR_USER_NOT_LOGGED_IN);
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    BOOST_REQUIRE_EQUAL(create(items, made), CKR_OK);
    BOOST_TEST(count() == 1U);
    BOOST_REQUIRE_EQUAL(p11->C_Logout(session), CKR_OK);
    BOOST_TEST(count() == 0U);
    BOOST_REQUIRE_EQUAL(login(), CKR_OK);
    BOOST_TEST(count() == 0U);
}
BOOST_FIXTURE_TEST_CASE(Templates_are_judged_by_the_words_of_the_standard, Made) {
    CK_OBJECT_HANDLE made = 0;
    BOOST_TEST(create(Template(), made) == CKR_TEMPLATE_INCOMPLETE);
    BOOST_TEST(create(Template().with(CKA_VALUE, value), made) == CKR_TEMPLATE_INCOMPLETE);
    BOOST_TEST(create(data_object().with(CKA_MODULUS, value), made) == CKR_ATTRIBUTE_TYPE_INVALID);
    BOOST_TEST(create(data_object().with(CKA_PRIVATE, value), made) == CKR_ATTRIBUTE_VALUE_INVALID);
    BOOST_TEST(create(data_object().with(CKA_LABEL, other), made) == CKR_TEMPLATE_INCONSISTENT);
    CK_OBJECT_CLASS unknown = 0x55;
    BOOST_TEST(create(Template().with(CKA_CLASS, unknown), made) == CKR_ATTRIBUTE_VALUE_INVALID);
    BOOST_TEST(create(Template().with(CKA_CLASS, private_key), made) == CKR_TEMPLATE_INCONSISTENT);
    BOOST_TEST(create(Template().with(CKA_CLASS, data).with(CKA_TOKEN, yes), made) ==
               CKR_TEMPLATE_INCONSISTENT);
    BOOST_TEST(create(Template().with(CKA_CLASS, public_key), made) == CKR_TEMPLATE_INCOMPLETE);
    BOOST_TEST(create(Template().with(CKA_CLASS, certificate).with(CKA_VALUE, value), made) ==
               CKR_TEMPLATE_INCOMPLETE);
    BOOST_TEST(
        create(
            Template().with(CKA_CLASS, certificate).with(CKA_CERTIFICATE_TYPE, x509).with(CKA_VALUE, value),
            made) == CKR_ATTRIBUTE_VALUE_INVALID);
    CK_OBJECT_CLASS key = CKO_PUBLIC_KEY;
    const auto object = make_data();
    BOOST_TEST(set(object, attribute_of(CKA_CLASS, key)) == CKR_ATTRIBUTE_READ_ONLY);
    BOOST_TEST(set(object, attribute_of(CKA_TOKEN, yes)) == CKR_ATTRIBUTE_READ_ONLY);
    BOOST_TEST(set(object, attribute_of(CKA_MODULUS, value)) == CKR_ATTRIBUTE_TYPE_INVALID);
    auto wrong = Template().with(CKA_CLASS, key);
    BOOST_TEST(p11->C_CopyObject(session, object, wrong.data(), 1, &made) == CKR_ATTRIBUTE_READ_ONLY);
    auto to_card = Template().with(CKA_TOKEN, yes);
    BOOST_TEST(p11->C_CopyObject(session, object, to_card.data(), 1, &made) == CKR_TEMPLATE_INCONSISTENT);
}
BOOST_FIXTURE_TEST_CASE(What_may_not_be_changed_copied_or_destroyed_says_so, Made) {
    CK_OBJECT_HANDLE made = 0, copy = 0;
    BOOST_REQUIRE_EQUAL(
        create(data_object().with(CKA_MODIFIABLE, no).with(CKA_COPYABLE, no).with(CKA_DESTROYABLE, no), made),
        CKR_OK);
    BOOST_TEST(set(made, attribute_of(CKA_LABEL, other)) == CKR_ACTION_PROHIBITED);
    BOOST_TEST(p11->C_CopyObject(session, made, nullptr, 0, &copy) == CKR_ACTION_PROHIBITED);
    BOOST_TEST(p11->C_DestroyObject(session, made) == CKR_ACTION_PROHIBITED);
}
BOOST_FIXTURE_TEST_CASE(A_certificate_of_somebody_else_is_read_and_found, Made) {
    CK_OBJECT_HANDLE made = 0;
    auto der = rsa_pair().certificate;
    BOOST_REQUIRE_EQUAL(create(Template()
                                   .with(CKA_CLASS, certificate)
                                   .with(CKA_CERTIFICATE_TYPE, x509)
                                   .with(CKA_VALUE, der)
                                   .with(CKA_LABEL, label),
                               made),
                        CKR_OK);
    auto subject = *attribute(made, CKA_SUBJECT);
    BOOST_TEST(!subject.empty());
    BOOST_TEST((find({attribute_of(CKA_SUBJECT, subject)}) == std::vector<CK_OBJECT_HANDLE>{made}));
    BOOST_TEST((attribute(made, CKA_TRUSTED) == Bytes{CK_FALSE}));
    BOOST_TEST((attribute(made, CKA_TOKEN) == Bytes{CK_FALSE}));
}
BOOST_FIXTURE_TEST_CASE(A_public_key_of_somebody_else_verifies_and_encrypts, Made) {
    auto modulus = rsa_pair().public_key.modulus, exponent = rsa_pair().public_key.exponent;
    CK_OBJECT_HANDLE made = 0;
    const auto key = Template()
                         .with(CKA_CLASS, public_key)
                         .with(CKA_KEY_TYPE, rsa)
                         .with(CKA_MODULUS, modulus)
                         .with(CKA_PUBLIC_EXPONENT, exponent);
    BOOST_REQUIRE_EQUAL(create(key, made), CKR_OK);
    Bytes block(256, 0x11), signature = rsa_pair().raw_rsa(block);
    CK_MECHANISM mechanism{CKM_RSA_X_509, nullptr, 0};
    BOOST_REQUIRE_EQUAL(p11->C_VerifyInit(session, &mechanism, made), CKR_OK);
    BOOST_TEST(p11->C_Verify(session, block.data(), 256, signature.data(), 256) == CKR_OK);
    modulus.back() &= 0xFEU; // even
    BOOST_TEST(create(key, made) == CKR_ATTRIBUTE_VALUE_INVALID);
}
BOOST_FIXTURE_TEST_CASE(A_point_has_to_lie_on_its_curve_and_may_come_bare_or_wrapped, Made) {
    auto curve = ec_pair().public_key.curve_oid, point = ec_pair().public_key.point;
    auto wrapped = concat({Bytes{0x04, 65}, point});
    CK_OBJECT_HANDLE made = 0;
    for (auto* form : {&point, &wrapped}) {
        BOOST_REQUIRE_EQUAL(create(Template()
                                       .with(CKA_CLASS, public_key)
                                       .with(CKA_KEY_TYPE, ec)
                                       .with(CKA_EC_PARAMS, curve)
                                       .with(CKA_EC_POINT, *form),
                                   made),
                            CKR_OK);
        auto data_to_sign = Bytes(32, 7), signature = ec_pair().raw_ecdsa(data_to_sign);
        CK_MECHANISM mechanism{CKM_ECDSA, nullptr, 0};
        BOOST_REQUIRE_EQUAL(p11->C_VerifyInit(session, &mechanism, made), CKR_OK);
        BOOST_TEST(p11->C_Verify(session, data_to_sign.data(), 32, signature.data(), 64) == CKR_OK);
    }
    point.back() ^= 1U;
    BOOST_TEST(create(Template()
                          .with(CKA_CLASS, public_key)
                          .with(CKA_KEY_TYPE, ec)
                          .with(CKA_EC_PARAMS, curve)
                          .with(CKA_EC_POINT, point),
                      made) == CKR_ATTRIBUTE_VALUE_INVALID);
}
BOOST_FIXTURE_TEST_CASE(A_secret_becomes_sensitive_once_and_for_good, Made) {
    CK_OBJECT_HANDLE made = 0;
    BOOST_REQUIRE_EQUAL(
        create(Template().with(CKA_CLASS, secret_key).with(CKA_KEY_TYPE, generic).with(CKA_VALUE, value),
               made),
        CKR_OK);
    BOOST_TEST((attribute(made, CKA_VALUE) == value));
    BOOST_TEST(set(made, attribute_of(CKA_SENSITIVE, yes)) == CKR_OK);
    BOOST_TEST(set(made, attribute_of(CKA_SENSITIVE, no)) == CKR_ATTRIBUTE_READ_ONLY);
    CK_ATTRIBUTE wanted{CKA_VALUE, nullptr, 0};
    BOOST_TEST(p11->C_GetAttributeValue(session, made, &wanted, 1) == CKR_ATTRIBUTE_SENSITIVE);
    CK_MECHANISM mechanism{CKM_SHA256, nullptr, 0};
    BOOST_REQUIRE_EQUAL(p11->C_DigestInit(session, &mechanism), CKR_OK);
    BOOST_TEST(p11->C_DigestKey(session, made) == CKR_OK); // the digest gives nothing of it away
    Bytes out(32);
    CK_ULONG size = 32;
    BOOST_REQUIRE_EQUAL(p11->C_DigestFinal(session, out.data(), &size), CKR_OK);
    BOOST_TEST((out == module::digest(module::Hash::sha256, value)));
}
BOOST_FIXTURE_TEST_CASE(There_is_an_end_to_how_many_objects_a_program_may_keep, Made) {
    CK_OBJECT_HANDLE made = 0;
    CK_RV rv = CKR_OK;
    std::size_t kept = 0;
    for (; rv == CKR_OK && kept < 10000; ++kept) rv = create(data_object(), made);
    BOOST_TEST(rv == CKR_HOST_MEMORY);
    BOOST_TEST(kept > 1000U);
}

BOOST_AUTO_TEST_SUITE_END()
