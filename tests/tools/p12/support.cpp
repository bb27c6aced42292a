// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/p12/support.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace acredita::p12::test {

namespace fs = std::filesystem;

Folder::Folder() {
    std::string name = (fs::temp_directory_path() / "acredita-p12-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
    path_ = name;
}

Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

fs::path Folder::write(const char* name, ByteView content) const {
    std::ofstream file(path_ / name, std::ios::binary);
    file << as_text(content);
    return path_ / name;
}

bool run(const std::vector<std::string>& arguments) {
    auto copies = arguments;
    std::vector<char*> argv;
    for (auto& argument : copies) argv.push_back(argument.data());
    argv.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = -1;
    const bool started = posix_spawnp(&child, argv[0], &actions, nullptr, argv.data(), environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    int status = -1;
    return started && waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

Bytes load(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Secret secret(std::string_view text) { return Secret(as_bytes(text)); }

Pair make_pair(const Folder& folder, const char* name, const std::vector<std::string>& algorithm) {
    Pair pair{folder / (std::string(name) + ".key").c_str(), folder / (std::string(name) + ".crt").c_str()};
    std::vector<std::string> request{
        "openssl",        "req",    "-x509",
        "-nodes",         "-days",  "30",
        "-keyout",        pair.key, "-out",
        pair.certificate, "-subj",  "/C=ES/serialNumber=IDCES-00000000T/CN=EJEMPLO PRUEBA ANA - 00000000T"};
    request.insert(request.end(), algorithm.begin(), algorithm.end());
    if (!run(request)) throw std::runtime_error("openssl req failed");
    return pair;
}

Pair make_ec_pair(const Folder& folder, const char* name) {
    return make_pair(folder, name, {"-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"});
}

Bytes export_with_openssl(const Folder& folder, const Pair& pair, std::string_view password,
                          const std::vector<std::string>& options) {
    const auto secret_file = folder.write("password", as_bytes(std::string(password) + "\n"));
    const auto out = folder / "exported.p12";
    std::vector<std::string> arguments{"openssl",
                                       "pkcs12",
                                       "-export",
                                       "-inkey",
                                       pair.key,
                                       "-in",
                                       pair.certificate,
                                       "-out",
                                       out,
                                       "-passout",
                                       "file:" + secret_file.string()};
    arguments.insert(arguments.end(), options.begin(), options.end());
    if (!run(arguments)) throw std::runtime_error("openssl pkcs12 failed");
    return load(out);
}

std::optional<fs::path> corpus() {
    const char* shared = std::getenv("ACREDITA_SHARED");
    const fs::path root =
        shared != nullptr ? fs::path(shared) : fs::path(ACREDITA_SOURCE_DIR) / ".." / "shared";
    auto folder = root / "corpus" / "p12";
    if (fs::exists(folder / "MANIFEST.tsv")) return folder;
    std::cout << "SKIPPED: no backups at " << folder << " (set ACREDITA_SHARED)\n";
    return std::nullopt;
}

std::vector<Row> read_manifest(const fs::path& folder) {
    std::ifstream file(folder / "MANIFEST.tsv");
    const auto split = [](const std::string& line) {
        std::vector<std::string> fields;
        std::istringstream stream(line);
        for (std::string field; std::getline(stream, field, '\t');) fields.push_back(field);
        return fields;
    };
    std::string line;
    std::getline(file, line);
    const auto names = split(line);
    std::vector<Row> rows;
    while (std::getline(file, line)) {
        const auto fields = split(line);
        Row row;
        for (std::size_t i = 0; i < names.size(); ++i) row[names[i]] = i < fields.size() ? fields[i] : "";
        rows.push_back(std::move(row));
    }
    return rows;
}

Secret manifest_password(const Row& row) {
    const auto& text = row.at("password");
    if (text == "-" || text == "(empty)" || text == "(null)") return {};
    const auto hex = text.find(" [hex:");
    if (hex == std::string::npos) return secret(text);
    return Secret(from_hex(text.substr(hex + 6, text.size() - hex - 7)).value());
}

} // namespace acredita::p12::test
