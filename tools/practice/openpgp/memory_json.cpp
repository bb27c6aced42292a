// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/error.hpp"
#include "tools/practice/openpgp/memory.hpp"

#include <nlohmann/json.hpp>

namespace acredita::practice::openpgp {

namespace {

using nlohmann::json;

json password_to_json(const Password& one) {
    return {{"value", to_hex(one.value)}, {"left", one.left}, {"total", one.total}};
}

template <class Container>
Container from_text(const json& text) {
    auto bytes = from_hex(text.get_ref<const std::string&>());
    if (!bytes) throw std::out_of_range("hexadecimal");
    Container out(bytes->begin(), bytes->end());
    explicit_bzero(bytes->data(), bytes->size());
    return out;
}

Password password_from_json(const json& from) {
    Password one{from_text<ZeroingBytes>(from.at("value")), from.at("left").get<unsigned>(),
                 from.at("total").get<unsigned>()};
    if (one.left > one.total || one.value.size() > 127) throw std::out_of_range("password");
    return one;
}

json place_to_json(const KeyPlace& place) {
    return {{"attributes", to_hex(place.attributes)},
            {"der", to_hex(place.der)},
            {"imported", place.imported},
            {"fingerprint", to_hex(place.fingerprint)},
            {"date", to_hex(place.date)},
            {"certificate", to_hex(place.certificate)}};
}

KeyPlace place_from_json(const json& from) {
    KeyPlace place{from_text<Bytes>(from.at("attributes")), from_text<ZeroingBytes>(from.at("der")),
                   from.at("imported").get<bool>(),         from_text<Bytes>(from.at("fingerprint")),
                   from_text<Bytes>(from.at("date")),       from_text<Bytes>(from.at("certificate"))};
    if (place.fingerprint.size() != 20 || place.date.size() != 4) throw std::out_of_range("place");
    return place;
}

Memory read(const json& from) {
    Memory memory;
    memory.pw1 = password_from_json(from.at("pw1"));
    memory.reset_code = password_from_json(from.at("reset_code"));
    memory.pw3 = password_from_json(from.at("pw3"));
    memory.pw1_for_several = from.at("pw1_for_several").get<bool>();
    memory.active = from.at("active").get<bool>();
    memory.serial = from.at("serial").get<std::uint32_t>();
    memory.signatures = from.at("signatures").get<std::uint32_t>();
    for (std::size_t i = 0; i < memory.keys.size(); ++i)
        memory.keys[i] = place_from_json(from.at("keys").at(i));
    for (const auto& [tag, content] : from.at("objects").items())
        memory.objects[static_cast<std::uint32_t>(std::stoul(tag, nullptr, 16))] = from_text<Bytes>(content);
    return memory;
}

} // namespace

json to_json(const Memory& memory) {
    json keys = json::array();
    for (const auto& place : memory.keys) keys.push_back(place_to_json(place));
    json objects = json::object();
    for (const auto& [tag, content] : memory.objects)
        objects[to_hex(Bytes{static_cast<std::uint8_t>(tag >> 8U), static_cast<std::uint8_t>(tag)})] =
            to_hex(content);
    return {{"kind", "openpgp"},
            {"pw1", password_to_json(memory.pw1)},
            {"reset_code", password_to_json(memory.reset_code)},
            {"pw3", password_to_json(memory.pw3)},
            {"pw1_for_several", memory.pw1_for_several},
            {"active", memory.active},
            {"serial", memory.serial},
            {"signatures", memory.signatures},
            {"keys", keys},
            {"objects", objects}};
}

Result<Memory> from_json(const json& from) {
    try {
        if (from.at("kind").get<std::string>() != "openpgp")
            return fail(practice_errc::bad_state, "another kind of card");
        return read(from);
    } catch (const std::exception& error) { // nlohmann's and std::stoul's
        return fail(practice_errc::bad_state, error.what());
    }
}

} // namespace acredita::practice::openpgp
