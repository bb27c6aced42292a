// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The lists of other programs that we change: a policies.json and a pkcs11.txt. What we have put in is in,
// once; what we have taken out is out; and what we write can be read again.
#include "tests/fuzz/target.hpp"
#include "tools/register/nss_place.hpp"
#include "tools/register/policies.hpp"

using namespace acredita;
using namespace acredita::fuzz;
using registration::Policies;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(as_text(ByteView(data, size)));
    if (const auto modules = registration::modules_in(text))
        for (const auto& module : *modules) require(!module.library.empty(), "a module has a library");

    auto policies = Policies::parse(text, "/policies.json");
    if (!policies) return 0;
    constexpr const char* module = "/usr/lib/libacredita-pkcs11.so";
    policies->add(module);
    require(policies->has(module), "what was put in is there, once");
    auto again = Policies::parse(policies->text(), "/policies.json");
    require(again && again->has(module), "what was written can be read");
    require(again->text() == policies->text(), "reading and writing change nothing more");
    again->remove();
    require(!again->names_us(), "what was taken out is gone");
    require(Policies::parse(again->text(), "/policies.json").has_value(), "and the rest can be read");
    return 0;
}
