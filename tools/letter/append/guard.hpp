// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The border to libqpdf, which reports by exceptions: what it throws becomes an Error of ours.
#pragma once

#include "tools/letter/append/file_window.hpp"
#include "tools/letter/errors.hpp"

#include <new>

#include <qpdf/QPDFExc.hh>

namespace acredita::letter {

// Runs `work`, which returns a Result. A password wanted is encrypted, no memory is too_complex, a medium
// that fails is read_failed and everything else libqpdf complains about is damaged. Details never quote the
// document.
template <class Work>
[[nodiscard]] auto guarded(Work&& work) -> decltype(work()) {
    try {
        return work();
    } catch (const ReadFailure& e) {
        return fail(e.error());
    } catch (const QPDFExc& e) {
        const bool locked = e.getErrorCode() == qpdf_e_password;
        return fail(locked ? letter_errc::encrypted : letter_errc::damaged,
                    "at byte " + std::to_string(e.getFilePosition()));
    } catch (const std::bad_alloc&) {
        return fail(letter_errc::too_complex, "out of memory");
    } catch (const std::exception&) {
        return fail(letter_errc::damaged, "not readable by the rules");
    }
}

} // namespace acredita::letter
