// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A backup file as somebody brings it: every file ends in a named outcome, with and without a password.
#include "tests/fuzz/target.hpp"
#include "tools/p12/inspection.hpp"

using namespace acredita;
using namespace acredita::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView file(data, size);
    auto inspection = p12::inspect(file);
    require(!inspection.outcome.empty(), "every file has an outcome");
    require(inspection.size == size, "a file has its size");
    // Deriving keys a million times over says nothing new.
    constexpr std::uint64_t affordable = 10000;
    const auto parsed = p12::parse_file(file);
    if (parsed && p12::cost_of(parsed->pfx) > affordable) return 0;
    for (const std::string_view password : {"1234", "password", "secret123", ""}) {
        const Secret passphrase(as_bytes(password));
        p12::OpenOptions options;
        options.second_look = password == "1234";
        const auto opened = p12::examine(file, passphrase, options);
        p12::add_opened(inspection, opened);
        require(!inspection.outcome.empty(), "every file has an outcome");
        if (!opened) continue;
        require(opened->credentials.size() + opened->lone_keys.size() >= opened->keys, "no key is lost");
        for (const auto& credential : opened->credentials)
            require(p12::load_key(credential).has_value(), "the key of a credential can be used");
        require(!p12::require_credential(*opened) || !opened->credentials.empty(), "a credential is there");
        return 0;
    }
    return 0;
}
