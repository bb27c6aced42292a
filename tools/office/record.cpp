// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/office/record.hpp"

#include <algorithm>
#include <array>

namespace acredita::office {
namespace {

constexpr std::string_view before_hash = ",\"hash\":\"";
constexpr std::string_view behind_hash = "\"}";
constexpr std::string_view before_previous = ",\"previous\":\"";
constexpr std::size_t tail = before_hash.size() + hash_size + behind_hash.size();

struct Member {
    std::string_view opening;
    std::string Record::*value;
};
// In the order of the line; the code stands between the outcome and the holder.
constexpr std::array texts = {
    Member{",\"time\":", &Record::time},       Member{",\"clock\":", &Record::clock},
    Member{",\"kiosk\":", &Record::kiosk},     Member{",\"build\":", &Record::build},
    Member{",\"session\":", &Record::session}, Member{",\"operator\":", &Record::operator_name},
    Member{",\"role\":", &Record::role},       Member{",\"action\":", &Record::action},
    Member{",\"outcome\":", &Record::outcome},
};
constexpr std::array pseudonyms = {
    Member{",\"holder\":", &Record::holder},
    Member{",\"card\":", &Record::card},
    Member{",\"certificate\":", &Record::certificate},
};

bool is_hash(std::string_view text) noexcept {
    return text.size() == hash_size &&
           std::ranges::all_of(text, [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); });
}

bool is_time(std::string_view text) noexcept {
    constexpr std::string_view shape = "0000-00-00T00:00:00.000Z";
    return text.size() == shape.size() && std::ranges::equal(text, shape, [](char c, char form) {
               return form == '0' ? c >= '0' && c <= '9' : c == form;
           });
}

std::string_view part(std::string_view line, std::size_t from_end, std::size_t size) noexcept {
    return line.substr(line.size() - from_end, size);
}

std::int64_t scan(Scanner& scanner, Record* into) {
    scanner.literal("{\"n\":");
    const auto number = scanner.number();
    const auto read = [&](const auto& members) {
        for (const auto& member : members) {
            scanner.literal(member.opening);
            scanner.text(into == nullptr ? nullptr : &(into->*member.value));
        }
    };
    read(texts);
    scanner.literal(",\"code\":");
    const auto code = scanner.number();
    read(pseudonyms);
    scanner.literal(",\"facts\":");
    scanner.facts(into == nullptr ? nullptr : &into->facts);
    if (into != nullptr) {
        into->number = number;
        into->code = code;
    }
    return number;
}

} // namespace

std::string serialise(const Record& record, Sha256& digest) {
    std::string line = "{\"n\":" + std::to_string(record.number);
    const auto write = [&](const auto& members) {
        for (const auto& member : members) {
            line += member.opening;
            append_text(line, record.*member.value);
        }
    };
    write(texts);
    line += ",\"code\":" + std::to_string(record.code);
    write(pseudonyms);
    line += ",\"facts\":";
    append_facts(line, record.facts);
    line += before_previous;
    line += record.previous + "\"";
    const auto hash = digest.of(line);
    return line.append(before_hash).append(hash).append(behind_hash);
}

std::optional<Link> read_link(std::string_view line) {
    constexpr std::size_t middle = before_previous.size() + hash_size + 1;
    if (line.size() > longest_line || line.size() < tail + middle) return std::nullopt;
    Scanner body(line.substr(0, line.size() - tail - middle));
    const auto number = scan(body, nullptr);
    Link link{
        .number = number,
        .time = {},
        .previous = part(line, tail + hash_size + 1, hash_size),
        .hash = part(line, hash_size + behind_hash.size(), hash_size),
        .hashed = line.substr(0, line.size() - tail),
        .checkpoint = line.find("\"action\":\"journal.checkpoint\",") != std::string_view::npos,
    };
    const auto time_at = line.find(texts.front().opening) + texts.front().opening.size() + 1;
    link.time = line.substr(std::min(time_at, line.size()), 24);
    const bool framed = part(line, tail, before_hash.size()) == before_hash && line.ends_with(behind_hash) &&
                        part(line, tail + middle, before_previous.size()) == before_previous &&
                        part(line, tail + 1, 1) == "\"";
    if (!body.at_end() || !framed || number < 1 || !is_hash(link.previous) || !is_hash(link.hash) ||
        !is_time(link.time))
        return std::nullopt;
    return link;
}

std::optional<Record> parse(std::string_view line) {
    const auto link = read_link(line);
    if (!link) return std::nullopt;
    Record record;
    Scanner scanner(line);
    static_cast<void>(scan(scanner, &record));
    record.previous = link->previous;
    record.hash = link->hash;
    return record;
}

} // namespace acredita::office
