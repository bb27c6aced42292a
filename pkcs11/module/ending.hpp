// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The rule of PKCS #11 v2.40 base 5.2: success and every error but "buffer too small" end the operation in
// progress.
#pragma once

#include "pkcs11/module/entry.hpp"

namespace acredita::module {

class Ending {
public:
    explicit Ending(InSession& in) noexcept : operation_(&in.session->operation) {}
    ~Ending() {
        if (operation_ != nullptr) *operation_ = {};
    }
    Ending(const Ending&) = delete;
    Ending& operator=(const Ending&) = delete;
    void keep() noexcept { operation_ = nullptr; }

    // OPERATION_ACTIVE, if the operation was begun the other way.
    [[nodiscard]] static Result<void> take(Course& course, Course as) {
        if (course != Course::open && course != as) return fail(CKR_OPERATION_ACTIVE);
        course = as;
        return {};
    }

    // The size query and the short buffer keep the operation. True: there is room, go on.
    [[nodiscard]] Result<bool> room(const Output& to, std::size_t need) {
        auto fits = to.room_for(need);
        if (fits && !to.asks_size()) return true;
        keep();
        if (!fits) return fail(std::move(fits).error());
        return false;
    }

private:
    Operation* operation_;
};

} // namespace acredita::module
