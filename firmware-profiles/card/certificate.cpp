// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The parts of an X.509 certificate (RFC 5280 4.1) that a token shows, read by hand: no recursion, each
// length checked.
#include "firmware-profiles/card/card.hpp"
#include "firmware-profiles/dialect/public_key.hpp"
#include "pcsc/base/tlv.hpp"

#include <algorithm>

namespace acredita::card {

namespace {

constexpr Tag integer = 0x02, bit_string = 0x03, octet_string = 0x04, oid = 0x06, utf8 = 0x0C,
              printable = 0x13, teletex = 0x14, ia5 = 0x16, utc_time = 0x17, generalized_time = 0x18,
              bmp = 0x1E, sequence = 0x30, set = 0x31, version = 0xA0, extensions = 0xA3, boolean = 0x01;
constexpr std::uint8_t common_name_oid[] = {0x55, 0x04, 0x03};
constexpr std::uint8_t key_usage_oid[] = {0x55, 0x1D, 0x0F};
constexpr std::uint8_t basic_constraints_oid[] = {0x55, 0x1D, 0x13};
constexpr std::uint8_t rsa_oid[] = {0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01};
constexpr std::uint8_t ec_oid[] = {0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01};

auto malformed(const char* what) { return fail(card_errc::answer_malformed, what); }

Result<Tlv> expect(TlvReader& reader, Tag tag, const char* what) {
    auto element = reader.next();
    if (!element || element->tag != tag) return malformed(what);
    return *element;
}

void append_utf8(std::string& to, unsigned code) {
    const auto put = [&](unsigned byte) {
        to.push_back(static_cast<char>(static_cast<unsigned char>(byte)));
    };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0U | code >> 6U), put(0x80U | (code & 0x3FU));
    } else {
        put(0xE0U | code >> 12U), put(0x80U | (code >> 6U & 0x3FU)), put(0x80U | (code & 0x3FU));
    }
}

std::string text_of(const Tlv& value) {
    std::string text;
    switch (value.tag) {
    case utf8:
    case printable:
    case ia5:
        return std::string(as_text(value.value));
    case teletex: // in practice Latin-1
        for (const auto byte : value.value) append_utf8(text, byte);
        return text;
    case bmp:
        for (std::size_t i = 0; i + 1 < value.value.size(); i += 2)
            append_utf8(text, value.value[i] * 256U + value.value[i + 1]);
        return text;
    default:
        return {};
    }
}

// The last common name wins: it is the most specific.
std::string common_name_of(ByteView name) {
    std::string found;
    TlvReader sets(name);
    while (!sets.at_end()) {
        const auto one = sets.next();
        if (!one || one->tag != set) return found;
        const auto pair = find_tlv(one->value, sequence);
        if (!pair) continue;
        TlvReader reader(*pair);
        const auto type = reader.next();
        const auto value = reader.next();
        if (type && value && type->tag == oid && equal(type->value, common_name_oid)) found = text_of(*value);
    }
    return found;
}

// RFC 5280 4.1.2.5: two-digit years from 50 on are of the twentieth century; nothing but Zulu time with
// seconds.
std::string time_of(const Tlv& time) {
    const auto text = as_text(time.value);
    const std::size_t size = time.tag == utc_time ? 13 : 15;
    if ((time.tag != utc_time && time.tag != generalized_time) || text.size() != size || text.back() != 'Z')
        return {};
    const auto digits = text.substr(0, size - 1);
    if (!std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; })) return {};
    if (time.tag == generalized_time) return std::string(text);
    return (text[0] >= '5' ? "19" : "20") + std::string(text);
}

std::optional<std::uint16_t> key_usage_of(ByteView value) {
    const auto bits = find_tlv(value, bit_string);
    if (!bits || bits->size() < 2) return std::nullopt;
    std::uint16_t usage = 0;
    for (unsigned bit = 0; bit < 16 && bit / 8 + 1 < bits->size(); ++bit)
        if (((*bits)[bit / 8 + 1] & (0x80U >> (bit % 8))) != 0)
            usage = static_cast<std::uint16_t>(usage | 1U << bit);
    return usage;
}

