// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the test page's server takes for a request.
#include "tools/browser_test/request.hpp"

#include <boost/test/unit_test.hpp>

namespace {

using acredita::browser_test::judge_request;
using acredita::browser_test::longest_request;
using acredita::browser_test::Status;

Status judged(std::string_view text) {
    const auto status = judge_request(text, 4433);
    BOOST_REQUIRE(status.has_value());
    return *status;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_request)

BOOST_AUTO_TEST_CASE(for_the_page_at_any_name_of_this_machine_is_served) {
    for (const auto* host : {"localhost:4433", "127.0.0.1:4433", "[::1]:4433", "LOCALHOST:4433"})
        BOOST_TEST((judged("GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n") == Status::ok));
}

BOOST_AUTO_TEST_CASE(that_has_not_ended_is_waited_for) {
    BOOST_TEST(!judge_request("", 4433));
    BOOST_TEST(!judge_request("GET / HTTP/1.1\r\nHost: localhost:4433\r\n", 4433));
}

BOOST_AUTO_TEST_CASE(longer_than_the_bound_is_refused_ended_or_not) {
    const std::string head = "GET / HTTP/1.1\r\nHost: localhost:4433\r\nX: ";
    BOOST_TEST((judged(head + std::string(longest_request, 'a')) == Status::too_large));
    BOOST_TEST((judged(head + std::string(longest_request, 'a') + "\r\n\r\n") == Status::too_large));
}

BOOST_AUTO_TEST_CASE(of_another_name_that_leads_here_is_refused) {
    BOOST_TEST((judged("GET / HTTP/1.1\r\nHost: evil.example:4433\r\n\r\n") == Status::misdirected));
    BOOST_TEST((judged("GET / HTTP/1.1\r\nHost: localhost:80\r\n\r\n") == Status::misdirected));
    BOOST_TEST((judged("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") == Status::misdirected));
}

BOOST_AUTO_TEST_CASE(without_host_with_two_or_without_form_is_malformed) {
    for (const auto* text :
         {"GET / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\r\nHost: localhost:4433\r\nHost: localhost:4433\r\n\r\n",
          "GET /\r\nHost: localhost:4433\r\n\r\n", "\r\n\r\n", "nonsense\r\n\r\n",
          "GET / HTTP/1.1\r\nno colon\r\nHost: localhost:4433\r\n\r\n",
          "GET / SPDY/3\r\nHost: localhost:4433\r\n\r\n"})
        BOOST_TEST((judged(text) == Status::malformed), text);
}

BOOST_AUTO_TEST_CASE(for_anything_else_than_the_page_is_refused) {
    BOOST_TEST((judged("POST / HTTP/1.1\r\nHost: localhost:4433\r\n\r\n") == Status::method_not_allowed));
    BOOST_TEST((judged("GET /favicon.ico HTTP/1.1\r\nHost: localhost:4433\r\n\r\n") == Status::not_found));
    BOOST_TEST((judged("GET /../etc/passwd HTTP/1.1\r\nHost: localhost:4433\r\n\r\n") == Status::not_found));
}

BOOST_AUTO_TEST_SUITE_END()
