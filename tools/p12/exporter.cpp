// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/exporter.hpp"

#include <algorithm>

namespace acredita::p12 {

namespace {

bool any_contains(const std::vector<Protection>& list, std::string_view part) {
    return std::ranges::any_of(list,
                               [&](const auto& p) { return p.algorithm.find(part) != std::string::npos; });
}

bool modern(const Envelope& e) { return any_contains(e.safes, "PBES2") || any_contains(e.keys, "PBES2"); }

bool all_iterate(const Envelope& e, std::uint64_t iterations) {
    const auto same = [&](const Protection& p) { return p.iterations == iterations; };
    return std::ranges::all_of(e.safes, same) && std::ranges::all_of(e.keys, same);
}

// NSS and the Java libraries leave lengths open; nobody else does.
Exporter open_ended(const Envelope& e) {
    if (modern(e)) return Exporter::firefox;
    const bool large = e.mac_iterations >= 50'000 && e.mac_iterations != 600'000;
    return large || e.mac_salt == 20 ? Exporter::bouncy_castle : Exporter::firefox_old;
}

Exporter by_counts(const Envelope& e) {
    const bool sha1 = e.mac_algorithm == "SHA1";
    if (modern(e) && e.mac_iterations == 600'000 && any_contains(e.keys, "AES-128")) return Exporter::gnutls;
    if (modern(e) && e.mac_iterations == 2048 && all_iterate(e, 2048)) return Exporter::openssl;
    if (!sha1 || modern(e)) return Exporter::unknown;
    if (e.mac_iterations == 2048 && all_iterate(e, 2048)) return Exporter::openssl_old;
    if (e.mac_iterations == 1 && e.mac_salt == 8 && any_contains(e.safes, "RC2-40"))
        return all_iterate(e, 2048) && !e.keys.empty() ? Exporter::macos : Exporter::unknown;
    if (e.mac_iterations >= 50'000 && !e.hints.digest_identifier) return Exporter::bouncy_castle;
    return Exporter::unknown;
}

} // namespace

Exporter guess_exporter(const Envelope& e) {
    if (e.mac == MacKind::none) return Exporter::unknown;
    // keytool writes its own identifier over what an earlier program left behind.
    if (e.hints.time_identifier) return modern(e) ? Exporter::java : Exporter::java_old;
    // OpenSSL can write the provider's name too, but iterates 2048 times where Windows does 2000 times.
    if (e.hints.counted_identifier || (e.hints.provider_name && all_iterate(e, 2000)))
        return modern(e) ? Exporter::windows : Exporter::windows_old;
    return e.indefinite ? open_ended(e) : by_counts(e);
}

std::string_view name_of(Exporter exporter) noexcept {
    constexpr std::string_view names[] = {"unknown", "windows_old", "windows",     "firefox_old",
                                          "firefox", "macos",       "openssl_old", "openssl",
                                          "gnutls",  "java_old",    "java",        "bouncy_castle"};
    return names[static_cast<std::size_t>(exporter)];
}

} // namespace acredita::p12
