// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/armour.hpp"

#include "tools/p12/der.hpp"
#include "tools/p12/errc.hpp"
#include "tools/p12/file.hpp"

#include <algorithm>
#include <optional>

namespace acredita::p12 {

namespace {

constexpr std::string_view begin_mark = "-----BEGIN ";

bool is_space(std::uint8_t c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// Nothing but blanks, or the mark that some editors put before UTF-8.
bool is_blank(ByteView text) {
    return std::ranges::all_of(text,
                               [](auto c) { return is_space(c) || c == 0xEF || c == 0xBB || c == 0xBF; });
}

// Text without the mark an editor put before it, and without the zeros of UTF-16, in which PowerShell writes.
ZeroingBytes plain_text(ByteView file) {
    const auto starts = [&](std::string_view mark) { return as_text(file).starts_with(mark); };
    if (starts("\xEF\xBB\xBF")) return {file.begin() + 3, file.end()};
    const bool little = starts("\xFF\xFE");
    if (!little && !starts("\xFE\xFF")) return {file.begin(), file.end()};
    ZeroingBytes text;
    for (std::size_t at = 2; at + 1 < file.size(); at += 2)
        text.push_back(file[little ? at + 1 : at] == 0 ? file[little ? at : at + 1] : '?');
    return text;
}

std::optional<std::uint32_t> base64_value(std::uint8_t c) {
    if (c >= 'A' && c <= 'Z') return c - 'A';
    if (c >= 'a' && c <= 'z') return c - 'a' + 26;
    if (c >= '0' && c <= '9') return c - '0' + 52;
    if (c == '+') return 62;
    if (c == '/') return 63;
    return std::nullopt;
}

// Stops at the first '='; nullopt at anything that is neither base64 nor blank.
std::optional<ZeroingBytes> from_base64(ByteView text) {
    ZeroingBytes bytes;
    bytes.reserve(text.size() / 4 * 3 + 3);
    std::uint32_t buffer = 0;
    unsigned bits = 0;
    for (const auto c : text) {
        if (is_space(c)) continue;
        if (c == '=') break;
        const auto value = base64_value(c);
        if (!value) return std::nullopt;
        buffer = (buffer << 6U) | *value;
        bits += 6;
        if (bits < 8) continue;
        bits -= 8;
        bytes.push_back(static_cast<std::uint8_t>(buffer >> bits));
    }
    return bytes;
}

// What announces itself by its first bytes.
Result<void> refuse_magic(ByteView file) {
    struct Row {
        std::string_view magic;
        p12_errc what;
    };
    using namespace std::string_view_literals;
    static constexpr Row rows[] = {
        {"\xFE\xED\xFE\xED"sv, p12_errc::java_keystore},
        {"\xCE\xCE\xCE\xCE"sv, p12_errc::java_keystore},
        {"PK\3\4"sv, p12_errc::zip_archive},
        {"PK\5\6"sv, p12_errc::zip_archive},
        {"%PDF-"sv, p12_errc::pdf_document},
        {"SQLite format 3\0"sv, p12_errc::browser_database},
        {"L\0\0\0\1\x14\2\0"sv, p12_errc::windows_shortcut},
        {"\x89PNG"sv, p12_errc::picture},
        {"\xFF\xD8\xFF"sv, p12_errc::picture},
        {"GIF8"sv, p12_errc::picture},
        {"BM\x36"sv, p12_errc::picture},
        {"PuTTY-User-Key-File"sv, p12_errc::private_key_only},
    };
    for (const auto& row : rows)
        if (as_text(file).starts_with(row.magic)) return fail(row.what);
    auto text = as_text(file);
    text.remove_prefix(std::min(text.find('<'), text.size()));
    const bool markup = text.size() < file.size() ? is_blank(file.first(file.size() - text.size())) : true;
    for (const auto* const begin : {"<!DOCTYPE html", "<!doctype html", "<html", "<HTML"})
        if (markup && text.starts_with(begin)) return fail(p12_errc::web_page);
    return {};
}

Result<void> refuse_label(std::string_view text) {
    // A key anywhere makes it a key file, even if certificates stand before it.
    if (text.find("PRIVATE KEY-----") != std::string_view::npos)
        return fail(p12_errc::private_key_only, "PEM");
    if (text.find("CERTIFICATE REQUEST-----") != std::string_view::npos)
        return fail(p12_errc::certificate_request, "PEM");
    if (text.find("CERTIFICATE-----") != std::string_view::npos)
        return fail(p12_errc::certificate_only, "PEM");
    if (text.find("X509 CRL-----") != std::string_view::npos) return fail(p12_errc::revocation_list, "PEM");
    if (text.find("BEGIN PKCS7-----") != std::string_view::npos) return fail(p12_errc::pkcs7_only, "PEM");
    if (text.find("BEGIN CMS-----") != std::string_view::npos) return fail(p12_errc::pkcs7_only, "PEM");
    if (text.find("BEGIN PKCS12-----") == std::string_view::npos &&
        text.find("BEGIN PFX-----") == std::string_view::npos)
        return fail(p12_errc::not_a_backup, "PEM of another kind");
    return {};
}

Result<Unwrapped> from_pem(std::string_view text, std::size_t begin) {
    ACREDITA_CHECK(refuse_label(text));
    const auto body = text.find("-----", begin + begin_mark.size());
    if (body == std::string_view::npos) return fail(p12_errc::damaged, "PEM");
    const auto end = text.find("-----END ", body);
    if (end == std::string_view::npos) return fail(p12_errc::truncated, "missing=1");
    auto bytes = from_base64(as_bytes(text.substr(body + 5, end - body - 5)));
    if (!bytes) return fail(p12_errc::damaged, "PEM");
    return Unwrapped{*std::move(bytes), true};
}

// The tags of the first elements inside a SEQUENCE.
std::vector<Tlv> children(ByteView content) {
    std::vector<Tlv> found;
    Der inside(content);
    while (!inside.at_end() && found.size() < 5) {
        auto element = inside.any("element");
        if (!element) break;
        found.push_back(*element);
    }
    return found;
}

bool shaped(const std::vector<Tlv>& elements, std::initializer_list<Tag> tags) {
    return elements.size() >= tags.size() && std::equal(tags.begin(), tags.end(), elements.begin(),
                                                        [](Tag tag, const Tlv& e) { return e.tag == tag; });
}

// SEQUENCE, AlgorithmIdentifier, BIT STRING: what signed things look like.
Result<void> refuse_signed(ByteView to_be_signed) {
    const auto parts = children(to_be_signed);
    if (shaped(parts, {tag::integer, tag::sequence, tag::sequence, tag::context0}))
        return fail(p12_errc::certificate_request, "DER");
    if (shaped(parts, {tag::context0, tag::integer}) ||
        shaped(parts, {tag::integer, tag::sequence, tag::sequence, tag::sequence, tag::sequence}))
        return fail(p12_errc::certificate_only, "DER");
    // TBSCertList (RFC 5280 5.1): version 1 has no number; a date stands behind algorithm and issuer.
    const std::size_t date = shaped(parts, {tag::integer}) ? 3 : 2;
    if (parts.size() > date && parts[date - 1].tag == tag::sequence &&
        (parts[date].tag == tag::utc_time || parts[date].tag == tag::generalized_time))
        return fail(p12_errc::revocation_list, "DER");
    return fail(p12_errc::not_a_backup, "signed data of another kind");
}

} // namespace

Result<Unwrapped> unwrap(ByteView file) {
    if (file.size() > largest_file) return fail(p12_errc::too_large, std::to_string(file.size()));
    if (file.empty()) return fail(p12_errc::empty_file);
    if (std::ranges::all_of(file, [](auto byte) { return byte == 0; })) return fail(p12_errc::only_zeros);
    ACREDITA_CHECK(refuse_magic(file));
    if (file.front() == tag::sequence && file.size() > 1 && !(file[1] < 0x80 && is_space(file[1])))
        return Unwrapped{ZeroingBytes(file.begin(), file.end()), false};
    if (file.size() == 1 && file.front() == tag::sequence) return fail(p12_errc::truncated, "missing=1");

    const auto plain = plain_text(file);
    const auto text = as_text(plain);
    const auto mark = text.find(begin_mark);
    if (mark != std::string_view::npos) return from_pem(text, mark);
    if (auto bytes = from_base64(plain); bytes && !bytes->empty() && bytes->front() == tag::sequence)
        return Unwrapped{*std::move(bytes), true};
    return fail(p12_errc::not_a_backup);
}

Result<void> refuse_other_formats(ByteView definite) {
    Der whole(definite);
    const auto content = whole.take(tag::sequence, "SEQUENCE");
    if (!content) return fail(p12_errc::not_a_backup);
    const auto parts = children(*content);
    if (shaped(parts, {tag::oid, tag::context0})) return fail(p12_errc::pkcs7_only, "DER");
    if (shaped(parts, {tag::sequence, tag::sequence, 0x03})) return refuse_signed(parts[0].value);
    if (shaped(parts, {tag::integer, tag::sequence, tag::octets}))
        return fail(p12_errc::private_key_only, "PKCS#8");
    if (shaped(parts, {tag::sequence, tag::octets}) && parts.size() == 2)
        return fail(p12_errc::private_key_only, "encrypted PKCS#8");
    if (shaped(parts, {tag::integer, tag::integer, tag::integer}))
        return fail(p12_errc::private_key_only, "PKCS#1");
    if (shaped(parts, {tag::integer, tag::octets})) return fail(p12_errc::private_key_only, "SEC 1");
    return {};
}

} // namespace acredita::p12
