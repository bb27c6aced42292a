// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The text of Firefox's policies.json, and the devices in it. Mozilla's policy "SecurityDevices":
//   {"policies": {"SecurityDevices": {"Add": {"Name": "/path.so"}, "Delete": ["Name"]}}}
// and an older form without "Add". Everything else in the file stays as it is, in its order.
#pragma once

#include "pcsc/base/error.hpp"

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace acredita::registration {

struct Device {
    std::string name;
    std::filesystem::path library;
};

class Policies {
public:
    // damaged: no JSON, nested too deeply, or something else where devices belong; `file` goes into the
    // detail.
    [[nodiscard]] static Result<Policies> parse(std::string_view text, const std::filesystem::path& file);

    [[nodiscard]] std::vector<Device> added() const;
    [[nodiscard]] std::vector<std::string> deleted() const;

    // Ours under our name at this path, once, and in no list of what is to be deleted.
    [[nodiscard]] bool has(const std::filesystem::path& module) const;
    // True if any device is ours.
    [[nodiscard]] bool names_us() const;

    void add(const std::filesystem::path& module);
    // Ours goes to "Delete", because every profile that has met the policy remembers the module.
    void remove();
    void remove(const std::string& name);

    // Indented as it was.
    [[nodiscard]] std::string text() const;

private:
    using Json = nlohmann::ordered_json;
    [[nodiscard]] const Json* devices() const;
    Json& devices_in_new_form();
    void erase_added(const std::string& name);

    Json document_ = Json::object();
    int indent_ = 2;
    char indent_with_ = ' ';
};

} // namespace acredita::registration
