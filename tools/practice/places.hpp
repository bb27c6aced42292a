// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Where the parts of the product lie: in the build directory for a program that was built there, else where
// they were installed. The environment has no say: a practice must not load what a variable names.
#pragma once

#include <filesystem>

namespace acredita::practice::places {

[[nodiscard]] std::filesystem::path module();
[[nodiscard]] std::filesystem::path reader_driver();
[[nodiscard]] std::filesystem::path box();
[[nodiscard]] std::filesystem::path pcscd();
[[nodiscard]] std::filesystem::path sample_backup();
[[nodiscard]] std::filesystem::path letter_templates();
[[nodiscard]] std::filesystem::path portals();

} // namespace acredita::practice::places
