// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/error.hpp"
#include "tools/practice/isoapplet/memory.hpp"

#include <nlohmann/json.hpp>

namespace acredita::practice::isoapplet {

namespace {

using nlohmann::json;

Bytes bytes_of(const json& text) {
    auto bytes = from_hex(text.get_ref<const std::string&>());
    if (!bytes) throw std::out_of_range("hexadecimal");
    return std::move(*bytes);
}

ZeroingBytes secret_of(const json& text) {
    auto bytes = bytes_of(text);
    ZeroingBytes out(bytes.begin(), bytes.end());
    explicit_bzero(bytes.data(), bytes.size());
    return out;
}

json to_json(const Reference& one) {
    return {{"value", to_hex(one.value)}, {"left", one.left}, {"total", one.total}};
}

Reference reference_of(const json& from) {
    Reference one{secret_of(from.at("value")), from.at("left").get<unsigned>(),
                  from.at("total").get<unsigned>()};
    if ((!one.value.empty() && one.value.size() != reference_width) || one.left > one.total)
        throw std::out_of_range("reference");
    return one;
}

json to_json(std::uint16_t id, const File& file) {
    return {{"id", id},
            {"parent", file.parent},
            {"directory", file.directory},
            {"conditions", to_hex(file.conditions)},
            {"name", to_hex(file.name)},
            {"content", to_hex(file.content)}};
}

File file_of(const json& from) {
    File file{.parent = from.at("parent").get<std::uint16_t>(),
              .directory = from.at("directory").get<bool>()};
    const auto conditions = bytes_of(from.at("conditions"));
    if (conditions.size() != file.conditions.size()) throw std::out_of_range("conditions");
    std::copy(conditions.begin(), conditions.end(), file.conditions.begin());
    file.name = bytes_of(from.at("name"));
    file.content = bytes_of(from.at("content"));
    return file;
}

Memory read(const json& from) {
    Memory memory;
    memory.stage = static_cast<Stage>(from.at("stage").get<std::uint8_t>());
    memory.pin = reference_of(from.at("pin"));
    memory.puk = reference_of(from.at("puk"));
    for (const auto& file : from.at("files"))
        memory.files.emplace_back(file.at("id").get<std::uint16_t>(), file_of(file));
    if (memory.find(master_file) == nullptr) throw std::out_of_range("master file");
    for (const auto& [slot, key] : from.at("keys").items())
        memory.keys[static_cast<std::uint8_t>(std::stoul(slot))] = {key.at("rsa").get<bool>(),
                                                                    secret_of(key.at("der"))};
    return memory;
}

} // namespace

json to_json(const Memory& memory) {
    json files = json::array();
    for (const auto& [id, file] : memory.files) files.push_back(to_json(id, file));
    json keys = json::object();
    for (const auto& [slot, key] : memory.keys)
        keys[std::to_string(slot)] = {{"rsa", key.rsa}, {"der", to_hex(key.der)}};
    return {{"kind", "isoapplet"},        {"stage", static_cast<std::uint8_t>(memory.stage)},
            {"pin", to_json(memory.pin)}, {"puk", to_json(memory.puk)},
            {"files", std::move(files)},  {"keys", std::move(keys)}};
}

Result<Memory> from_json(const json& from) {
    try {
        if (from.at("kind").get<std::string>() != "isoapplet")
            return fail(practice_errc::bad_state, "another kind of card");
        return read(from);
    } catch (const std::exception& error) { // nlohmann's and std::stoul's
        return fail(practice_errc::bad_state, error.what());
    }
}

} // namespace acredita::practice::isoapplet
