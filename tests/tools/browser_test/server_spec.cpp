// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The server of the test page: what a visit proves, and strangers who mean no good.
#include "tests/tools/browser_test/client.hpp"
#include "tools/browser_test/request.hpp"

#include <csignal>

#include <boost/test/unit_test.hpp>
#include <openssl/x509v3.h>
#include <sys/socket.h>

namespace {

using namespace acredita;
using browser_test::browser_errc;
using test::ask;
using test::request_for_the_page;
using test::Serving;

const test::Holder& holder(const std::string& kind) {
    static const auto rsa = test::make_holder("RSA");
    static const auto ec = test::make_holder("EC");
    return kind == "RSA" ? rsa : ec;
}

// False once the other side has closed.
bool still_open(const browser_test::Descriptor& socket) {
    timeval patience{20, 0};
    ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    char byte = 0;
    return ::recv(socket.get(), &byte, 1, 0) != 0;
}

struct Quiet { // OpenSSL writes to sockets that peers have closed
    Quiet() { std::signal(SIGPIPE, SIG_IGN); }
};

} // namespace

BOOST_TEST_GLOBAL_FIXTURE(Quiet);

BOOST_AUTO_TEST_SUITE(a_visit)

BOOST_AUTO_TEST_CASE(with_the_certificate_of_the_card_is_the_proof) {
    for (const auto& [kind, signature] : {std::pair{"RSA", "RSA-PSS"}, std::pair{"EC", "ECDSA"}}) {
        Serving serving({holder(kind).der()});
        const auto answer = ask(serving.port(), &holder(kind), request_for_the_page(serving.port()));
        serving.stop();
        BOOST_TEST(answer.starts_with("HTTP/1.1 200 "), answer);
        BOOST_TEST(answer.ends_with("yes"));
        BOOST_REQUIRE(serving.visits().size() == 1U);
        const auto& visit = serving.visits()[0];
        BOOST_TEST(!visit.fault);
        BOOST_TEST(visit.signature.starts_with(signature), visit.signature);
        BOOST_TEST(visit.protocol.starts_with("TLSv1.3"));
        BOOST_REQUIRE(visit.certificate.has_value());
        BOOST_TEST(visit.certificate->holder == "MUESTRA ANA");
        BOOST_TEST(visit.certificate->masked_id == "***0000**");
    }
}

BOOST_AUTO_TEST_CASE(with_another_certificate_is_none) {
    Serving serving({holder("RSA").der()});
    static_cast<void>(ask(serving.port(), &holder("EC"), request_for_the_page(serving.port())));
    serving.stop();
    BOOST_REQUIRE(serving.visits().size() == 1U);
    BOOST_TEST((serving.visits()[0].fault == browser_errc::wrong_certificate));
}

BOOST_AUTO_TEST_CASE(when_no_card_was_read_is_none) {
    Serving serving({});
    static_cast<void>(ask(serving.port(), &holder("EC"), request_for_the_page(serving.port())));
    serving.stop();
    BOOST_REQUIRE(serving.visits().size() == 1U);
    BOOST_TEST((serving.visits()[0].fault == browser_errc::nothing_to_compare));
}

BOOST_AUTO_TEST_CASE(without_a_certificate_gets_a_page_that_says_so) {
    Serving serving({holder("RSA").der()});
    const auto answer = ask(serving.port(), nullptr, request_for_the_page(serving.port()));
    serving.stop();
    BOOST_TEST(answer.ends_with("no"), answer);
    BOOST_REQUIRE(serving.visits().size() == 1U);
    BOOST_TEST((serving.visits()[0].fault == browser_errc::no_certificate));
}

BOOST_AUTO_TEST_CASE(of_a_browser_without_tls_1_3_is_told_as_such) {
    Serving serving({holder("RSA").der()});
    BOOST_TEST(
        ask(serving.port(), &holder("RSA"), request_for_the_page(serving.port()), TLS1_2_VERSION).empty());
    serving.stop();
    BOOST_TEST(serving.visits().empty());
    BOOST_TEST((serving.server().last_failure() == browser_errc::old_tls));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_stranger)

