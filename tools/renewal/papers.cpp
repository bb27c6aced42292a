// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/renewal/papers.hpp"

#include "tools/letter/digest.hpp"
#include "tools/letter/document/dates.hpp"
#include "tools/letter/match/match.hpp"
#include "tools/letter/verify.hpp"
#include "tools/renewal/party.hpp"

#include <ctime>

#include <openssl/rand.h>

namespace acredita::renewal {
namespace {

using letter::document_errc;
namespace fs = std::filesystem;

constexpr std::uint64_t largest_letter = std::uint64_t{32} << 20;

std::string stem(const Record& record, Part part) {
    return "carta-" + std::to_string(static_cast<int>(part)) + "-" + record.folio;
}

// "2026-11-21T09:30:00Z", as facts keep it.
Result<Time> time_of(const std::string& text) {
    std::tm parts{};
    const char* end = ::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts);
    if (end == nullptr || *end != '\0') return fail(renewal_errc::record_damaged);
    return Time(std::chrono::seconds(::timegm(&parts)));
}

std::chrono::year_month_day local_day(Time time) {
    const auto seconds = std::chrono::system_clock::to_time_t(time);
    std::tm here{};
    localtime_r(&seconds, &here);
    return std::chrono::year(here.tm_year + 1900) / (here.tm_mon + 1) / here.tm_mday;
}

Result<Bytes> digest_of_file(const fs::path& file, std::uint64_t first = 0) {
    ACREDITA_TRY(input, letter::InputFile::open(file, largest_letter));
    const auto size = first == 0 ? input.size() : first;
    if (size > input.size()) return fail(letter::letter_errc::damaged);
    return letter::digest_of(EVP_sha256(), input, {size, size, 0});
}

// "… .apartada-1", the first that is free.
Result<void> put_aside(const fs::path& file) {
    std::error_code trouble;
    for (int n = 1; n < 1000; ++n) {
        const auto aside = fs::path(file.string() + ".apartada-" + std::to_string(n));
        if (fs::exists(fs::symlink_status(aside, trouble))) continue;
        fs::rename(file, aside, trouble);
        if (!trouble) return {};
        break;
    }
    return fail(letter::letter_errc::write_failed, trouble.message());
}

bool is_there(const fs::path& file) {
    std::error_code trouble;
    return fs::exists(fs::symlink_status(file, trouble));
}

// The certificate that a letter can already name: the first of a request goes before it.
Result<letter::KeyFacts> renewed_key(const Record& record, Part part) {
    const bool pending = record.path == Path::request && part == Part::first;
    if (pending || record.new_certificate.empty()) return key_of(record.new_key);
    ACREDITA_TRY(party, party_of(record.new_certificate));
    return std::move(party.key);
}

} // namespace

fs::path letter_file(const Folder& folder, const Record& record, Part part) {
    return folder.letters / (stem(record, part) + ".pdf");
}
fs::path signed_file(const Folder& folder, const Record& record, Part part) {
    return folder.letters / (stem(record, part) + "-firmada.pdf");
}

Result<Bytes> new_nonce() {
    Bytes nonce(16);
    if (RAND_bytes(nonce.data(), static_cast<int>(nonce.size())) != 1)
        return fail(document_errc::bad_value, "nonce");
    return nonce;
}

Result<letter::MadeLetter> compose(const Folder& folder, const Record& record, Part part) {
    ACREDITA_TRY(old, party_of(record.old_certificate));
    ACREDITA_TRY(renewed, renewed_key(record, part));
    ACREDITA_TRY(issued, time_of(part == Part::first ? record.first_issued : record.second_issued));
    letter::Letter values;
    values.signs = part == Part::first ? letter::Signs::previous : letter::Signs::renewed;
    values.folio = record.folio;
    values.nonce = record.nonce;
    values.issued = issued;
    values.expires = issued + std::chrono::days(folder.days);
    values.day = local_day(issued);
    values.office = folder.office;
    values.person = {old.name, old.nif, record.user, record.contact.email};
    values.previous = std::move(old.key);
    values.renewed = std::move(renewed);
    values.origin = record.path == Path::request ? letter::Origin::on_card : letter::Origin::outside;
    if (part == Part::second) values.previous_letter = record.first_signed;
    const auto name =
        "renovacion-" + std::to_string(static_cast<int>(part)) + "." + record.language + ".toml";
    ACREDITA_TRY(words, letter::read_template(folder.templates / name));
    return letter::make_letter(values, words);
}

