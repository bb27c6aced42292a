// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The client on a practice card, through OpenSC's module: nobody here wrote the module, and nobody here wrote
// the program (yubico-piv-tool) that put key and certificate onto the card.
#include "pkcs11/client/keys.hpp"
#include "pkcs11/client/route.hpp"
#include "pkcs11/client/vendor.hpp"
#include "tests/pkcs11/client/credentials.hpp"
#include "tools/practice/session.hpp"

#include <cstdlib>
#include <fstream>

#include <boost/test/unit_test.hpp>
#include <openssl/pem.h>

using namespace acredita;
using namespace acredita::client;

namespace {

const Secret pin{as_bytes("123456")};

bool missing() {
    if (std::filesystem::exists(OPENSC_MODULE) && std::filesystem::exists(YUBICO_PIV_TOOL)) return false;
    BOOST_TEST_MESSAGE("SKIPPED: OpenSC or yubico-piv-tool is not installed");
    return true;
}

void write_pem(const std::filesystem::path& file, const test::Credential& credential) {
    const Owned<BIO, BIO_free_all> out(BIO_new_file(file.c_str(), "w"));
    BOOST_REQUIRE(PEM_write_bio_PrivateKey(out.get(), credential.key.get(), nullptr, nullptr, 0, nullptr,
                                           nullptr) == 1);
    BOOST_REQUIRE(PEM_write_bio_X509(out.get(), credential.certificate.get()) == 1);
}

// A practice with one card that holds a credential in 9A.
class LoadedCard {
public:
    explicit LoadedCard(KeyKind kind) : credential(test::make_credential(kind)) {
        auto started = practice::Session::start({});
        BOOST_REQUIRE_MESSAGE(started, (started ? "" : describe(started.error())));
        practice = std::move(*started);
        practice->enter();
        const auto file = practice->socket().parent_path() / "credential.pem";
        write_pem(file, credential);
        const auto command = std::string(YUBICO_PIV_TOOL) +
                             " -r '' -s 9a -a import-key -a import-certificate -i " + file.string() +
                             " >/dev/null 2>&1";
        BOOST_REQUIRE_EQUAL(std::system(command.c_str()), 0); // the path is our own
        auto loaded = Module::load(OPENSC_MODULE);
        BOOST_REQUIRE(loaded);
        module = *loaded;
        const auto slots = module->slots(true);
        BOOST_REQUIRE(slots && !slots->empty());
        slot = slots->front().id;
    }

    [[nodiscard]] Session open() const {
        auto session = Session::open(module, slot, Access::read_only);
        BOOST_REQUIRE_MESSAGE(session, (session ? "" : describe(session.error())));
        return std::move(*session);
    }

    test::Credential credential;
    std::unique_ptr<practice::Session> practice;
    std::shared_ptr<Module> module;
    CK_SLOT_ID slot = 0;
};

} // namespace

BOOST_AUTO_TEST_SUITE(a_practice_card_through_opensc)

BOOST_AUTO_TEST_CASE(lists_its_certificate_and_signs_for_both_roads) {
    if (missing()) return;
    for (const auto kind : {test::rsa, test::p256}) {
        const LoadedCard card(kind);
        auto session = card.open();
        const auto listed = certificates(session);
        BOOST_REQUIRE_MESSAGE(listed, (listed ? "" : describe(listed.error())));
        BOOST_REQUIRE(listed->size() == 1);
        BOOST_TEST(listed->front().der == card.credential.der);
        BOOST_REQUIRE(session.login(Role::user, pin));

        auto* const public_half = X509_get0_pubkey(card.credential.certificate.get());
        const auto scheme = usual_scheme(public_half).value();
        const auto hashed = digest(Hash::sha256, as_bytes("nonce"));
        const auto key = find_one(session, ObjectClass::private_key, listed->front().id);
        BOOST_REQUIRE_MESSAGE(key, (key ? "" : describe(key.error())));
        const auto signature = sign_digest(session, *key, scheme, Hash::sha256, hashed);
        BOOST_REQUIRE_MESSAGE(signature, (signature ? "" : describe(signature.error())));
        BOOST_TEST(verify_digest(public_half, scheme, Hash::sha256, hashed, *signature).value());

        const auto openssl_key = token_key(session, listed->front().id);
        BOOST_REQUIRE_MESSAGE(openssl_key, (openssl_key ? "" : describe(openssl_key.error())));
        BOOST_TEST(test::signs_cms(openssl_key->get(), card.credential.certificate.get()));
    }
}

BOOST_AUTO_TEST_CASE(names_a_wrong_pin_and_shows_no_number_of_tries) {
    if (missing()) return;
    const LoadedCard card(test::p256);
    auto session = card.open();
    const auto wrong = session.login(Role::user, Secret(as_bytes("000000")));
    BOOST_REQUIRE(!wrong);
    BOOST_TEST(is(wrong.error(), cryptoki_errc::pin_incorrect));
    BOOST_TEST(!card_facts(session).value().pin_tries_left.has_value());
}

BOOST_AUTO_TEST_CASE(that_is_taken_out_is_named) {
    if (missing()) return;
    const LoadedCard card(test::p256);
    auto session = card.open();
    BOOST_REQUIRE(session.login(Role::user, pin));
    const auto listed = certificates(session).value();
    const auto key = find_one(session, ObjectClass::private_key, listed.front().id).value();
    BOOST_REQUIRE(card.practice->remove(0));
    const auto signature =
        sign_digest(session, key, Scheme::ecdsa, Hash::sha256, digest(Hash::sha256, as_bytes("nonce")));
    BOOST_REQUIRE(!signature);
    BOOST_TEST_INFO(describe(signature.error()));
    BOOST_TEST((is(signature.error(), cryptoki_errc::token_not_present) ||
                is(signature.error(), cryptoki_errc::device_removed)));
    BOOST_TEST(!card.module->slot(card.slot).value().token_present);
}

BOOST_AUTO_TEST_CASE(is_found_by_the_name_of_its_reader) {
    if (missing()) return;
    const LoadedCard card(test::p256);
    const auto description = card.module->slot(card.slot).value().description;
    BOOST_TEST(slot_for_reader(card.module, description).value() == card.slot);
    const auto other = slot_for_reader(card.module, "Another reader 00 00");
    BOOST_REQUIRE(!other);
    BOOST_TEST(is(other.error(), client_errc::slot_not_found));
}

BOOST_AUTO_TEST_SUITE_END()
