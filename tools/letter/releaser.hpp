// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A deleter made of the C function that frees a handle: std::unique_ptr<X509, Releaser<X509_free>>.
#pragma once

namespace acredita::letter {

template <auto release>
struct Releaser {
    template <class T>
    void operator()(T* object) const noexcept {
        release(object);
    }
};

} // namespace acredita::letter
