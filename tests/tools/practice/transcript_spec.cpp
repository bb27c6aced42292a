// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/card/transcript.hpp"

#include <sstream>

#include <boost/test/unit_test.hpp>
#include <unistd.h>

using namespace acredita;
using namespace acredita::practice;

namespace {

std::string written(std::initializer_list<std::pair<const char*, const char*>> exchanges) {
    std::string name = "/tmp/acredita-transcript-XXXXXX";
    ::close(::mkstemp(name.data()));
    {
        Transcript transcript(name);
        for (const auto& [command, answer] : exchanges)
            transcript.exchange(0, from_hex(command).value(), from_hex(answer).value());
    }
    std::ifstream in(name);
    std::ostringstream text;
    text << in.rdbuf();
    ::unlink(name.c_str());
    return text.str();
}

} // namespace

BOOST_AUTO_TEST_SUITE(practice_card_transcript)

BOOST_AUTO_TEST_CASE(names_and_certificates_are_shown) {
    BOOST_TEST(written({{"00A4040005A00000030800", "61009000"}}) ==
               "> 0 00A40400 Lc=5 A000000308 Le=256\n< 0 6100 9000\n");
    BOOST_TEST(written({{"00CB3FFF055C035FC10500", "530155 9000"}}).find("530155 9000") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_pin_is_never_shown) {
    for (const auto* ins : {"20", "24", "2C"}) {
        const auto text = written({{(std::string("00") + ins + "008008313233343536FFFF").c_str(), "9000"}});
        BOOST_TEST(text.find("313233") == std::string::npos);
        BOOST_TEST(text.find("Lc=8 *8") != std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(keys_and_what_keys_make_are_not_shown) {
    BOOST_TEST(written({{"00FE119A03060142", "9000"}}).find("060142") == std::string::npos);
    BOOST_TEST(written({{"0087119A02AABB00", "CCDD9000"}}) == "> 0 0087119A Lc=2 *2 Le=256\n< 0 *2 9000\n");
    BOOST_TEST(written({{"00FFFFFF03031801", "9000"}}).find("031801") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_rest_of_a_hidden_answer_is_hidden) {
    const auto text = written({{"0087119A02AABB00", "CCDD6102"}, {"00C0000002", "EEFF9000"}});
    BOOST_TEST(text.find("EEFF") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_chained_key_is_hidden_in_every_link) {
    const auto text = written({{"10FE119A02AABB", "9000"}, {"00FE119A02CCDD", "9000"}});
    BOOST_TEST(text.find("AABB") == std::string::npos);
    BOOST_TEST(text.find("CCDD") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(personal_objects_are_hidden) {
    const auto text = written({{"00CB3FFF055C035FC10900", "530155 9000"}});
    BOOST_TEST(text.find("530155") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_instruction_nobody_has_thought_of_is_hidden) {
    BOOST_TEST(written({{"0099000002AABB", "CCDD9000"}}) == "> 0 00990000 Lc=2 *2\n< 0 *2 9000\n");
}

BOOST_AUTO_TEST_SUITE_END()
