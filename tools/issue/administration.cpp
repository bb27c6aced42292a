// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/issue/administration.hpp"

#include "pcsc/base/toml.hpp"
#include "pkcs11/client/sign.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace acredita::issue {
namespace {

// PIV with Yubico's extensions; OpenPGP cards, whose PW3 is "12345678" (specification 3.4, 4.2.2).
constexpr std::string_view factory_keys[] = {"010203040506070801020304050607080102030405060708",
                                             "3132333435363738"};
constexpr std::size_t longest_key_text = 256;
constexpr std::size_t largest_configuration = std::size_t{64} * 1024;

struct Descriptor {
    int value = -1;
    explicit Descriptor(int v) noexcept : value(v) {}
    ~Descriptor() {
        if (value >= 0) ::close(value);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
};

bool blank(std::uint8_t c) noexcept { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool hexadecimal(std::uint8_t c) noexcept {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

Result<void> check_custody(const struct stat& status) {
    if (!S_ISREG(status.st_mode)) return fail(issue_errc::admin_key_unsafe, "not a plain file");
    if (status.st_uid != 0 && status.st_uid != ::geteuid())
        return fail(issue_errc::admin_key_unsafe, "belongs to another user");
    if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return fail(issue_errc::admin_key_unsafe, "others may read or write it");
    return {};
}

// All of the configuration; nothing if there is none.
Result<std::string> text_of(const std::filesystem::path& file) {
    const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (descriptor.value < 0 && (errno == ENOENT || errno == ENOTDIR)) return std::string();
    struct stat status {};
    if (descriptor.value < 0 || ::fstat(descriptor.value, &status) != 0)
        return fail(issue_errc::configuration_invalid, std::strerror(errno));
    if (!S_ISREG(status.st_mode)) return fail(issue_errc::configuration_invalid, "not a plain file");
    std::string text(largest_configuration + 1, '\0');
    const auto got = ::read(descriptor.value, text.data(), text.size());
    if (got < 0) return fail(issue_errc::configuration_invalid, std::strerror(errno));
    text.resize(static_cast<std::size_t>(got));
    if (text.size() > largest_configuration) return fail(issue_errc::configuration_invalid, "too large");
    return text;
}

std::string at_line(unsigned line) { return "line " + std::to_string(line) + ": "; }

} // namespace

bool AdministrationKey::is_factory() const noexcept {
    return std::ranges::any_of(factory_keys, [&](auto key) { return hex.equals(as_bytes(key)); });
}

AdministrationKey factory_administration_key() { return {Secret(as_bytes(factory_keys[0]))}; }

AdministrationKey factory_administration_key(ByteView sha256) {
    for (const auto key : factory_keys)
        if (const auto bytes = from_hex(key);
            bytes && client::digest(client::Hash::sha256, *bytes) == copy(sha256))
            return {Secret(as_bytes(key))};
    return {};
}

Secret without_blanks(const Secret& text) {
    auto view = text.view();
    while (!view.empty() && blank(view.front())) view = view.subspan(1);
    while (!view.empty() && blank(view.back())) view = view.first(view.size() - 1);
    return Secret(view);
}

Result<AdministrationKey> administration_key_from(Secret text) {
    auto bare = without_blanks(text);
    const auto view = bare.view();
    if (view.size() < 16 || view.size() % 2 != 0) return fail(bytes_errc::too_short);
    for (const auto c : view)
        if (!hexadecimal(c)) return fail(bytes_errc::not_hex);
    return AdministrationKey{std::move(bare)};
}

Result<AdministrationKey> administration_key_from_file(const std::filesystem::path& file) {
    ACREDITA_TRY(text, secret_from_file(file));
    return administration_key_from(std::move(text));
}

Result<Secret> secret_from_file(const std::filesystem::path& file) {
    const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (descriptor.value < 0) {
        if (errno == ENOENT) return fail(issue_errc::admin_key_missing, file.filename());
        return fail(issue_errc::admin_key_unsafe, std::strerror(errno));
    }
    struct stat status {};
    if (::fstat(descriptor.value, &status) != 0)
        return fail(issue_errc::admin_key_unsafe, std::strerror(errno));
    ACREDITA_CHECK(check_custody(status));

    Secret text(longest_key_text);
    std::array<std::uint8_t, longest_key_text> buffer{};
    const auto read = ::read(descriptor.value, buffer.data(), buffer.size());
    for (ssize_t i = 0; i < read; ++i) static_cast<void>(text.push_back(buffer[static_cast<std::size_t>(i)]));
    explicit_bzero(buffer.data(), buffer.size());
    return without_blanks(text);
}

namespace {

// A time that is no help to anybody is brought back to one that is.
std::chrono::seconds between(std::int64_t seconds, std::int64_t least, std::int64_t most) {
    return std::chrono::seconds(std::clamp(seconds, least, most));
}

void read_kiosk(const toml::table& table, KioskConfiguration& kiosk) {
    const auto section = table["kiosk"];
    kiosk.address = section["address"].value_or(std::string());
    kiosk.hours = section["hours"].value_or(std::string());
    kiosk.phone = section["phone"].value_or(std::string());
    kiosk.mail = section["mail"].value_or(std::string());
    kiosk.web = section["web"].value_or(std::string());
    kiosk.support = section["support"].value_or(std::string());
    kiosk.idle = between(section["idle_seconds"].value_or(kiosk.idle.count()), 20, 3600);
    kiosk.countdown = between(section["countdown_seconds"].value_or(kiosk.countdown.count()), 20, 600);
    kiosk.discs = section["discs"].value_or(false);
}

} // namespace

Result<Configuration> read_configuration(const std::filesystem::path& file) {
    ACREDITA_TRY(text, text_of(file));
    escape_letters(text);
    if (const auto line = make_plain_toml(text); line != 0)
        return fail(issue_errc::configuration_invalid, at_line(line) + "not what a line may look like");
    const auto parsed = toml::parse(std::string_view(text));
    if (!parsed)
        return fail(issue_errc::configuration_invalid,
                    at_line(parsed.error().source().begin.line) + std::string(parsed.error().description()));
    const auto& table = parsed.table();
    Configuration configuration;
    configuration.administration_key_file = table["administration"]["key_file"].value_or(std::string());
    configuration.so_pin_file = table["administration"]["so_pin_file"].value_or(std::string());
    configuration.puk = table["pin"]["puk"].value_or(configuration.puk);
    if (configuration.puk != "holder" && configuration.puk != "sealed" && configuration.puk != "blocked")
        return fail(issue_errc::configuration_invalid, "[pin] puk");
    configuration.module = table["module"]["path"].value_or(std::string());
    configuration.place = table["office"]["name"].value_or(std::string());
    configuration.contact = table["office"]["contact"].value_or(std::string());
    auto& timestamp = configuration.timestamp;
    timestamp.url = table["timestamp"]["url"].value_or(std::string());
    timestamp.policy = table["timestamp"]["policy"].value_or(std::string());
    timestamp.authorities = table["timestamp"]["authorities"].value_or(std::string());
    timestamp.tls_authorities = table["timestamp"]["tls_authorities"].value_or(std::string());
    read_kiosk(table, configuration.kiosk);
    return configuration;
}

} // namespace acredita::issue
