// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// toml++ without exceptions, and the only way to include it so: programs that link two readings of its
// parser get one of them by chance.
//
// The parser of version 3.3 asserts of its input, and in a build without assertions assumes, what a hostile
// file can break; behind each such place stands the error it reports if it is only let go on. What it takes
// for unreachable altogether is kept from it by make_plain_toml().
#pragma once

#include "pcsc/base/plain_toml.hpp"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/impl/preprocessor.h>
#undef TOML_ASSERT
#undef TOML_ASSERT_ASSUME
#define TOML_ASSERT(...) static_assert(true)
#define TOML_ASSERT_ASSUME(...) static_assert(true)
#include <toml++/toml.h>
