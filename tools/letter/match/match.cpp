// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/match/match.hpp"

#include "tools/letter/append/fields.hpp"
#include "tools/letter/digest.hpp"
#include "tools/letter/document/dates.hpp"
#include "tools/letter/match/admissible.hpp"
#include "tools/letter/match/attachment.hpp"
#include "tools/letter/match/printed.hpp"
#include "tools/letter/verify.hpp"
#include "tools/letter/verify/later.hpp"

#include <algorithm>

namespace acredita::letter {

namespace {

Result<Bytes> sha256(ByteView bytes) { return digest_of(EVP_sha256(), bytes); }

// Is what stands behind the first `issued` bytes nothing but signing it?
Result<bool> only_signed(const InputFile& file, const StrictPdf& pdf, std::uint64_t issued) {
    ACREDITA_TRY(fields, form_fields(pdf));
    if (std::ranges::none_of(fields, &FormField::is_signed)) return false;
    SignatureVerdict since; // as if what was issued had been signed
    ACREDITA_CHECK(judge_later(file, pdf, issued, since));
    return since.later != LaterChanges::changed;
}

// Rule 1: the bytes that were issued, and no others; a signed letter begins with them, and nothing but its
// signatures stands behind them.
Result<void> check_bytes(const InputFile& file, const StrictPdf& pdf, const MatchRequest& request,
                         const std::optional<LetterData>& data) {
    if (!request.remembers) return {};
    if (!request.issued) return fail(match_errc::unknown_letter);
    const auto& issued = *request.issued;
    bool begins = file.size() >= issued.size;
    if (begins) {
        ACREDITA_TRY(digest, digest_of(EVP_sha256(), file, {issued.size, issued.size, 0}));
        begins = digest == issued.sha256;
    }
    if (!begins) {
        const bool claims = data && data->folio == request.folio && data->signs == request.signs;
        return fail(claims ? match_errc::altered : match_errc::unknown_letter);
    }
    if (file.size() == issued.size) return {};
    const auto only = only_signed(file, pdf, issued.size);
    if (!only && is(only.error(), letter_errc::read_failed)) return fail(Error(only.error()));
    return only && *only ? Result<void>{} : fail(match_errc::altered, "more");
}

// Rule 3: what it says of itself.
Result<void> check_data(const LetterData& data, const MatchRequest& request) {
    if (data.folio != request.folio) return fail(match_errc::other_letter, "folio");
    if (data.signs != request.signs) return fail(match_errc::other_letter, "seq");
    if (data.expires < iso_time(request.now)) return fail(match_errc::other_letter, "caduca");
    return {};
}

// Rule 4: the keys it is about are those of the card and of the other certificate.
Result<void> check_keys(const LetterData& data, const MatchRequest& request) {
    const bool first = request.signs == Signs::previous;
    const auto& signing = first ? data.previous : data.renewed;
    const auto& other = first ? data.renewed : data.previous;
    if (data.previous.fingerprint == data.renewed.fingerprint) return fail(match_errc::other_card, "same");
    if (signing.fingerprint != request.signing_key) return fail(match_errc::other_card);
    if (!request.other_key.empty() && other.fingerprint != request.other_key)
        return fail(match_errc::other_card, "other");
    return {};
}

// Rule 5: exactly two keys stand on the pages, and they are these.
Result<void> check_print(const std::vector<Bytes>& printed, const Bytes& one, const Bytes& other) {
    if (printed.size() != 2) return fail(match_errc::other_print, std::to_string(printed.size()));
    std::vector<Bytes> prints;
    for (const auto& key : printed) {
        ACREDITA_TRY(digest, sha256(key));
        prints.push_back(std::move(digest));
    }
    const auto stands = [&](const Bytes& key) {
        return key.empty() || std::ranges::find(prints, key) != prints.end();
    };
    if (prints[0] == prints[1] || !stands(one) || !stands(other)) return fail(match_errc::other_print);
    return {};
}

// Rule 6: not signed yet; and the first one signed, soundly and with the previous key, before the second.
Result<void> check_turn(const std::filesystem::path& file, const MatchRequest& request,
                        const std::optional<LetterData>& data) {
    ACREDITA_TRY(report, verify_pdf(file, {.trust_anchors = {}, .max_size = largest_letter}));
    for (const auto& one : report.signatures)
        if (one.spki_sha256 == request.signing_key) return fail(match_errc::out_of_turn, "signed");
    if (!report.signatures.empty() && data) return fail(match_errc::altered, "signed");
    if (request.signs == Signs::previous || !data) return {};
    if (!request.first) return fail(match_errc::out_of_turn, "first");
    ACREDITA_TRY(before, verify_pdf(*request.first, {.trust_anchors = {}, .max_size = largest_letter}));
    ACREDITA_TRY(first, data_in(*request.first));
    const bool signed_by_previous = before.signatures.size() == 1 && before.signatures.front().sound() &&
                                    before.signatures.front().spki_sha256 == data->previous.fingerprint;
    const bool ties = first && first->signs == Signs::previous && first->folio == data->folio &&
                      first->nonce == data->nonce && first->renewed.fingerprint == data->renewed.fingerprint;
    ACREDITA_TRY(content, InputFile::open(*request.first, largest_letter));
    ACREDITA_TRY(digest, digest_of(EVP_sha256(), content, {content.size(), content.size(), 0}));
    const bool named = data->previous_letter.empty() || data->previous_letter == digest;
    return signed_by_previous && ties && named ? Result<void>{} : fail(match_errc::out_of_turn, "first");
}

} // namespace

Result<Matched> match_letter(const std::filesystem::path& file, const MatchRequest& request) {
    auto input = InputFile::open(file, largest_letter);
    if (!input && is(input.error(), letter_errc::too_large))
        return fail(match_errc::not_admissible, "too_large");
    if (!input) return fail(std::move(input).error());
    ACREDITA_TRY(pdf, open_admissible(*input));
    Matched matched;
    auto data = data_in(pdf);
    // A letter whose data are damaged is told from one that is not ours by its bytes alone.
    if (data) matched.data = std::move(*data);
    ACREDITA_CHECK(check_bytes(*input, pdf, request, matched.data));
    if (!data) return fail(match_errc::altered, data.error().detail);
    matched.by_bytes = request.remembers;
    if (matched.data) {
        ACREDITA_CHECK(check_data(*matched.data, request));
        ACREDITA_CHECK(check_keys(*matched.data, request));
    }
    ACREDITA_TRY(bytes, input->read_at(0, static_cast<std::size_t>(input->size())));
    matched.printed = printed_keys(bytes);
    const auto& old_key = matched.data ? matched.data->previous.fingerprint : request.signing_key;
    const auto& new_key = matched.data ? matched.data->renewed.fingerprint : request.other_key;
    ACREDITA_CHECK(check_print(matched.printed, old_key, new_key));
    ACREDITA_CHECK(check_turn(file, request, matched.data));
    if (!matched.data && !request.looked) return fail(match_errc::nobody_looked);
    return matched;
}

} // namespace acredita::letter
