// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What can be wrong with a stick, as tools/catalogue/texts/stick.toml says it.
#pragma once

#include "pcsc/base/error.hpp"

namespace acredita::stick {

enum class stick_errc {
    no_stick = 1,
    file_system_not_supported,
    not_formatted,
    encrypted,
    network_refused,
    also_keyboard,
    too_many_files,
    no_backup_file,
    certificate_only,
    pulled,
    damaged,
    file_gone,
    not_a_file,
    too_large,
    changed_while_read,
    flags_missing,
    mount_refused,
    mount_failed,
    in_use,
    service_unavailable,
    cancelled,
    name_unsuitable,
    write_protected,
    full,
    save_failed,
    not_verified,
};

} // namespace acredita::stick

template <>
struct acredita::ErrorTable<acredita::stick::stick_errc> {
    using E = stick::stick_errc;
    static constexpr std::string_view family = "stick";
    static constexpr ErrorRow<E> rows[] = {
        {E::no_stick, "no_stick", "no such stick is plugged in"},
        {E::file_system_not_supported, "file_system_not_supported", "the stick has another file system"},
        {E::not_formatted, "not_formatted", "the stick has no file system"},
        {E::encrypted, "encrypted", "the stick is encrypted"},
        {E::network_refused, "network_refused", "the files lie on a network"},
        {E::also_keyboard, "also_keyboard", "the same USB device is a keyboard or another means of input"},
        {E::too_many_files, "too_many_files", "more files or folders than are looked through"},
        {E::no_backup_file, "no_backup_file", "no file that could be a backup"},
        {E::certificate_only, "certificate_only", "certificates, and no file that could hold a key"},
        {E::pulled, "pulled", "the stick left"},
        {E::damaged, "damaged", "the stick or its file system cannot be read"},
        {E::file_gone, "file_gone", "the file is not there any more"},
        {E::not_a_file, "not_a_file", "a link, a device or a folder where a file should be"},
        {E::too_large, "too_large", "larger than any backup"},
        {E::changed_while_read, "changed_while_read", "the file changed while it was read"},
        {E::flags_missing, "flags_missing", "not mounted as it was asked for"},
        {E::mount_refused, "mount_refused", "this user may not mount"},
        {E::mount_failed, "mount_failed", "the file system could not be mounted"},
        {E::in_use, "in_use", "another program uses the stick"},
        {E::service_unavailable, "service_unavailable", "the service for sticks does not answer"},
        {E::cancelled, "cancelled", "the caller asked to stop"},
        {E::name_unsuitable, "name_unsuitable", "no file name that every system takes"},
        {E::write_protected, "write_protected", "the stick lets nobody write"},
        {E::full, "full", "no room on the stick"},
        {E::save_failed, "save_failed", "the file could not be written"},
        {E::not_verified, "not_verified", "what was read back is not what was written"},
    };
};
