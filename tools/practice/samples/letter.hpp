// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A letter to practise with: one page, A4, Spanish, of a person who does not exist. No signature field.
#pragma once

#include "pcsc/base/error.hpp"

#include <filesystem>

namespace acredita::practice {

// practice.sample_failed if the file cannot be written.
Result<void> write_sample_letter(const std::filesystem::path& file);

} // namespace acredita::practice
