// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A detached CMS SignedData (RFC 5652) as PAdES baseline wants it (EN 319 142-1 V1.1.1 clause 6.3): DER, one
// SignerInfo, signed attributes content-type, message-digest and signing-certificate-v2, and no signing-time,
// which OpenSSL's own signing calls would add. The private key is used exactly once.
#pragma once

#include "tools/letter/cms/signer.hpp"

namespace acredita::letter {

// `digest` is the digest of the signed bytes by the signer's scheme. signing_failed with OpenSSL's reason.
[[nodiscard]] Result<Bytes> make_signed_data(const CheckedSigner& signer, ByteView digest);

} // namespace acredita::letter
