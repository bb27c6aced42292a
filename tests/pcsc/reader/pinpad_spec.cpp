// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/reader/holders.hpp"
#include "pcsc/reader/pinpad.hpp"
#include "tests/pcsc/reader/fixture.hpp"

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace acredita;
using namespace acredita::reader;
using tests::failed_with;

namespace {

constexpr unsigned long features_code = 0x42000000 + 3400;
constexpr unsigned long verify_code = 0x42330006;
constexpr unsigned long modify_code = 0x42330007;

// A keypad that offers everything and answers a question with the given status.
struct Keypad {
    std::string asked;
    Bytes answer{0x90, 0x00};

    Bytes operator()(unsigned long code, ByteView input) {
        if (code == features_code) return from_hex("0604423300060704423300071204423300AA").value();
        if (code == 0x423300AA) return from_hex("060104070108").value();
        asked = (code == verify_code ? "verify " : code == modify_code ? "modify " : "? ") + to_hex(input);
        return answer;
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(keypads, tests::WithFakePcsc)

BOOST_AUTO_TEST_CASE(the_question_is_the_structure_of_part_10) {
    Keypad keypad;
    pcsc.device = std::ref(keypad);
    const auto connection = connected();
    auto transaction = Transaction::begin(*connection).value();
    const auto pinpad = Pinpad::of(transaction).value();
    BOOST_TEST(pinpad.can_modify());
    BOOST_TEST(pinpad.shortest() == 4);
    BOOST_TEST(pinpad.longest() == 8);
    BOOST_TEST(pinpad.verify(transaction, {.minimum = 6}, 20).value().ok());
    BOOST_TEST(keypad.asked == "verify 1414820800080602010A0C000000000D0000000020008008FFFFFFFFFFFFFFFF");
    BOOST_TEST(pinpad.modify(transaction, {.minimum = 6}, 20).value().ok());
    BOOST_TEST(keypad.asked == "modify 14148208000008080603020"
                               "30A0C000102000000150000000024008010"
                               "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF");
}

BOOST_AUTO_TEST_CASE(what_the_person_does_is_told_from_what_the_card_says) {
    Keypad keypad;
    pcsc.device = std::ref(keypad);
    const auto connection = connected();
    auto transaction = Transaction::begin(*connection).value();
    const auto pinpad = Pinpad::of(transaction).value();
    const std::pair<Bytes, reader_errc> answers[] = {{{0x64, 0x00}, reader_errc::pin_pad_timeout},
                                                     {{0x64, 0x01}, reader_errc::pin_pad_cancelled},
                                                     {{0x64, 0x02}, reader_errc::pin_pad_mismatch},
                                                     {{0x64, 0x03}, reader_errc::bad_request},
                                                     {{0x6B, 0x80}, reader_errc::bad_request},
                                                     {{0x90}, reader_errc::comm_error},
                                                     {{}, reader_errc::comm_error}};
    for (const auto& [answer, error] : answers) {
        keypad.answer = answer;
        BOOST_TEST(failed_with(pinpad.verify(transaction, {}), error));
    }
    keypad.answer = {0x63, 0xC2};
    BOOST_TEST(pinpad.verify(transaction, {}).value().tries() == 2U);
    pcsc.fail_next("SCardControl", SCARD_E_TIMEOUT);
    BOOST_TEST(failed_with(pinpad.verify(transaction, {}), reader_errc::pin_pad_timeout));
    BOOST_TEST(!connection->lost());
}

BOOST_AUTO_TEST_CASE(a_reader_without_keypad_says_so_and_lies_are_survived) {
    const auto connection = connected();
    auto transaction = Transaction::begin(*connection).value();
    BOOST_TEST(failed_with(Pinpad::of(transaction), reader_errc::not_supported));
    for (const auto* features : {"", "06", "0604", "06FF42330006", "060342330006", "0704423300071204"}) {
        pcsc.device = [&](unsigned long, ByteView) { return from_hex(features).value(); };
        BOOST_TEST(failed_with(Pinpad::of(transaction), reader_errc::not_supported));
    }
}

BOOST_AUTO_TEST_CASE(a_changed_pin_needs_a_place_of_known_size) {
    Keypad keypad;
    pcsc.device = std::ref(keypad);
    const auto connection = connected();
    auto transaction = Transaction::begin(*connection).value();
    const auto pinpad = Pinpad::of(transaction).value();
    BOOST_TEST(failed_with(pinpad.modify(transaction, {.block = 0}), reader_errc::not_supported));
    BOOST_TEST(keypad.asked.empty());
}

BOOST_AUTO_TEST_CASE(a_program_with_a_connection_to_the_service_is_named) {
    std::string folder = "/tmp/acredita-holders-XXXXXX";
    BOOST_REQUIRE(mkdtemp(folder.data()) != nullptr);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto path = folder + "/socket";
    std::strcpy(address.sun_path, path.c_str());
    const auto* where = reinterpret_cast<const sockaddr*>(&address);
    const int server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    BOOST_REQUIRE(bind(server, where, sizeof address) == 0);
    BOOST_REQUIRE(listen(server, 1) == 0);
    const auto child = fork();
    if (child == 0) {
        const int client = socket(AF_UNIX, SOCK_STREAM, 0);
        if (connect(client, where, sizeof address) != 0) _exit(1);
        for (;;) pause();
    }
    const int accepted = accept(server, nullptr, nullptr);
    setenv("PCSCLITE_CSOCK_NAME", path.c_str(), 1);
    const auto found = holders();
    unsetenv("PCSCLITE_CSOCK_NAME");
    kill(child, SIGKILL);
    waitpid(child, nullptr, 0);
    close(accepted);
    close(server);
    unlink(path.c_str());
    rmdir(folder.c_str());
    BOOST_REQUIRE(found.size() == 1U);
    BOOST_TEST(found.front().pid == child);
    BOOST_TEST(found.front().program == "reader_spec");
}

BOOST_AUTO_TEST_SUITE_END()
