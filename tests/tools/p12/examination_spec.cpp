// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What is to be known of a pair before it goes onto a card: kind, dates, uses, weak keys, revocation, the
// card.
#include "tests/tools/p12/support.hpp"
#include "tools/p12/examination.hpp"

#include <boost/test/unit_test.hpp>
#include <openssl/core_names.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>

using namespace acredita;
using namespace acredita::p12;
using namespace acredita::p12::test;

namespace {

using Number = Handle<BIGNUM, BN_free>;
using NumberContext = Handle<BN_CTX, BN_CTX_free>;

struct Pairs {
    Folder folder;
    const Crypto* crypto = Crypto::shared().value();

    // A credential with these extensions in its self-signed certificate.
    Credential
    credential(const std::string& extensions, const std::string& subject = "/O=FNMT-RCM/CN=EJEMPLO",
               const std::vector<std::string>& algorithm = {"ec", "-pkeyopt", "ec_paramgen_curve:P-256"}) {
        const auto settings = folder.write(
            "settings",
            as_bytes("[req]\ndistinguished_name=dn\nx509_extensions=ext\n[dn]\n[ext]\n" + extensions));
        std::vector<std::string> command{"openssl", "req",          "-x509",  "-nodes",       "-days",
                                         "90",      "-config",      settings, "-subj",        subject,
                                         "-keyout", folder / "key", "-out",   folder / "crt", "-newkey"};
        command.insert(command.end(), algorithm.begin(), algorithm.end());
        BOOST_REQUIRE(run(command));
        auto opened = open(build({{folder / "key"}, {folder / "crt"}}), secret("1234"));
        BOOST_REQUIRE(opened);
        return std::move(opened->credentials.at(0));
    }
    Examination seen(const Credential& credential, const Evidence& evidence) {
        return examine_pair(*crypto, credential, {}, evidence);
    }
    static Evidence on(Time now) {
        Evidence evidence;
        evidence.now = now;
        return evidence;
    }
    static Evidence today(const Credential& of) { return on(of.leaf.not_before + std::chrono::hours(1)); }
};

// An RSA key of these numbers; what is null is worked out.
KeyHandle rsa_key(const BIGNUM* p, const BIGNUM* q, const BIGNUM* dp_instead = nullptr) {
    const NumberContext context(BN_CTX_new());
    const Number n(BN_new()), e(BN_new()), d(BN_new()), p1(BN_dup(p)), q1(BN_dup(q)), phi(BN_new()),
        dp(BN_new()), dq(BN_new()), qinv(BN_new());
    BN_set_word(e.get(), 65537);
    BN_sub_word(p1.get(), 1);
    BN_sub_word(q1.get(), 1);
    BN_mul(n.get(), p, q, context.get());
    BN_mul(phi.get(), p1.get(), q1.get(), context.get());
    BN_mod_inverse(d.get(), e.get(), phi.get(), context.get());
    BN_mod(dp.get(), d.get(), p1.get(), context.get());
    BN_mod(dq.get(), d.get(), q1.get(), context.get());
    BN_mod_inverse(qinv.get(), q, p, context.get());
    const Handle<OSSL_PARAM_BLD, OSSL_PARAM_BLD_free> builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_D, d.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_FACTOR1, p);
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_FACTOR2, q);
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_EXPONENT1,
                           dp_instead != nullptr ? dp_instead : dp.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_EXPONENT2, dq.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_COEFFICIENT1, qinv.get());
    const Handle<OSSL_PARAM, OSSL_PARAM_free> parameters(OSSL_PARAM_BLD_to_param(builder.get()));
    const Handle<EVP_PKEY_CTX, EVP_PKEY_CTX_free> maker(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    EVP_PKEY* key = nullptr;
    BOOST_REQUIRE(EVP_PKEY_fromdata_init(maker.get()) == 1);
    BOOST_REQUIRE(EVP_PKEY_fromdata(maker.get(), &key, EVP_PKEY_KEYPAIR, parameters.get()) == 1);
    return KeyHandle(key);
}

Number random_prime(int bits) {
    Number prime(BN_new());
    BN_generate_prime_ex(prime.get(), bits, 0, nullptr, nullptr, nullptr);
    return prime;
}

