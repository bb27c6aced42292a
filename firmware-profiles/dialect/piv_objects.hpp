// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The PIV directory model: certificates in data objects (SP 800-73-4 part 1, 3 and appendix A; part 2, 3.1.2
// and 3.3.2), the CHUID and the key history. An object that is absent is 6A82 or empty.
#pragma once

#include "firmware-profiles/dialect/application.hpp"

namespace acredita::dialect {

// The content of tag 53. nullopt: not there. The caller asks Application::was_ours() where that matters.
[[nodiscard]] Result<std::optional<Bytes>> read_object(Application&, std::uint32_t tag);
// The first bytes of the whole object, tag 53 included, in one exchange; nullopt: not there. They may be all
// of it.
[[nodiscard]] Result<std::optional<Bytes>> read_object_head(Application&, std::uint32_t tag);
// `content` empty deletes the object. Needs the administration key.
[[nodiscard]] Result<void> write_object(Application&, std::uint32_t tag, ByteView content);

// 70 certificate, 71 compression, FE; gzip or zlib streams unpacked to at most 64 KiB. nullopt: empty.
[[nodiscard]] Result<std::optional<Bytes>> unwrap_certificate(ByteView content);
[[nodiscard]] Bytes wrap_certificate(ByteView der);
// Could an object that begins like this hold this very certificate? Its first bytes carry the serial number,
// and the lengths of object and certificate agree; a compressed one is never said to.
[[nodiscard]] bool begins_with_certificate(ByteView head, ByteView der);

// What read_object_head would give for an object of this content; and whether two such heads, which may be
// cut at different lengths, are of the same object.
[[nodiscard]] Bytes head_of_object(ByteView content);
[[nodiscard]] bool same_head(ByteView one, ByteView other);

// How many retired keys have a certificate on the card, as its key history says; 0 if it has none.
[[nodiscard]] Result<unsigned> read_key_history(Application&);
// Makes the key history say at least that many.
[[nodiscard]] Result<void> raise_key_history(Application&, unsigned certificates);

// Sixteen hexadecimal digits made of the CHUID; "" if there is none.
[[nodiscard]] Result<std::string> read_chuid_serial(Application&);

} // namespace acredita::dialect
