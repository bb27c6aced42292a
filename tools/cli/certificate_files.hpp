// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Certificates that a person names as files.
#pragma once

#include "pcsc/base/bytes.hpp"

namespace acredita::cli {

// All certificates of these PEM files, or the one of a DER file, as DER. file_unreadable with the file's
// name.
[[nodiscard]] Result<std::vector<Bytes>> read_certificates(const std::vector<std::string>& files);

// The lists of revoked certificates in these files, PEM or DER, as DER.
[[nodiscard]] Result<std::vector<Bytes>> read_revocation_lists(const std::vector<std::string>& files);
// These files as they are, each at most 16 MiB.
[[nodiscard]] Result<std::vector<Bytes>> read_plain(const std::vector<std::string>& files);

} // namespace acredita::cli
