// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/office/appointment_list.hpp"

#include "tools/office/canonical.hpp"

#include <algorithm>
#include <array>

namespace acredita::office {
namespace {

bool digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

int value_of(std::string_view text) { return std::stoi(std::string(text)); }

bool exists(int year, int month, int day) {
    constexpr std::array lengths = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 2000 || year > 2199 || month < 1 || month > 12 || day < 1) return false;
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= lengths[static_cast<std::size_t>(month - 1)] + (leap && month == 2 ? 1 : 0);
}

std::string day_of(std::string_view year, std::string_view month, std::string_view day) {
    if (year.size() != 4 || month.size() != 2 || day.size() != 2 || !digits(year) || !digits(month) ||
        !digits(day) || !exists(value_of(year), value_of(month), value_of(day)))
        return {};
    return std::string(year) + "-" + std::string(month) + "-" + std::string(day);
}

// Windows-1252: Latin-1, and between 0x80 and 0x9F mostly punctuation, of which the euro may stand in a name.
std::string from_windows(std::string_view text) {
    std::string utf8;
    for (const char c : text) {
        const auto value = static_cast<unsigned char>(c);
        if (value < 0x80) {
            utf8 += c;
        } else if (value < 0xA0) {
            utf8 += value == 0x80 ? "€" : "?";
        } else {
            utf8 += static_cast<char>(0xC0U | (value >> 6U));
            utf8 += static_cast<char>(0x80U | (value & 0x3FU));
        }
    }
    return utf8;
}

} // namespace

std::string as_day(std::string_view text) {
    if (text.size() == 8 && digits(text))
        return day_of(text.substr(0, 4), text.substr(4, 2), text.substr(6, 2));
    if (text.size() != 10) return {};
    if (text[4] == '-' && text[7] == '-') return day_of(text.substr(0, 4), text.substr(5, 2), text.substr(8));
    if (text[2] != text[5] || (text[2] != '/' && text[2] != '-')) return {};
    return day_of(text.substr(6), text.substr(3, 2), text.substr(0, 2));
}

std::string as_time(std::string_view text) {
    std::string plain(text);
    if (plain.find(':') == 1) plain.insert(0, "0");
    const auto colons = std::ranges::count(plain, ':');
    const bool spelled = colons == 0 || (colons == 1 && plain.size() == 5 && plain[2] == ':') ||
                         (colons == 2 && plain.size() == 8 && plain[2] == ':' && plain[5] == ':');
    std::erase(plain, ':');
    if (!spelled || (plain.size() != 4 && plain.size() != 6) || !digits(plain)) return {};
    const auto hours = plain.substr(0, 2), minutes = plain.substr(2, 2);
    if (value_of(hours) > 23 || value_of(minutes) > 59) return {};
    return hours + ":" + minutes;
}

std::string as_field(std::string_view text) {
    std::string field;
    for (const char c : text.substr(0, longest_field)) field += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    const auto first = field.find_first_not_of(' ');
    if (first == std::string::npos) return {};
    return as_utf8(field.substr(first, field.find_last_not_of(' ') - first + 1));
}

Result<AppointmentList> read_appointments(std::string_view file, std::string_view time_zone) {
    if (file.size() > longest_list)
        return fail(office_errc::import_too_large,
                    std::to_string(file.size()) + " > " + std::to_string(longest_list));
    if (file.starts_with("\xEF\xBB\xBF")) file.remove_prefix(3);
    if (file.find('\0') != std::string_view::npos) return fail(office_errc::import_unreadable, "not a text");
    const std::string text = is_utf8(file) ? std::string(file) : from_windows(file);
    return text.starts_with("BEGIN:VCALENDAR") ? read_icalendar(text, time_zone) : read_csv(text);
}

} // namespace acredita::office