BOOST_AUTO_TEST_CASE(with_endless_headers_is_refused_and_counts_for_nothing) {
    Serving serving({holder("EC").der()});
    const auto answer = ask(serving.port(), &holder("EC"), std::string(browser_test::longest_request, 'a'));
    serving.stop();
    BOOST_TEST(answer.starts_with("HTTP/1.1 431 "), answer);
    BOOST_TEST(serving.visits().empty());
}

BOOST_AUTO_TEST_CASE(who_speaks_no_tls_is_shown_the_door) {
    Serving serving({holder("EC").der()});
    const auto socket = test::connected(serving.port());
    const std::string words = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
    BOOST_TEST(::send(socket.get(), words.data(), words.size(), 0) == static_cast<ssize_t>(words.size()));
    char part[256];
    while (::recv(socket.get(), part, sizeof part, 0) > 0) continue; // an alert, then the end
    BOOST_TEST(!ask(serving.port(), &holder("EC"), request_for_the_page(serving.port())).empty());
}

BOOST_AUTO_TEST_CASE(who_says_nothing_is_shown_the_door) {
    Serving serving({holder("EC").der()}, std::chrono::milliseconds(200));
    const auto socket = test::connected(serving.port());
    BOOST_TEST(!still_open(socket));
}

BOOST_AUTO_TEST_CASE(who_sends_one_byte_after_the_other_is_shown_the_door) {
    Serving serving({holder("EC").der()}, std::chrono::milliseconds(500));
    const auto socket = test::connected(serving.port());
    const unsigned char start_of_a_record[] = {22, 3, 1, 2, 0};
    BOOST_TEST(::send(socket.get(), start_of_a_record, sizeof start_of_a_record, MSG_NOSIGNAL) == 5);
    unsigned sent = 0;
    while (sent < 200 && ::send(socket.get(), "\1", 1, MSG_NOSIGNAL) == 1) {
        ++sent;
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    BOOST_TEST(sent < 200U);
}

BOOST_AUTO_TEST_CASE(who_takes_up_every_place_keeps_out_others_only_until_their_time_is_up) {
    Serving serving({holder("EC").der()}, std::chrono::seconds(4));
    std::vector<browser_test::Descriptor> sockets;
    for (int n = 0; n < 16; ++n) sockets.push_back(test::connected(serving.port()));
    BOOST_TEST(!still_open(test::connected(serving.port())));
    for (const auto& socket : sockets) BOOST_TEST(!still_open(socket));
    BOOST_TEST(!ask(serving.port(), &holder("EC"), request_for_the_page(serving.port())).empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_identity_of_the_page)

BOOST_AUTO_TEST_CASE(is_another_one_each_time_and_its_authority_speaks_for_this_machine_alone) {
    const auto first = browser_test::make_identity();
    const auto second = browser_test::make_identity();
    BOOST_REQUIRE(first.has_value());
    BOOST_REQUIRE(second.has_value());
    BOOST_TEST(*first->key_pin() != *second->key_pin());
    BOOST_TEST(X509_verify(first->certificate.get(), X509_get0_pubkey(first->authority.get())) == 1);
    BOOST_TEST(X509_get_ext_by_NID(first->authority.get(), NID_name_constraints, -1) >= 0);
    BOOST_TEST(X509_check_host(first->certificate.get(), "localhost", 0, 0, nullptr) == 1);
}

BOOST_AUTO_TEST_CASE(has_a_port_of_this_machine_that_a_second_server_cannot_take) {
    const Serving serving({});
    const auto second = browser_test::Server::open(serving.port(), {}, [](auto&) { return ""; });
    BOOST_REQUIRE(!second.has_value());
    BOOST_TEST(is(second.error(), browser_errc::port_unusable));
}

BOOST_AUTO_TEST_SUITE_END()
