// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/safesign/application.hpp"

#include "pcsc/base/tlv.hpp"
#include "tools/practice/error.hpp"
#include "tools/practice/files/directory.hpp"

namespace acredita::practice::safesign {

namespace {

constexpr std::uint8_t pin_reference = 0x02;
constexpr std::uint16_t object_list = 0x5031, key_list = 0x4401, certificate_list = 0x4402;
constexpr std::uint16_t first_certificate = 0x4301;

// RID of RSA Laboratories and "PKCS-15".
const Bytes& name() {
    static const Bytes bytes{0xA0, 0x00, 0x00, 0x00, 0x63, 0x50, 0x4B, 0x43, 0x53, 0x2D, 0x31, 0x35};
    return bytes;
}

TransportRules rules_of(const files::Settings& settings) {
    TransportRules rules;
    rules.extended = false;
    rules.max_command = 255;
    rules.t0 = files::t0_only(settings.atr);
    rules.proprietary = true;
    return rules;
}

Bytes path_to(std::uint16_t file) {
    return {static_cast<std::uint8_t>(file >> 8U), static_cast<std::uint8_t>(file & 0xFFU)};
}

// PKCS #15 v1.1, 6.2: [0] private keys, [4] certificates.
Bytes list_of_lists() {
    const auto entry = [](Tag tag, std::uint16_t file) {
        return make_tlv(tag, make_tlv(0x30, make_tlv(0x04, path_to(file))));
    };
    return concat({entry(0xA0, key_list), entry(0xA4, certificate_list)});
}

} // namespace

SafeSignCard::SafeSignCard(const files::Settings& settings) : FileCard(settings, rules_of(settings)) {}

void SafeSignCard::forget() {
    selected_ = false;
    key_ = nullptr;
}

// Identifiers of keys and certificates are of two minds here, as they are on real ones: only the moduli tell
// which belong together. The paths go through a folder that is none, and the first certificate in the list
// has been deleted.
void SafeSignCard::lay_out(files::FileTree& to) const {
    Bytes keys;
    Bytes certificates = files::encode(
        files::CertificateEntry{.label = "gone", .id = Bytes{0x00}, .path = Bytes{0x3F, 0xFF, 0x43, 0x00}});
    for (std::size_t i = 0; i < credentials().size(); ++i) {
        keys = concat({keys, files::encode(files::KeyEntry{.label = "key",
                                                           .id = Bytes{static_cast<std::uint8_t>(0x80 + i)},
                                                           .auth_id = 0x02,
                                                           .reference = static_cast<std::uint8_t>(i)})});
        const auto& last = credentials()[credentials().size() - 1 - i];
        const auto file = static_cast<std::uint16_t>(first_certificate + i);
        certificates = concat({certificates, files::encode(files::CertificateEntry{
                                                 .label = "certificate",
                                                 .id = Bytes{static_cast<std::uint8_t>(0x40 + i)},
                                                 .path = concat({Bytes{0x3F, 0xFF}, path_to(file)})})});
        to.add({file}, certificate_content(last));
    }
    to.add({object_list}, files::padded_file(list_of_lists(), 162));
    to.add({key_list}, files::padded_file(std::move(keys), 256));
    to.add({certificate_list}, files::padded_file(std::move(certificates), 256));
}

Bytes SafeSignCard::control_information(const files::File& file) const {
    const auto size = file.content.size();
    return {0x6F,
            0x07,
            0x80,
            0x02,
            static_cast<std::uint8_t>(size >> 8U & 0xFFU),
            static_cast<std::uint8_t>(size & 0xFFU),
            0x82,
            0x01,
            static_cast<std::uint8_t>(file.directory ? 0x38 : 0x01)};
}

Answer SafeSignCard::run(const Command& command) {
    if (command.cla == 0x00 && command.ins == 0xA4 && command.p1 == 0x04) return select(command);
    if (!selected_) return status(command.ins == 0xA4 ? 0x6A82 : 0x6D00);
    if (command.cla == 0x01) return on_channel(command);
    if (command.cla == 0x80) return proprietary(command);
    if (command.cla != 0x00) return status(0x6E00);
    switch (command.ins) {
    case 0xA4:
        return select_file(command);
    case 0xB0:
        return read_binary(command);
    case 0xCA:
        return get_data(command);
    default:
        return status(0x6D00);
    }
}

Answer SafeSignCard::select(const Command& command) {
    if (!equal(command.data, name())) return status(0x6A82);
    files_.reset();
    verified_ = false;
    forget();
    selected_ = true;
    return status(0x9000);
}

Answer SafeSignCard::on_channel(const Command& command) {
    switch (command.ins) {
    case 0x20:
        return verify(command);
    case 0x22:
        return manage_environment(command);
    case 0x2A:
        return sign(command);
    default:
        return status(0x6D00);
    }
}

// 34: tries, the second byte; 3A: the public half of the key with this ordinal number.
Answer SafeSignCard::proprietary(const Command& command) {
    if (command.ins == 0x34) {
        if (command.p1 != 0x00 || command.p2 > pin_reference) return status(0x6A86);
        const auto& reference = command.p2 == pin_reference ? pin_ : puk_;
        return {
            {static_cast<std::uint8_t>(reference.total), static_cast<std::uint8_t>(reference.left), 0x01}};
    }
    if (command.ins != 0x3A) return status(0x6D00);
    const auto* key = credential(command.p1);
    if (key == nullptr) return status(0x6A88);
    if (command.p2 == 0x01) return {files::modulus_of(*key)};
    return command.p2 == 0x02 ? Answer{{0x01, 0x00, 0x01}} : status(0x6A86);
}

Answer SafeSignCard::get_data(const Command& command) const {
    if (command.p1 != 0x01) return status(0x6A88);
    if (command.p2 == 0x00) {
        const auto* first = credential(0);
        auto serial = first == nullptr ? Bytes(20, 0x11) : files::id_of(*first);
        serial.resize(8);
        return {std::move(serial)};
    }
    if (command.p2 == 0x02)
        return {{0x7F, 0xFF, 0x20, static_cast<std::uint8_t>(0x20 - credentials().size()), 0x0C, 0x0B}};
    return status(0x6A88);
}

Answer SafeSignCard::verify(const Command& command) {
    if (command.p1 != 0x00 || command.p2 != pin_reference) return status(0x6A86);
    if (command.data.size() < 4 || command.data.size() > 15) return status(0x6700);
    const auto sw = check(pin_, command.data);
    verified_ = sw == 0x9000;
    return status(sw);
}

// 84 before 80, or it is refused.
Answer SafeSignCard::manage_environment(const Command& command) {
    if (command.p1 != 0x41 || command.p2 != 0xB6) return status(0x6A86);
    const auto& data = command.data;
    if (data.size() != 6 || data[0] != 0x84 || data[1] != 0x01 || data[3] != 0x80 || data[4] != 0x01 ||
        data[5] != 0x02)
        return status(0x6A80);
    key_ = credential(data[2]);
    return status(key_ == nullptr ? 0x6A88 : 0x9000);
}

Answer SafeSignCard::sign(const Command& command) {
    if (command.p1 != 0x9E || command.p2 != 0x9A) return status(0x6A86);
    if (key_ == nullptr) return status(0x6985);
    if (!verified_) return status(0x6982);
    auto signature = files::padded_rsa(*key_, command.data);
    if (command.data.empty() || signature.empty()) return status(0x6700);
    return {std::move(signature)};
}

Result<Chip> read_options(const CardOptions& options) {
    files::Settings settings;
    // The one of the SmartCafe cards of a certification authority in Valencia; and a university card.
    settings.atr = from_hex("3BF71800008031FE45736674652D6E66C4").value_or(Bytes{});
    for (const auto& option : options) {
        if (option.key == "card" && option.value == "r7")
            settings.atr = from_hex("3B6F00008066B0070101070753023110829000").value_or(Bytes{});
        else if (!files::read_common(option, settings))
            return fail(practice_errc::bad_card, std::string(option.key));
    }
    return Chip{[settings](std::uint32_t) { return std::make_unique<SafeSignCard>(settings); }, false};
}

} // namespace acredita::practice::safesign
