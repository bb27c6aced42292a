// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The administrator's file: what cannot be used counts for nothing, is one line for the log, and the values
// that hold then are the safe ones.
#include "pkcs11/module/configuration.hpp"

#include "tests/fuzz/target.hpp"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace acredita;
using namespace acredita::fuzz;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const int file = ::memfd_create("module.toml", MFD_CLOEXEC);
    require(file >= 0 && ::ftruncate(file, 0) == 0 && ::fchmod(file, 0600) == 0, "a file in memory");
    require(::pwrite(file, data, size, 0) == static_cast<ssize_t>(size), "written");
    const auto read =
        module::read_configuration("/proc/self/fd/" + std::to_string(file), static_cast<uid_t>(::geteuid()));
    require(read.complaint.size() <= 200, "a complaint is a line, not a book");
    for (const char c : read.complaint) require(c >= ' ' && c <= '~', "a line is a line");
    require(read.settings.remember_pin.count() >= 0 && read.settings.remember_pin <= std::chrono::hours(24),
            "no PIN is remembered for longer than a day");
    if (read.complaint.empty()) return 0;
    require(read.settings.guard_last_try && read.settings.remember_pin.count() == 0,
            "what cannot be used weakens nothing");
    return 0;
}
