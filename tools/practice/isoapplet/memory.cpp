// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/isoapplet/memory.hpp"

#include "pcsc/base/tlv.hpp"

#include <algorithm>

namespace acredita::practice::isoapplet {

namespace {

constexpr std::uint8_t free_ = 0x00, with_pin = 0x90;
constexpr Conditions open_file{0xFF, free_, free_, free_, free_, free_, free_, free_};
constexpr Conditions guarded{0xFF, with_pin, with_pin, with_pin, with_pin, with_pin, with_pin, free_};
constexpr Conditions open_directory{0xFF, with_pin, free_, free_, free_, free_, free_, free_};

void add(Memory& memory, std::uint16_t id, std::uint16_t parent, const Conditions& conditions,
         std::size_t size, ByteView content = {}) {
    File file{.parent = parent, .conditions = conditions, .content = copy(content)};
    file.content.resize(size, 0);
    memory.files.emplace_back(id, std::move(file));
}

// The directory as OpenSC's pkcs15-init leaves it behind: what its profile for this applet says of names,
// sizes and conditions, and entries that name the PIN and the five directory files.
void personalise(Memory& memory, std::uint32_t serial) {
    const auto bytes = [](std::string_view hex) { return from_hex(hex).value(); };
    File application{.parent = master_file, .directory = true, .conditions = open_directory};
    application.name = bytes("A000000063504B43532D3135");
    add(memory, 0x2F00, master_file, open_file, 128,
        concat({bytes("611E4F0C"), application.name, bytes("5008"), as_bytes("Practice"),
                bytes("51043F005015")}));
    memory.files.emplace_back(0x5015, std::move(application));
    add(memory, 0x5031, 0x5015, open_file, 256,
        bytes("A80A300804063F0050154401 A00A300804063F0050154402 A10A300804063F0050154403"
              "A40A300804063F0050154404 A70A300804063F0050154405"));
    Bytes info;
    append_tlv(info, 0x02, Bytes{0});
    append_tlv(info, 0x04,
               Bytes{static_cast<std::uint8_t>(serial >> 24U & 0xFFU),
                     static_cast<std::uint8_t>(serial >> 16U & 0xFFU),
                     static_cast<std::uint8_t>(serial >> 8U & 0xFFU),
                     static_cast<std::uint8_t>(serial & 0xFFU)});
    append_tlv(info, 0x0C, as_bytes("Acredita practice"));
    append_tlv(info, 0x80, as_bytes("Practice"));
    append_tlv(info, 0x03, Bytes{0x05, 0x60});
    add(memory, 0x5032, 0x5015, open_file, 128, make_tlv(0x30, info));
    add(memory, 0x4401, 0x5015, guarded, 256,
        bytes("3032 3009 0C0350494E 03020640 3003 0401FF"
              "A120 301E 0302 02 CC 0A0101 020104 020110 020110 800101 040100 3006 04043F005015"));
    for (std::uint16_t id = 0x4402; id < 0x4405; ++id) add(memory, id, 0x5015, guarded, 512);
    add(memory, 0x4405, 0x5015, guarded, 256);
}

} // namespace

File* Memory::find(std::uint16_t id) noexcept {
    const auto found = std::ranges::find(files, id, &std::pair<std::uint16_t, File>::first);
    return found == files.end() ? nullptr : &found->second;
}

std::uint16_t Memory::parent_of(std::uint16_t id) noexcept {
    const auto* file = find(id);
    return file == nullptr ? master_file : file->parent;
}

void Memory::erase(std::uint16_t id) {
    std::vector<std::uint16_t> gone{id};
    for (std::size_t n = 0; n < gone.size(); ++n)
        for (const auto& [child, file] : files)
            if (file.parent == gone[n] && child != id) gone.push_back(child);
    std::erase_if(files, [&](const auto& one) { return std::ranges::find(gone, one.first) != gone.end(); });
}

ZeroingBytes padded(ByteView value) {
    ZeroingBytes out(reference_width, 0);
    std::copy_n(value.begin(), std::min(value.size(), reference_width), out.begin());
    return out;
}

Memory fresh_memory(const Fresh& fresh) {
    Memory memory;
    memory.pin.total = memory.pin.left = fresh.pin_tries;
    memory.puk.total = memory.puk.left = fresh.puk_tries;
    memory.files.emplace_back(master_file,
                              File{.parent = 0, .directory = true, .conditions = open_directory});
    if (fresh.blank) return memory;
    memory.stage = Stage::operational;
    memory.pin.value = padded(as_bytes(fresh.pin));
    memory.puk.value = padded(as_bytes(fresh.puk));
    personalise(memory, fresh.serial);
    return memory;
}

} // namespace acredita::practice::isoapplet