// A prime as the faulty library made them: k M + (65537^a mod M), M the product of the first 39 primes.
Number faulty_prime() {
    const NumberContext context(BN_CTX_new());
    Number product(BN_new()), base(BN_new()), power(BN_new()), exponent(BN_new()), multiple(BN_new()),
        prime(BN_new());
    BN_one(product.get());
    unsigned found = 0;
    for (unsigned i = 2; found < 39; ++i) {
        bool is_prime = true;
        for (unsigned j = 2; j * j <= i; ++j) is_prime = is_prime && i % j != 0;
        if (is_prime) found += BN_mul_word(product.get(), i) == 1 ? 1 : 0;
    }
    BN_set_word(base.get(), 65537);
    do {
        BN_rand(exponent.get(), 60, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY);
        BN_mod_exp(power.get(), base.get(), exponent.get(), product.get(), context.get());
        BN_rand(multiple.get(), 512 - BN_num_bits(product.get()), BN_RAND_TOP_TWO, BN_RAND_BOTTOM_ANY);
        BN_mul(prime.get(), multiple.get(), product.get(), context.get());
        BN_add(prime.get(), prime.get(), power.get());
    } while (BN_check_prime(prime.get(), context.get(), nullptr) != 1);
    return prime;
}

bool has(const std::vector<KeyFault>& faults, KeyFault fault) {
    return std::find(faults.begin(), faults.end(), fault) != faults.end();
}

const std::string citizen = "keyUsage=critical,digitalSignature,nonRepudiation,keyEncipherment\n"
                            "extendedKeyUsage=clientAuth,emailProtection\n"
                            "certificatePolicies=1.3.6.1.4.1.5734.3.10.1,0.4.0.194112.1.0\n";

} // namespace

BOOST_FIXTURE_TEST_SUITE(an_examination, Pairs)

BOOST_AUTO_TEST_CASE(knows_a_citizens_certificate_in_software_and_what_it_serves_for) {
    const auto pair = credential(citizen, "/O=FNMT-RCM/serialNumber=IDCES-00000000T/CN=EJEMPLO PRUEBA ANA");
    const auto e = seen(pair, today(pair));
    BOOST_TEST(name_of(e.holder) == "citizen");
    BOOST_TEST(name_of(e.home) == "software");
    BOOST_TEST(e.fnmt);
    BOOST_TEST(e.nif_masked == "***0000**");
    BOOST_TEST((e.uses.sign && e.uses.authenticate && e.uses.decrypt));
    BOOST_TEST(!e.health.self_test.has_value());
    BOOST_TEST(e.health.faults.empty());
}

BOOST_AUTO_TEST_CASE(knows_the_other_kinds) {
    const auto kind = [&](const std::string& policy) {
        const auto pair = credential("certificatePolicies=" + policy + "\n");
        const auto e = seen(pair, today(pair));
        return std::string(name_of(e.holder)) + " " + std::string(name_of(e.home));
    };
    BOOST_TEST(kind("1.3.6.1.4.1.5734.3.17.2,0.4.0.194112.1.0,2.16.724.1.3.5.7.2") ==
               "public_employee software");
    BOOST_TEST(kind("2.16.724.1.3.5.7.1") == "public_employee card");
    BOOST_TEST(kind("1.3.6.1.4.1.5734.3.11.2") == "representative software");
    BOOST_TEST(kind("0.4.0.194112.1.2") == "other_natural_person card");
    BOOST_TEST(kind("1.2.3") == "unknown unknown");
}

BOOST_AUTO_TEST_CASE(believes_a_statement_that_the_key_is_on_a_device) {
    // QCStatements { QcCompliance, QcSSCD }
    const auto pair =
        credential("1.3.6.1.5.5.7.1.3=DER:30143008060604008E4601013008060604008E460104\n" + citizen);
    BOOST_TEST(name_of(seen(pair, today(pair)).home) == "card");
}

