// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Opens a backup as our programs do and then holds it, for secrecy_spec to look for secrets in this process.
//   p12_holder FILE [load]    load: also what the main job does with the key; the password comes from
//   descriptor 0 up to the end of the line; then a letter says how to end
// Tells on descriptor 1: "derivation N", "opened", or the name of the error.
#include "tools/p12/file.hpp"
#include "tools/p12/isolated.hpp"

#include <cstdio>
#include <cstdlib>

#include <unistd.h>

namespace {

using namespace acredita;

Secret read_line() {
    Secret line(256);
    std::uint8_t byte = 0;
    while (read(0, &byte, 1) == 1 && byte != '\n')
        if (!line.push_back(byte)) break;
    return line;
}

void tell(const std::string& text) { (void)!write(1, text.data(), text.size()); }

} // namespace

int main(int argc, char** argv) {
    if (argc < 2 || !p12::zeroise_what_openssl_frees()) return 2;
    const auto file = p12::read_file(argv[1]);
    if (!file) return 2;
    const auto password = read_line();
    p12::isolated::Options options;
    options.progress = [](const p12::Progress& p) {
        tell("derivation " + std::to_string(p.derivations) + "\n");
    };
    const auto opened = p12::isolated::open(*file, password, options);
    // What the main job does with the chosen key.
    std::vector<p12::KeyHandle> keys;
    std::vector<p12::RsaNumbers> numbers;
    if (opened && argc > 2)
        for (const auto& credential : opened->credentials) {
            if (auto key = p12::load_key(credential)) keys.push_back(*std::move(key));
            if (auto parts = p12::rsa_numbers(keys.back().get())) numbers.push_back(*std::move(parts));
        }
    tell(opened ? "opened\n" : error_name(opened.error().code) + "\n");
    char end = 0;
    (void)!read(0, &end, 1);
    if (end == 'a') std::abort();
    return opened ? 0 : 1;
}
