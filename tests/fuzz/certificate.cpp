// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Certificates as a card hands them over: packed or not, and everything that is built from them. The first
// byte says which of the readers gets the rest first.
#include "firmware-profiles/card/card.hpp"
#include "firmware-profiles/dialect/inflate.hpp"
#include "firmware-profiles/dialect/piv_objects.hpp"
#include "firmware-profiles/dialect/public_key.hpp"
#include "pcsc/base/tlv.hpp"
#include "pkcs11/module/label.hpp"
#include "pkcs11/module/object.hpp"
#include "tests/fuzz/target.hpp"

using namespace acredita;
using namespace acredita::fuzz;

namespace {

bool well_formed_utf8(std::string_view text) {
    for (std::size_t i = 0; i < text.size();) {
        const auto lead = static_cast<unsigned char>(text[i]);
        const std::size_t more = lead < 0x80 ? 0 : lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
        if ((lead >= 0x80 && lead < 0xC2) || lead > 0xF4 || i + more >= text.size()) return false;
        for (std::size_t k = 1; k <= more; ++k)
            if ((static_cast<unsigned char>(text[i + k]) & 0xC0U) != 0x80U) return false;
        i += more + 1;
    }
    return true;
}

void check_label(std::string_view label) {
    require(!label.empty() && label.size() <= 200, "a label is short and there");
    require(well_formed_utf8(label), "a label is UTF-8");
    require(label.find(':') == std::string_view::npos, "no colon in a label");
    for (const char c : label) require(static_cast<unsigned char>(c) >= 0x20, "no control character");
}

void build(ByteView der, std::uint8_t how) {
    card::KeySlot slot{.reference = 0x9A, .certificate = copy(der)};
    slot.key_present = static_cast<card::Known>(how % 3U);
    slot.pin_policy = static_cast<card::PinPolicy>(how / 3U % 4U);
    slot.origin = static_cast<card::Origin>(how / 12U % 3U);
    module::Abilities abilities;
    abilities.rsa_raw = (how & 0x40U) != 0;
    abilities.ecdh = (how & 0x80U) != 0;
    for (const auto& object : module::build_objects(slot, abilities)) {
        const auto* label = object.attributes.find(CKA_LABEL);
        require(label != nullptr, "every object has a label");
        check_label(as_text(*label));
        const auto* id = object.attributes.find(CKA_ID);
        require(id != nullptr && id->size() == 20, "every object has an id");
        require(object.attributes.size() <= 8 * der.size() + 8192, "attributes are bounded");
    }
}

void read(ByteView der, std::uint8_t how) {
    build(der, how);
    const auto parts = card::read_certificate(der);
    if (!parts) return;
    require(parts->common_name.size() <= 3 * der.size(), "a name comes from its certificate");
    if (const auto key = card::read_public_key(parts->spki)) {
        const auto written = card::write_public_key(*key);
        const auto again = card::read_public_key(written);
        require(again && *again == *key, "a public key there and back");
    }
    (void)dialect::begins_with_certificate(der.first(std::min<std::size_t>(der.size(), 256)), der);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Feed feed(data, size);
    const auto how = feed.byte();
    const auto rest = feed.rest();
    switch (how & 3U) {
    case 0: // an object of the card
        if (const auto der = dialect::unwrap_certificate(rest); der && *der) {
            require((*der)->size() <= 65536 + rest.size(), "unpacked no further than agreed");
            read(**der, how);
        }
        break;
    case 1:
        read(rest, how);
        break;
    case 2:
        (void)card::read_public_key(rest);
        if (const auto raw = dialect::raw_ecdsa(rest, how < 128 ? 32 : 66))
            require(raw->size() == (how < 128 ? 64U : 132U), "a signature has its width");
        break;
    default: { // a packed one, made here, so that what is inside gets through
        for (const std::size_t limit : {std::size_t{0}, std::size_t{100}, std::size_t{65536}})
            if (const auto plain = dialect::inflate_bounded(rest, limit))
                require(plain->size() <= limit, "unpacked no further than agreed");
        check_label(module::certificate_label(
            as_text(rest), as_text(rest.first(std::min<std::size_t>(rest.size(), 15))), "Certificate"));
        unsigned char field[32];
        module::put_text(field, as_text(rest));
        require(well_formed_utf8({reinterpret_cast<char*>(field), sizeof field}), "a field is UTF-8");
    }
    }
    return 0;
}
