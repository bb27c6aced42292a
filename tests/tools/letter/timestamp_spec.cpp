// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Level T: a timestamp of an authority over the signature, and what it proves.
#include "tests/tools/letter/authorities.hpp"
#include "tests/tools/letter/signed_letter.hpp"
#include "tools/letter/cms/inspect.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::letter;
using namespace acredita::letter::test;
using std::chrono::days;

namespace {

struct Stamped {
    Stamped() { spill(scratch / "a.pdf", to_pdf(simple_letter())); }
    [[nodiscard]] Result<SignReport> sign(const TimestampOrder& order,
                                          const std::string& to = "b.pdf") const {
        SignOptions options;
        options.timestamp = order;
        return sign_pdf(scratch / "a.pdf", scratch / to, rsa().signer(), options);
    }
    // Refused with that error, and no signed letter left.
    void refuses(const TimestampOrder& order, letter_errc expected, const std::string& detail = "") const {
        const auto report = sign(order);
        BOOST_REQUIRE(!report);
        BOOST_TEST(is(report.error(), expected), describe(report.error()));
        if (!detail.empty()) BOOST_TEST(report.error().detail == detail);
        BOOST_TEST(std::distance(fs::directory_iterator(scratch / ""), fs::directory_iterator()) == 1);
    }
    // What comes back is changed on its way.
    [[nodiscard]] TimestampOrder through(const std::function<Bytes(Bytes)>& change) const {
        auto order = authority_.order();
        order.ask = [this, change](const Bytes& request) -> Result<Bytes> {
            return change(authority_.reply(request));
        };
        return order;
    }
    Scratch scratch;
    TimestampAuthority authority_;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(a_letter_with_a_timestamp, Stamped)

BOOST_AUTO_TEST_CASE(proves_when_it_was_signed_and_strangers_accept_both) {
    const auto report = sign(authority_.order());
    if (!report) BOOST_FAIL(describe(report.error()));
    BOOST_TEST(report->stamped.has_value());
    BOOST_TEST(report->key_uses == 1);
    BOOST_TEST(openssl_accepts(scratch, scratch / "b.pdf"));
    BOOST_TEST(pdfsig_valid_count(scratch / "b.pdf") == 1);
    const auto verdict = verified(scratch / "b.pdf").signatures.at(0);
    BOOST_TEST((verdict.time_proof == TimeProof::proven));
    BOOST_TEST((verdict.time() == report->stamped));
    BOOST_TEST(verdict.stamp->authority == "Sello de tiempo de pruebas");
    BOOST_TEST(verdict.stamp->policy == TimestampAuthority::policy);
    BOOST_TEST((verdict.outcome() == Outcome::valid));
    BOOST_TEST(!verdict.signing_time_attribute);
}

BOOST_AUTO_TEST_CASE(has_a_token_that_openssl_verifies_over_the_signature) {
    BOOST_REQUIRE(sign(authority_.order()));
    BOOST_REQUIRE(openssl_accepts(scratch, scratch / "b.pdf")); // leaves signature.p7 and ca.pem
    const auto p7 = slurp(scratch / "signature.p7");
    const auto data = SignedData::parse(as_bytes(p7)).value();
    spill(scratch / "token", as_text(data.timestamp()));
    spill(scratch / "value", as_text(data.signature()));
    const auto checked = run("cd " + (scratch / "").string() +
                             " && openssl ts -verify -data value -in token -token_in -CAfile ca.pem");
    BOOST_TEST(checked.code == 0, checked.output);
}

BOOST_AUTO_TEST_CASE(has_room_for_it_that_was_computed) {
    const auto report = sign(authority_.order());
    BOOST_REQUIRE(report);
    BOOST_TEST(report->cms_size <= report->contents_room);
    const auto plain = sign_pdf(scratch / "a.pdf", scratch / "p.pdf", rsa().signer(), {});
    BOOST_TEST(report->cms_size > plain->cms_size);
    BOOST_TEST(report->contents_room - plain->contents_room == 16U * 1024U);
}

BOOST_AUTO_TEST_CASE(that_is_larger_than_any_room_for_it_is_signed_again_only_when_told) {
    // An authority that sends along a certificate of eighteen kilobytes.
    spill(
        authority_.folder() / "large.der",
        as_text(issue(rsa().key.get(), "GRANDE", -1, 30, {{NID_netscape_comment, std::string(18000, 'x')}})));
    BOOST_REQUIRE(
        run("cd " + authority_.folder().string() + " && openssl x509 -inform DER -in large.der >> ca.pem")
            .code == 0);
    refuses(authority_.order(), letter_errc::contents_too_small);
    SignOptions options;
    options.timestamp = authority_.order();
    options.sign_again_if_too_small = true;
    const auto report = sign_pdf(scratch / "a.pdf", scratch / "b.pdf", rsa().signer(), options);
    if (!report) BOOST_FAIL(describe(report.error()));
    BOOST_TEST(report->key_uses == 2);
    BOOST_TEST((verified(scratch / "b.pdf").signatures.at(0).time_proof == TimeProof::proven));
}

BOOST_AUTO_TEST_CASE(is_about_nobody_else_s_authority) {
    auto order = authority_.order();
    order.anchors = {ec().certificate};
    refuses(order, letter_errc::timestamp_bad);
    order.anchors.clear(); // whichever authority it is
    BOOST_REQUIRE(sign(order));
    VerifyOptions nobody;
    const auto verdict = verify_pdf(scratch / "b.pdf", nobody).value().signatures.at(0);
    BOOST_TEST((verdict.time_proof == TimeProof::unconfirmed));
    BOOST_TEST((verdict.time() == verdict.claimed_time));
}

BOOST_AUTO_TEST_CASE(asks_for_a_policy_and_takes_no_other) {
    auto order = authority_.order();
    order.policy = "1.2.3.4.2";
    BOOST_REQUIRE(sign(order));
    BOOST_TEST(verified(scratch / "b.pdf").signatures.at(0).stamp->policy == "1.2.3.4.2");
    fs::remove(scratch / "b.pdf");
    order.policy = "1.2.3.4.3";
    refuses(order, letter_errc::timestamp_refused, "unacceptedPolicy");
    order.policy = "no es un OID";
    refuses(order, letter_errc::bad_option);
}

BOOST_AUTO_TEST_CASE(refuses_what_was_not_made_for_it) {
    const auto other = timestamp_request(as_bytes(std::string_view("otra cosa")), "").value();
    const auto foreign = authority_.reply(other.der);
    refuses(through([&](const Bytes&) { return foreign; }), letter_errc::timestamp_bad, "imprint");
    // The right imprint in an answer to another question: a replay.
    auto replay = authority_.order();
    replay.ask = [&](const Bytes& request) -> Result<Bytes> {
        auto changed = request;
        // The nonce is the last INTEGER before certReq.
        changed[changed.size() - 6] ^= 1U;
        return authority_.reply(changed);
    };
    refuses(replay, letter_errc::timestamp_bad, "nonce");
}

BOOST_AUTO_TEST_CASE(refuses_hostile_answers) {
    refuses(through([](const Bytes&) { return Bytes(); }), letter_errc::timestamp_bad, "size");
    refuses(through([](const Bytes&) { return Bytes(70000, 0x30); }), letter_errc::timestamp_bad, "size");
    refuses(through([](Bytes given) { return Bytes(given.begin(), given.end() - 1); }),
            letter_errc::timestamp_bad, "encoding");
    refuses(through([](Bytes given) {
                given.push_back(0);
                return given;
            }),
            letter_errc::timestamp_bad, "encoding");
    refuses(through([](const Bytes&) { return from_hex("30030201ff").value(); }), letter_errc::timestamp_bad);
    refuses(through([](const Bytes&) { return from_hex("30053003020102").value(); }),
            letter_errc::timestamp_refused, "status 2");
    // Granted, without a token.
    refuses(through([](const Bytes&) { return from_hex("30053003020100").value(); }),
            letter_errc::timestamp_bad);
}

BOOST_AUTO_TEST_CASE(believes_no_token_with_a_bit_turned) {
    const auto request = timestamp_request(as_bytes(std::string_view("firma")), "").value();
    const auto given = authority_.reply(request.der);
    for (std::size_t at = 4; at < given.size(); at += 13) {
        auto bad = given;
        bad[at] ^= 1U;
        const auto token = Timestamp::from_response(bad, request);
        if (!token) continue;
        std::string problem;
        const auto authority_of = token->check({authority()}, {}, problem);
        // Certificates it carries besides the signer's are not signed by it.
        if (authority_of && *authority_of == Authority::trusted)
            BOOST_TEST(token->covers(request.imprint), "byte " << at);
    }
}

BOOST_AUTO_TEST_CASE(takes_no_certificate_that_is_not_for_timestamps) {
    for (const Extensions& extensions :
         {Extensions{{NID_key_usage, "critical,digitalSignature"}},
          Extensions{{NID_key_usage, "critical,digitalSignature"}, {NID_ext_key_usage, "timeStamping"}},
          Extensions{{NID_key_usage, "critical,digitalSignature"},
                     {NID_ext_key_usage, "critical,timeStamping,emailProtection"}}}) {
        std::optional<Error> said;
        try {
            const TimestampAuthority other(extensions);
            const auto report = sign(other.order());
            BOOST_REQUIRE(!report);
            BOOST_TEST((is(report.error(), letter_errc::timestamp_bad) ||
                        is(report.error(), letter_errc::timestamp_refused)));
        } catch (const std::runtime_error&) { // openssl ts refuses to begin with such a certificate
        }
        BOOST_TEST(!fs::exists(scratch / "b.pdf"));
    }
}

BOOST_AUTO_TEST_CASE(is_signed_without_one_only_when_told) {
    TimestampOrder order;
    order.ask = [](const Bytes&) -> Result<Bytes> {
        return fail(letter_errc::timestamp_unreachable, "nadie");
    };
    refuses(order, letter_errc::timestamp_unreachable, "nadie");
    order.or_without = true;
    const auto report = sign(order);
    if (!report) BOOST_FAIL(describe(report.error()));
    BOOST_TEST(!report->stamped);
    BOOST_TEST(is(*report->unstamped, letter_errc::timestamp_unreachable));
    BOOST_TEST(report->key_uses == 1);
    BOOST_TEST((verified(scratch / "b.pdf").signatures.at(0).time_proof == TimeProof::claimed));
}

BOOST_AUTO_TEST_CASE(of_another_signature_is_broken_and_not_good) {
    BOOST_REQUIRE(sign(authority_.order()));
    SignOptions another;
    another.timestamp = authority_.order();
    another.reason = "Otra";
    BOOST_REQUIRE(sign_pdf(scratch / "a.pdf", scratch / "c.pdf", rsa().signer(), another));
    const auto token_of = [&](const std::string& name) {
        BOOST_REQUIRE(openssl_accepts(scratch, scratch / name));
        const auto p7 = slurp(scratch / "signature.p7");
        return to_hex(SignedData::parse(as_bytes(p7)).value().timestamp());
    };
    const auto one = token_of("b.pdf"), other = token_of("c.pdf");
    auto bytes = slurp(scratch / "b.pdf");
    BOOST_REQUIRE(one.size() == other.size());
    bytes.replace(bytes.find(one), one.size(), other);
    spill(scratch / "x.pdf", bytes);
    const auto verdict = verified(scratch / "x.pdf").signatures.at(0);
    BOOST_TEST((verdict.time_proof == TimeProof::broken));
    BOOST_TEST((verdict.outcome() == Outcome::not_sound));
}

BOOST_AUTO_TEST_CASE(outlives_a_later_revocation) {
    BOOST_REQUIRE(sign(authority_.order()));
    VerifyOptions options;
    options.trust_anchors = {authority()};
    options.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + days(5);
    options.revocation.lists = {
        revocation_list({.from_days = 4, .until_days = 9, .revoked = rsa().certificate, .revoked_days = 3})};
    const auto verdict = verify_pdf(scratch / "b.pdf", options).value().signatures.at(0);
    BOOST_TEST((verdict.revocation == Revocation::revoked_later));
    BOOST_TEST((verdict.outcome() == Outcome::valid));
    options.revocation.lists = {revocation_list({.revoked = rsa().certificate, .revoked_days = -2})};
    BOOST_TEST(
        (verify_pdf(scratch / "b.pdf", options).value().signatures.at(0).outcome() == Outcome::revoked));
}

BOOST_AUTO_TEST_CASE(is_no_cure_for_a_certificate_that_had_expired) {
    const auto old = make_identity(KeyKind::p256, "CADUCADO", -400, -40);
    SignOptions options;
    options.timestamp = authority_.order();
    options.allow_expired = true;
    options.time = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) - days(60);
    BOOST_REQUIRE(sign_pdf(scratch / "a.pdf", scratch / "b.pdf", old.signer(), options));
    const auto verdict = verified(scratch / "b.pdf").signatures.at(0);
    BOOST_TEST((verdict.outcome() == Outcome::possession)); // whatever time the signer claims
    BOOST_TEST(verdict.expired_days == 40);
}

BOOST_AUTO_TEST_CASE(stays_good_after_its_certificate_ended_and_without_one_it_is_unproven) {
    BOOST_REQUIRE(sign(authority_.order()));
    BOOST_REQUIRE(sign_pdf(scratch / "a.pdf", scratch / "c.pdf", rsa().signer(), {}));
    VerifyOptions later;
    later.trust_anchors = {authority()};
    later.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) + days(500);
    BOOST_TEST((verify_pdf(scratch / "b.pdf", later).value().signatures.at(0).outcome() == Outcome::valid));
    BOOST_TEST(
        (verify_pdf(scratch / "c.pdf", later).value().signatures.at(0).outcome() == Outcome::unproven));
}

