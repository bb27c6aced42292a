// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/p12/exporters.hpp"

namespace acredita::p12::test {

namespace {

void must(const std::vector<std::string>& command) {
    if (!run(command)) throw std::runtime_error(command.front() + " failed");
}

} // namespace

Bytes export_with_nss(const Folder& folder, const Pair& pair, std::string_view password,
                      const std::vector<std::string>& options) {
    const Folder own;
    const auto database = "sql:" + (own / ".").string();
    const auto secret_file = own.write("password", as_bytes(password));
    const auto in = own.write("in.p12", export_with_openssl(folder, pair, "in", {"-name", "ana"}));
    must({"certutil", "-N", "-d", database, "--empty-password"});
    must({"pk12util", "-i", in, "-d", database, "-W", "in"});
    std::vector<std::string> command{"pk12util", "-o", own / "out.p12", "-n", "ana", "-d",
                                     database,   "-w", secret_file};
    command.insert(command.end(), options.begin(), options.end());
    must(command);
    return load(own / "out.p12");
}

Bytes export_with_gnutls(const Folder& folder, const Pair& pair, std::string_view password,
                         const std::vector<std::string>& options) {
    const auto out = folder / "gnutls.p12";
    std::vector<std::string> command{"certtool",
                                     "--to-p12",
                                     "--load-privkey",
                                     pair.key,
                                     "--load-certificate",
                                     pair.certificate,
                                     "--p12-name",
                                     "ana",
                                     "--password",
                                     std::string(password),
                                     "--outder",
                                     "--outfile",
                                     out};
    command.insert(command.end(), options.begin(), options.end());
    must(command);
    return load(out);
}

std::optional<Bytes> export_with_java(const Folder& folder, const Pair& pair, std::string_view password,
                                      bool old_algorithms) {
    if (!run({"keytool", "-help"})) return std::nullopt;
    const Folder own;
    const auto in = own.write("in.p12", export_with_openssl(folder, pair, "entrada", {"-name", "ana"}));
    std::vector<std::string> command{
        "keytool",       "-importkeystore", "-noprompt",     "-srckeystore",   in,
        "-srcstoretype", "PKCS12",          "-srcstorepass", "entrada",        "-destkeystore",
        own / "out.p12", "-deststoretype",  "PKCS12",        "-deststorepass", std::string(password)};
    if (old_algorithms) command.emplace_back("-J-Dkeystore.pkcs12.legacy");
    must(command);
    return load(own / "out.p12");
}

} // namespace acredita::p12::test
