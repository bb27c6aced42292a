// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/cli/renewal_bench.hpp"

#include <fstream>
#include <sstream>

#include <boost/test/unit_test.hpp>
#include <stdlib.h>

namespace acredita::test {
namespace {

void must(const std::string& command) {
    const auto ran = run(command + " 2>&1");
    BOOST_REQUIRE_MESSAGE(ran.code == 0, command << "\n" << ran.output);
}

std::string q(const fs::path& path) { return "'" + path.string() + "'"; }

fs::path line(const std::string& text) {
    static int count = 0;
    const auto file = scratch() / ("line" + std::to_string(++count));
    std::ofstream(file) << text << '\n';
    return file;
}

std::string day(int from_today) {
    auto text = run("date -u -d '" + std::to_string(from_today) + " days' +%Y%m%d%H%M%SZ").output;
    text.erase(text.find_last_not_of(" \n") + 1);
    return text;
}

constexpr auto authority = R"([ca]
default_ca = authority
[authority]
database = index
new_certs_dir = .
policy = anything
default_md = sha256
unique_subject = no
rand_serial = yes
email_in_dn = no
x509_extensions = citizen
[anything]
countryName = optional
serialNumber = optional
commonName = optional
[citizen]
basicConstraints = critical,CA:FALSE
keyUsage = critical,digitalSignature,nonRepudiation
)";

} // namespace

RenewalDesk::RenewalDesk(const std::string& more, const std::string& connection) {
    static int count = 0;
    folder_ = scratch() / ("renewal" + std::to_string(++count));
    database_ = folder_ / "office.db";
    fs::create_directories(letters());
    std::ofstream(folder_ / "ca.conf") << authority;
    std::ofstream(folder_ / "index");
    std::ofstream(folder_ / "letters.toml")
        << "institution = \"Universidad de Prácticas\"\nname = \"Oficina de acreditación\"\n"
           "place = \"Ninguna Parte\"\naddressee = [\"A la oficina\"]\n";
    const auto file = folder_ / "office.toml";
    std::ofstream(file) << "[database]\nconnection = \""
                        << (connection.empty() ? "sqlite:" + database_.string() : connection)
                        << "\"\n[office]\nkiosk = \"mostrador-1\"\n"
                        << more;
    fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
    ::setenv("ACREDITA_OFFICE", file.c_str(), 1);
    must("openssl req -x509 -newkey rsa:2048 -nodes -days 4000 -subj '/C=ES/O=AC PRACTICAS' -keyout " +
         q(folder_ / "ca.key") + " -out " + q(folder_ / "ca.pem"));
}

RenewalDesk::~RenewalDesk() { ::unsetenv("ACREDITA_OFFICE"); }

fs::path RenewalDesk::sign_request(const fs::path& request, const std::string& name, int from, int to,
                                   const std::string& nif) {
    const auto out = folder_ / (name + ".pem");
    must("cd " + q(folder_) +
         " && openssl ca -batch -notext -utf8 -config ca.conf -keyfile ca.key -cert ca.pem " +
         "-subj '/C=ES/serialNumber=IDCES-" + nif + "/CN=MUESTRA PRACTICA LUCIA - " + nif + "' -startdate " +
         day(from) + " -enddate " + day(to) + " -in " + q(request) + " -out " + q(out));
    return out;
}

Person RenewalDesk::person(const std::string& name, const std::string& key, int from, int to,
                           const std::string& nif) {
    Person one{.key = folder_ / (name + ".key"),
               .certificate = {},
               .backup = folder_ / (name + ".p12"),
               .password = "contraseña de " + name};
    const auto kind = key == "p256" ? std::string("ec -pkeyopt ec_paramgen_curve:P-256") : key;
    const auto request = folder_ / (name + ".req");
    must("openssl req -new -newkey " + kind + " -nodes -subj /CN=x -keyout " + q(one.key) + " -out " +
         q(request));
    one.certificate = sign_request(request, name, from, to, nif);
    must("openssl pkcs12 -export -inkey " + q(one.key) + " -in " + q(one.certificate) + " -certfile " +
         q(folder_ / "ca.pem") + " -passout file:" + q(line(one.password)) + " -out " + q(one.backup));
    return one;
}

fs::path RenewalDesk::certify(const fs::path& request, const std::string& name, int to,
                              const std::string& nif) {
    const auto pem = folder_ / (name + ".req");
    must("openssl req -in " + q(request) + " -inform DER -verify -out " + q(pem));
    return sign_request(pem, name, -1, to, nif);
}

int RenewalDesk::acredita(const std::string& arguments) {
    const auto said = folder_ / "said";
    const auto ran = run("LC_ALL=C setsid " ACREDITA " " + arguments + " 2>" + q(said));
    answer = Json::parse(ran.output, nullptr, false);
    std::ostringstream text;
    text << std::ifstream(said).rdbuf();
    BOOST_TEST_MESSAGE("acredita " << arguments << " -> " << ran.code << "\n" << ran.output << text.str());
    return ran.code;
}

