// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Every way OpenSSL can protect a PKCS#8 key, opened by our reading of the AlgorithmIdentifier.
#include "tests/tools/p12/support.hpp"
#include "tools/p12/decrypt.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::p12;
using namespace acredita::p12::test;

namespace {

struct ProtectedKeys {
    Folder folder;
    Pair pair = make_ec_pair(folder, "ana");
    const Crypto* crypto = Crypto::shared().value();

    // "opened", "not opened", or the error.
    std::string opened(const std::vector<std::string>& options, std::string_view password) {
        const auto out = folder / "key.p8";
        std::vector<std::string> command{"openssl", "pkcs8",    "-topk8",       "-in",  pair.key, "-outform",
                                         "DER",     "-passout", "pass:secreta", "-out", out};
        command.insert(command.end(), options.begin(), options.end());
        BOOST_REQUIRE(run(command));
        const auto file = load(out);
        Der whole(file);
        Der info(whole.take(tag::sequence, "EncryptedPrivateKeyInfo").value());
        const auto algorithm = take_algorithm(info, "algorithm").value();
        const auto ciphertext = info.take(tag::octets, "ciphertext").value();
        const auto scheme = parse_scheme(algorithm);
        if (!scheme) return outcome(scheme);
        Budget budget;
        const auto reading = candidates(secret(password));
        const auto plain =
            decrypt(*crypto, *scheme, ciphertext, {reading[0].wide, reading[0].octets}, budget);
        if (!plain) return outcome(plain);
        return *plain && load_key(*crypto, **plain) ? "opened" : "not opened";
    }
};

const std::vector<std::string> protections[] = {
    {"-scrypt"},
    {"-v2", "aes-128-cbc", "-v2prf", "hmacWithSHA512"},
    {"-v2", "aes-192-cbc", "-v2prf", "hmacWithSHA1"},
    {"-v2", "aria-256-cbc"},
    {"-v2", "camellia-128-cbc", "-v2prf", "hmacWithSHA384"},
    {"-v2", "des3", "-v2prf", "hmacWithSHA224"},
    {"-v2", "rc2", "-provider", "legacy", "-provider", "default"},
    {"-v2", "des", "-provider", "legacy", "-provider", "default"},
    {"-v2", "bf", "-provider", "legacy", "-provider", "default"},
    {"-v2", "cast5-cbc", "-provider", "legacy", "-provider", "default"},
    {"-v2", "aes-256-cfb"},
    {"-v2", "aes-128-ofb"},
    {"-v1", "PBE-MD5-DES", "-provider", "legacy", "-provider", "default"},
    {"-v1", "PBE-SHA1-DES", "-provider", "legacy", "-provider", "default"},
    {"-v1", "PBE-SHA1-RC2-64", "-provider", "legacy", "-provider", "default"},
    {"-v1", "PBE-SHA1-3DES"},
    {"-v1", "PBE-SHA1-2DES"},
    {"-v1", "PBE-SHA1-RC2-40", "-provider", "legacy", "-provider", "default"},
    {"-v1", "PBE-SHA1-RC2-128", "-provider", "legacy", "-provider", "default"},
    {"-v1", "PBE-SHA1-RC4-128", "-provider", "legacy", "-provider", "default"},
    {"-v1", "PBE-SHA1-RC4-40", "-provider", "legacy", "-provider", "default"},
};

// id-scrypt with the given parameters, everything else of PBES2 in order.
Bytes scrypt_algorithm(std::string_view n, std::string_view r) {
    const auto kdf = make_tlv(
        0x30,
        concat({from_hex("06092B06010401DA47040B").value(),
                make_tlv(0x30, concat({from_hex("040401020304").value(), make_tlv(2, from_hex(n).value()),
                                       make_tlv(2, from_hex(r).value()), from_hex("020101").value()}))}));
    const auto cipher =
        make_tlv(0x30, concat({from_hex("060960864801650304012A").value(), make_tlv(4, Bytes(16))}));
    const auto pbes2 = from_hex("06092A864886F70D01050D").value();
    return make_tlv(0x30, concat({pbes2, make_tlv(0x30, concat({kdf, cipher}))}));
}

std::string scrypt_outcome(std::string_view n, std::string_view r) {
    const auto bytes = scrypt_algorithm(n, r);
    Der der(bytes);
    const auto scheme = parse_scheme(take_algorithm(der, "algorithm").value());
    if (!scheme) return outcome(scheme);
    Budget budget;
    return outcome(budget.spend(scheme->kdf.cost()));
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(protections_of_keys, ProtectedKeys)

BOOST_AUTO_TEST_CASE(every_protection_openssl_offers_is_opened) {
    for (const auto& options : protections) {
        const auto seen = opened(options, "secreta");
        BOOST_TEST(seen == "opened", options.back() << " " << options[1 % options.size()] << ": " << seen);
    }
}

BOOST_AUTO_TEST_CASE(another_password_opens_none_of_them) {
    for (const auto& options : protections) BOOST_TEST(opened(options, "otra") == "not opened");
}

BOOST_AUTO_TEST_CASE(ordinary_scrypt_is_afforded) { BOOST_TEST(scrypt_outcome("4000", "08") == "ok"); }

BOOST_AUTO_TEST_CASE(scrypt_that_asks_for_a_gibibyte_is_refused) {
    BOOST_TEST(scrypt_outcome("100000", "08") == "too_costly");
}

BOOST_AUTO_TEST_CASE(scrypt_whose_numbers_overflow_is_refused) {
    BOOST_TEST(scrypt_outcome("4000000000000000", "7FFFFFFFFFFFFFFF") == "too_costly");
}

BOOST_AUTO_TEST_CASE(scrypt_with_a_count_that_is_no_power_of_two_is_damage) {
    BOOST_TEST(scrypt_outcome("4001", "08") == "damaged");
}

BOOST_AUTO_TEST_SUITE_END()
