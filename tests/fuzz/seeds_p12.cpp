// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/fuzz/seeds_p12.hpp"

#include "tests/pkcs11/module/key_pair.hpp"
#include "tools/p12/envelope.hpp"
#include "tools/p12/unlock.hpp"
#include "tools/p12/wire.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <tuple>

#include <openssl/pkcs12.h>

namespace acredita::fuzz {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t affordable = 10000; // iterations

// What the three targets start from, out of one backup.
void of_backup(const Seed& seed, const std::string& name, ByteView file, std::string_view password) {
    const auto parsed = p12::parse_file(file);
    seed("p12_answer", name + "-envelope", p12::pack(p12::sniff(file)));
    if (!parsed || p12::cost_of(parsed->pfx) > affordable) return;
    const Secret passphrase(as_bytes(password));
    p12::OpenOptions options;
    options.second_look = false;
    seed("p12_answer", name + "-opened", p12::pack(p12::examine(file, passphrase, options)));
    p12::Unlocker unlocker(*p12::Crypto::shared().value(), p12::Budget(), passphrase, nullptr, false);
    if (!unlocker.verify(parsed->pfx)) return;
    unsigned number = 0;
    for (const auto& safe : parsed->pfx.safes) {
        const auto each = name + "-" + std::to_string(number++);
        if (!safe.algorithm) {
            seed("p12_contents", each, safe.content);
        } else if (const auto plain = unlocker.unseal(*safe.algorithm, safe.content)) {
            seed("p12_contents", each, *plain);
        }
    }
}

// Of the same keys, by OpenSSL: encrypted as of old and as of now, and with nothing encrypted.
void of_generated(const Seed& seed) {
    const std::tuple<const char*, int, int, int> kinds[] = {
        {"old", NID_pbe_WithSHA1And3_Key_TripleDES_CBC, NID_pbe_WithSHA1And3_Key_TripleDES_CBC, 1},
        {"new", NID_aes_256_cbc, NID_aes_256_cbc, 1},
        {"clear", -1, -1, 1},
        {"without-mac", -1, -1, -1}};
    for (const auto& [kind, key, certificate, mac] : kinds)
        for (const auto* pair : {&test::rsa_pair(), &test::ec_pair()}) {
            const auto& der = pair->certificate;
            const auto* at = der.data();
            const std::unique_ptr<X509, test::Deleter<&X509_free>> x509(
                d2i_X509(nullptr, &at, static_cast<long>(der.size())));
            const std::unique_ptr<PKCS12, test::Deleter<&PKCS12_free>> backup(
                PKCS12_create("1234", "Practice", pair->key.get(), x509.get(), nullptr, key, certificate, 16,
                              mac == 1 ? 16 : -1, 0));
            if (backup == nullptr) continue; // RC2 and the like: not without OpenSSL's legacy provider
            Bytes bytes(static_cast<std::size_t>(i2d_PKCS12(backup.get(), nullptr)));
            auto* to = bytes.data();
            i2d_PKCS12(backup.get(), &to);
            const auto name = std::string(kind) + (pair == &test::ec_pair() ? "-ec" : "-rsa");
            seed("p12_open", name, bytes);
            of_backup(seed, name, bytes, "1234");
        }
}

// The public backups, where they are at hand: path, tab, ..., their password under that heading.
void of_corpus(const Seed& seed, const fs::path& folder) {
    std::ifstream manifest(folder / "MANIFEST.tsv");
    const auto fields = [](const std::string& line) {
        std::vector<std::string> all;
        std::istringstream stream(line);
        for (std::string field; std::getline(stream, field, '\t');) all.push_back(field);
        return all;
    };
    std::string line;
    std::getline(manifest, line);
    const auto names = fields(line);
    const auto column = [&](std::string_view name) {
        return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
    };
    const auto path = column("path"), password = column("password");
    while (std::getline(manifest, line)) {
        const auto row = fields(line);
        if (row.size() <= std::max(path, password)) continue;
        std::ifstream in(folder / row[path], std::ios::binary);
        const std::string file{std::istreambuf_iterator<char>(in), {}};
        auto name = row[path];
        std::ranges::replace(name, '/', '-');
        const bool none = row[password] == "-" || row[password].starts_with('(');
        of_backup(seed, name, as_bytes(file), none ? std::string_view() : std::string_view(row[password]));
    }
}

} // namespace

void seeds_of_backups(const Seed& seed) {
    of_generated(seed);
    const char* shared = std::getenv("ACREDITA_SHARED");
    if (shared != nullptr && fs::exists(fs::path(shared) / "corpus/p12/MANIFEST.tsv"))
        of_corpus(seed, fs::path(shared) / "corpus/p12");
}

} // namespace acredita::fuzz
