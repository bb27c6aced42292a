// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the specifications of tools/p12 share: a temporary folder, real programs that write backups, the
// corpus.
#pragma once

#include "tools/p12/open.hpp"

#include <filesystem>
#include <map>

namespace acredita::p12::test {

// A folder of its own, removed at the end.
class Folder {
public:
    Folder();
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::filesystem::path operator/(const char* name) const { return path_ / name; }
    // Writes a file and returns its path.
    [[nodiscard]] std::filesystem::path write(const char* name, ByteView content) const;

private:
    std::filesystem::path path_;
};

// Runs a program with its output thrown away; true if it ended with 0.
[[nodiscard]] bool run(const std::vector<std::string>& arguments);

[[nodiscard]] Bytes load(const std::filesystem::path& path);
[[nodiscard]] Secret secret(std::string_view text);

// "ok", or the error's name without its family.
template <class T>
[[nodiscard]] std::string outcome(const Result<T>& result) {
    return result ? "ok" : error_name(result.error().code).substr(4);
}

// A key and a self-signed certificate in PEM, made once a run: subject CN is that of a practice person.
struct Pair {
    std::filesystem::path key, certificate;
};
[[nodiscard]] Pair make_pair(const Folder& folder, const char* name,
                             const std::vector<std::string>& algorithm);
[[nodiscard]] Pair make_ec_pair(const Folder& folder, const char* name);

// openssl pkcs12 -export; the password goes through a file.
[[nodiscard]] Bytes export_with_openssl(const Folder& folder, const Pair& pair, std::string_view password,
                                        const std::vector<std::string>& options = {});

// A backup of any keys and certificates, with a password for each part; a null password leaves that part in
// clear, a null MAC password leaves the MAC out.
struct Recipe {
    std::vector<std::filesystem::path> keys, certificates;
    const char* mac = "1234";
    const char* contents = "1234";
    const char* key = "1234";
    int last_key_iterations = 1000;
};
[[nodiscard]] Bytes build(const Recipe& recipe);

// The folder of the public backups, or nothing; then a line says that they were skipped.
[[nodiscard]] std::optional<std::filesystem::path> corpus();

using Row = std::map<std::string, std::string>;
[[nodiscard]] std::vector<Row> read_manifest(const std::filesystem::path& folder);
[[nodiscard]] Secret manifest_password(const Row& row);

} // namespace acredita::p12::test
