// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Files of other programs, read and replaced so that nobody can lead us elsewhere: every folder on the way is
// opened one by one, belongs to root or the site's owner and cannot be changed by others; so do links, which
// are followed only then; a file is read up to a bound and replaced in one step (rename(2)), its owner and
// mode kept.
#pragma once

#include "pcsc/base/error.hpp"
#include "tools/register/error.hpp"
#include "tools/register/site.hpp"

#include <optional>
#include <string>

namespace acredita::registration {

// Larger than any real one.
inline constexpr std::size_t most_bytes = 4U << 20;

// nullopt: there is no such file. Paths are as seen from the site's root, absolute.
[[nodiscard]] Result<std::optional<std::string>> read_file(const Site& site,
                                                           const std::filesystem::path& file);
// Missing folders are made (0755 for the machine, 0700 for a person).
[[nodiscard]] Result<void> replace_file(const Site& site, const std::filesystem::path& file,
                                        std::string_view content);
// Also if there is none.
[[nodiscard]] Result<void> remove_file(const Site& site, const std::filesystem::path& file);
// A folder with all the checks, made if need be.
[[nodiscard]] Result<void> make_folder(const Site& site, const std::filesystem::path& folder);
// A copy beside it, for files that are not ours alone: NAME.before-acredita. Nothing if there is no such
// file.
[[nodiscard]] Result<void> keep_copy(const Site& site, const std::filesystem::path& file);

inline constexpr const char* copy_suffix = ".before-acredita";

} // namespace acredita::registration
