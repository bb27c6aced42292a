// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/stick/failing.hpp"

#include <cerrno>

namespace acredita::stick {

namespace {

Error named(stick_errc code, int error) { return fail(code, std::generic_category().message(error)).value(); }

} // namespace

Error reading_error(const Mounted& mounted, int error) {
    if (!mounted.present()) return named(stick_errc::pulled, error);
    switch (error) {
    case ENOENT:
        return named(stick_errc::file_gone, error);
    case ELOOP:
    case EXDEV:
    case ENOTDIR:
    case EISDIR:
    case ENAMETOOLONG:
        return named(stick_errc::not_a_file, error);
    default:
        return named(stick_errc::damaged, error);
    }
}

Error writing_error(const Mounted& mounted, int error) {
    if (!mounted.present()) return named(stick_errc::pulled, error);
    switch (error) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return named(stick_errc::full, error);
    case EROFS:
    case EACCES:
    case EPERM:
        return named(stick_errc::write_protected, error);
    case EINVAL:
    case ENAMETOOLONG:
    case EILSEQ:
        return named(stick_errc::name_unsuitable, error);
    default:
        return named(stick_errc::save_failed, error);
    }
}

} // namespace acredita::stick
