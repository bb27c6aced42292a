// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Owning pointers for C libraries: the deleter is named by the C function that frees.
#pragma once

#include <memory>

namespace acredita {

template <auto function>
struct FreeBy {
    template <class T>
    void operator()(T* object) const noexcept {
        static_cast<void>(function(object));
    }
};

template <class T, auto function>
using Owned = std::unique_ptr<T, FreeBy<function>>;

} // namespace acredita
