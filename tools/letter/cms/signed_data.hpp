// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A detached CMS SignedData (RFC 5652) as PAdES baseline wants it (EN 319 142-1 V1.1.1 clause 6.3): DER, one
// SignerInfo, signed attributes content-type, message-digest and signing-certificate-v2, and no signing-time,
// which OpenSSL's own signing calls would add. The private key is used exactly once.
#pragma once

#include "tools/letter/cms/signer.hpp"
#include "tools/letter/cms/timestamp.hpp"

namespace acredita::letter {

struct SignedDataOptions {
    // An attribute that CAdES asks for and PAdES forbids (EN 319 122-1 6.3, EN 319 142-1 6.3).
    std::optional<std::chrono::sys_seconds> signing_time{};
    const TimestampOrder* timestamp = nullptr; // level T; borrowed
};

struct MadeSignedData {
    Bytes der{};
    std::optional<std::chrono::sys_seconds> stamped{}; // the authority's time
    std::optional<Error> unstamped{};                  // why there is none though one was wanted
};

// `digest` is the digest of the signed bytes by the signer's scheme. signing_failed with OpenSSL's reason;
// the timestamp errors unless the order does without.
[[nodiscard]] Result<MadeSignedData> make_signed_data(const CheckedSigner& signer, ByteView digest,
                                                      const SignedDataOptions& options = {});

// Bytes that surely hold a token of an ordinary authority, its certificates included.
inline constexpr std::size_t timestamp_room = std::size_t{16} * 1024;

} // namespace acredita::letter