office::Letter to_remember(const letter::MadeLetter& made, std::int64_t case_number) {
    return {.folio = made.data.folio,
            .part = made.data.signs == letter::Signs::previous ? 1 : 2,
            .case_number = case_number,
            .template_name = made.data.template_name,
            .issued = made.data.issued,
            .length = static_cast<std::int64_t>(made.pdf.size()),
            .sha256 = to_hex(made.sha256)};
}

Result<void> deliver(const letter::MadeLetter& made, const fs::path& file) {
    if (is_there(file)) {
        const auto there = digest_of_file(file);
        if (there && *there == made.sha256) return {};
        ACREDITA_CHECK(put_aside(file));
    }
    ACREDITA_TRY(out, letter::OutputFile::create(file));
    ACREDITA_CHECK(out.write_at(0, made.pdf));
    ACREDITA_CHECK(out.sync());
    return out.deliver();
}

Result<void> check_turn(const Folder& folder, const Record& record, Part part, const office::Letter& issued,
                        ByteView signing_spki, Time now) {
    letter::MatchRequest request;
    request.folio = record.folio;
    request.signs = part == Part::first ? letter::Signs::previous : letter::Signs::renewed;
    request.now = now;
    ACREDITA_TRY(signing, fingerprint(signing_spki));
    request.signing_key = std::move(signing);
    request.remembers = true;
    ACREDITA_TRY(hash, from_hex(issued.sha256));
    request.issued = letter::IssuedLetter{issued.folio, request.signs,
                                          static_cast<std::uint64_t>(issued.length), std::move(hash)};
    if (part == Part::second) request.first = signed_file(folder, record, Part::first);
    ACREDITA_CHECK(letter::match_letter(letter_file(folder, record, part), request));
    return {};
}

Result<std::optional<Bytes>> signed_before(const Folder& folder, const Record& record, Part part,
                                           const office::Letter& issued, ByteView signing_spki) {
    const auto file = signed_file(folder, record, part);
    if (!is_there(file)) return std::nullopt;
    const auto begins = digest_of_file(file, static_cast<std::uint64_t>(issued.length));
    const auto report = letter::verify_pdf(file, {.trust_anchors = {}, .max_size = largest_letter});
    ACREDITA_TRY(key, fingerprint(signing_spki));
    const bool ours = begins && to_hex(*begins) == issued.sha256 && report &&
                      report->signatures.size() == 1 && report->signatures.front().sound() &&
                      report->signatures.front().spki_sha256 == key;
    if (ours) {
        ACREDITA_TRY(whole, digest_of_file(file));
        return std::move(whole);
    }
    ACREDITA_CHECK(put_aside(file));
    return std::nullopt;
}

Result<letter::SignReport> sign(const Folder& folder, const Record& record, Part part,
                                const letter::Signer& signer, const letter::DrawSignature& draw,
                                std::optional<letter::TimestampOrder> timestamp) {
    letter::SignOptions options;
    options.draw = draw;
    options.timestamp = std::move(timestamp);
    // The first letter proves that the person has the old key; its certificate may have ended.
    options.allow_expired = part == Part::first && record.policy != Policy::fnmt;
    return letter::sign_pdf(letter_file(folder, record, part), signed_file(folder, record, part), signer,
                            options);
}

} // namespace acredita::renewal
