// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/stick_desk.hpp"

#include <algorithm>

namespace acredita::kiosk {
namespace {

// Of what people bring instead of a backup, so many are looked into to say what they are.
constexpr std::size_t most_others = 10;
constexpr std::size_t most_backups = 32;
constexpr std::uint64_t largest_other = 1024 * 1024;

bool told_by_content(stick::Kind kind) {
    return kind == stick::Kind::certificate || kind == stick::Kind::key || kind == stick::Kind::request;
}

} // namespace

StickDesk::~StickDesk() {
    stop_.request_stop();
    worker_.reset(); // it uses the sticks
}

void StickDesk::open(const Make& make) {
    auto sticks = make([this](const stick::Plugged& plugged) {
        QMetaObject::invokeMethod(
            this, [this, plugged] { take(plugged); }, Qt::QueuedConnection);
    });
    if (sticks)
        sticks_ = *std::move(sticks);
    else
        trouble_ = std::move(sticks.error());
}

bool StickDesk::reading() const noexcept {
    return std::ranges::any_of(seen_, [](const auto& stick) { return stick.reading; });
}

void StickDesk::take(const stick::Plugged& plugged) {
    trouble_ = plugged.trouble;
    std::vector<QString> gone;
    std::erase_if(seen_, [&](const StickSeen& stick) {
        const bool there = std::ranges::any_of(
            plugged.volumes, [&](const auto& volume) { return volume.id == stick.volume.id; });
        if (!there) gone.push_back(QString::fromStdString(stick.volume.id));
        return !there;
    });
    std::erase_if(backups_, [&](const BackupLook& backup) {
        return std::ranges::find(gone, QString::fromStdString(backup.stick)) != gone.end();
    });
    for (const auto& id : gone) Q_EMIT left(id);
    for (const auto& volume : plugged.volumes)
        if (std::ranges::none_of(seen_, [&](const auto& stick) { return stick.volume.id == volume.id; })) {
            seen_.push_back({.volume = volume});
            read(volume);
        }
    Q_EMIT changed();
}

void StickDesk::read(const stick::Volume& volume) {
    worker_->run(
        this, [this, id = volume.id, stop = stop_.get_token()] { return read_now(id, stop); },
        [this, id = volume.id, visit = visits_](Read result) {
            if (visit != visits_) return;
            const auto stick =
                std::ranges::find_if(seen_, [&](const auto& one) { return one.volume.id == id; });
            if (stick == seen_.end()) return; // pulled meanwhile
            stick->reading = false;
            stick->fault = std::move(result.fault);
            std::ranges::move(result.backups, std::back_inserter(backups_));
            std::ranges::stable_sort(backups_, [](const BackupLook& a, const BackupLook& b) {
                return std::pair(a.usable(), a.written) > std::pair(b.usable(), b.written);
            });
            Q_EMIT changed();
        });
}

StickDesk::Read StickDesk::read_now(const std::string& volume, const std::stop_token& stop) const {
    Read result;
    const auto mounted = sticks_->mount(volume);
    if (!mounted) return {{}, mounted.error()};
    const auto listing = mounted->list({}, stop);
    if (!listing) return {{}, listing.error()};
    std::size_t backups = 0;
    std::size_t others = 0;
    for (const auto& entry : listing->entries) {
        if (stop.stop_requested()) break;
        const bool backup = entry.kind == stick::Kind::backup;
        if (backup && ++backups > most_backups) continue;
        // Other papers are their owner's business: only what could be the certificate is opened.
        if (!backup && (backups > 0 || !told_by_content(entry.kind) || entry.size > largest_other ||
                        ++others > most_others))
            continue;
        BackupLook look{.stick = volume, .name = entry.name, .folder = entry.folder};
        look.written = std::chrono::system_clock::time_point(std::chrono::seconds(entry.modified));
        if (auto bytes = mounted->read(entry, stop))
            look.bytes = *std::move(bytes);
        else
            look.unreadable = std::move(bytes.error());
        judge(look);
        result.backups.push_back(std::move(look));
    }
    result.fault = listing->verdict();
    return result;
}

void StickDesk::save(const std::string& name, const Bytes& bytes, QObject* receiver,
                     std::function<void(const Result<std::string>&)> then) {
    if (seen_.empty()) return then(fail(stick::stick_errc::no_stick));
    const auto from_backup = std::ranges::find_if(seen_, [this](const auto& stick) {
        return std::ranges::any_of(backups_,
                                   [&](const auto& backup) { return backup.stick == stick.volume.id; });
    });
    const auto& stick = from_backup == seen_.end() ? seen_.front() : *from_backup;
    worker_->run(
        receiver,
        [this, volume = stick.volume.id, name, bytes]() -> Result<std::string> {
            ACREDITA_TRY(saved, sticks_->save(volume, name, bytes));
            return std::move(saved.name);
        },
        std::move(then));
}

void StickDesk::forget() {
    stop_.request_stop();
    stop_ = {};
    ++visits_;
    backups_.clear();
    for (auto& stick : seen_) {
        stick.reading = false;
        stick.forgotten = true;
        stick.fault.reset();
    }
    Q_EMIT changed();
}

void StickDesk::look_again() {
    for (auto& stick : seen_) {
        if (!std::exchange(stick.forgotten, false)) continue;
        stick.reading = true;
        read(stick.volume);
    }
    Q_EMIT changed();
}

void StickDesk::release() {
    for (const auto& stick : seen_)
        worker_->run(
            this, [this, drive = stick.volume.drive] { return sticks_->release(drive); },
            [](const Result<stick::Sticks::Released>&) {}); // it leaves the list, or a person takes it
}

} // namespace acredita::kiosk
