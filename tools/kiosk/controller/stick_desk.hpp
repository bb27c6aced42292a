// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The sticks that are plugged in and what lies on them, as far as a visit is concerned.
//
// A stick is mounted, looked through, read and unmounted at once, in a thread of its own: what the visit
// needs of it lies in memory that is wiped, and whoever pulls it afterwards does no harm. Only release()
// switches it off.
#pragma once

#include "tools/kiosk/controller/backup_look.hpp"
#include "tools/kiosk/controller/worker.hpp"
#include "tools/stick/sticks.hpp"

#include <QObject>

namespace acredita::kiosk {

struct StickSeen {
    stick::Volume volume;
    bool reading = true;
    bool forgotten = false;       // was read for an earlier visit
    std::optional<Error> fault{}; // why it cannot be read, not to its end, or holds no backup
};

class StickDesk final : public QObject {
    Q_OBJECT

public:
    // Makes the Sticks, given whom to tell.
    using Make = std::function<Result<std::unique_ptr<stick::Sticks>>(stick::Sticks::Observer observer)>;

    StickDesk() = default;
    ~StickDesk() override;
    StickDesk(const StickDesk&) = delete;
    StickDesk& operator=(const StickDesk&) = delete;
    void open(const Make& make);

    // Why no stick can be seen at all.
    [[nodiscard]] const std::optional<Error>& trouble() const noexcept { return trouble_; }
    [[nodiscard]] const std::vector<StickSeen>& sticks() const noexcept { return seen_; }
    // Usable ones first, then the newest first.
    [[nodiscard]] const std::vector<BackupLook>& backups() const noexcept { return backups_; }
    [[nodiscard]] bool reading() const noexcept;

    // One file of ours onto the stick the backup came from, or the only one there is; `then` with the name it
    // got, in the thread of `receiver`. For after a person's yes.
    void save(const std::string& name, const Bytes& bytes, QObject* receiver,
              std::function<void(const Result<std::string>&)> then);

    // The visit is over: nothing read is kept, and nothing is read again before look_again().
    void forget();
    // Somebody has come: what is still plugged in from an earlier visit is read.
    void look_again();
    // Nobody took them: their lights go out.
    void release();

Q_SIGNALS:
    void changed();
    void left(const QString& volume);

private:
    struct Read {
        std::vector<BackupLook> backups{};
        std::optional<Error> fault{};
    };
    void take(const stick::Plugged& plugged);
    void read(const stick::Volume& volume);
    [[nodiscard]] Read read_now(const std::string& volume, const std::stop_token& stop) const;

    std::vector<StickSeen> seen_;
    std::vector<BackupLook> backups_;
    std::optional<Error> trouble_;
    std::uint64_t visits_ = 0; // what was read for an earlier one is dropped
    std::stop_source stop_;
    std::unique_ptr<Worker> worker_ = std::make_unique<Worker>();
    std::unique_ptr<stick::Sticks> sticks_; // last: ends first, and tells nobody afterwards
};

} // namespace acredita::kiosk
