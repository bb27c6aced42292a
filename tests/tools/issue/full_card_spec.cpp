// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card whose every place is taken. PivApplet has fourteen; certificates of others fill them.
#include "tests/tools/issue/bench.hpp"

#include <fstream>

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;

constexpr auto factory_key = "010203040506070801020304050607080102030405060708";

class FullCard {
public:
    FullCard() : bench({"piv:firmware=pivapplet"}) {
        const auto later = der_file("later.der", {.ends_in_days = 900});
        const auto sooner =
            der_file("sooner.der", {.name = "PRUEBA ANTIGUA EVA - 00000014Z", .ends_in_days = 30});
        for (const std::string place :
             {"9a", "9c", "9d", "82", "83", "84", "85", "86", "87", "88", "89", "8a", "8b", "8c"})
            put(place, place == "9d" ? sooner : later);
    }

    // DER of the certificate in a place of the standard, by a program of others.
    [[nodiscard]] static std::string read(const std::string& place) {
        const auto file = (test::scratch() / "read.der").string();
        const auto ran =
            test::run("yubico-piv-tool -r Practice -s " + place + " -a read-certificate -K DER -o " + file);
        BOOST_REQUIRE_MESSAGE(ran.code == 0, ran.output);
        std::ifstream in(file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    test::Bench bench;

private:
    static std::string der_file(const char* name, test::SampleSpec spec) {
        const auto path = test::scratch() / name;
        const auto der = test::make_backup(spec).certificate;
        std::ofstream(path, std::ios::binary)
            .write(reinterpret_cast<const char*>(der.data()), static_cast<std::streamsize>(der.size()));
        return path.string();
    }
    static void put(const std::string& place, const std::string& file) {
        const auto ran = test::run("yubico-piv-tool -r Practice -s " + place +
                                   " -a import-certificate -K DER -k" + factory_key + " -i " + file);
        BOOST_REQUIRE_MESSAGE(ran.code == 0, ran.output);
    }
};

std::string text(const Bytes& bytes) { return {bytes.begin(), bytes.end()}; }

} // namespace

BOOST_FIXTURE_TEST_SUITE(a_card_without_a_free_place, FullCard)

BOOST_AUTO_TEST_CASE(is_left_as_it_is_unless_a_person_says_yes) {
    const auto before = read("9d");
    BOOST_TEST(test::name_of(bench.run()) == "issue.overwrite_refused");
    BOOST_TEST(bench.people.asked_overwrite == 1U);
    BOOST_TEST(bench.people.asked_pin == 0U);
    BOOST_TEST((read("9d") == before));
}

BOOST_AUTO_TEST_CASE(shows_what_would_be_lost_and_gives_up_the_certificate_that_ends_first) {
    const auto kept = read("9a");
    bench.people.overwrite = true;
    const auto receipt = bench.run();
    BOOST_REQUIRE_MESSAGE(receipt, (receipt ? "" : describe(receipt.error())));
    BOOST_REQUIRE(bench.people.loss && bench.people.loss->certificate);
    BOOST_TEST(bench.people.loss->certificate->holder.find("EVA") != std::string::npos);
    BOOST_TEST(receipt->place.value_or(0) == 0x9D);
    BOOST_TEST((receipt->replaced == bench.people.loss->certificate->fingerprint));
    BOOST_TEST((read("9d") == text(test::usual_backup().certificate)));
    BOOST_TEST((read("9a") == kept));
}

BOOST_AUTO_TEST_SUITE_END()