BOOST_AUTO_TEST_CASE(of_the_whole_document_counts_for_the_signatures_before_it) {
    BOOST_REQUIRE(sign_pdf(scratch / "a.pdf", scratch / "b.pdf", rsa().signer(), {}));
    const auto signed_bytes = slurp(scratch / "b.pdf");
    // A revision by hand: a field with a token over everything else.
    const auto made = with_document_timestamp(signed_bytes, authority_.ask());
    spill(scratch / "c.pdf", made);
    const auto report = verified(scratch / "c.pdf");
    BOOST_REQUIRE(report.signatures.size() == 2U);
    BOOST_TEST(report.signatures[1].document_timestamp);
    BOOST_TEST((report.signatures[1].outcome() == Outcome::valid));
    BOOST_TEST((report.signatures[0].time_proof == TimeProof::proven));
    BOOST_TEST((report.signatures[0].outcome() == Outcome::valid));
    auto other = made;
    const auto at = other.find("renovacion");
    other[at] = 'R';
    spill(scratch / "d.pdf", other);
    const auto changed = verified(scratch / "d.pdf");
    BOOST_TEST((changed.signatures[1].integrity == Integrity::altered));
    BOOST_TEST((changed.signatures[0].time_proof == TimeProof::claimed));
}

BOOST_AUTO_TEST_SUITE_END()
