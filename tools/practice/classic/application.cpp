// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/classic/application.hpp"

#include "pcsc/base/tlv.hpp"
#include "tools/practice/files/directory.hpp"

#include <algorithm>

namespace acredita::practice::classic {

namespace {

constexpr std::uint8_t pin_reference = 0x81;
constexpr std::size_t width = 16;
constexpr std::uint8_t first_key = 0x06; // as seen on a real one
constexpr std::uint16_t folder = 0x5000;
constexpr std::uint16_t first_certificate = 0x5040;
constexpr std::size_t key_list = 1280, certificate_list = 1024;

Bytes name_of(std::uint8_t application) {
    return {0xA0, 0x00, 0x00, 0x00, 0x18, application, 0x00, 0x00, 0x01, 0x63, 0x42, 0x00};
}

TransportRules rules_of(const Settings& settings) {
    TransportRules rules;
    rules.extended = false;
    rules.max_command = 255;
    rules.t0 = files::t0_only(settings.files.atr);
    return rules;
}

// What stands in front of a hash in PKCS #1 1.5 signatures is the card's to add, except for 02.
std::size_t hash_size(std::uint8_t algorithm) {
    switch (algorithm) {
    case 0x12:
        return 20;
    case 0x42:
        return 32;
    case 0x52:
        return 48;
    case 0x62:
        return 64;
    default:
        return 0;
    }
}

// RFC 8017, 9.2, note 1.
Bytes digest_info(std::uint8_t algorithm, ByteView hash) {
    Bytes oid{0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01};
    if (algorithm == 0x12) oid = {0x2B, 0x0E, 0x03, 0x02, 0x1A};
    if (algorithm == 0x52) oid.back() = 0x02;
    if (algorithm == 0x62) oid.back() = 0x03;
    const auto name = make_tlv(0x30, concat({make_tlv(0x06, oid), make_tlv(0x05, {})}));
    return make_tlv(0x30, concat({name, make_tlv(0x04, hash)}));
}

} // namespace

ClassicCard::ClassicCard(const Settings& settings)
    : FileCard(settings.files, rules_of(settings)), settings_(settings) {}

void ClassicCard::forget() {
    selected_ = false;
    algorithm_ = 0;
    key_ = nullptr;
    hash_.clear();
}

ZeroingBytes ClassicCard::presented(std::string_view value) const {
    ZeroingBytes padded(width, settings_.filler);
    std::copy_n(value.begin(), std::min(value.size(), width), padded.begin());
    return padded;
}

void ClassicCard::lay_out(files::FileTree& to) const {
    Bytes keys, certificates;
    for (std::size_t i = 0; i < credentials().size(); ++i) {
        const auto& one = credentials()[i];
        const auto file = static_cast<std::uint16_t>(first_certificate + i);
        const Bytes path{0x3F,
                         0x00,
                         0x50,
                         0x00,
                         static_cast<std::uint8_t>(file >> 8U),
                         static_cast<std::uint8_t>(file & 0xFFU)};
        const auto length = static_cast<unsigned>(files::modulus_size(one) * 8);
        append(keys, files::encode(files::KeyEntry{.label = "Clave privada",
                                                   .id = files::id_of(one),
                                                   .auth_id = pin_reference,
                                                   .reference = static_cast<std::uint8_t>(first_key + i),
                                                   .modulus_length = length}));
        append(certificates, files::encode(files::CertificateEntry{.label = "Certificado",
                                                                   .id = files::id_of(one),
                                                                   .path = path,
                                                                   .length = one.certificate.size()}));
        // The files were made larger than what was put into them.
        const auto content = certificate_content(one);
        to.add({folder, file}, files::padded_file(content, content.size() + 100));
    }
    to.add({folder, 0x5001}, files::padded_file(std::move(keys), key_list));
    to.add({folder, 0x5003}, files::padded_file(std::move(certificates), certificate_list));
}

Answer ClassicCard::run(const Command& command) {
    if (command.cla != 0x00) return status(0x6E00);
    if (command.ins == 0xA4 && command.p1 == 0x04) return select(command);
    if (!selected_) return status(command.ins == 0xA4 ? 0x6A82 : 0x6D00);
    switch (command.ins) {
    case 0xA4:
        return select_file(command);
    case 0xB0:
        return read_binary(command);
    case 0x20:
        return verify(command);
    case 0x24:
        return change_reference(command);
    case 0x2C:
        return reset_retry(command);
    case 0x22:
        return manage_environment(command);
    case 0x2A:
        return security_operation(command);
    default:
        return status(0x6D00);
    }
}

Answer ClassicCard::select(const Command& command) {
    const auto name = name_of(settings_.application);
    if (!equal(command.data, name)) return status(0x6A82);
    files_.reset();
    verified_ = false;
    forget();
    selected_ = true;
    return {make_tlv(0x6F, make_tlv(0x84, name))};
}

Answer ClassicCard::verify(const Command& command) {
    if (command.p1 != 0x00) return status(0x6A86);
    if (command.p2 != pin_reference) return status(0x6A88);
    if (command.data.empty()) return status(verified_ ? 0x9000 : tries_left(pin_));
    if (command.data.size() != width) return status(0x6700);
    const auto sw = check(pin_, command.data);
    verified_ = sw == 0x9000;
    return status(sw);
}

Answer ClassicCard::change_reference(const Command& command) {
    if (command.p1 != 0x00) return status(0x6A86);
    if (command.p2 != pin_reference) return status(0x6A88);
    if (command.data.size() != 2 * width) return status(0x6700);
    const ByteView data(command.data);
    verified_ = false;
    const auto sw = check(pin_, data.first(width));
    if (sw == 0x9000) set(pin_, data.last(width));
    return status(sw);
}

Answer ClassicCard::reset_retry(const Command& command) {
    if (command.p1 != 0x00) return status(0x6A86);
    if (command.p2 != pin_reference) return status(0x6A88);
    if (command.data.size() != 2 * width) return status(0x6700);
    const ByteView data(command.data);
    verified_ = false;
    const auto sw = check(puk_, data.first(width));
    if (sw == 0x9000) set(pin_, data.last(width));
    return status(sw);
}

// MSE SET for digital signatures (ISO 7816-4:2005 7.5.11): 80 algorithm, 84 key.
Answer ClassicCard::manage_environment(const Command& command) {
    if (command.p1 != 0x41 || command.p2 != 0xB6) return status(0x6A86);
    const auto algorithm = find_tlv(command.data, 0x80);
    const auto key = find_tlv(command.data, 0x84);
    if (!algorithm || algorithm->size() != 1 || !key || key->size() != 1) return status(0x6A80);
    const auto id = algorithm->front();
    const bool newer = id == 0x52 || id == 0x62;
    if ((hash_size(id) == 0 && id != 0x02) || (newer && settings_.applet < 4)) return status(0x6A80);
    const auto* chosen = credential(static_cast<std::size_t>(key->front()) - first_key);
    if (key->front() < first_key || chosen == nullptr) return status(0x6A88);
    algorithm_ = id;
    key_ = chosen;
    hash_.clear();
    return status(0x9000);
}

bool ClassicCard::hash_fits(ByteView hash) const {
    return algorithm_ == 0x02 ? !hash.empty() && hash.size() <= 36 : hash.size() == hash_size(algorithm_);
}

// PSO HASH with the finished hash (ISO 7816-8:2004 11.8), then PSO COMPUTE DIGITAL SIGNATURE (11.10).
Answer ClassicCard::security_operation(const Command& command) {
    if (key_ == nullptr) return status(0x6985);
    if (command.p1 == 0x90 && command.p2 == 0xA0) {
        const auto hash = find_tlv(command.data, 0x90);
        if (!hash || !hash_fits(*hash)) return status(0x6A80);
        hash_ = copy(*hash);
        return status(0x9000);
    }
    if (command.p1 != 0x9E || command.p2 != 0x9A || !command.data.empty()) return status(0x6A86);
    if (!verified_) return status(0x6982);
    if (hash_.empty()) return status(0x6985);
    const auto size = files::modulus_size(*key_);
    if (files::t0_only(settings_.files.atr) && command.le != size) // nothing is computed before Le is right
        return status(static_cast<std::uint16_t>(0x6C00 | (size & 0xFFU)));
    const auto message = algorithm_ == 0x02 ? hash_ : digest_info(algorithm_, hash_);
    hash_.clear();
    auto signature = files::padded_rsa(*key_, message);
    if (signature.empty()) return status(0x6A80);
    return {std::move(signature)};
}

} // namespace acredita::practice::classic
