// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A maker's PKCS#11 module, which a profile may name where nobody knows the card's commands: where its file
// may lie and how it wants to be spoken to. Values only; pkcs11/client/route makes manners of them.
#pragma once

#include "pcsc/base/bytes.hpp"

#include <chrono>
#include <string_view>

namespace acredita::profile {

// Who may store: not known, the holder after USER login, the administrator after SO login, nobody at all.
enum class StoresAs : std::uint8_t { unknown, user, so, nobody };

// What a private key's template leaves away, in the order of KeyTemplate of the client.
enum class TemplateForm : std::uint8_t { full, no_subject, no_protection, bare };

enum class ResetRule : std::uint8_t { process, card, nothing };

enum class WordOf : std::uint8_t { certificate, refusal, protection };

struct ModuleFile {
    std::string_view path{}; // absolute
    ByteView sha256{};       // 32 bytes; empty: whatever the package manager put there
};

// The first of the files that exists is taken. None: the profile names no module.
struct MakerModule {
    std::span<const ModuleFile> files{};
    StoresAs import_role = StoresAs::unknown;
    std::span<const TemplateForm> templates{}; // empty: all, from the fullest to the barest
    bool public_key_first = false;
    unsigned settle_ms = 0;
    ResetRule reset = ResetRule::process;
    std::span<const WordOf> on_its_word{}; // empty: refusal and protection
    unsigned patience_s = 60;              // for one call

    [[nodiscard]] bool present() const noexcept { return !files.empty(); }
};

} // namespace acredita::profile
