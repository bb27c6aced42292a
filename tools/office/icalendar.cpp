// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// iCalendar by RFC 5545: the events (3.6.1) of a calendar; everything else in it is read over. What recurs is
// left out: an office's appointments happen once.
#include "tools/office/appointment_list.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <optional>

namespace acredita::office {
namespace {

constexpr std::size_t longest_line = 65536; // unfolded
constexpr std::size_t deepest = 8;

struct Property {
    std::string name;   // capital letters
    std::string zone{}; // TZID
    std::string value;
};

// A line with what was folded away from it (3.1), and where it began.
class Lines {
public:
    explicit Lines(std::string_view text) : rest_(text) {}
    [[nodiscard]] std::int64_t line() const noexcept { return began_; }
    // nullopt at the end; a line that is too long is cut there.
    std::optional<std::string> next() {
        if (rest_.empty()) return std::nullopt;
        began_ = line_;
        std::string whole = physical();
        while (!rest_.empty() && (rest_.front() == ' ' || rest_.front() == '\t')) {
            const auto more = physical();
            if (whole.size() < longest_line) whole += more.substr(1);
        }
        return whole.substr(0, longest_line);
    }

private:
    std::string physical() {
        const auto end = std::min(rest_.find('\n'), rest_.size());
        auto line = rest_.substr(0, end);
        rest_.remove_prefix(std::min(end + 1, rest_.size()));
        ++line_;
        if (line.ends_with('\r')) line.remove_suffix(1);
        return std::string(line.substr(0, longest_line));
    }
    std::string_view rest_;
    std::int64_t line_ = 1, began_ = 1;
};

std::string capitals(std::string_view text) {
    std::string all(text);
    for (auto& c : all)
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    return all;
}

// name *(";" param) ":" value, where a parameter's value may be quoted.
Property property_of(const std::string& line) {
    Property property;
    bool quoted = false;
    std::size_t colon = 0;
    for (; colon < line.size() && (quoted || line[colon] != ':'); ++colon)
        if (line[colon] == '"') quoted = !quoted;
    const auto head = std::string_view(line).substr(0, colon);
    property.name = capitals(head.substr(0, head.find(';')));
    if (const auto at = capitals(head).find(";TZID="); at != std::string::npos) {
        const auto zone = head.substr(at + 6);
        property.zone = zone.substr(0, zone.find(';'));
        std::erase(property.zone, '"');
    }
    if (colon < line.size()) property.value = line.substr(colon + 1);
    return property;
}

// 3.3.11: "\n", "\," ...
std::string unescaped(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) {
            ++i;
            plain += text[i] == 'n' || text[i] == 'N' ? ' ' : text[i];
        } else {
            plain += text[i];
        }
    }
    return as_field(plain);
}

struct Moment {
    std::string day, time;
};

// Universal time as this computer's clock on the wall shows it.
Moment local(const Moment& universal) {
    std::tm parts{};
    parts.tm_year = std::stoi(universal.day.substr(0, 4)) - 1900;
    parts.tm_mon = std::stoi(universal.day.substr(5, 2)) - 1;
    parts.tm_mday = std::stoi(universal.day.substr(8, 2));
    parts.tm_hour = std::stoi(universal.time.substr(0, 2));
    parts.tm_min = std::stoi(universal.time.substr(3, 2));
    const std::time_t seconds = ::timegm(&parts);
    ::localtime_r(&seconds, &parts);
    char text[32];
    const auto size = std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &parts);
    const std::string wall(text, size);
    return {wall.substr(0, 10), wall.substr(11)};
}

// 3.3.5; the reason, or nothing.
std::string read_moment(const Property& property, std::string_view time_zone, Moment& to) {
    std::string_view value = property.value;
    const bool universal = value.ends_with('Z');
    if (universal) value.remove_suffix(1);
    if (value.size() == 8) return "a whole day";
    if (value.size() != 15 || value[8] != 'T') return "date";
    to = {as_day(value.substr(0, 8)), as_time(value.substr(9))};
    if (to.day.empty() || to.time.empty()) return "date";
    if (!property.zone.empty() && property.zone != time_zone) return "another time zone";
    if (universal) to = local(to);
    return {};
}

int minute_of(const std::string& time) {
    return std::stoi(time.substr(0, 2)) * 60 + std::stoi(time.substr(3));
}

