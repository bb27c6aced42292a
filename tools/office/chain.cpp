// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/office/chain.hpp"

#include "tools/office/checkpoint.hpp"

#include <algorithm>
#include <charconv>

namespace acredita::office {
namespace {

constexpr std::size_t most_faults = 1000;
constexpr std::size_t most_strays = 1000;

} // namespace

std::string_view name(Flaw flaw) noexcept {
    switch (flaw) {
    case Flaw::unreadable:
        return "unreadable";
    case Flaw::changed:
        return "changed";
    case Flaw::removed:
        return "removed";
    case Flaw::inserted:
        return "inserted";
    case Flaw::moved:
        return "moved";
    case Flaw::replaced:
        return "replaced";
    case Flaw::not_as_on_receipt:
        return "not_as_on_receipt";
    case Flaw::cut:
        return "cut";
    case Flaw::checkpoint:
        break;
    }
    return "checkpoint";
}

std::optional<Head> parse_head(std::string_view text) {
    Head head;
    const auto [end, trouble] = std::from_chars(text.data(), text.data() + text.size(), head.number);
    const auto digits = static_cast<std::size_t>(end - text.data());
    if (trouble != std::errc() || head.number < 1 || text.size() != digits + 1 + hash_size ||
        text[digits] != ':')
        return std::nullopt;
    const auto bytes = from_hex(text.substr(digits + 1));
    if (!bytes || bytes->size() != hash_size / 2) return std::nullopt;
    head.hash = to_hex(*bytes);
    return head;
}

void Chain::add(std::string_view line) {
    ++lines_;
    Seen seen{.line = lines_};
    if (const auto link = read_link(line)) {
        seen = {link->number,
                lines_,
                std::string(link->previous),
                std::string(link->hash),
                std::string(link->time),
                digest_.of(link->hashed) == link->hash};
        if (link->checkpoint && seen.sound) check_checkpoint(line, *link);
    }
    // A number in words that were changed is only believed if it stands where it belongs; place() does that.
    if (held_) place(*held_, seen.sound ? seen.number : 0);
    held_ = std::move(seen);
}

void Chain::place(const Seen& seen, std::int64_t next) {
    if (!seen.sound) {
        take_strays();
        fault(seen.hash.empty() ? Flaw::unreadable : Flaw::changed, expected_, expected_, seen.line);
        accept(seen);
        return;
    }
    if (seen.number != expected_) take_strays();
    if (seen.number == expected_) {
        accept(seen);
    } else if (seen.number == expected_ - 1 && seen.number > 0) {
        last_.push_back(seen); // which of them is the real one, the next record tells
    } else if (seen.number < expected_) {
        fault(was_missing(seen.number) ? Flaw::moved : Flaw::inserted, seen.number, seen.number, seen.line);
    } else if (next == expected_ && strays_.size() < most_strays) {
        strays_.push_back(seen); // the next one belongs here: this one comes from elsewhere
    } else {
        missing_.push_back({expected_, seen.number - 1});
        last_.clear();
        expected_ = seen.number;
        accept(seen);
    }
}

// `seen` is the record `expected_`.
void Chain::accept(const Seen& seen) {
    // What was changed still says in its hash and its link what it was.
    const auto real = std::ranges::find_if(last_, [&](const Seen& before) {
        return seen.previous.empty() || before.hash.empty() || before.hash == seen.previous;
    });
    if (!last_.empty() && real == last_.end()) {
        fault(Flaw::replaced, expected_ - 1, expected_ - 1, last_.front().line);
    } else {
        for (auto before = last_.begin(); before != last_.end(); ++before)
            if (before != real && before->sound)
                fault(Flaw::inserted, before->number, before->number, before->line);
    }
    for (const auto& head : known_)
        if (head.number == expected_ && head.hash != seen.hash)
            fault(Flaw::not_as_on_receipt, expected_, expected_, seen.line);
        else if (head.number == expected_)
            anchored_ = std::max(anchored_, expected_);
    if (!seen.time.empty()) {
        if (seen.time < newest_time_) report_.clock_back.push_back(expected_);
        newest_time_ = std::max(newest_time_, seen.time);
    }
    last_.assign(1, seen);
    ++expected_;
}

void Chain::take_strays() {
    for (auto stray = strays_.begin(); stray != strays_.end();) {
        if (stray->number != expected_) {
            ++stray;
            continue;
        }
        const auto seen = *stray;
        strays_.erase(stray);
        fault(Flaw::moved, seen.number, seen.number, seen.line);
        accept(seen);
        stray = strays_.begin();
    }
}

bool Chain::was_missing(std::int64_t number) {
    for (auto range = missing_.begin(); range != missing_.end(); ++range) {
        if (number < range->from || number > range->to) continue;
        const Range before{range->from, number - 1}, behind{number + 1, range->to};
        missing_.erase(range);
        for (const auto& rest : {before, behind})
            if (rest.from <= rest.to) missing_.push_back(rest);
        return true;
    }
    return false;
}

void Chain::check_checkpoint(std::string_view line, const Link& link) {
    const auto record = parse(line);
    const Head head{link.number - 1, std::string(link.previous)};
    const auto signer = record ? office::check_checkpoint(record->facts, head) : std::nullopt;
    if (!signer) {
        fault(Flaw::checkpoint, link.number, link.number, lines_);
        return;
    }
    anchored_ = std::max(anchored_, link.number);
    if (std::ranges::find(report_.signers, *signer) == report_.signers.end())
        report_.signers.push_back(*signer);
}

void Chain::fault(Flaw flaw, std::int64_t number, std::int64_t last, std::int64_t line) {
    if (report_.faults.size() < most_faults) report_.faults.push_back({flaw, number, last, line});
}

ChainReport Chain::finish() {
    if (held_) place(*held_, 0);
    take_strays();
    for (const auto& stray : strays_) fault(Flaw::inserted, stray.number, stray.number, stray.line);
    for (std::size_t i = 1; i < last_.size(); ++i)
        fault(Flaw::inserted, last_[i].number, last_[i].number, last_[i].line);
    for (const auto& range : missing_) fault(Flaw::removed, range.from, range.to, 0);
    std::int64_t proven = 0;
    for (const auto& head : known_) proven = std::max(proven, head.number);
    if (proven >= expected_) fault(Flaw::cut, expected_, proven, 0);
    std::ranges::stable_sort(report_.faults, {}, &Fault::number);
    report_.records = lines_;
    report_.head = {expected_ - 1, last_.front().hash};
    report_.free_of_anchor = expected_ - 1 - anchored_;
    return std::move(report_);
}

} // namespace acredita::office
