// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/match/printed.hpp"

#include "tools/letter/releaser.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <openssl/x509.h>
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

namespace acredita::letter {

namespace {

constexpr std::size_t most_keys = 8, most_pages = 20, most_text = 4 * 1024 * 1024;
constexpr std::size_t largest_key = 2048; // bytes

// RFC 5280 4.1.2.7 with RFC 3279 2.3.1 (rsaEncryption) and RFC 5480 2.1.1 (id-ecPublicKey): what follows the
// length of the whole.
constexpr std::array<std::string_view, 3> algorithms{"300D06092A864886F70D0101010500",
                                                     "301306072A8648CE3D0201", "301006072A8648CE3D0201"};

std::string hex_only(std::string_view text) {
    std::string out;
    for (const auto c : text) {
        if (c >= 'a' && c <= 'f')
            out += static_cast<char>(c - 32);
        else if (static_cast<unsigned char>(c) > ' ' && c != '-')
            out += c;
    }
    return out;
}

// The SEQUENCE that begins here, if it is a public key and nothing else.
Bytes key_at(std::string_view hex) {
    const auto head = from_hex(hex.substr(0, 8));
    if (!head || head->size() < 4) return {};
    const auto& h = *head;
    const std::size_t size = h[1] == 0x82   ? 4U + (std::size_t{h[2]} << 8U | h[3])
                             : h[1] == 0x81 ? 3U + h[2]
                                            : 2U + h[1];
    if (h[1] > 0x82 || size > largest_key || hex.size() < 2 * size) return {};
    auto der = from_hex(hex.substr(0, 2 * size));
    if (!der) return {};
    const auto* at = der->data();
    const std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>> key(
        d2i_PUBKEY(nullptr, &at, static_cast<long>(der->size())));
    if (!key || at != der->data() + der->size()) return {};
    unsigned char* again = nullptr;
    const int length = i2d_PUBKEY(key.get(), &again);
    const bool same = length > 0 && equal({again, static_cast<std::size_t>(length)}, *der);
    OPENSSL_free(again);
    return same ? std::move(*der) : Bytes{};
}

void ignore(const std::string&, void*) {}

} // namespace

std::vector<Bytes> keys_in_text(std::string_view text) {
    const auto hex = hex_only(text.substr(0, most_text));
    std::vector<Bytes> keys;
    for (std::size_t at = hex.find("30"); at != hex.npos && keys.size() < most_keys;
         at = hex.find("30", at)) {
        const std::string_view rest = std::string_view(hex).substr(at);
        // The algorithm stands behind two to four bytes of tag and length.
        const bool likely = std::ranges::any_of(algorithms, [&](std::string_view algorithm) {
            return rest.substr(std::min<std::size_t>(4, rest.size())).starts_with(algorithm) ||
                   rest.substr(std::min<std::size_t>(6, rest.size())).starts_with(algorithm) ||
                   rest.substr(std::min<std::size_t>(8, rest.size())).starts_with(algorithm);
        });
        auto key = rest.size() > 40 && likely ? key_at(rest) : Bytes{};
        at += key.empty() ? 1 : 2 * key.size();
        if (!key.empty()) keys.push_back(std::move(key));
    }
    return keys;
}

std::vector<Bytes> printed_keys(ByteView pdf) {
    poppler::set_debug_error_function(ignore, nullptr);
    const std::unique_ptr<poppler::document> document(poppler::document::load_from_raw_data(
        reinterpret_cast<const char*>(pdf.data()), static_cast<int>(pdf.size())));
    if (!document || document->is_locked()) return {};
    std::string text;
    const auto pages = std::min<int>(document->pages(), most_pages);
    for (int n = 0; n < pages && text.size() < most_text; ++n) {
        const std::unique_ptr<poppler::page> page(document->create_page(n));
        if (!page) continue;
        const auto utf8 = page->text(poppler::rectf(), poppler::page::raw_order_layout).to_utf8();
        text.append(utf8.data(), utf8.size());
    }
    return keys_in_text(text);
}

} // namespace acredita::letter
