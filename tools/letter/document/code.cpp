// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/document/code.hpp"

#include "tools/letter/releaser.hpp"

#include <memory>

#include <qrencode.h>

namespace acredita::letter {

Result<Squares> make_code(const std::string& text) {
    const std::unique_ptr<QRcode, Releaser<QRcode_free>> code(
        QRcode_encodeString8bit(text.c_str(), 0, QR_ECLEVEL_M));
    if (!code) return fail(document_errc::bad_value, "code");
    Squares squares{.side = static_cast<unsigned>(code->width)};
    const auto count = std::size_t{squares.side} * squares.side;
    for (std::size_t i = 0; i < count; ++i) squares.dark.push_back((code->data[i] & 1U) != 0);
    return squares;
}

} // namespace acredita::letter
