// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/register/policies.hpp"

#include "tools/register/error.hpp"
#include "tools/register/site.hpp"

#include <algorithm>

namespace acredita::registration {
namespace {

// Deeper than any policy; the writer of JSON is recursive.
constexpr int most_depth = 64;

bool too_deep(std::string_view text) {
    int depth = 0;
    bool quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (quoted && c == '\\') ++i;
        if (c == '"') quoted = !quoted;
        if (quoted) continue;
        if (c == '{' || c == '[') ++depth;
        if (c == '}' || c == ']') --depth;
        if (depth > most_depth) return true;
    }
    return false;
}

// "line 3": where a person finds the fault.
std::string line_of(std::string_view text, std::size_t byte) {
    const auto before = text.substr(0, std::min(byte, text.size()));
    return std::to_string(1 + std::count(before.begin(), before.end(), '\n'));
}

bool is_object_or_absent(const nlohmann::ordered_json& parent, const char* name) {
    const auto at = parent.find(name);
    return at == parent.end() || at->is_object();
}

} // namespace

Result<Policies> Policies::parse(std::string_view text, const std::filesystem::path& file) {
    if (too_deep(text)) return fail(register_errc::damaged, file.string());
    Policies policies;
    try {
        policies.document_ = Json::parse(text);
    } catch (const Json::parse_error& error) {
        return fail(register_errc::damaged, file.string() + ":" + line_of(text, error.byte));
    } catch (const Json::exception&) { // a number out of range
        return fail(register_errc::damaged, file.string());
    }
    const auto& document = policies.document_;
    const bool sound =
        document.is_object() && is_object_or_absent(document, "policies") &&
        (!document.contains("policies") || is_object_or_absent(document["policies"], "SecurityDevices"));
    if (!sound) return fail(register_errc::damaged, file.string());
    if (const auto* devices = policies.devices(); devices != nullptr) {
        const auto add = devices->find("Add");
        const auto remove = devices->find("Delete");
        // {"Add": "/x.so"} is a device of the old form whose name is "Add"; nobody means that.
        if ((add != devices->end() && !add->is_object()) || (remove != devices->end() && !remove->is_array()))
            return fail(register_errc::damaged, file.string());
    }
    if (const auto line = text.find('\n'); line != std::string_view::npos) {
        const auto first = text.find_first_not_of(" \t\r\n", line);
        const auto start = first == std::string_view::npos ? first : text.rfind('\n', first);
        if (start != std::string_view::npos && first > start + 1) {
            policies.indent_with_ = text[start + 1] == '\t' ? '\t' : ' ';
            policies.indent_ = static_cast<int>(std::min<std::size_t>(first - start - 1, 8));
        }
    }
    return policies;
}

const Policies::Json* Policies::devices() const {
    const auto policies = document_.find("policies");
    if (policies == document_.end()) return nullptr;
    const auto devices = policies->find("SecurityDevices");
    return devices == policies->end() ? nullptr : &*devices;
}

std::vector<Device> Policies::added() const {
    std::vector<Device> found;
    const auto* devices = this->devices();
    if (devices == nullptr) return found;
    const bool new_form = devices->contains("Add") || devices->contains("Delete");
    const Json none = Json::object();
    const Json& list = !new_form ? *devices : devices->contains("Add") ? devices->at("Add") : none;
    for (const auto& [name, library] : list.items())
        if (library.is_string()) found.push_back({name, library.get<std::string>()});
    return found;
}

std::vector<std::string> Policies::deleted() const {
    std::vector<std::string> found;
    const auto* devices = this->devices();
    if (devices == nullptr || !devices->contains("Delete")) return found;
    for (const auto& name : devices->at("Delete"))
        if (name.is_string()) found.push_back(name.get<std::string>());
    return found;
}

bool Policies::has(const std::filesystem::path& module) const {
    int ours = 0;
    bool right = false;
    for (const auto& [name, library] : added()) {
        if (name != module_name && !is_ours(library)) continue;
        ++ours;
        right = name == module_name && library == module;
    }
    const auto gone = deleted();
    return ours == 1 && right && std::find(gone.begin(), gone.end(), module_name) == gone.end();
}

bool Policies::names_us() const {
    const auto devices = added();
    return std::any_of(devices.begin(), devices.end(),
                       [](const Device& d) { return d.name == module_name || is_ours(d.library); });
}

Policies::Json& Policies::devices_in_new_form() {
    auto& devices = document_["policies"]["SecurityDevices"];
    if (devices.is_null()) devices = Json::object();
    if (!devices.empty() && !devices.contains("Add") && !devices.contains("Delete"))
        devices = Json{{"Add", std::move(devices)}};
    return devices;
}

void Policies::erase_added(const std::string& name) {
    auto& devices = devices_in_new_form();
    if (!devices.contains("Add")) return;
    devices["Add"].erase(name);
    if (devices["Add"].empty()) devices.erase("Add");
}

void Policies::add(const std::filesystem::path& module) {
    for (const auto& [name, library] : added())
        if (is_ours(library) && name != module_name) remove(name);
    auto& devices = devices_in_new_form();
    if (devices.contains("Delete")) {
        auto& gone = devices["Delete"];
        for (auto at = gone.begin(); at != gone.end();) at = *at == module_name ? gone.erase(at) : at + 1;
        if (gone.empty()) devices.erase("Delete");
    }
    devices["Add"][module_name] = module.string();
}

void Policies::remove(const std::string& name) {
    erase_added(name);
    const auto gone = deleted();
    if (std::find(gone.begin(), gone.end(), name) == gone.end())
        devices_in_new_form()["Delete"].push_back(name);
}

void Policies::remove() {
    for (const auto& [name, library] : added())
        if (name == module_name || is_ours(library)) remove(name);
}

std::string Policies::text() const {
    return document_.dump(indent_, indent_with_, false, Json::error_handler_t::replace) + "\n";
}

} // namespace acredita::registration
