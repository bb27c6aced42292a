// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A checkpoint: a card's signature over the head of the journal, kept in the journal itself as the next
// record (action "journal.checkpoint"). Who rewrites the journal cannot sign it again.
#pragma once

#include "tools/office/chain.hpp"
#include "tools/office/error.hpp"

#include <functional>

namespace acredita::office {

inline constexpr std::string_view checkpoint_action = "journal.checkpoint";

// What is signed: three lines, each ended by a line feed.
[[nodiscard]] std::string checkpoint_text(const Head& head);

// Signs with SHA-256: RSASSA-PKCS1-v1_5 or ECDSA (DER), as the key is.
using Sign = std::function<Result<Bytes>(ByteView text)>;

// The facts of the record, the signature verified before anybody believes it. checkpoint_refused, and what
// `sign` says.
[[nodiscard]] Result<Facts> make_checkpoint(const Head& head, ByteView certificate, const Sign& sign);

// The SHA-256 of the certificate if the facts hold a sound signature over this head.
[[nodiscard]] std::optional<std::string> check_checkpoint(const Facts& facts, const Head& head);

} // namespace acredita::office
