// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A CMS SignedData as somebody else made it, looked at part by part. Hostile input: sizes and counts are
// bounded.
#pragma once

#include "tools/letter/cms/handles.hpp"

#include <vector>

namespace acredita::letter {

enum class EssState { absent, matches, other_certificate };

class SignedData {
public:
    // `contents` may end in zero bytes. damaged unless it is one detached SignedData with one SignerInfo
    // whose certificate is enclosed; unsupported digests give a null md().
    [[nodiscard]] static Result<SignedData> parse(ByteView contents);
    // The same of a file by itself: of signer number `signer` among several, with or without the content
    // inside, and nothing behind it.
    [[nodiscard]] static Result<SignedData> read(ByteView file, int signer);

    [[nodiscard]] int signers() const noexcept;
    // What was signed, if it stands inside.
    [[nodiscard]] std::optional<ByteView> content() const;

    [[nodiscard]] const EVP_MD* md() const noexcept { return md_; } // SHA-256, SHA-384, SHA-512 or null
    [[nodiscard]] X509* signer() const noexcept { return signer_; }
    [[nodiscard]] std::vector<X509*> certificates() const; // the signer's first
    // True if the message-digest attribute has this value.
    [[nodiscard]] bool covers(ByteView digest) const;
    // True if the signature over the signed attributes is the signer's.
    [[nodiscard]] bool key_signed() const;
    // signing-certificate-v2 (RFC 5035), or signing-certificate.
    [[nodiscard]] EssState ess() const;
    // The signing-time attribute, which PAdES baseline forbids.
    [[nodiscard]] bool has_signing_time() const;
    [[nodiscard]] std::optional<std::chrono::sys_seconds> signing_time() const;
    // The value of the signature, and the token that was added about it (RFC 3161 appendix A); empty if none.
    [[nodiscard]] Bytes signature() const;
    [[nodiscard]] Bytes timestamp() const;
    // Lists of revoked certificates inside, and the value of adbe-revocationInfoArchival; empty if none.
    [[nodiscard]] std::vector<Bytes> lists() const;
    [[nodiscard]] Bytes revocation_archive() const;

private:
    SignedData() = default;
    [[nodiscard]] Result<void> look_at(int signer);

    CmsPtr cms_;
    OwnedStackPtr enclosed_;
    CMS_SignerInfo* info_ = nullptr; // belongs to cms_
    X509* signer_ = nullptr;         // belongs to cms_
    const EVP_MD* md_ = nullptr;
};

} // namespace acredita::letter
