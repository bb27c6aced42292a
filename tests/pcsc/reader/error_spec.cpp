// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/reader/call.hpp"
#include "tests/pcsc/reader/fixture.hpp"

using namespace acredita;
using namespace acredita::reader;
using tests::failed_with;

namespace {

struct Meaning {
    LONG code;
    reader_errc error;
};

const Meaning meanings[] = {
    {SCARD_E_NO_SERVICE, reader_errc::service_not_running},
    {SCARD_E_SERVICE_STOPPED, reader_errc::service_not_running},
    {SCARD_F_COMM_ERROR, reader_errc::service_lost},
    {SCARD_P_SHUTDOWN, reader_errc::service_lost},
    {SCARD_E_SERVER_TOO_BUSY, reader_errc::server_too_many},
    {SCARD_E_NO_READERS_AVAILABLE, reader_errc::no_reader},
    {SCARD_E_UNKNOWN_READER, reader_errc::reader_gone},
    {SCARD_E_READER_UNAVAILABLE, reader_errc::reader_gone},
    {SCARD_E_INVALID_VALUE, reader_errc::reader_gone},
    {SCARD_E_READER_UNSUPPORTED, reader_errc::reader_unsupported},
    {SCARD_E_NO_SMARTCARD, reader_errc::no_card},
    {SCARD_W_REMOVED_CARD, reader_errc::card_removed},
    {SCARD_W_RESET_CARD, reader_errc::card_reset},
    {SCARD_W_UNRESPONSIVE_CARD, reader_errc::card_mute},
    {SCARD_W_UNPOWERED_CARD, reader_errc::card_unpowered},
    {SCARD_W_UNSUPPORTED_CARD, reader_errc::unsupported_card},
    {SCARD_E_PROTO_MISMATCH, reader_errc::protocol_mismatch},
    {SCARD_E_SHARING_VIOLATION, reader_errc::sharing_violation},
    {SCARD_E_NOT_TRANSACTED, reader_errc::comm_error},
    {SCARD_E_INSUFFICIENT_BUFFER, reader_errc::comm_error},
    {SCARD_E_CANCELLED, reader_errc::cancelled},
    {SCARD_E_TIMEOUT, reader_errc::timeout},
    {SCARD_E_UNSUPPORTED_FEATURE, reader_errc::not_supported},
    {SCARD_E_INVALID_HANDLE, reader_errc::invalid_handle},
    {SCARD_E_INVALID_PARAMETER, reader_errc::bad_request},
    {SCARD_F_INTERNAL_ERROR, reader_errc::internal},
    {SCARD_F_UNKNOWN_ERROR, reader_errc::internal},
    {0x80109999, reader_errc::internal},
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(pcsc_errors, tests::WithFakePcsc)

BOOST_AUTO_TEST_CASE(every_code_of_every_call_on_a_card_has_its_own_name) {
    for (const auto& meaning : meanings) {
        for (const std::string function : {"SCardBeginTransaction", "SCardTransmit"}) {
            const auto connection = connected();
            pcsc.fail_next(function, meaning.code);
            auto transaction = Transaction::begin(*connection);
            if (function == "SCardBeginTransaction") {
                BOOST_TEST(failed_with(transaction, meaning.error));
            } else {
                BOOST_REQUIRE(transaction);
                const Bytes command{0, 0x84, 0, 0, 8};
                BOOST_TEST(failed_with(transaction->transmit({command}), meaning.error));
            }
            BOOST_TEST(connection->lost());
        }
    }
}

BOOST_AUTO_TEST_CASE(every_code_of_connecting_and_asking_has_its_own_name) {
    pcsc.insert(name.text);
    for (const auto& meaning : meanings) {
        pcsc.fail_next("SCardConnect", meaning.code);
        BOOST_TEST(failed_with(Connection::open(name), meaning.error));
        pcsc.fail_next("SCardEstablishContext", meaning.code);
        BOOST_TEST(failed_with(Connection::open(name), meaning.error));
        pcsc.fail_next("SCardGetStatusChange", meaning.code);
        BOOST_TEST(failed_with(Connection::open(name), meaning.error));
    }
}

BOOST_AUTO_TEST_CASE(a_refusal_by_policy_is_told_from_a_broken_socket) {
    pcsc.fail_next("SCardEstablishContext", SCARD_W_SECURITY_VIOLATION);
    BOOST_TEST(failed_with(Context().readers(), reader_errc::access_denied));
    const auto connection = connected();
    pcsc.fail_next("SCardBeginTransaction", SCARD_W_SECURITY_VIOLATION);
    BOOST_TEST(failed_with(Transaction::begin(*connection), reader_errc::service_lost));
}

BOOST_AUTO_TEST_CASE(an_error_names_the_function_its_code_and_the_line_that_called) {
    pcsc.fail_next("SCardEstablishContext", SCARD_E_NO_SERVICE);
    SCARDCONTEXT context = 0;
    const auto line = std::source_location::current().line() + 1;
    const auto outcome = call<&SCardEstablishContext>(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context);
    BOOST_REQUIRE(!outcome);
    BOOST_TEST(outcome.error().detail == "SCardEstablishContext 0x8010001D");
    BOOST_TEST(outcome.error().where.line() == line);
    BOOST_TEST(error_name(outcome.error().code) == "reader.service_not_running");
}

BOOST_AUTO_TEST_CASE(every_error_has_a_name_and_a_sentence_of_its_own) {
    std::set<std::string_view> names, sentences;
    for (const auto& row : ErrorTable<reader_errc>::rows) {
        names.insert(row.name);
        sentences.insert(row.sentence);
    }
    BOOST_TEST(names.size() == std::size(ErrorTable<reader_errc>::rows));
    BOOST_TEST(sentences.size() == std::size(ErrorTable<reader_errc>::rows));
    BOOST_TEST(static_cast<std::size_t>(reader_errc::pin_pad_mismatch) == names.size());
}

BOOST_AUTO_TEST_SUITE_END()