BOOST_AUTO_TEST_CASE(tells_the_window_of_sixty_days_in_which_fnmt_renews) {
    const auto pair = credential(citizen);
    const auto renewal = [&](std::chrono::hours before_end) {
        return std::string(name_of(seen(pair, on(pair.leaf.not_after - before_end)).renewal));
    };
    BOOST_TEST(renewal(std::chrono::days(61)) == "too_early");
    BOOST_TEST(renewal(std::chrono::days(60)) == "open");
    BOOST_TEST(renewal(std::chrono::days(1)) == "open");
    BOOST_TEST(renewal(std::chrono::days(-1)) == "over");
    const auto employee = credential("certificatePolicies=2.16.724.1.3.5.7.2\n");
    BOOST_TEST(name_of(seen(employee, today(employee)).renewal) == "not_online");
    const auto foreign = credential(citizen, "/O=Otra/CN=EJEMPLO");
    BOOST_TEST(name_of(seen(foreign, today(foreign)).renewal) == "not_online");
}

BOOST_AUTO_TEST_CASE(counts_the_days_that_are_left) {
    const auto pair = credential(citizen);
    BOOST_TEST(seen(pair, on(pair.leaf.not_after - std::chrono::days(3))).days_left == 3);
    const auto expired = seen(pair, on(pair.leaf.not_after + std::chrono::hours(1)));
    BOOST_TEST(expired.days_left == -1);
    BOOST_TEST(name_of(expired.validity) == "expired");
}

BOOST_AUTO_TEST_CASE(tells_a_certificate_that_only_signs_from_one_that_only_authenticates) {
    const auto signs = credential("keyUsage=nonRepudiation\nextendedKeyUsage=emailProtection\n");
    const auto s = seen(signs, today(signs)).uses;
    BOOST_TEST((s.sign && !s.authenticate && !s.decrypt));
    const auto decrypts = credential("keyUsage=keyEncipherment\n");
    const auto d = seen(decrypts, today(decrypts)).uses;
    BOOST_TEST((!d.sign && !d.authenticate && d.decrypt));
}

BOOST_AUTO_TEST_CASE(names_a_key_that_is_too_small) {
    const auto pair = credential(citizen, "/CN=x", {"rsa:1024"});
    BOOST_TEST(has(pair.health.faults, KeyFault::too_small));
}

BOOST_AUTO_TEST_CASE(finds_nothing_wrong_with_an_ordinary_rsa_key) {
    const auto pair = credential(citizen, "/CN=x", {"rsa:2048"});
    BOOST_TEST(pair.health.faults.empty());
}

BOOST_AUTO_TEST_CASE(knows_the_fingerprint_of_the_faulty_card_library) {
    const auto faulty = rsa_key(faulty_prime().get(), faulty_prime().get());
    BOOST_TEST(has(key_faults(faulty.get()), KeyFault::roca));
    const auto sound = rsa_key(random_prime(512).get(), random_prime(512).get());
    BOOST_TEST(!has(key_faults(sound.get()), KeyFault::roca));
}

BOOST_AUTO_TEST_CASE(finds_numbers_that_do_not_belong_together) {
    const auto p = random_prime(512), q = random_prime(512), other = random_prime(511);
    BOOST_TEST(!has(key_faults(rsa_key(p.get(), q.get()).get()), KeyFault::inconsistent_crt));
    BOOST_TEST(has(key_faults(rsa_key(p.get(), q.get(), other.get()).get()), KeyFault::inconsistent_crt));
}

BOOST_AUTO_TEST_CASE(finds_an_exponent_that_is_small) {
    const auto pair = credential(citizen, "/CN=x", {"rsa:2048", "-pkeyopt", "rsa_keygen_pubexp:3"});
    BOOST_TEST(has(pair.health.faults, KeyFault::small_exponent));
}

BOOST_AUTO_TEST_CASE(tells_that_an_earlier_certificate_has_the_same_key) {
    const auto old = credential(citizen);
    BOOST_REQUIRE(run({"openssl", "req", "-x509", "-key", folder / "key", "-days", "400", "-subj",
                       "/CN=nuevo", "-out", folder / "renewed"}));
    const auto opened = open(build({{folder / "key"}, {folder / "crt", folder / "renewed"}}), secret("1234"));
    BOOST_REQUIRE((opened && opened->credentials.size() == 2U));
    BOOST_TEST(examine_pair(*crypto, opened->credentials[0], opened->credentials, today(old)).key_reused);
    auto evidence = today(old);
    BOOST_TEST(!seen(old, evidence).key_reused);
    evidence.other_certificates = {opened->credentials[0].leaf.der, opened->credentials[1].leaf.der};
    BOOST_TEST(seen(old, evidence).key_reused);
}

