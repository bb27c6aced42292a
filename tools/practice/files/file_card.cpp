// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/files/file_card.hpp"

#include "pcsc/base/tlv.hpp"
#include "tools/practice/error.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace acredita::practice::files {

namespace {

nlohmann::json to_json(const Reference& reference) {
    return {{"value", to_hex(reference.value)}, {"left", reference.left}, {"total", reference.total}};
}

bool read(const nlohmann::json& memory, const char* name, Reference& to) {
    const auto found = memory.find(name);
    if (found == memory.end() || !found->is_object()) return false;
    const auto value = from_hex(found->value("value", std::string()));
    to.left = found->value("left", 0U);
    to.total = found->value("total", 0U);
    if (!value || to.total == 0 || to.left > to.total) return false;
    to.value.assign(value->begin(), value->end());
    return true;
}

} // namespace

bool t0_only(ByteView atr) {
    if (atr.size() < 2) return false;
    if ((atr[1] & 0x80U) == 0) return true;
    std::size_t at = 2;
    for (unsigned bit = 4; bit < 7; ++bit) at += (atr[1] >> bit) & 1U;
    return at < atr.size() && (atr[at] & 0x8FU) == 0;
}

bool read_common(const CardOption& option, Settings& to) {
    const auto& [key, value] = option;
    if (key == "keys") return read_number(value, 0U, 64U, to.keys);
    if (key == "bits")
        return (value == "1024" || value == "2048") && read_number(value, 1024U, 2048U, to.bits);
    if (key == "tries") return read_number(value, 1U, 15U, to.tries);
    if (key == "buffer") return read_number<std::size_t>(value, 16, 256, to.buffer);
    if (key == "cut") return read_number<std::size_t>(value, 1, 4096, to.cut);
    if (key == "pin" || key == "puk") {
        (key == "pin" ? to.pin : to.puk) = value;
        return value.size() >= 4 && value.size() <= 15;
    }
    if (key == "credential") {
        auto read = read_credential(std::string(value));
        if (read) to.credentials.push_back(std::move(*read));
        return read.has_value();
    }
    if (key != "atr") return false;
    auto atr = from_hex(value);
    if (!atr || atr->size() < 2 || atr->size() > 33) return false;
    to.atr = std::move(*atr);
    return true;
}

FileCard::FileCard(Settings settings, TransportRules rules)
    : settings_(std::move(settings)), transport_(std::move(rules)) {}

// On first use, because a card whose memory is loaded needs no new keys.
void FileCard::be_born() {
    if (born_) return;
    pin_ = {presented(settings_.pin), settings_.tries, settings_.tries};
    puk_ = {presented(settings_.puk), settings_.tries, settings_.tries};
    credentials_ = settings_.credentials;
    for (unsigned n = 1; settings_.credentials.empty() && n <= settings_.keys; ++n)
        if (auto made = new_credential(settings_.bits, n)) credentials_.push_back(std::move(*made));
    born_ = true;
    lay_out(files_);
}

void FileCard::reset() {
    transport_.reset();
    files_.reset();
    verified_ = false;
    forget();
}

Bytes FileCard::exchange(ByteView command) {
    be_born();
    return transport_.exchange(command, [this](const Command& whole) { return run(whole); });
}

nlohmann::json FileCard::save() {
    be_born();
    changed_ = false;
    auto list = nlohmann::json::array();
    for (const auto& one : credentials_) list.push_back(files::to_json(one));
    return {{"pin", to_json(pin_)}, {"puk", to_json(puk_)}, {"credentials", std::move(list)}};
}

Result<void> FileCard::load(const nlohmann::json& memory) {
    const auto list = memory.is_object() ? memory.find("credentials") : memory.end();
    Reference pin, puk;
    if (!memory.is_object() || list == memory.end() || !list->is_array() || !read(memory, "pin", pin) ||
        !read(memory, "puk", puk))
        return fail(practice_errc::bad_state, "files");
    std::vector<Credential> credentials;
    for (const auto& one : *list) {
        ACREDITA_TRY(credential, credential_from_json(one));
        credentials.push_back(std::move(credential));
    }
    pin_ = std::move(pin);
    puk_ = std::move(puk);
    credentials_ = std::move(credentials);
    born_ = true;
    files_.clear();
    lay_out(files_);
    return {};
}

ZeroingBytes FileCard::presented(std::string_view value) const { return {value.begin(), value.end()}; }

Bytes FileCard::control_information(const File& file) const {
    const auto size = file.content.size();
    Bytes inner;
    append_tlv(inner, 0x81,
               Bytes{static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size & 0xFF)});
    append_tlv(inner, 0x82, Bytes{static_cast<std::uint8_t>(file.directory ? 0x38 : 0x01)});
    return make_tlv(0x6F, inner);
}

Answer FileCard::select_file(const Command& command) {
    if (!files_.select(command.p1, command.data)) return status(0x6A82);
    if ((command.p2 & 0x0CU) == 0x0C) return status(0x9000);
    return {control_information(files_.file())};
}

Answer FileCard::read_binary(const Command& command) {
    const auto* file = files_.elementary();
    if (file == nullptr) return status(0x6986);
    if ((command.p1 & 0x80U) != 0) return status(0x6A82);
    const auto& content = file->content;
    const std::size_t offset = static_cast<std::size_t>(command.p1) << 8U | command.p2;
    if (offset >= content.size()) return status(end_of_file());
    const auto wanted = command.le.value_or(256);
    const auto left = content.size() - offset;
    const auto size = std::min({wanted, left, settings_.buffer});
    const auto from = content.begin() + static_cast<std::ptrdiff_t>(offset);
    Answer answer{{from, from + static_cast<std::ptrdiff_t>(size)}};
    if (wanted > left && size == left && !t0_only(settings_.atr))
        answer.sw = 0x6282; // T=0 corrects Le instead
    return answer;
}

std::uint16_t FileCard::tries_left(const Reference& reference) const {
    return reference.left == 0 ? 0x6983 : static_cast<std::uint16_t>(0x63C0 | reference.left);
}

std::uint16_t FileCard::check(Reference& reference, ByteView value) {
    if (reference.left == 0) return 0x6983;
    if (equal(reference.value, value)) {
        changed_ = changed_ || reference.left != reference.total;
        reference.left = reference.total;
        return 0x9000;
    }
    --reference.left;
    changed_ = true;
    return static_cast<std::uint16_t>(0x63C0 | reference.left);
}

void FileCard::set(Reference& reference, ByteView value) {
    reference.value.assign(value.begin(), value.end());
    reference.left = reference.total;
    changed_ = true;
}

const Credential* FileCard::credential(std::size_t index) const {
    return index < credentials_.size() ? &credentials_[index] : nullptr;
}

Bytes FileCard::certificate_content(const Credential& credential) const {
    auto content = credential.certificate;
    const auto cut = std::min(content.size(), settings_.cut);
    content.erase(content.end() - static_cast<std::ptrdiff_t>(cut), content.end());
    return content;
}

} // namespace acredita::practice::files
