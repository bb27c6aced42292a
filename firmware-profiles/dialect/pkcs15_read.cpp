// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/pkcs15_read.hpp"

#include "firmware-profiles/dialect/pkcs15_entries.hpp"
#include "firmware-profiles/dialect/pkcs15_fields.hpp"
#include "firmware-profiles/dialect/public_key.hpp"

#include <algorithm>

namespace acredita::dialect::pkcs15 {

namespace {

using card::card_errc;

// Looking for the next entry behind one that lies starts at each byte; no more often than this.
constexpr std::size_t max_attempts = 8192;

bool is_padding(std::uint8_t byte) { return byte == 0x00 || byte == 0xFF; }

std::size_t skip_padding(ByteView file, std::size_t at) {
    while (at < file.size() && is_padding(file[at])) ++at;
    return at;
}

// The element at this place, if it ends within the file.
std::optional<Tlv> element_at(ByteView file, std::size_t at) {
    TlvReader reader(file.subspan(at));
    auto element = reader.next();
    return element ? std::optional(*element) : std::nullopt;
}

template <class Entry>
void keep(Entry entry, Span span, Listing<Entry>& to) {
    if constexpr (requires { entry.common; }) entry.common.span = span;
    to.entries.push_back(std::move(entry));
}

template <class Entry>
Listing<Entry> read_listing(ByteView file, std::optional<Entry> (*read)(const Tlv&)) {
    Listing<Entry> listing;
    file = file.first(std::min(file.size(), max_file));
    bool lost = false; // behind an entry that cannot be believed
    for (std::size_t at = skip_padding(file, 0), attempts = 0; at < file.size();) {
        if (listing.entries.size() + listing.skipped >= max_entries || attempts++ == max_attempts) break;
        const auto element = element_at(file, at);
        auto entry = element ? read(*element) : std::nullopt;
        if (!entry && !lost) ++listing.skipped;
        lost = !entry;
        if (entry) keep(std::move(*entry), {at, element->whole.size()}, listing);
        // Its length may be what is wrong with it, so every byte behind its first may begin the next one.
        at += lost ? 1 : element->whole.size();
        listing.end = at;
        at = skip_padding(file, at);
    }
    return listing;
}

} // namespace

Listing<Directory> read_odf(ByteView file) {
    auto listing = read_listing(file, directory_entry);
    // The same file named twice, or itself, is read once; who names hundreds does not mean it.
    std::vector<Directory> once;
    for (auto& entry : listing.entries) {
        const bool seen = std::any_of(once.begin(), once.end(), [&](const Directory& other) {
            return other.lists == entry.lists && other.path == entry.path && other.entries == entry.entries;
        });
        if (seen || once.size() == max_directories)
            ++listing.skipped;
        else
            once.push_back(std::move(entry));
    }
    listing.entries = std::move(once);
    return listing;
}

Listing<Key> read_private_keys(ByteView file) { return read_listing(file, private_key_entry); }
Listing<Key> read_public_keys(ByteView file) { return read_listing(file, public_key_entry); }
Listing<Certificate> read_certificates(ByteView file) { return read_listing(file, certificate_entry); }
Listing<Data> read_data(ByteView file) { return read_listing(file, data_entry); }
Listing<Pin> read_pins(ByteView file) { return read_listing(file, pin_entry); }

std::optional<TokenInfo> read_token_info(ByteView file) {
    const auto element = element_at(file, 0);
    if (!element || element->tag != 0x30) return std::nullopt;
    Fields in(element->value);
    TokenInfo info;
    const auto version = in.take(0x02);
    if (!version) return std::nullopt;
    info.version = number(*version).value_or(0);
    if (const auto serial = in.take(0x04)) info.serial = identifier(*serial);
    if (const auto manufacturer = in.take(0x0C)) info.manufacturer = text(*manufacturer);
    if (const auto label = in.take(0x80)) info.label = text(*label);
    if (const auto bits = in.take(0x03)) {
        info.read_only = (flags(*bits) & 1U) != 0;
        info.login_required = (flags(*bits) & 2U) != 0;
    }
    if (const auto update = in.seek(0xA5)) { // [5] around a CHOICE is explicit
        Fields time(*update);
        if (const auto generalized = time.take(0x18)) info.last_update = text(*generalized);
    }
    return info;
}

Progress progress(ByteView read_so_far) {
    std::size_t at = 0;
    while (at < read_so_far.size()) {
        if (is_padding(read_so_far[at])) return {.complete = true, .wanted = at};
        // A length that is not all there yet needs at most six bytes of tag and length.
        TlvReader reader(read_so_far.subspan(at));
        if (const auto element = reader.next()) {
            at += element->whole.size();
            continue;
        }
        const auto head = read_so_far.subspan(at);
        std::size_t length = 0, header = 2;
        if (head.size() > 1 && head[1] > 0x80 && head[1] <= 0x84) {
            header += head[1] & 0x0FU;
            for (std::size_t i = 2; i < std::min(header, head.size()); ++i) length = length << 8U | head[i];
        } else if (head.size() > 1) {
            length = head[1];
        }
        return {.complete = at + header + length > max_file,
                .wanted = std::min(std::max(at + header + length, read_so_far.size() + 1), max_file)};
    }
    return {.complete = false, .wanted = at + 1};
}

Result<card::PublicKey> read_public_key_value(ByteView value) {
    const auto element = element_at(value, 0);
    if (element && element->tag == 0x04 && !element->value.empty() && element->value.front() == 0x04)
        return ec_key(element->value);
    if (!element || element->tag != 0x30) return ec_key(value);
    Fields in(element->value);
    if (const auto modulus = in.take(0x02)) {
        const auto exponent = in.take(0x02);
        if (!exponent) return fail(card_errc::answer_malformed, "RSA public key");
        return rsa_key(*modulus, *exponent);
    }
    const auto algorithm = in.take(0x30);
    const auto bits = in.take(0x03);
    if (!algorithm || !bits || bits->size() < 2 || bits->front() != 0)
        return fail(card_errc::answer_malformed, "public key");
    Fields named(*algorithm);
    const auto kind = named.take(0x06);
    constexpr std::uint8_t ec[] = {0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01}; // RFC 5480 2.1.1
    if (!kind) return fail(card_errc::answer_malformed, "public key");
    if (!equal(*kind, ec)) {
        const auto inner = element_at(bits->subspan(1), 0);
        if (!inner || inner->tag != 0x30) return fail(card_errc::answer_malformed, "RSA public key");
        Fields numbers(inner->value);
        const auto modulus = numbers.take(0x02);
        const auto exponent = numbers.take(0x02);
        if (!modulus || !exponent) return fail(card_errc::answer_malformed, "RSA public key");
        return rsa_key(*modulus, *exponent);
    }
    if (named.next() && named.next()->tag == 0x06) return ec_key(named.next()->whole, bits->subspan(1));
    return ec_key(bits->subspan(1)); // the curve spelled out: known by its size
}

std::optional<ByteView> certificate_in(ByteView file) {
    const auto element = element_at(file, 0);
    if (!element || element->tag != 0x30) return std::nullopt;
    Fields in(element->value);
    // tbsCertificate, signatureAlgorithm, signatureValue (RFC 5280 4.1); a public key has one SEQUENCE at
    // most.
    if (!in.take(0x30) || !in.take(0x30) || !in.take(0x03)) return std::nullopt;
    return element->whole;
}

} // namespace acredita::dialect::pkcs15
