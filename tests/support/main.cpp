// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The one entry point of every test program; the program's name says what it tests.
#define BOOST_TEST_MODULE acredita
#include <boost/test/unit_test.hpp>