void read_extensions(ByteView list, CertificateParts& parts) {
    TlvReader reader(list);
    while (!reader.at_end()) {
        const auto one = reader.next();
        if (!one || one->tag != sequence) return;
        const auto type = find_tlv(one->value, oid);
        const auto value = find_tlv(one->value, octet_string);
        if (!type || !value) continue;
        if (equal(*type, key_usage_oid)) parts.key_usage = key_usage_of(*value);
        if (equal(*type, basic_constraints_oid)) {
            const auto authority = find_tlv(*value, {sequence, boolean});
            parts.authority = authority && authority->size() == 1 && (*authority)[0] != 0;
        }
    }
}

} // namespace

Result<CertificateParts> read_certificate(ByteView der) {
    CertificateParts parts;
    TlvReader whole(der);
    ACREDITA_TRY(certificate, expect(whole, sequence, "certificate"));
    if (!whole.at_end()) return malformed("bytes behind the certificate");
    TlvReader outer(certificate.value);
    ACREDITA_TRY(to_be_signed, expect(outer, sequence, "tbsCertificate"));
    TlvReader fields(to_be_signed.value);
    ACREDITA_TRY(first, fields.next());
    if (first.tag == version) {
        ACREDITA_TRY(serial, expect(fields, integer, "serialNumber"));
        first = serial;
    }
    if (first.tag != integer) return malformed("serialNumber");
    parts.serial = first.whole;
    ACREDITA_CHECK(expect(fields, sequence, "signature"));
    ACREDITA_TRY(issuer, expect(fields, sequence, "issuer"));
    ACREDITA_TRY(validity, expect(fields, sequence, "validity"));
    ACREDITA_TRY(subject, expect(fields, sequence, "subject"));
    ACREDITA_TRY(spki, expect(fields, sequence, "subjectPublicKeyInfo"));
    parts.issuer = issuer.whole;
    parts.subject = subject.whole;
    parts.spki = spki.whole;
    parts.common_name = common_name_of(subject.value);
    TlvReader times(validity.value);
    if (const auto time = times.next()) parts.not_before = time_of(*time);
    if (const auto time = times.next()) parts.not_after = time_of(*time);
    if (const auto list = find_tlv(fields.rest(), {extensions, sequence})) read_extensions(*list, parts);
    return parts;
}

Result<PublicKey> read_public_key(ByteView spki) {
    TlvReader whole(spki);
    ACREDITA_TRY(info, expect(whole, sequence, "subjectPublicKeyInfo"));
    TlvReader fields(info.value);
    ACREDITA_TRY(algorithm, expect(fields, sequence, "algorithm"));
    ACREDITA_TRY(bits, expect(fields, bit_string, "subjectPublicKey"));
    if (bits.value.empty() || bits.value[0] != 0) return malformed("subjectPublicKey");
    const auto key = bits.value.subspan(1);
    TlvReader parameters(algorithm.value);
    ACREDITA_TRY(type, expect(parameters, oid, "algorithm"));
    if (equal(type.value, ec_oid)) {
        ACREDITA_TRY(curve, expect(parameters, oid, "namedCurve"));
        return dialect::ec_key(curve.whole, key);
    }
    if (!equal(type.value, rsa_oid)) return malformed("kind of key");
    TlvReader rsa(key);
    ACREDITA_TRY(pair, expect(rsa, sequence, "RSAPublicKey"));
    TlvReader numbers(pair.value);
    ACREDITA_TRY(modulus, expect(numbers, integer, "modulus"));
    ACREDITA_TRY(exponent, expect(numbers, integer, "publicExponent"));
    return dialect::rsa_key(modulus.value, exponent.value);
}

Bytes write_public_key(const PublicKey& key) {
    const auto number = [](ByteView value) {
        Bytes bytes;
        if (value.empty() || value[0] >= 0x80) bytes.push_back(0);
        append(bytes, value);
        return make_tlv(integer, bytes);
    };
    const bool rsa = key.type == KeyType::rsa;
    const Bytes null{0x05, 0x00};
    const auto algorithm =
        rsa ? concat({make_tlv(oid, rsa_oid), null}) : concat({make_tlv(oid, ec_oid), key.curve_oid});
    Bytes bits{0x00};
    append(bits, rsa ? make_tlv(sequence, concat({number(key.modulus), number(key.exponent)})) : key.point);
    return make_tlv(sequence, concat({make_tlv(sequence, algorithm), make_tlv(bit_string, bits)}));
}

} // namespace acredita::card