std::string RenewalDesk::page(const std::string& arguments, const std::string& language) {
    return run("LC_ALL=" + language + " setsid " ACREDITA " " + arguments + " 2>&1").output;
}

void RenewalDesk::killed_after(const std::string& seconds, const std::string& arguments) {
    const auto ran =
        run("LC_ALL=C timeout -s KILL " + seconds + " setsid -w " ACREDITA " " + arguments + " 2>&1");
    BOOST_TEST_MESSAGE(seconds << " s: " << ran.code << " " << ran.output);
}

int RenewalDesk::renew(const std::string& arguments, const std::string& pin) {
    const bool signs = arguments.starts_with("letter");
    const auto office = " --office " + q(folder_ / "letters.toml");
    const bool needs_folder = signs || arguments.starts_with("start");
    return acredita("renew " + arguments + (needs_folder ? " --folder " + q(letters()) : "") +
                    (signs ? office : "") + " --pin-fd 4 --json 4<" + q(line(pin)));
}

int RenewalDesk::load(const Person& person) {
    return acredita("issue " + q(person.backup) + " --allow-expired --json --passphrase-fd 3 --pin-fd 4 3<" +
                    q(line(person.password)) + " 4<" + q(line("123456")));
}

int RenewalDesk::start(const Person& renewed, const std::string& more) {
    return renew("start " + q(renewed.backup) +
                 " --email lucia@universidad.example --email-again lucia@universidad.example --yes " + more +
                 " --passphrase-fd 3 3<" + q(line(renewed.password)));
}

int RenewalDesk::letter(const std::string& more) { return renew("letter " + more); }
int RenewalDesk::finish(const std::string& more) { return renew("finish " + more); }

std::string RenewalDesk::state() const {
    return answer.is_object() && answer.contains("renewal") && answer["renewal"].is_object()
               ? answer["renewal"]["state"].get<std::string>()
               : "";
}
std::string RenewalDesk::error() const {
    return answer.is_object() && answer.contains("error") ? answer["error"]["name"].get<std::string>() : "";
}

std::string RenewalDesk::judged(const fs::path& letter) const {
    const auto pdfsig = run("pdfsig -nocert " + q(letter) + " 2>&1").output;
    if (pdfsig.find("Signature is Valid") == std::string::npos) return pdfsig;
    const auto cms = folder_ / "cms.der", content = folder_ / "content.bin";
    must("python3 -c \"import re,sys;d=open(sys.argv[1],'rb').read();"
         "a,b,c,e=map(int,re.search(rb'/ByteRange ?\\[ ?(\\d+) (\\d+) (\\d+) (\\d+)',d).groups());"
         "h=bytes.fromhex(d[a+b+1:c-1].decode());n=4+int.from_bytes(h[2:4],'big');"
         "open(sys.argv[2],'wb').write(h[:n]);open(sys.argv[3],'wb').write(d[a:a+b]+d[c:c+e])\" " +
         q(letter) + " " + q(cms) + " " + q(content));
    const auto verified =
        run("openssl cms -verify -cades -inform DER -binary -no_check_time -purpose any -CAfile " +
            q(folder_ / "ca.pem") + " -in " + q(cms) + " -content " + q(content) + " -out /dev/null 2>&1");
    return verified.code == 0 ? "" : verified.output;
}

std::vector<std::string> RenewalDesk::journal() {
    acredita("journal show --last 1000 --json");
    std::vector<std::string> actions;
    for (const auto& record : answer["records"]) actions.push_back(record["action"].get<std::string>());
    return actions;
}

std::vector<std::string> RenewalDesk::on_card() {
    acredita("renew status --json");
    std::vector<std::string> all;
    for (const auto& one : answer["certificates"]) all.push_back(one["sha256"].get<std::string>());
    return all;
}

fs::path RenewalDesk::remember() {
    static int count = 0;
    const auto copy = folder_ / ("memory" + std::to_string(++count) + ".db");
    fs::copy_file(database_, copy); // no program has it open: the log is in the file
    return copy;
}

void RenewalDesk::forget_since(const fs::path& copy) {
    for (const auto* suffix : {"", "-wal", "-shm"}) fs::remove(database_.string() + suffix);
    fs::copy_file(copy, database_);
    fs::permissions(database_, fs::perms::owner_read | fs::perms::owner_write);
}

std::string RenewalDesk::text_of(const fs::path& letter) const {
    return run("pdftotext " + q(letter) + " - 2>/dev/null").output;
}

std::string fingerprint_of(const fs::path& certificate) {
    auto text =
        run("openssl x509 -in " + q(certificate) + " -outform DER | sha256sum | cut -c1-64 | tr a-f A-F")
            .output;
    text.erase(text.find_last_not_of(" \n") + 1);
    return text;
}

} // namespace acredita::test
