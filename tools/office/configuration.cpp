// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/office/configuration.hpp"

#include "pcsc/base/toml.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace acredita::office {
namespace {

constexpr std::size_t longest_file = 16384;
constexpr std::size_t longest_text = 1024;

// The text of the file; nullopt if there is none.
Result<std::optional<std::string>> contents_of(const std::filesystem::path& file, uid_t owner) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (descriptor < 0) {
        if (errno == ENOENT || errno == ENOTDIR) return std::nullopt;
        return fail(office_errc::configuration_invalid, std::strerror(errno));
    }
    struct stat about {};
    const bool known = ::fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode);
    std::string text(longest_file + 1, '\0');
    const auto got = known ? ::read(descriptor, text.data(), text.size()) : -1;
    ::close(descriptor);
    if (!known) return fail(office_errc::configuration_unsafe, "not a plain file");
    if (about.st_uid != owner) return fail(office_errc::configuration_unsafe, "belongs to another user");
    if ((about.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return fail(office_errc::configuration_unsafe, "others may write it");
    if (got < 0) return fail(office_errc::configuration_invalid, "cannot be read");
    if (static_cast<std::size_t>(got) > longest_file)
        return fail(office_errc::configuration_invalid, "too long");
    text.resize(static_cast<std::size_t>(got));
    return text;
}

// Takes what it knows out of the tables and remembers the first thing that is wrong.
class Reader {
public:
    // The table of this name, all of whose keys must be known.
    const toml::table* table(const toml::table& in, std::string_view name,
                             std::initializer_list<std::string_view> keys) {
        const auto* node = in.get(name);
        if (node == nullptr) return nullptr;
        if (!node->is_table()) {
            mistake(*node, std::string(name) + " must be a table");
            return nullptr;
        }
        if (keys.size() > 0) known(*node->as_table(), keys);
        return node->as_table();
    }
    void known(const toml::table& table, std::initializer_list<std::string_view> keys) {
        for (const auto& [key, node] : table)
            if (std::ranges::find(keys, key.str()) == keys.end())
                mistake(node, "unknown key " + std::string(key.str()));
    }
    void text(const toml::table* in, std::string_view key, std::string& to) {
        const auto* node = in == nullptr ? nullptr : in->get(key);
        if (node == nullptr) return;
        const auto value = node->value_exact<std::string>();
        if (value && !value->empty() && value->size() <= longest_text)
            to = *value;
        else
            mistake(*node, std::string(key) + " must be a text of 1 to 1024 letters");
    }
    void count(const toml::table* in, std::string_view key, std::int64_t& to) {
        const auto* node = in == nullptr ? nullptr : in->get(key);
        if (node == nullptr) return;
        const auto value = node->value_exact<std::int64_t>();
        if (value && *value >= 1 && *value <= 1000)
            to = *value;
        else
            mistake(*node, std::string(key) + " must be 1 to 1000");
    }
    void flag(const toml::table* in, std::string_view key, bool& to) {
        const auto* node = in == nullptr ? nullptr : in->get(key);
        if (node == nullptr) return;
        const auto value = node->value_exact<bool>();
        if (value)
            to = *value;
        else
            mistake(*node, std::string(key) + " must be true or false");
    }
    void mistake(const toml::node& node, const std::string& what) {
        if (first_.empty()) first_ = "line " + std::to_string(node.source().begin.line) + ": " + what;
    }
    [[nodiscard]] const std::string& first() const noexcept { return first_; }

private:
    std::string first_;
};

void read_roles(Reader& reader, const toml::table* table, std::map<std::string, std::string>& to) {
    if (table == nullptr) return;
    for (const auto& [user, node] : *table) {
        const auto role = node.value_exact<std::string>();
        if (role && std::ranges::find(all_roles, *role) != std::end(all_roles))
            to.emplace(user.str(), *role);
        else
            reader.mistake(node, "a role is operator, supervisor, auditor or technician");
    }
}

void read_renewal(Reader& reader, const toml::table* table, RenewalRules& to) {
    reader.text(table, "policy", to.policy);
    reader.text(table, "folder", to.folder);
    reader.text(table, "authority", to.authority);
    reader.text(table, "sender", to.sender);
    reader.flag(table, "fax", to.fax);
    if (table != nullptr && std::ranges::find(all_policies, to.policy) == std::end(all_policies))
        reader.mistake(*table, "a policy is fnmt, expired-allowed or supervisor");
}

} // namespace

std::string Configuration::role_of(const std::string& user) const {
    const auto found = roles.find(user);
    return found == roles.end() ? "operator" : found->second;
}

Result<Configuration> parse_configuration(std::string text) {
    using enum office_errc;
    if (const auto line = make_plain_toml(text); line != 0)
        return fail(configuration_invalid,
                    "line " + std::to_string(line) + ": not what a line may look like");
    const auto parsed = toml::parse(std::string_view(text));
    if (!parsed)
        return fail(configuration_invalid, "line " + std::to_string(parsed.error().source().begin.line) +
                                               ": " + std::string(parsed.error().description()));
    const auto& root = parsed.table();
    Configuration read;
    Reader reader;
    std::string connection;
    reader.known(root, {"database", "office", "renewal", "roles"});
    reader.text(reader.table(root, "database", {"connection"}), "connection", connection);
    const auto* office = reader.table(root, "office", {"kiosk", "kiosks", "time_zone"});
    reader.text(office, "kiosk", read.kiosk);
    reader.count(office, "kiosks", read.kiosks);
    reader.text(office, "time_zone", read.time_zone);
    read_renewal(reader, reader.table(root, "renewal", {"policy", "folder", "authority", "sender", "fax"}),
                 read.renewal);
    read_roles(reader, reader.table(root, "roles", {}), read.roles);
    if (!reader.first().empty()) return fail(configuration_invalid, reader.first());
    ACREDITA_TRY(database, parse_connection(connection));
    if (read.kiosks > 1 && database.engine == Engine::sqlite) return fail(several_kiosks);
    read.database = std::move(database);
    return read;
}

Result<std::optional<Configuration>> read_configuration(const std::filesystem::path& file, uid_t owner) {
    ACREDITA_TRY(text, contents_of(file, owner));
    if (!text) return std::nullopt;
    ACREDITA_TRY(read, parse_configuration(std::move(*text)));
    return std::move(read);
}

} // namespace acredita::office
