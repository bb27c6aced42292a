// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The file system: SELECT, READ BINARY, UPDATE BINARY, CREATE FILE, DELETE FILE (ISO
// 7816-4:2005 7.1.1, 7.2.3, 7.2.5; 7816-9:2004 6.1 and 6.3).
#include "pcsc/base/tlv.hpp"
#include "tools/practice/isoapplet/application.hpp"
#include "tools/practice/piv/certificate.hpp"

#include <algorithm>

namespace acredita::practice::isoapplet {

namespace {

// Places of the conditions; see memory.hpp.
constexpr std::size_t delete_self = 1, create_directory = 5, create_file_in = 6, update = 6, read = 7;
constexpr std::size_t largest_file = 32767;

std::uint16_t id_of(ByteView two) { return static_cast<std::uint16_t>(two[0] << 8U | two[1]); }
Bytes two_bytes(std::size_t n) {
    return {static_cast<std::uint8_t>(n >> 8U & 0xFFU), static_cast<std::uint8_t>(n & 0xFFU)};
}

bool is_certificate(ByteView content) {
    return content.size() > 5 && content[0] == 0x30 && content[1] == 0x82 && content[4] == 0x30 &&
           content[5] == 0x82;
}

// A certificate of somebody else, as long as the file.
Bytes foreign(std::size_t size) {
    static const auto object = piv::foreign_certificate_object();
    auto der = copy(find_tlv(object, 0x70).value_or(ByteView{}));
    der.resize(std::max(size, der.size()), 0);
    return der;
}

// ISO 7816-4:2005 table 12.
Bytes control_parameters(std::uint16_t id, const File& file, Stage stage) {
    Bytes inner;
    append_tlv(inner, 0x81, two_bytes(file.content.size()));
    append_tlv(inner, 0x82, Bytes{static_cast<std::uint8_t>(file.directory ? 0x38 : 0x01)});
    append_tlv(inner, 0x83, two_bytes(id));
    if (!file.name.empty()) append_tlv(inner, 0x84, file.name);
    append_tlv(inner, 0x86, file.conditions);
    append_tlv(inner, 0x8A, Bytes{static_cast<std::uint8_t>(stage)});
    return inner;
}

} // namespace

Answer IsoApplet::enter(std::uint16_t id, std::uint8_t p2) {
    const auto* file = memory_.find(id);
    if (file == nullptr) return status(0x6A82);
    security_.directory = file->directory ? id : file->parent;
    security_.file = file->directory ? std::uint16_t{0} : id;
    if ((p2 & 0x0CU) == 0x0C) return status(0x9000);
    const auto inner = control_parameters(id, *file, memory_.stage);
    return {make_tlv((p2 & 0x0CU) == 0x04 ? 0x62 : 0x6F, inner)};
}

Answer IsoApplet::select_file(const Command& command) {
    const ByteView data(command.data);
    if ((command.p2 & 0x03U) != 0) return status(0x6A86);
    const auto child = [&](bool directory) {
        if (data.size() != 2) return status(0x6700);
        const auto* file = memory_.find(id_of(data));
        const bool fits =
            file != nullptr && file->parent == security_.directory && file->directory == directory;
        return fits ? enter(id_of(data), command.p2) : status(0x6A82);
    };
    switch (command.p1) {
    case 0x00:
        if (data.empty()) return enter(master_file, command.p2);
        return data.size() == 2 ? enter(id_of(data), command.p2) : status(0x6700);
    case 0x01:
        return child(true);
    case 0x02:
        return child(false);
    case 0x03:
        return enter(security_.directory == master_file ? master_file
                                                        : memory_.parent_of(security_.directory),
                     command.p2);
    case 0x04:
        for (const auto& [id, file] : memory_.files)
            if (file.directory && !file.name.empty() && equal(file.name, data)) return enter(id, command.p2);
        return status(0x6A82);
    case 0x08:
    case 0x09: {
        auto at = command.p1 == 0x08 ? master_file : security_.directory;
        if (data.empty() || data.size() % 2 != 0) return status(0x6700);
        for (std::size_t n = 0; n < data.size(); n += 2) {
            const auto* file = memory_.find(id_of(data.subspan(n)));
            if (file == nullptr || file->parent != at) return status(0x6A82);
            at = id_of(data.subspan(n));
        }
        return enter(at, command.p2);
    }
    default:
        return status(0x6A86);
    }
}

std::pair<File*, std::size_t> IsoApplet::addressed(const Command& command) {
    if ((command.p1 & 0x80U) == 0)
        return {security_.file == 0 ? nullptr : memory_.find(security_.file),
                static_cast<std::size_t>(command.p1 << 8U | command.p2)};
    // A short identifier is the end of the long one; the first file that fits is the one.
    for (auto& [id, file] : memory_.files)
        if (file.parent == security_.directory && !file.directory && (id & 0x1FU) == (command.p1 & 0x1FU))
            return {&file, command.p2 > 0x7F ? largest_file + 1 : command.p2};
    return {nullptr, 0};
}

Answer IsoApplet::read_binary(const Command& command) {
    const auto [file, offset] = addressed(command);
    if (file == nullptr) return status((command.p1 & 0x80U) != 0 ? 0x6A82 : 0x6986);
    if (!may(file->conditions[read])) return status(0x6982);
    if (offset > file->content.size()) return status(0x6B00);
    const bool other = settings_.faults.other_certificate && is_certificate(file->content);
    const auto content = other ? foreign(file->content.size()) : file->content;
    const auto rest = ByteView(content).subspan(offset);
    return {copy(rest.first(std::min(rest.size(), command.le.value_or(256))))};
}

Answer IsoApplet::update_binary(const Command& command) {
    const auto [file, offset] = addressed(command);
    if (file == nullptr) return status((command.p1 & 0x80U) != 0 ? 0x6A82 : 0x6986);
    if (!may(file->conditions[update])) return status(0x6982);
    if (offset > file->content.size()) return status(0x6B00);
    if (command.data.size() > file->content.size() - offset) return status(0x6A84);
    std::ranges::copy(command.data, file->content.begin() + static_cast<std::ptrdiff_t>(offset));
    changed_ = true;
    return status(0x9000);
}

Answer IsoApplet::create_file(const Command& command) {
    if (command.p1 != 0 || command.p2 != 0) return status(0x6A86);
    auto inner = find_tlv(command.data, 0x6F);
    if (!inner) inner = find_tlv(command.data, 0x62);
    if (!inner) return status(0x6A80);
    const auto kind = find_tlv(*inner, 0x82);
    const auto id = find_tlv(*inner, 0x83);
    auto size = find_tlv(*inner, 0x81);
    if (!size) size = find_tlv(*inner, 0x80);
    const auto conditions = find_tlv(*inner, 0x86);
    if (!kind || kind->empty() || !id || id->size() != 2) return status(0x6A80);
    File file{.parent = security_.directory, .directory = ((*kind)[0] & 0x3FU) == 0x38};
    if (!file.directory && ((*kind)[0] != 0x01 || !size || size->size() != 2)) return status(0x6A80);
    if (conditions && conditions->size() == file.conditions.size())
        std::ranges::copy(*conditions, file.conditions.begin());
    const auto* here = memory_.find(security_.directory);
    if (!may(here->conditions[file.directory ? create_directory : create_file_in])) return status(0x6982);
    if (memory_.find(id_of(*id)) != nullptr) return status(0x6A89);
    if (const auto name = find_tlv(*inner, 0x84); name && file.directory) file.name = copy(*name);
    if (!file.directory) {
        if (id_of(*size) > largest_file) return status(0x6A84);
        file.content.resize(id_of(*size), 0);
    }
    const bool directory = file.directory;
    memory_.files.emplace_back(id_of(*id), std::move(file));
    if (directory) security_.directory = id_of(*id);
    security_.file = directory ? std::uint16_t{0} : id_of(*id);
    changed_ = true;
    return status(0x9000);
}

Answer IsoApplet::delete_file(const Command& command) {
    if (command.p1 != 0 || command.p2 != 0) return status(0x6A86);
    if (!command.data.empty() && command.data.size() != 2) return status(0x6700);
    const auto current = security_.file != 0 ? security_.file : security_.directory;
    const auto id = command.data.empty() ? current : id_of(command.data);
    const auto* file = memory_.find(id);
    if (file == nullptr || id == master_file) return status(0x6A82);
    if (!may(file->conditions[delete_self])) return status(0x6982);
    const auto parent = file->parent;
    memory_.erase(id);
    if (memory_.find(security_.directory) == nullptr) security_.directory = parent;
    security_.file = 0;
    changed_ = true;
    return status(0x9000);
}

} // namespace acredita::practice::isoapplet
