// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What goes over the network: a real server on the loopback, well-behaved and hostile.
#include "tests/tools/letter/authorities.hpp"
#include "tests/tools/letter/web.hpp"
#include "tools/letter/online/http.hpp"
#include "tools/letter/online/revocation.hpp"
#include "tools/letter/online/timestamp.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::letter;
using namespace acredita::letter::test;
using namespace std::chrono_literals;

namespace {

struct Online {
    Online() : web(authority_.folder()) { spill(scratch / "a.pdf", to_pdf(simple_letter())); }
    [[nodiscard]] Result<SignReport> sign(const AuthorityAddress& address) const {
        SignOptions options;
        options.timestamp = authority_.order();
        options.timestamp->ask = ask_over_http(address);
        return sign_pdf(scratch / "a.pdf", scratch / "b.pdf", rsa().signer(), options);
    }
    void refuses(const std::string& path, letter_errc expected) const {
        const auto report = sign({.url = web.url(path), .time = 3s});
        BOOST_REQUIRE(!report);
        BOOST_TEST(is(report.error(), expected), describe(report.error()));
        BOOST_TEST(!fs::exists(scratch / "b.pdf"));
    }
    Scratch scratch;
    TimestampAuthority authority_;
    Web web;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(over_the_network, Online)

BOOST_AUTO_TEST_CASE(a_letter_gets_its_timestamp) {
    const auto report = sign({.url = web.url("/tsa")});
    if (!report) BOOST_FAIL(describe(report.error()));
    BOOST_TEST((verified(scratch / "b.pdf").signatures.at(0).time_proof == TimeProof::proven));
    BOOST_TEST(slurp(authority_.folder() / "asked") == "POST /tsa\n");
}

BOOST_AUTO_TEST_CASE(no_answer_that_is_no_timestamp_is_taken) {
    for (const auto* path : {"/500", "/html", "/large", "/away", "/headers", "/nothing"})
        BOOST_TEST_CONTEXT(path) refuses(path, letter_errc::timestamp_unreachable);
    refuses("/garbage", letter_errc::timestamp_bad);
    BOOST_REQUIRE(http({.url = web.url("/other-nonce"),
                        .body = timestamp_request(Bytes(32, 1), "").value().der,
                        .max_size = max_timestamp}));
    refuses("/other-nonce", letter_errc::timestamp_bad);
}

BOOST_AUTO_TEST_CASE(nobody_keeps_us_waiting) {
    for (const auto* path : {"/slow", "/drip"}) BOOST_TEST_CONTEXT(path) {
            const auto began = std::chrono::steady_clock::now();
            refuses(path, letter_errc::timestamp_unreachable);
            BOOST_TEST((std::chrono::steady_clock::now() - began < 50s));
        }
}

BOOST_AUTO_TEST_CASE(an_authority_that_is_not_there_is_named_so) {
    const auto report = sign({.url = "http://127.0.0.1:1/tsa"});
    BOOST_REQUIRE(!report);
    BOOST_TEST(is(report.error(), letter_errc::timestamp_unreachable));
    BOOST_TEST(!report.error().detail.empty());
}

BOOST_AUTO_TEST_CASE(only_http_is_spoken_and_no_name_is_given_away) {
    spill(scratch / "secret", "x");
    for (const auto& url :
         {"file://" + (scratch / "secret").string(), std::string("ftp://127.0.0.1/tsa"),
          std::string("http://user:word@127.0.0.1/tsa"), std::string("127.0.0.1/tsa"),
          std::string("dict://127.0.0.1:11211/stat"), "http://127.0.0.1/" + std::string(3000, 'a')})
        BOOST_TEST_CONTEXT(url) BOOST_TEST(!http({.url = url, .max_size = 1000, .time = 3s}));
}

BOOST_AUTO_TEST_CASE(an_authority_behind_tls_is_taken_only_under_a_certificate_that_is_trusted) {
    Identity host{make_key(KeyKind::rsa2048), {}};
    host.certificate = issue(host.key.get(), "localhost", -1, 30,
                             {{NID_subject_alt_name, "DNS:localhost"}, {NID_ext_key_usage, "serverAuth"}});
    spill(scratch / "host.der", as_text(host.certificate));
    write_key(scratch / "host.key", host.key.get());
    const auto folder = (scratch / "").string();
    BOOST_REQUIRE(run("cd " + folder +
                      " && openssl x509 -inform DER -in host.der > host.pem && cat host.key >> host.pem")
                      .code == 0);
    const Web secure(authority_.folder(), scratch / "host.pem");
    const auto stranger = sign({.url = secure.url("/tsa")});
    BOOST_REQUIRE(!stranger);
    BOOST_TEST(is(stranger.error(), letter_errc::timestamp_unreachable));
    const auto report = sign({.url = secure.url("/tsa"), .tls_authorities = authority_.folder() / "ca.pem"});
    if (!report) BOOST_FAIL(describe(report.error()));
    BOOST_TEST(report->stamped.has_value());
}

BOOST_AUTO_TEST_CASE(news_of_revocation_come_from_where_the_certificate_says) {
    const auto signed_by = [&](const std::string& name, const Extensions& extensions) {
        Identity identity{make_key(KeyKind::p256), {}};
        identity.certificate = issue(identity.key.get(), name, -30, 365, extensions);
        BOOST_REQUIRE(sign_pdf(scratch / "a.pdf", scratch / (name + ".pdf"), identity.signer(), {}));
        return identity.certificate;
    };
    const auto judged = [&](const std::string& name) {
        VerifyOptions options;
        options.trust_anchors = {authority()};
        options.fetch = fetch_over_http(3s);
        return verify_pdf(scratch / (name + ".pdf"), options).value().signatures.at(0).revocation;
    };
    spill(authority_.folder() / "good.crl", as_text(revocation_list({})));
    signed_by("lista", {{NID_crl_distribution_points, "URI:" + web.url("/file/good.crl")}});
    BOOST_TEST((judged("lista") == Revocation::fresh));
    const auto answered =
        signed_by("respuesta", {{NID_info_access, "OCSP;URI:" + web.url("/file/good.ocsp")},
                                {NID_crl_distribution_points, "URI:" + web.url("/file/good.crl")}});
    spill(authority_.folder() / "good.ocsp",
          as_text(revocation_answer({.certificate = answered, .revoked = true})));
    BOOST_TEST((judged("respuesta") == Revocation::revoked));
    fs::remove(authority_.folder() / "good.ocsp"); // then the list
    BOOST_TEST((judged("respuesta") == Revocation::fresh));
    signed_by("nadie", {{NID_crl_distribution_points, "URI:http://127.0.0.1:1/x.crl"}});
    BOOST_TEST((judged("nadie") == Revocation::absent));
}

BOOST_AUTO_TEST_SUITE_END()
