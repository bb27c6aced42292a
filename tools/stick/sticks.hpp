// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The sticks that are plugged in. Two kinds: UDisks (udisks.hpp), and a folder whose sub-folders play sticks
// (folder.hpp) for practice and tests. Nothing here polls.
#pragma once

#include "tools/stick/access.hpp"
#include "tools/stick/mounted.hpp"
#include "tools/stick/volume.hpp"

namespace acredita::stick {

// What is there now. With `trouble` (service_unavailable) nothing is known and `volumes` is empty.
struct Plugged {
    std::vector<Volume> volumes;
    std::optional<Error> trouble;
};

class Sticks {
public:
    // Told once at the start and after each change, from a thread of the Sticks, one call at a time. Must not
    // throw, nor destroy the Sticks.
    using Observer = std::function<void(const Plugged&)>;

    Sticks() = default;
    Sticks(const Sticks&) = delete;
    Sticks& operator=(const Sticks&) = delete;
    // No call to the observer begins or goes on after this. What is Mounted may outlive it.
    virtual ~Sticks() = default;

    // Read-only. Errors: no_stick, the volume's `trouble`, mount_refused, mount_failed, flags_missing,
    // network_refused, in_use (somebody else mounted it and does not let go), service_unavailable, pulled.
    [[nodiscard]] Result<Mounted> mount(const std::string& volume);

    struct Saved {
        std::string name; // as it is called on the stick, which may be "letter (2).pdf"
    };
    // One file of ours onto the stick: the only thing that ever writes there, for after a person's yes. The
    // volume must not be Mounted. It is mounted for writing, `bytes` are written under a passing name,
    // brought to the medium, named, unmounted, and read back from a read-only mount. Nothing that is there is
    // ever replaced. Errors: as mount(), and name_unsuitable, write_protected, full, save_failed,
    // not_verified, too_large.
    [[nodiscard]] Result<Saved> save(const std::string& volume, std::string_view name, ByteView bytes);

    struct Released {
        bool powered_off = false; // its light is out, and it has left the list though it is still plugged in
    };
    // Unmounts all volumes of the drive and powers it off (ejects a disc). Nothing of it may be Mounted. To
    // see a person take the stick out, end the Mounted and do not release: a drive without power is not seen
    // leaving. Errors: no_stick, in_use, mount_refused, service_unavailable.
    [[nodiscard]] virtual Result<Released> release(const std::string& drive) = 0;

private:
    [[nodiscard]] virtual Result<Mounted> attach(const std::string& volume, Access access) = 0;
};

} // namespace acredita::stick