BOOST_AUTO_TEST_CASE(asks_whether_the_card_can_take_it) {
    const auto pair = credential(citizen);
    auto evidence = today(pair);
    BOOST_TEST(name_of(seen(pair, evidence).fit) == "unknown");
    CardLimits card{{"RSA 2048"}, std::nullopt};
    evidence.card = &card;
    BOOST_TEST(name_of(seen(pair, evidence).fit) == "key_refused");
    card.keys.push_back("EC prime256v1");
    BOOST_TEST(name_of(seen(pair, evidence).fit) == "fits");
    card.largest_certificate = 100;
    BOOST_TEST(name_of(seen(pair, evidence).fit) == "certificate_too_large");
}

BOOST_AUTO_TEST_CASE(tells_fresh_stale_and_absent_news_of_revocation_apart) {
    const auto root = make_ec_pair(folder, "root");
    const auto leaf = make_ec_pair(folder, "leaf");
    BOOST_REQUIRE(
        run({"openssl", "req", "-new", "-key", leaf.key, "-subj", "/CN=leaf", "-out", folder / "request"}));
    BOOST_REQUIRE(
        run({"openssl", "x509", "-req", "-in", folder / "request", "-CA", root.certificate, "-CAkey",
             root.key, "-set_serial", "0x1234", "-days", "30", "-out", leaf.certificate}));
    const auto index = folder / "index";
    const auto settings = folder.write(
        "ca", as_bytes("[ca]\ndefault_ca=a\n[a]\ndatabase=" + index.string() + "\ndefault_md=sha256\n"));
    const auto list = [&](std::string_view entries) {
        (void)folder.write("index", as_bytes(entries));
        BOOST_REQUIRE(run({"openssl", "ca", "-gencrl", "-config", settings, "-keyfile", root.key, "-cert",
                           root.certificate, "-crldays", "7", "-out", folder / "list.pem"}));
        BOOST_REQUIRE(
            run({"openssl", "crl", "-in", folder / "list.pem", "-outform", "DER", "-out", folder / "list"}));
        return load(folder / "list");
    };
    const auto answer = [&](std::string_view entries) {
        (void)folder.write("index", as_bytes(entries));
        BOOST_REQUIRE(run({"openssl", "ocsp", "-index", index, "-CA", root.certificate, "-rsigner",
                           root.certificate, "-rkey", root.key, "-issuer", root.certificate, "-cert",
                           leaf.certificate, "-ndays", "7", "-respout", folder / "answer"}));
        return load(folder / "answer");
    };
    const std::string_view good = "V\t350101000000Z\t\t1234\tunknown\t/CN=leaf\n";
    const std::string_view bad = "R\t350101000000Z\t250101000000Z\t1234\tunknown\t/CN=leaf\n";
    auto opened = open(build({{leaf.key}, {leaf.certificate, root.certificate}}), secret("1234"));
    BOOST_REQUIRE((opened && opened->credentials.size() == 1U));
    const auto& pair = opened->credentials[0];
    const auto now = pair.leaf.not_before + std::chrono::hours(1);
    const auto said = [&](const std::vector<Bytes>& lists, const std::vector<Bytes>& answers, Time at) {
        auto evidence = on(at);
        evidence.revocation_lists = lists;
        evidence.ocsp_answers = answers;
        return std::string(name_of(seen(pair, evidence).revocation));
    };
    BOOST_TEST(said({}, {}, now) == "absent");
    BOOST_TEST(said({list(good)}, {}, now) == "good");
    BOOST_TEST(said({list(good)}, {}, now + std::chrono::days(8)) == "good_stale");
    BOOST_TEST(said({list(bad)}, {}, now) == "revoked");
    BOOST_TEST(said({}, {answer(good)}, now) == "good");
    BOOST_TEST(said({}, {answer(good)}, now + std::chrono::days(8)) == "good_stale");
    BOOST_TEST(said({}, {answer(bad)}, now) == "revoked");
    BOOST_TEST(said({list(good)}, {answer(bad)}, now) == "revoked");
    auto forged = list(bad);
    forged.back() ^= 1U;
    BOOST_TEST(said({forged, from_hex("3000").value()}, {from_hex("3000").value()}, now) == "absent");
}

BOOST_AUTO_TEST_SUITE_END()
