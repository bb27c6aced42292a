// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What comes out of a safe once it is decrypted: bags, attributes, keys and certificates, on their way into
// an answer. In a whole backup the fuzzer would have to find them behind a cipher and a MAC.
#include "tests/fuzz/target.hpp"
#include "tools/p12/bags.hpp"
#include "tools/p12/ber.hpp"
#include "tools/p12/contents.hpp"
#include "tools/p12/scheme.hpp"
#include "tools/p12/wire.hpp"

using namespace acredita;
using namespace acredita::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto* crypto = p12::Crypto::shared().value();
    const auto plain = p12::to_definite({data, size});
    if (!plain) return 0;
    p12::Bags bags;
    (void)p12::collect_bags(plain->der, bags);
    const auto inside = [&](ByteView part) {
        return part.data() >= plain->der.data() &&
               part.data() + part.size() <= plain->der.data() + plain->der.size();
    };
    p12::Contents contents;
    for (const auto key : bags.keys) {
        require(inside(key), "a key lies in its safe");
        (void)p12::add_key(*crypto, key, contents);
    }
    for (const auto certificate : bags.certificates) {
        require(inside(certificate), "a certificate lies in its safe");
        (void)p12::add_certificate(*crypto, certificate, contents);
    }
    for (const auto& sealed : bags.sealed_keys) {
        require(inside(sealed.ciphertext), "an encrypted key lies in its safe");
        const auto scheme = p12::parse_scheme(sealed.algorithm);
        if (scheme)
            require(!scheme->name.empty() && !scheme->cipher.empty(), "a scheme has a name and a cipher");
    }
    const auto keys = contents.keys.size();
    p12::Opened opened;
    p12::sort_out(*crypto, std::move(contents), opened);
    require(opened.keys == keys && opened.credentials.size() + opened.lone_keys.size() >= keys,
            "no key is lost");
    const auto answer = p12::pack(Result<p12::Opened>(std::move(opened)));
    const auto there = p12::unpack_opened(answer);
    require(there && there->has_value(), "an answer arrives");
    require((*there)->keys == keys, "an answer arrives as it was sent");
    return 0;
}
