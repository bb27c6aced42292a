// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/piv/firmware.hpp"

#include <algorithm>

namespace acredita::practice::piv {

namespace {

constexpr std::string_view yubikey4 = "3BF81300008131FE15597562696B657934D4";
constexpr std::string_view yubikey5 = "3BFD1300008131FE158073C021C057597562694B657940";
constexpr std::string_view jcop241 = "3BF81300008131FE454A434F5076323431B7";
constexpr std::string_view id_one = "3BD6960081B1FE451F878031C152411A2A";
constexpr std::string_view ishield = "3B971181217569536869656C6405";

const std::array<Firmware, 6>& firmwares() {
    static const std::array<Firmware, 6> all{
        Firmware{
            .name = "5.4", .atr = yubikey5, .label = {}, .version = {5, 4, 3}, .selected_at_reset = false},
        Firmware{.name = "4.3",
                 .atr = yubikey4,
                 .label = {},
                 .version = {4, 3, 7},
                 .metadata = false,
                 .serial = false,
                 .aes = false},
        Firmware{.name = "5.7",
                 .atr = yubikey5,
                 .label = {},
                 .version = {5, 7, 1},
                 .move = true,
                 .admin_algorithm = aes192,
                 .large_rsa = true},
        Firmware{.name = "pivapplet",
                 .atr = jcop241,
                 .label = "PivApplet v0.9.0/RExaD",
                 .version = {5, 4, 0},
                 .metadata_of_imported = false,
                 .digits_only = true,
                 .wipes_when_blocked = true,
                 .narrow_objects = true,
                 .last_retired = 0x8C,
                 .last_touch = 1,
                 .p384 = false,
                 .pin_tries = 5,
                 .object_limit = 12000,
                 .transport = {.max_command = 12288, .max_answer = 255, .keeps_broken_chain = true}},
        Firmware{.name = "noimport", .atr = ishield, .label = {}, .version = {5, 4, 3}, .import = false},
        Firmware{.name = "nist",
                 .atr = id_one,
                 .label = "Personal Identity Verification",
                 .yubico = false,
                 .import = false,
                 .metadata = false,
                 .serial = false,
                 .policies = false,
                 .digits_only = true,
                 .aes = true,
                 .selected_at_reset = true,
                 .object_limit = 12710,
                 .transport = {.max_command = 13000}},
    };
    return all;
}

} // namespace

const Firmware* find_firmware(std::string_view name) {
    const auto& all = firmwares();
    const auto found =
        std::find_if(all.begin(), all.end(), [&](const Firmware& one) { return one.name == name; });
    return found == all.end() ? nullptr : &*found;
}

bool is_rsa(std::uint8_t algorithm) {
    return algorithm == rsa1024 || algorithm == rsa2048 || algorithm == rsa3072 || algorithm == rsa4096;
}

std::size_t key_size(const Firmware& firmware, std::uint8_t algorithm) {
    switch (algorithm) {
    case rsa1024:
        return 128;
    case rsa2048:
        return 256;
    case rsa3072:
        return firmware.large_rsa ? 384 : 0;
    case rsa4096:
        return firmware.large_rsa ? 512 : 0;
    case p256:
        return 32;
    case p384:
        return firmware.p384 ? 48 : 0;
    default:
        return 0;
    }
}

} // namespace acredita::practice::piv
