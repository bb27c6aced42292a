// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/sign.hpp"

#include "tools/letter/append/revision.hpp"
#include "tools/letter/cms/signed_data.hpp"
#include "tools/letter/self_check.hpp"

#include <algorithm>

namespace acredita::letter {

namespace {

constexpr std::size_t max_room = 1U << 20;

// Copies the input and returns the digest of what was copied.
[[nodiscard]] Result<Bytes> copy_original(const InputFile& input, OutputFile& output) {
    constexpr std::uint64_t piece = 1U << 20;
    ACREDITA_TRY(digest, Digest::start(EVP_sha256()));
    for (std::uint64_t at = 0; at < input.size(); at += piece) {
        ACREDITA_TRY(bytes, input.read_at(at, static_cast<std::size_t>(std::min(piece, input.size() - at))));
        ACREDITA_CHECK(digest.add(bytes));
        ACREDITA_CHECK(output.write_at(at, bytes));
    }
    return digest.value();
}

[[nodiscard]] Result<MadeSignedData> sign_revision(const CheckedSigner& signer, const InputFile& original,
                                                   OutputFile& output, const Revision& revision,
                                                   const SignOptions& options) {
    const auto appended = as_bytes(revision.appended);
    const auto size = original.size();
    ACREDITA_TRY(digest, Digest::start(signer.scheme().md));
    ACREDITA_CHECK(digest.add(original, 0, size));
    ACREDITA_CHECK(digest.add(appended.first(static_cast<std::size_t>(revision.range.before - size))));
    ACREDITA_CHECK(digest.add(appended.subspan(static_cast<std::size_t>(revision.range.after - size))));
    ACREDITA_CHECK(output.write_at(size, appended));
    ACREDITA_TRY(value, digest.value());
    return make_signed_data(signer, value, {.timestamp = options.timestamp ? &*options.timestamp : nullptr});
}

struct Attempt {
    Revision revision;
    MadeSignedData cms;
};

[[nodiscard]] Result<Attempt> attempt(const CheckedSigner& signer, OutputFile& output,
                                      std::uint64_t original_size, const SignOptions& options,
                                      std::chrono::sys_seconds time, std::size_t room) {
    // What is parsed and signed is our own copy: the original may lie on a stick and change or leave.
    ACREDITA_TRY(whole, InputFile::open(output.temporary(), max_document));
    ACREDITA_TRY(copy, whole.first(original_size));
    ACREDITA_TRY(pdf, StrictPdf::open(copy));
    const SignatureEntries entries{options.reason, options.location, time, signer.scheme().digest,
                                   options.draw};
    ACREDITA_TRY(revision, prepare_revision(pdf, options.field, entries, room));
    ACREDITA_TRY(cms, sign_revision(signer, copy, output, revision, options));
    return Attempt{std::move(revision), std::move(cms)};
}

[[nodiscard]] Result<void> fill_contents(OutputFile& output, const Revision& revision, ByteView cms) {
    const auto hex = to_hex(cms);
    ACREDITA_CHECK(output.write_at(revision.contents_at, as_bytes(hex)));
    return output.sync();
}

} // namespace

Result<SignReport> sign_pdf(const std::filesystem::path& input, const std::filesystem::path& output_path,
                            const Signer& who, const SignOptions& options) {
    ACREDITA_TRY(signer, CheckedSigner::check(who, options.pss));
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    const auto time = options.time.value_or(now);
    ACREDITA_TRY(expired, signer.expired_days(time, options.allow_expired));
    auto room = options.contents_room.value_or(signer.cms_room() + (options.timestamp ? timestamp_room : 0));
    if (room == 0 || room > max_room) return fail(letter_errc::bad_option, "contents_room");

    ACREDITA_TRY(original, InputFile::open(input, std::min(options.max_size, max_document)));
    ACREDITA_TRY(output, OutputFile::create(output_path));
    ACREDITA_TRY(original_sha256, copy_original(original, output));
    int uses = 1;
    auto made = attempt(signer, output, original.size(), options, time, room);
    if (made && made->cms.der.size() > room && options.sign_again_if_too_small) {
        room = made->cms.der.size() + 16; // an ECDSA signature may be a few bytes longer the next time
        ++uses;
        made = attempt(signer, output, original.size(), options, time, room);
    }
    if (!made) return fail(std::move(made).error());
    const auto& [revision, cms] = *made;
    if (cms.der.size() > room)
        return fail(letter_errc::contents_too_small,
                    std::to_string(cms.der.size()) + " of " + std::to_string(room));
    ACREDITA_CHECK(fill_contents(output, revision, cms.der));
    ACREDITA_TRY(sha256, self_check(output.temporary(), {original.size(), original_sha256, revision,
                                                         who.certificate, cms.stamped.has_value()}));
    ACREDITA_CHECK(output.deliver());
    return SignReport{.field = revision.field,
                      .time = time,
                      .expired_days = expired,
                      .original_size = original.size(),
                      .signed_size = revision.range.end(),
                      .cms_size = cms.der.size(),
                      .contents_room = room,
                      .key_uses = uses,
                      .sha256 = std::move(sha256),
                      .stamped = cms.stamped,
                      .unstamped = cms.unstamped};
}

} // namespace acredita::letter
