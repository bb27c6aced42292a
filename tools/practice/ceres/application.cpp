// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/ceres/application.hpp"

#include "tools/practice/error.hpp"
#include "tools/practice/files/directory.hpp"

#include <array>

#include <zlib.h>

namespace acredita::practice::ceres {

namespace {

constexpr std::string_view master_file = "Master.File";
constexpr std::uint16_t folder = 0x5015, key_list = 0x6001, certificate_list = 0x6004;
constexpr std::uint16_t first_certificate = 0x7001;
constexpr std::size_t longest_block = 256;

TransportRules rules_of(const Settings& settings) {
    TransportRules rules;
    rules.extended = false;
    rules.max_command = 255;
    rules.t0 = files::t0_only(settings.files.atr);
    rules.proprietary = true;
    return rules;
}

void put_little_endian(Bytes& to, std::size_t value) {
    for (unsigned shift = 0; shift < 32; shift += 8)
        to.push_back(static_cast<std::uint8_t>(value >> shift & 0xFFU));
}

// Both sizes in front, four bytes each, the lowest first.
Bytes packed(ByteView plain) {
    Bytes stream(compressBound(plain.size()));
    auto size = static_cast<uLongf>(stream.size());
    if (compress(stream.data(), &size, plain.data(), plain.size()) != Z_OK) return {};
    stream.resize(size);
    Bytes out;
    put_little_endian(out, plain.size());
    put_little_endian(out, stream.size());
    append(out, stream);
    return out;
}

// As the old lists spell a path; every second one with back-slashes.
Bytes as_old_text(ByteView path, bool slashes) {
    std::string text;
    for (std::size_t i = 0; i + 1 < path.size(); i += 2) {
        if (slashes && i != 0) text += '\\';
        text += to_hex(path.subspan(i, 2));
    }
    return copy(as_bytes(text));
}

} // namespace

CeresCard::CeresCard(const Settings& settings)
    : FileCard(settings.files, rules_of(settings)), settings_(settings) {}

void CeresCard::forget() {
    block_.clear();
    enveloped_.clear();
}

std::uint8_t CeresCard::reference_of(std::size_t index) const {
    return static_cast<std::uint8_t>(settings_.lists == Lists::old ? 0x20 + index : 1 + index);
}

void CeresCard::lay_out(files::FileTree& to) const {
    const bool old = settings_.lists == Lists::old;
    Bytes keys, certificates;
    for (std::size_t i = 0; i < credentials().size(); ++i) {
        const auto& one = credentials()[i];
        const auto file = static_cast<std::uint16_t>(first_certificate + i);
        const Bytes key_path{0x3F, 0x11, 0x01, static_cast<std::uint8_t>(1 + i)};
        const Bytes path{0x3F, 0x00, 0x50, 0x15, 0x70, static_cast<std::uint8_t>(file & 0xFFU)};
        const auto size = static_cast<unsigned>(files::modulus_size(one));
        append(keys, files::encode(files::KeyEntry{.label = "KPRIV",
                                                   .id = files::id_of(one),
                                                   .auth_id = 0x01,
                                                   .reference = reference_of(i),
                                                   .path = old ? as_old_text(key_path, i % 2 != 0) : key_path,
                                                   .modulus_length = old ? size : size * 8,
                                                   .empty_subclass = settings_.lists == Lists::empty,
                                                   .without_sequence = old}));
        append(certificates,
               files::encode(files::CertificateEntry{.label = "CERT",
                                                     .id = files::id_of(one),
                                                     .path = old ? as_old_text(path, i % 2 != 0) : path,
                                                     .empty_subclass = settings_.lists == Lists::empty,
                                                     .without_sequence = old}));
        const auto content = certificate_content(one);
        to.add({folder, file}, settings_.plain ? content : packed(content));
    }
    to.add({folder, key_list}, files::padded_file(std::move(keys), 1024));
    to.add({folder, certificate_list}, files::padded_file(std::move(certificates), 1024));
}

// 85: kind (38 folder, 24 packed certificate, 01 other), identifier, size, five bytes of access rules.
Bytes CeresCard::control_information(const files::File& file) const {
    const auto size = file.content.size();
    const auto identifier = files_.selected().empty() ? std::uint16_t{0x3F00} : files_.selected().back();
    const bool certificate = identifier >= first_certificate && !settings_.plain;
    return {0x6F,
            0x0C,
            0x85,
            0x0A,
            static_cast<std::uint8_t>(file.directory ? 0x38
                                      : certificate  ? 0x24
                                                     : 0x01),
            static_cast<std::uint8_t>(identifier >> 8U),
            static_cast<std::uint8_t>(identifier & 0xFFU),
            static_cast<std::uint8_t>(size >> 8U & 0xFFU),
            static_cast<std::uint8_t>(size & 0xFFU),
            0x00,
            0x00,
            0x00,
            0x00,
            0x00};
}

Answer CeresCard::run(const Command& command) {
    if (command.cla == 0x00) return standard(command);
    if (command.cla != 0x90) return status(0x6E00);
    switch (command.ins) {
    case 0x58:
        return load_block(command.data);
    case 0x5A:
        return compute(command);
    case 0xC2:
        return envelope(command);
    default:
        return status(0x6D00);
    }
}

Answer CeresCard::standard(const Command& command) {
    switch (command.ins) {
    case 0xA4:
        if (command.p1 == 0x04 && as_text(command.data) == master_file) {
            files_.reset();
            return {control_information(files_.file())};
        }
        // The master file has its name and no other.
        if (command.p1 != 0x00 || equal(command.data, Bytes{0x3F, 0x00})) return status(0x6A82);
        return select_file(command);
    case 0xB0:
        return read_binary(command);
    case 0x20:
        return verify(command);
    default:
        return status(0x6D00);
    }
}

Answer CeresCard::verify(const Command& command) {
    if (command.p1 != 0x00 || command.p2 != 0x00) return status(0x6A86);
    if (command.data.empty()) return status(tries_left(pin_));
    if (command.data.size() < 4 || command.data.size() > 16) return status(0x6700);
    const auto sw = check(pin_, command.data);
    verified_ = sw == 0x9000;
    return status(sw);
}

Answer CeresCard::load_block(ByteView block) {
    block_.clear();
    if (block.size() != 128 && block.size() != longest_block) return status(0x6700);
    block_ = copy(block);
    return status(0x9000);
}

// The parts of one command whose length does not fit into a byte: 90 58 00 00 00 LL LL and the block.
Answer CeresCard::envelope(const Command& command) {
    constexpr std::array<std::uint8_t, 7> head{0x90, 0x58, 0x00, 0x00, 0x00, 0x01, 0x00};
    if (command.p1 != 0x00 || command.p2 != 0x00) return status(0x6A86);
    enveloped_.insert(enveloped_.end(), command.data.begin(), command.data.end());
    const bool ours =
        enveloped_.size() >= head.size() && std::equal(head.begin(), head.end(), enveloped_.begin());
    if (!ours || enveloped_.size() > head.size() + longest_block) {
        enveloped_.clear();
        return status(0x6A80);
    }
    if (enveloped_.size() < head.size() + longest_block) return status(0x9000);
    const auto whole = std::exchange(enveloped_, {});
    return load_block(ByteView(whole).subspan(head.size()));
}

// P2 names the key, Le is the size of its modulus.
Answer CeresCard::compute(const Command& command) {
    if (command.p1 != 0x80) return status(0x6A86);
    const auto* key = command.p2 < reference_of(0)
                          ? nullptr
                          : credential(static_cast<std::size_t>(command.p2 - reference_of(0)));
    if (key == nullptr) return status(0x6A88);
    if (!verified_) return status(0x6982);
    const auto block = std::exchange(block_, {});
    const auto size = files::modulus_size(*key);
    if (block.size() != size || command.le != size) return status(0x6700);
    auto result = files::raw_rsa(*key, block);
    if (result.empty()) return status(0x6A80);
    return {std::move(result)};
}

Result<Chip> read_options(const CardOptions& options) {
    struct NamedAtr {
        std::string_view name, hex;
    };
    constexpr NamedAtr atrs[] = {
        {"tc", "3B7F9600 00006A464E4D5403041143042003 9000"},
        {"st", "3B7F3800 00006A434552455302 2C340000039000"},
        {"sle-fn19", "3BEF00004014802543455245535701160101039000"},
        {"sle-fn20", "3BEF00004014802543455245535705600102039000"},
    };
    Settings settings;
    settings.files.atr = from_hex(atrs[0].hex).value_or(Bytes{});
    for (const auto& option : options) {
        bool known = files::read_common(option, settings.files);
        if (option.key == "card")
            for (const auto& [name, hex] : atrs)
                if (name == option.value) {
                    settings.files.atr = from_hex(hex).value_or(Bytes{});
                    known = true;
                }
        if (option.key == "lists") {
            known = option.value == "strict" || option.value == "old" || option.value == "empty";
            settings.lists = option.value == "old"     ? Lists::old
                             : option.value == "empty" ? Lists::empty
                                                       : Lists::strict;
        }
        if (option.key == "plain" && option.value.empty()) known = settings.plain = true;
        if (!known) return fail(practice_errc::bad_card, std::string(option.key));
    }
    return Chip{[settings](std::uint32_t) { return std::make_unique<CeresCard>(settings); }, false};
}

} // namespace acredita::practice::ceres
