// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/desk/incident.hpp"

#include "tools/catalogue/catalogue.hpp"

#include <array>

#include <sys/random.h>

namespace acredita::desk {
namespace {

constexpr std::string_view signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t drawn = 5;

// In the field of 32 elements, modulo x^5 + x^2 + 1: its element x has the order 31, so no two of the six
// signs have the same weight, and neither one wrong sign nor two swapped ones leave the sum as it was.
unsigned times_x(unsigned value) {
    value <<= 1U;
    return (value & 32U) != 0 ? value ^ 0b100101U : value;
}

unsigned check_of(const std::array<unsigned, drawn>& values) {
    unsigned sum = 0;
    for (const auto value : values) sum = times_x(sum ^ value);
    return sum;
}

std::string written(const std::array<unsigned, drawn>& values) {
    std::string code;
    for (const auto value : values) code += signs[value];
    code += signs[check_of(values)];
    return code.insert(2, "-");
}

std::size_t value_of(char c) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c == 'O') c = '0';
    if (c == 'I' || c == 'L') c = '1';
    if (c == 'U') c = 'V';
    return signs.find(c);
}

} // namespace

Result<Incident> Incident::draw() {
    std::array<std::uint8_t, drawn> bytes{};
    if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size()))
        return fail(desk_errc::not_random);
    std::array<unsigned, drawn> values{};
    for (std::size_t i = 0; i < drawn; ++i) values[i] = bytes[i] % 32U;
    return Incident(written(values));
}

Result<Incident> Incident::read(std::string_view typed) {
    std::array<unsigned, drawn + 1> values{};
    std::size_t count = 0;
    for (const char c : typed) {
        if (c == ' ' || c == '-') continue;
        const auto value = value_of(c);
        if (value == std::string_view::npos || count == values.size())
            return fail(desk_errc::incident_malformed);
        values[count++] = static_cast<unsigned>(value);
    }
    std::array<unsigned, drawn> first{};
    std::copy_n(values.begin(), drawn, first.begin());
    if (count != values.size() || check_of(first) != values.back())
        return fail(desk_errc::incident_malformed);
    return Incident(written(first));
}

std::string Incident::as_code(const Error& error) const {
    const auto office = catalogue::message(error, catalogue::Language::english).code;
    return "ACREDITA:INCIDENCIA:1:" + code_ + ":" + std::to_string(office) + ":" + error_name(error.code);
}

Result<void> record_incident(office::Journal* journal, const Incident& incident, const Error& error) {
    if (journal == nullptr) return {};
    office::Entry entry{.action = "incident"};
    entry.facts["incident"] = incident.code();
    ACREDITA_CHECK(journal->append(failed(std::move(entry), error)));
    return {};
}

} // namespace acredita::desk
