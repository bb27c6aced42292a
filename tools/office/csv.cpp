// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// CSV by RFC 4180. The first row names the columns, in Spanish or English; those we do not know are ignored.
#include "tools/office/appointment_list.hpp"

#include <algorithm>
#include <array>
#include <optional>

namespace acredita::office {
namespace {

constexpr std::size_t most_columns = 64;

enum Column { day, time, code, person, service, minutes, columns };

struct Known {
    std::string_view word;
    Column column;
};
constexpr std::array known = {
    Known{"fecha", day},       Known{"dia", day},          Known{"date", day},
    Known{"day", day},         Known{"hora", time},        Known{"time", time},
    Known{"inicio", time},     Known{"start", time},       Known{"codigo", code},
    Known{"code", code},       Known{"localizador", code}, Known{"referencia", code},
    Known{"nombre", person},   Known{"name", person},      Known{"titular", person},
    Known{"holder", person},   Known{"servicio", service}, Known{"service", service},
    Known{"tramite", service}, Known{"asunto", service},   Known{"minutos", minutes},
    Known{"minutes", minutes}, Known{"duracion", minutes}, Known{"duration", minutes},
};

// "Código " → "codigo"
std::string plain(std::string_view word) {
    constexpr std::array<std::array<std::string_view, 2>, 10> letters = {{{"á", "a"},
                                                                          {"é", "e"},
                                                                          {"í", "i"},
                                                                          {"ó", "o"},
                                                                          {"ú", "u"},
                                                                          {"Á", "a"},
                                                                          {"É", "e"},
                                                                          {"Í", "i"},
                                                                          {"Ó", "o"},
                                                                          {"Ú", "u"}}};
    std::string text = as_field(word);
    for (const auto& [from, to] : letters)
        for (auto at = text.find(from); at != std::string::npos; at = text.find(from))
            text.replace(at, from.size(), to);
    for (auto& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

// Row after row. A quote that is never closed ends with the file.
class Rows {
public:
    Rows(std::string_view text, char separator) : rest_(text), separator_(separator) {}
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }
    [[nodiscard]] std::int64_t line() const noexcept { return line_; }

    // Fields beyond most_columns and letters beyond what a field may have are read over.
    std::vector<std::string> next() {
        std::vector<std::string> fields(1);
        bool quoted = false;
        while (!rest_.empty()) {
            const char c = rest_.front();
            rest_.remove_prefix(1);
            if (c == '\n') ++line_;
            if (quoted && c == '"' && !rest_.empty() && rest_.front() == '"') {
                rest_.remove_prefix(1);
                add(fields, '"');
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == separator_) {
                if (fields.size() < most_columns) fields.emplace_back();
            } else if (!quoted && c == '\n') {
                break;
            } else if (c != '\r') {
                add(fields, c);
            }
        }
        return fields;
    }

private:
    static void add(std::vector<std::string>& fields, char c) {
        if (fields.back().size() < 2 * longest_field) fields.back() += c;
    }

    std::string_view rest_;
    char separator_;
    std::int64_t line_ = 1;
};

char separator_of(std::string_view text) {
    const auto header = text.substr(0, std::min(text.find('\n'), std::size_t{4096}));
    char best = ',';
    for (const char one : {';', '\t'})
        if (std::ranges::count(header, one) > std::ranges::count(header, best)) best = one;
    return best;
}

using Places = std::array<std::optional<std::size_t>, columns>;

Places places_of(const std::vector<std::string>& header) {
    Places places{};
    for (std::size_t i = 0; i < header.size(); ++i)
        for (const auto& [word, column] : known)
            if (plain(header[i]) == word && !places[column]) places[column] = i;
    return places;
}

// The reason, or nothing if `to` is a whole appointment.
std::string read_row(const Places& places, const std::vector<std::string>& row, Appointment& to) {
    const auto field = [&](Column column) {
        const auto place = places[column];
        return place && *place < row.size() ? as_field(row[*place]) : std::string();
    };
    to.day = as_day(field(day));
    if (to.day.empty()) return "date";
    to.starts = as_time(field(time));
    if (to.starts.empty()) return "time";
    to.code = field(code);
    to.name = field(person);
    to.service = field(service);
    if (to.code.empty() && to.name.empty()) return "neither code nor name";
    const auto length = field(minutes);
    if (!length.empty()) {
        const bool number =
            length.size() <= 3 && std::ranges::all_of(length, [](char c) { return c >= '0' && c <= '9'; });
        if (!number || std::stoi(length) < 1) return "minutes";
        to.minutes = std::stoi(length);
    }
    to.source = "csv:" + to.day + ":" + (to.code.empty() ? to.starts + ":" + to.name : to.code);
    return {};
}

} // namespace

Result<AppointmentList> read_csv(std::string_view text) {
    Rows rows(text, separator_of(text));
    const auto places = places_of(rows.next());
    if (!places[day] || !places[time])
        return fail(office_errc::import_unreadable, "line 1: no column for the day, or none for the time");
    AppointmentList list;
    while (!rows.at_end()) {
        const auto line = rows.line();
        const auto row = rows.next();
        if (row.size() == 1 && as_field(row[0]).empty()) continue;
        Appointment appointment;
        const auto why = read_row(places, row, appointment);
        if (why.empty())
            list.appointments.push_back(std::move(appointment));
        else
            list.skipped.push_back({line, why});
        if (list.appointments.size() + list.skipped.size() > most_appointments)
            return fail(office_errc::import_too_large, "line " + std::to_string(line));
    }
    return list;
}

} // namespace acredita::office
