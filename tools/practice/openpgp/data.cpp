// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What can be read: 3.4, 4.4.1 (the tree of data objects) and 7.2.5 to 7.2.7.
#include "pcsc/base/tlv.hpp"
#include "tools/practice/openpgp/application.hpp"
#include "tools/practice/piv/certificate.hpp"

#include <algorithm>

namespace acredita::practice::openpgp {

namespace {

Bytes two(std::size_t value) {
    return {static_cast<std::uint8_t>(value >> 8U & 0xFFU), static_cast<std::uint8_t>(value & 0xFFU)};
}

std::uint16_t tag_of(const Command& command) {
    return static_cast<std::uint16_t>(command.p1 << 8 | command.p2);
}

} // namespace

Bytes OpenPgpApplication::object(std::uint16_t tag) const {
    const auto found = memory_.objects.find(tag);
    return found == memory_.objects.end() ? Bytes{} : found->second;
}

// 4.4.3.7: challenge, import, C4 writable, private objects, attributes writable, key derivation.
Bytes OpenPgpApplication::extended_capabilities() const {
    return concat({Bytes{0x7D, 0x00}, two(firmware_.max_challenge), two(firmware_.max_certificate),
                   two(firmware_.max_special), Bytes{0x00, 0x00}});
}

Bytes OpenPgpApplication::length_information() const {
    Bytes inner;
    append_tlv(inner, 0x02, two(firmware_.transport.max_command));
    append_tlv(inner, 0x02, two(firmware_.transport.max_command));
    return make_tlv(0x7F66, inner);
}

// 4.4.3.8: for each key, 0 none, 1 generated, 2 imported.
Bytes OpenPgpApplication::key_information() const {
    Bytes out;
    for (std::size_t i = 0; i < memory_.keys.size(); ++i) {
        const auto& key = memory_.keys[i];
        out.push_back(static_cast<std::uint8_t>(i + 1));
        out.push_back(static_cast<std::uint8_t>(key.der.empty() ? 0 : key.imported ? 2 : 1));
    }
    return out;
}

Bytes OpenPgpApplication::discretionary() const {
    Bytes out, fingerprints, dates;
    append_tlv(out, 0xC0, extended_capabilities());
    Tag tag = 0xC1;
    for (const auto& key : memory_.keys) {
        append_tlv(out, tag++, key.attributes);
        append(fingerprints, key.fingerprint);
        append(dates, key.date);
    }
    append_tlv(out, 0xC4, password_status());
    append_tlv(out, 0xC5, fingerprints);
    append_tlv(out, 0xC6, Bytes(60, 0));
    append_tlv(out, 0xCD, dates);
    if (firmware_.key_information) append_tlv(out, 0xDE, key_information());
    return out;
}

Bytes OpenPgpApplication::application_data() const {
    Bytes inner;
    append_tlv(inner, 0x4F, application_identifier());
    append_tlv(inner, 0x5F52, historical());
    if (firmware_.length_information) append(inner, length_information());
    append_tlv(inner, 0x73, discretionary());
    return make_tlv(0x6E, inner);
}

Bytes OpenPgpApplication::algorithm_information() const {
    Bytes inner;
    for (const auto use : uses)
        for (const auto& attributes : possible_attributes(firmware_, use))
            append_tlv(inner, 0xC1 + static_cast<Tag>(use), attributes);
    return make_tlv(0xFA, inner);
}

// Occurrence 0 belongs to the key for authentication, 1 to decryption, 2 to signatures.
KeyPlace& OpenPgpApplication::of_occurrence() {
    constexpr std::array order{Use::authenticate, Use::decipher, Use::sign};
    return place(order.at(security_.occurrence));
}

Bytes OpenPgpApplication::certificate() {
    const auto& stored = of_occurrence().certificate;
    if (!settings_.faults.other_certificate || stored.empty()) return stored;
    if (foreign_certificate_.empty())
        foreign_certificate_ = copy(*find_tlv(piv::foreign_certificate_object(), 0x70));
    return foreign_certificate_;
}

Answer OpenPgpApplication::private_object(std::uint16_t tag) {
    if (tag == 0x0103 && !security_.other) return status(0x6982);
    if (tag == 0x0104 && !security_.admin) return status(0x6982);
    return {object(tag)};
}

Answer OpenPgpApplication::read(std::uint16_t tag) {
    switch (tag) {
    case 0x004F:
        return {application_identifier()};
    case 0x5F52:
        return {historical()};
    case 0x0065: {
        Bytes inner;
        append_tlv(inner, 0x5B, object(0x5B));
        append_tlv(inner, 0x5F2D, object(0x5F2D));
        append_tlv(inner, 0x5F35, object(0x5F35).empty() ? Bytes{0x39} : object(0x5F35));
        return {firmware_.bare_cardholder ? inner : make_tlv(0x65, inner)};
    }
    case 0x006E:
        return {application_data()};
    case 0x007A:
        return {
            make_tlv(0x7A, make_tlv(0x93, Bytes{static_cast<std::uint8_t>(memory_.signatures >> 16U & 0xFFU),
                                                static_cast<std::uint8_t>(memory_.signatures >> 8U & 0xFFU),
                                                static_cast<std::uint8_t>(memory_.signatures & 0xFFU)}))};
    case 0x7F66:
        return firmware_.length_information ? Answer{length_information()} : status(0x6A88);
    case 0x7F74: // general features: no display, no keys of its own
        return firmware_.select_data ? Answer{make_tlv(0x7F74, make_tlv(0x81, Bytes{0x00}))} : status(0x6A88);
    case 0x00C4:
        return {password_status()};
    case 0x00C5:
    case 0x00CD:
    case 0x00C0:
        return {copy(find_tlv(discretionary(), tag).value_or(ByteView{}))};
    case 0x00C1:
    case 0x00C2:
    case 0x00C3:
        return {memory_.keys.at(tag - 0xC1U).attributes};
    case 0x00DE:
        return firmware_.key_information ? Answer{key_information()} : status(0x6A88);
    case 0x00F9:
        return {object(tag).empty() ? Bytes{0x81, 0x01, 0x00} : object(tag)};
    case 0x00FA:
        return firmware_.key_information ? Answer{algorithm_information()} : status(0x6A88);
    case 0x7F21:
        return {certificate()};
    case 0x005E:
    case 0x5F50:
        return {object(tag)};
    default:
        return tag >= 0x0101 && tag <= 0x0104 ? private_object(tag) : status(0x6A88);
    }
}

Answer OpenPgpApplication::get_data(const Command& command) {
    const auto tag = tag_of(command);
    // The occurrence lives until another object is asked for.
    if (tag != 0x7F21) security_.occurrence = 0;
    return read(tag);
}

// 7.2.5: P1 the occurrence, P2 04; 60 {5C tag}.
Answer OpenPgpApplication::select_data(const Command& command) {
    const Bytes wanted{0x60, 0x04, 0x5C, 0x02, 0x7F, 0x21};
    if (command.p2 != 0x04) return status(0x6A86);
    if (!equal(command.data, wanted)) return status(0x6A80);
    if (command.p1 > 2) return status(0x6A88);
    security_.occurrence = command.p1;
    return status(0x9000);
}

Answer OpenPgpApplication::next_data(const Command& command) {
    if (tag_of(command) != 0x7F21) return status(0x6A88);
    if (security_.occurrence >= 2) return status(0x6A88);
    ++security_.occurrence;
    return {certificate()};
}

} // namespace acredita::practice::openpgp
