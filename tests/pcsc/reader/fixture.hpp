// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A fake PC/SC for one test case: clean at the beginning, without violations at the end.
#pragma once

#include "pcsc/reader/transaction.hpp"
#include "tests/support/fake_pcsc.hpp"

#include <boost/test/unit_test.hpp>
#include <winscard.h>

namespace acredita::tests {

struct WithFakePcsc {
    FakePcsc& pcsc = FakePcsc::instance();
    const reader::ReaderName name{"Reader 00 00"};

    WithFakePcsc() { pcsc.restart(); }
    ~WithFakePcsc() { BOOST_TEST(pcsc.violations() == ""); }
    WithFakePcsc(const WithFakePcsc&) = delete;
    WithFakePcsc& operator=(const WithFakePcsc&) = delete;

    // A reader with a card, and a connection to it.
    std::unique_ptr<reader::Connection> connected() {
        if (!pcsc.readers[name.text].present) pcsc.insert(name.text);
        auto connection = reader::Connection::open(name);
        BOOST_REQUIRE(connection.has_value());
        return std::move(*connection);
    }
};

template <class T>
bool failed_with(const Result<T>& result, reader::reader_errc code) {
    if (result) return false;
    if (!is(result.error(), code)) BOOST_TEST_MESSAGE(describe(result.error()));
    return is(result.error(), code);
}

} // namespace acredita::tests
