// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Reading ASN.1 that to_definite() has rewritten: one level at a time, each element by its expected tag.
// Every violation is p12_errc::damaged with the name of what was expected.
#pragma once

#include "pcsc/base/tlv.hpp"

namespace acredita::p12 {

namespace tag {
inline constexpr Tag integer = 0x02, octets = 0x04, null = 0x05, oid = 0x06, sequence = 0x30, set = 0x31;
inline constexpr Tag utc_time = 0x17, generalized_time = 0x18;
inline constexpr Tag context0 = 0xA0, context0_primitive = 0x80;
} // namespace tag

class Der {
public:
    explicit Der(ByteView content) noexcept : rest_(content) {}
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
    // The tag of the next element, 0 at the end.
    [[nodiscard]] Tag peek() const;
    // The content of the next element, which must have this tag.
    [[nodiscard]] Result<ByteView> take(Tag tag, const char* what);
    // Any next element.
    [[nodiscard]] Result<Tlv> any(const char* what);

private:
    ByteView rest_;
};

struct AlgorithmId {
    std::string oid;     // dotted
    ByteView parameters; // the whole element; empty where absent
};

[[nodiscard]] Result<AlgorithmId> take_algorithm(Der& from, const char* what);
[[nodiscard]] Result<std::string> take_oid(Der& from, const char* what);
// A non-negative INTEGER; what does not fit is 2^64-1, so that every cap is exceeded.
[[nodiscard]] Result<std::uint64_t> take_number(Der& from, const char* what);

// "1.2.840.113549.1.7.1" out of the content of an OBJECT IDENTIFIER; nullopt if malformed or absurdly long.
[[nodiscard]] std::optional<std::string> dotted(ByteView oid);

} // namespace acredita::p12
