// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/stick/listing.hpp"

#include <array>

namespace acredita::stick {

namespace {

struct Ending {
    std::string_view text;
    Kind kind;
};

constexpr std::array endings{
    Ending{"p12", Kind::backup},       Ending{"pfx", Kind::backup},      Ending{"cer", Kind::certificate},
    Ending{"crt", Kind::certificate},  Ending{"der", Kind::certificate}, Ending{"pem", Kind::certificate},
    Ending{"p7b", Kind::certificate},  Ending{"p7c", Kind::certificate}, Ending{"spc", Kind::certificate},
    Ending{"key", Kind::key},          Ending{"pvk", Kind::key},         Ending{"jks", Kind::key},
    Ending{"keystore", Kind::key},     Ending{"kdb", Kind::key},         Ending{"kdbx", Kind::key},
    Ending{"csr", Kind::request},      Ending{"req", Kind::request},     Ending{"p10", Kind::request},
    Ending{"zip", Kind::archive},      Ending{"rar", Kind::archive},     Ending{"7z", Kind::archive},
    Ending{"gz", Kind::archive},       Ending{"tar", Kind::archive},     Ending{"pdf", Kind::document},
    Ending{"doc", Kind::document},     Ending{"docx", Kind::document},   Ending{"odt", Kind::document},
    Ending{"txt", Kind::document},     Ending{"jpg", Kind::document},    Ending{"jpeg", Kind::document},
    Ending{"png", Kind::document},     Ending{"lnk", Kind::shortcut},    Ending{"url", Kind::shortcut},
    Ending{"desktop", Kind::shortcut},
};

bool same_letters(std::string_view text, std::string_view lower) noexcept {
    if (text.size() != lower.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i] >= 'A' && text[i] <= 'Z' ? static_cast<char>(text[i] - 'A' + 'a') : text[i];
        if (c != lower[i]) return false;
    }
    return true;
}

} // namespace

std::optional<Kind> kind_of(std::string_view name) noexcept {
    // macOS puts a companion "._NAME" beside each file of a FAT stick; it holds no more than an icon's place.
    if (name.starts_with("._")) return std::nullopt;
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos) return std::nullopt;
    for (const auto& ending : endings)
        if (same_letters(name.substr(dot + 1), ending.text)) return ending.kind;
    return std::nullopt;
}

std::optional<Error> Listing::verdict() const {
    bool certificate = false;
    for (const auto& entry : entries) {
        if (entry.kind == Kind::backup) return std::nullopt;
        certificate = certificate || entry.kind == Kind::certificate;
    }
    if (cut_short) return cut_short;
    return fail(certificate ? stick_errc::certificate_only : stick_errc::no_backup_file).value();
}

} // namespace acredita::stick
