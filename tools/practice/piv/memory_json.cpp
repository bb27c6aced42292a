// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/error.hpp"
#include "tools/practice/piv/memory.hpp"

#include <nlohmann/json.hpp>

namespace acredita::practice::piv {

namespace {

using nlohmann::json;

json reference_to_json(const Reference& one) {
    return {{"value", to_hex(one.value)}, {"left", one.left}, {"total", one.total}, {"factory", one.factory}};
}

ZeroingBytes zeroed_hex(const json& text) {
    auto bytes = from_hex(text.get_ref<const std::string&>());
    if (!bytes) throw std::out_of_range("hexadecimal");
    ZeroingBytes out(bytes->begin(), bytes->end());
    explicit_bzero(bytes->data(), bytes->size());
    return out;
}

Reference reference_from_json(const json& from) {
    Reference one{zeroed_hex(from.at("value")), from.at("left").get<unsigned>(),
                  from.at("total").get<unsigned>(), from.at("factory").get<bool>()};
    if (one.value.size() != 8 || one.left > one.total) throw std::out_of_range("reference");
    return one;
}

StoredKey key_from_json(const json& from) {
    return {from.at("algorithm").get<std::uint8_t>(), from.at("pin_policy").get<std::uint8_t>(),
            from.at("touch_policy").get<std::uint8_t>(),
            from.at("imported").get<bool>() ? Origin::imported : Origin::generated,
            zeroed_hex(from.at("der"))};
}

Memory read(const json& from) {
    Memory memory;
    memory.pin = reference_from_json(from.at("pin"));
    memory.puk = reference_from_json(from.at("puk"));
    const auto& admin = from.at("admin");
    memory.admin = {admin.at("algorithm").get<std::uint8_t>(), zeroed_hex(admin.at("value")),
                    admin.at("touch").get<bool>(), admin.at("factory").get<bool>()};
    memory.serial = from.at("serial").get<std::uint32_t>();
    for (const auto& [slot, key] : from.at("keys").items())
        memory.keys[static_cast<std::uint8_t>(std::stoul(slot, nullptr, 16))] = key_from_json(key);
    for (const auto& [tag, content] : from.at("objects").items()) {
        const auto bytes = zeroed_hex(content);
        memory.objects[static_cast<std::uint32_t>(std::stoul(tag, nullptr, 16))] = {bytes.begin(),
                                                                                    bytes.end()};
    }
    return memory;
}

std::string tag_text(std::uint32_t tag) {
    return to_hex(Bytes{static_cast<std::uint8_t>(tag >> 16 & 0xFF),
                        static_cast<std::uint8_t>(tag >> 8 & 0xFF), static_cast<std::uint8_t>(tag & 0xFF)});
}

} // namespace

json to_json(const Memory& memory) {
    json keys = json::object();
    for (const auto& [slot, key] : memory.keys)
        keys[to_hex(Bytes{slot})] = {{"algorithm", key.algorithm},
                                     {"pin_policy", key.pin_policy},
                                     {"touch_policy", key.touch_policy},
                                     {"imported", key.origin == Origin::imported},
                                     {"der", to_hex(key.der)}};
    json objects = json::object();
    for (const auto& [tag, content] : memory.objects) objects[tag_text(tag)] = to_hex(content);
    return {{"kind", "piv"},
            {"pin", reference_to_json(memory.pin)},
            {"puk", reference_to_json(memory.puk)},
            {"admin",
             {{"algorithm", memory.admin.algorithm},
              {"value", to_hex(memory.admin.value)},
              {"touch", memory.admin.touch},
              {"factory", memory.admin.factory}}},
            {"serial", memory.serial},
            {"keys", keys},
            {"objects", objects}};
}

Result<Memory> from_json(const json& from) {
    try {
        if (from.at("kind").get<std::string>() != "piv")
            return fail(practice_errc::bad_state, "another kind of card");
        return read(from);
    } catch (const std::exception& error) { // nlohmann's and std::stoul's
        return fail(practice_errc::bad_state, error.what());
    }
}

} // namespace acredita::practice::piv
