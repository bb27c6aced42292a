// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The card torn out at every single exchange of the main job, with an older key on it: a named error, no try
// spent, the older key still signs, and the next run completes. Each row starts from the same copy of the
// card's memory.
#include "pkcs11/client/sign.hpp"
#include "tests/tools/issue/bench.hpp"
#include "tools/catalogue/catalogue.hpp"
#include "tools/issue/target.hpp"

#include <thread>

#include <boost/test/unit_test.hpp>
#include <unistd.h>

namespace {

using namespace acredita;

// A P-256 key, or an RSA key where the card takes no other.
bool older_is_rsa = false;

const test::SampleBackup& older() {
    static const auto ec = test::make_backup({.name = "ANTERIOR EJEMPLO ANA - 12345678Z", .rsa_bits = 0});
    static const auto rsa = test::make_backup({.name = "ANTERIOR EJEMPLO ANA - 12345678Z"});
    return older_is_rsa ? rsa : ec;
}

practice::Options remembering(const std::filesystem::path& state) {
    practice::Options options;
    options.state = state;
    return options;
}

// The memory of a card that holds the older key.
std::filesystem::path prepared_card(const std::string& card) {
    const auto state = test::scratch() / "card-with-older-key";
    std::filesystem::remove(state);
    test::Bench bench({card}, remembering(state));
    const auto receipt = bench.run(older().file);
    BOOST_REQUIRE_MESSAGE(receipt, (receipt ? "" : describe(receipt.error())));
    return state;
}

// Signs with the older key, as any program would.
Result<bool> older_key_works() {
    ACREDITA_TRY(target, issue::find_target(practice::Session::module(), ""));
    ACREDITA_TRY(session, client::Session::open(target.module, target.slot, client::Access::read_only));
    const auto* at = older().certificate.data();
    const client::Certificate certificate(
        d2i_X509(nullptr, &at, static_cast<long>(older().certificate.size())));
    EVP_PKEY* key = X509_get0_pubkey(certificate.get());
    ACREDITA_TRY(id, issue::key_identifier(key));
    ACREDITA_CHECK(session.login(client::Role::user, Secret(as_bytes("123456"))));
    ACREDITA_TRY(object, client::find_one(session, client::ObjectClass::private_key, id));
    const auto digest = client::digest(client::Hash::sha256, as_bytes("older"));
    ACREDITA_TRY(scheme, client::usual_scheme(key));
    ACREDITA_TRY(signature, client::sign_digest(session, object, scheme, client::Hash::sha256, digest));
    ACREDITA_CHECK(session.logout());
    return client::verify_digest(key, scheme, client::Hash::sha256, digest, signature);
}

// pcscd notices a card that comes or goes by itself, a moment later.
void wait_for(bool present) {
    reader::Context context;
    for (int i = 0; i < 200; ++i) {
        const auto states = context.snapshot();
        if (states && !states->empty() && states->front().present == present) return;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    BOOST_FAIL("pcscd does not notice the card");
}

void put_back(practice::Session& session) {
    BOOST_REQUIRE(session.tear_at(0, std::nullopt));
    BOOST_REQUIRE(session.remove(0));
    wait_for(false);
    BOOST_REQUIRE(session.insert(0));
    wait_for(true);
}

struct Table {
    unsigned exchanges = 0, named = 0, keys_lost = 0, tries_spent = 0, completed = 0;
};

void tear_once(const std::string& card, const std::filesystem::path& memory, practice::Tear tear,
               Table& table) {
    const auto state = test::scratch() / "card-in-use";
    std::filesystem::copy_file(memory, state, std::filesystem::copy_options::overwrite_existing);
    test::Bench bench({card}, remembering(state));
    BOOST_REQUIRE(bench.practice().reset_exchanges(0));
    BOOST_REQUIRE(bench.practice().tear_at(0, tear));
    const auto torn = bench.run();
    put_back(bench.practice());

    ++table.exchanges;
    const auto code = torn ? 0U : catalogue::message(torn.error(), catalogue::Language::english).code;
    const bool named = !torn && code != catalogue::internal_code && code != 94;
    table.named += named ? 1U : 0U;
    table.tries_spent += bench.tries() == 3U ? 0U : 1U;
    const auto works = older_key_works();
    table.keys_lost += works && *works ? 0U : 1U;
    if (!works || !*works)
        BOOST_TEST_MESSAGE("the older key: " << (works ? "a wrong signature" : describe(works.error())));
    const auto receipt = bench.run();
    table.completed += receipt ? 1U : 0U;
    BOOST_TEST_MESSAGE(tear.exchange << (tear.work_done ? " after" : " before") << ": " << test::name_of(torn)
                                     << " (" << (torn ? "" : torn.error().detail) << "), next "
                                     << (receipt ? "completes" : describe(receipt.error())));
}

std::uint64_t exchanges_of_a_whole_run(const std::string& card, const std::filesystem::path& memory) {
    const auto state = test::scratch() / "card-in-use";
    std::filesystem::copy_file(memory, state, std::filesystem::copy_options::overwrite_existing);
    test::Bench bench({card}, remembering(state));
    BOOST_REQUIRE(bench.practice().reset_exchanges(0));
    const auto receipt = bench.run();
    BOOST_REQUIRE_MESSAGE(receipt, (receipt ? "" : describe(receipt.error())));
    return bench.exchanges();
}

// A serial number of this process alone: the module's cache knows cards by it, and other tests run beside
// this one.
std::string of_ours(const std::string& card) { return card + ",serial=" + std::to_string(::getpid()); }

void tear_everywhere(const std::string& kind, std::uint64_t stride, bool after_the_work) {
    older_is_rsa = kind.starts_with("isoapplet:version=0");
    const auto card = of_ours(kind);
    const auto memory = prepared_card(card);
    const auto count = exchanges_of_a_whole_run(card, memory);
    Table table;
    for (std::uint64_t n = 1; n <= count; n += stride)
        tear_once(card, memory, {.exchange = n, .work_done = after_the_work}, table);
    BOOST_TEST_MESSAGE(card << (after_the_work ? ", torn after the work" : "") << ": exchanges "
                            << table.exchanges << " of " << count << ", named errors " << table.named
                            << ", keys lost " << table.keys_lost << ", PIN tries spent " << table.tries_spent
                            << ", next run completes " << table.completed);
    BOOST_TEST(table.named == table.exchanges);
    BOOST_TEST(table.keys_lost == 0U);
    BOOST_TEST(table.tries_spent == 0U);
    BOOST_TEST(table.completed == table.exchanges);
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_card_torn_out)

BOOST_AUTO_TEST_CASE(at_every_third_exchange_loses_nothing) { tear_everywhere("piv:firmware=5.4", 3, false); }

BOOST_AUTO_TEST_CASE(when_the_work_was_done_but_nobody_heard_loses_nothing) {
    tear_everywhere("piv:firmware=5.4", 4, true);
}

BOOST_AUTO_TEST_CASE(of_the_openpgp_kind_at_every_fourth_exchange_loses_nothing) {
    tear_everywhere("openpgp:firmware=standard", 4, false);
}

BOOST_AUTO_TEST_CASE(of_the_openpgp_kind_when_nobody_heard_loses_nothing) {
    tear_everywhere("openpgp:firmware=smartpgp", 5, true);
}

// By name: every exchange, both ways, of each maker.
BOOST_AUTO_TEST_CASE(of_the_openpgp_kind_at_every_exchange_loses_nothing, *boost::unit_test::disabled()) {
    for (const auto* firmware : {"standard", "yubikey", "smartpgp"}) {
        tear_everywhere(std::string("openpgp:firmware=") + firmware, 1, false);
        tear_everywhere(std::string("openpgp:firmware=") + firmware, 1, true);
    }
}

// By name: every exchange, both ways, extended and short.
BOOST_AUTO_TEST_CASE(at_every_exchange_loses_nothing, *boost::unit_test::disabled()) {
    tear_everywhere("piv:firmware=5.4", 1, false);
    tear_everywhere("piv:firmware=5.4", 1, true);
    tear_everywhere("piv:firmware=5.4,extended=no", 1, false);
}

BOOST_AUTO_TEST_CASE(with_a_directory_of_files_at_some_exchanges_loses_nothing) {
    tear_everywhere("isoapplet:version=1", 6, false);
    tear_everywhere("isoapplet:version=1", 9, true);
    tear_everywhere("isoapplet:version=0", 13, false);
}

// By name.
BOOST_AUTO_TEST_CASE(with_a_directory_of_files_at_every_exchange_loses_nothing,
                     *boost::unit_test::disabled()) {
    tear_everywhere("isoapplet:version=1", 1, false);
    tear_everywhere("isoapplet:version=1", 1, true);
    tear_everywhere("isoapplet:version=0", 1, false);
    tear_everywhere("isoapplet:version=0", 1, true);
}

BOOST_AUTO_TEST_SUITE_END()
