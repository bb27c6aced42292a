// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What must not be found anywhere, and the look for it.
#pragma once

#include "tests/tools/p12/support.hpp"

namespace acredita::p12::test {

[[nodiscard]] std::string slurp(const std::filesystem::path& file);

// The password as it is typed and as PKCS#12 writes it, and stretches of the private numbers in both byte
// orders.
[[nodiscard]] std::vector<std::string> secrets_of(std::string_view password,
                                                  const std::filesystem::path& key_file);

[[nodiscard]] bool holds_any(const std::string& where, const std::vector<std::string>& secrets);
// Their numbers, for the message of a failure.
[[nodiscard]] std::string which(const std::string& where, const std::vector<std::string>& secrets);

} // namespace acredita::p12::test
