// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What can stand in the way of a registration, and what `acredita doctor browsers` can find. The detail is
// always the file or program it is about, where not said otherwise.
#pragma once

#include "pcsc/base/error.hpp"

namespace acredita::registration {

enum class register_errc {
    damaged = 1, // the file is not what its program can read; detail: file and why
    too_large,
    link_in_path,  // a symbolic link that somebody else could turn
    foreign_owner, // the file belongs to another user
    writable_by_others,
    not_a_file,
    unreadable, // detail: file and the system's words
    unwritable, // detail: file and the system's words
    tool_missing,
    tool_failed, // detail: what it said
    browser_open,
    module_relative,
    module_with_space,
    module_missing,
    administrator_needed,
    which_user, // root must say for whom
    no_such_user,
    // Findings of the doctor.
    not_registered,
    not_allowed, // a policy deletes the module
    stale,       // detail: file, and the path that is not there or not ours any more
    twice,
    other_module,    // another module for the same cards
    other_autostart, // a program that registers it again at every login
    snap,
    flatpak,
    restart_needed,
    service_missing,
};

} // namespace acredita::registration

template <>
struct acredita::ErrorTable<acredita::registration::register_errc> {
    using enum registration::register_errc;
    static constexpr std::string_view family = "register";
    static constexpr ErrorRow<registration::register_errc> rows[] = {
        {damaged, "damaged", "a configuration file cannot be understood"},
        {too_large, "too_large", "a configuration file is larger than any real one"},
        {link_in_path, "link_in_path", "a link leads away from the place of the file"},
        {foreign_owner, "foreign_owner", "the file belongs to somebody else"},
        {writable_by_others, "writable_by_others", "others may change the file or its folder"},
        {not_a_file, "not_a_file", "there is something that is no file"},
        {unreadable, "unreadable", "a file cannot be read"},
        {unwritable, "unwritable", "a file cannot be written"},
        {tool_missing, "tool_missing", "a program that is needed is not installed"},
        {tool_failed, "tool_failed", "a program that is needed has failed"},
        {browser_open, "browser_open", "the browser is running"},
        {module_relative, "module_relative", "the path of the module is not absolute"},
        {module_with_space, "module_with_space",
         "the path of the module has a space or another character that programs stumble over"},
        {module_missing, "module_missing", "there is no module at this path"},
        {administrator_needed, "administrator_needed", "only the administrator may do this"},
        {which_user, "which_user", "it was not said for whom"},
        {no_such_user, "no_such_user", "there is no such user"},
        {not_registered, "not_registered", "the module is not registered here"},
        {not_allowed, "not_allowed", "a policy takes the module away"},
        {stale, "stale", "an entry names a module that is not there"},
        {twice, "twice", "the module is registered twice"},
        {other_module, "other_module", "another module serves the same cards"},
        {other_autostart, "other_autostart", "another module registers itself at every login"},
        {snap, "snap", "a browser from a snap cannot reach the module"},
        {flatpak, "flatpak", "a browser from a flatpak cannot reach the module"},
        {restart_needed, "restart_needed", "a browser was started before the registration"},
        {service_missing, "service_missing", "the smart card service is not installed"},
    };
};
