// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the attributes of a bag betray about the program that wrote it, and whether somebody left a private
// key in one. Nothing an attribute says is believed and no value leaves here: only answers to fixed
// questions. Sources: RFC 7292 4.2 (PKCS12Attribute), RFC 2985 5.5.1 and 5.5.2 (friendlyName, localKeyID).
#pragma once

#include "pcsc/base/bytes.hpp"

#include <cstddef>

namespace acredita::p12 {

struct AttributeHints {
    bool provider_name = false;         // Microsoft's name of the provider that held the key
    bool time_identifier = false;       // localKeyID "Time 17...": Java
    bool counted_identifier = false;    // localKeyID 01 00 00 00: Windows
    bool digest_identifier = false;     // localKeyID of 20 octets: OpenSSL, NSS, macOS
    std::size_t keys_in_attributes = 0; // PrivateKeyInfo in clear where a name or an identifier belongs
};

// Adds what one SET OF PKCS12Attribute shows; what is malformed is passed over.
void read_attributes(ByteView set_content, AttributeHints& into);

} // namespace acredita::p12