// 3.3.6, as far as appointments go: "PT1H30M". 0: something else.
std::int64_t read_duration(std::string_view text) {
    if (!text.starts_with("PT")) return 0;
    text.remove_prefix(2);
    std::int64_t total = 0;
    while (!text.empty()) {
        std::int64_t amount = 0;
        const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), amount);
        const auto size = static_cast<std::size_t>(end - text.data());
        if (trouble != std::errc() || size == text.size() || amount < 0 || amount > 10'000) return 0;
        total += text[size] == 'H' ? amount * 60 : text[size] == 'M' ? amount : 0;
        text.remove_prefix(size + 1);
    }
    return total <= 1440 ? total : 0;
}

struct Event {
    std::int64_t line = 0;
    Appointment appointment{};
    std::string uid{}, recurrence{}, trouble{};
    std::optional<Moment> start{}, end{};
};

void take(Event& event, const Property& property, std::string_view time_zone) {
    const auto& name = property.name;
    auto& appointment = event.appointment;
    if (name == "UID") event.uid = as_field(property.value);
    if (name == "SUMMARY") appointment.name = unescaped(property.value);
    if (name == "CATEGORIES") appointment.service = unescaped(property.value);
    if (name == "X-ACREDITA-CODE") appointment.code = unescaped(property.value);
    if (name == "RECURRENCE-ID") event.recurrence = as_field(property.value);
    if (name == "RRULE" || name == "RDATE") event.trouble = "recurs";
    if (name == "STATUS" && capitals(property.value) == "CANCELLED") appointment.state = "cancelled";
    if (name == "DURATION")
        if (const auto minutes = read_duration(property.value); minutes > 0) appointment.minutes = minutes;
    if (name == "DTSTART" || name == "DTEND") {
        Moment moment;
        const auto why = read_moment(property, time_zone, moment);
        if (why.empty())
            (name == "DTSTART" ? event.start : event.end) = moment;
        else if (event.trouble.empty())
            event.trouble = why;
    }
}

void finish(Event event, AppointmentList& list) {
    auto& appointment = event.appointment;
    if (event.trouble.empty() && event.uid.empty()) event.trouble = "no UID";
    if (event.trouble.empty() && !event.start) event.trouble = "no start";
    if (!event.trouble.empty()) {
        list.skipped.push_back({event.line, event.trouble});
        return;
    }
    appointment.day = event.start->day;
    appointment.starts = event.start->time;
    if (event.end && event.end->day == event.start->day)
        if (const int length = minute_of(event.end->time) - minute_of(event.start->time); length > 0)
            appointment.minutes = length;
    appointment.source = "ics:" + event.uid + (event.recurrence.empty() ? "" : "/" + event.recurrence);
    if (appointment.code.empty()) appointment.code = event.uid.substr(0, 64);
    list.appointments.push_back(std::move(appointment));
}

} // namespace

Result<AppointmentList> read_icalendar(std::string_view text, std::string_view time_zone) {
    Lines lines(text);
    AppointmentList list;
    std::vector<std::string> inside;
    std::optional<Event> event;
    while (const auto line = lines.next()) {
        const auto property = property_of(*line);
        const auto wrong = [&](const std::string& why) {
            return fail(office_errc::import_unreadable, "line " + std::to_string(lines.line()) + ": " + why);
        };
        if (property.name == "BEGIN") {
            inside.push_back(capitals(property.value));
            if (inside.size() > deepest) return wrong("nested too deeply");
            if (inside.back() == "VEVENT" && !event) event = Event{.line = lines.line()};
        } else if (property.name == "END") {
            if (inside.empty() || inside.back() != capitals(property.value))
                return wrong("an end without a beginning");
            if (inside.back() == "VEVENT" && event) {
                finish(std::move(*event), list);
                event.reset();
            }
            inside.pop_back();
            if (list.appointments.size() + list.skipped.size() > most_appointments)
                return fail(office_errc::import_too_large, "line " + std::to_string(lines.line()));
        } else if (event && inside.back() == "VEVENT") {
            take(*event, property, time_zone);
        }
    }
    if (!inside.empty())
        return fail(office_errc::import_unreadable, "it ends in the middle of " + as_field(inside.back()));
    return list;
}

} // namespace acredita::office
