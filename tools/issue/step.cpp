// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/issue/step.hpp"

namespace acredita::issue {

std::string_view name(Step step) noexcept {
    switch (step) {
    case Step::card:
        return "card";
    case Step::capability:
        return "capability";
    case Step::administration:
        return "administration";
    case Step::envelope:
        return "envelope";
    case Step::open:
        return "open";
    case Step::destination:
        return "destination";
    case Step::pin:
        return "pin";
    case Step::store_certificate:
        return "store_certificate";
    case Step::store_key:
        return "store_key";
    case Step::restart:
        return "restart";
    case Step::prove_certificate:
        return "prove_certificate";
    case Step::prove_refusal:
        return "prove_refusal";
    case Step::prove_protection:
        return "prove_protection";
    case Step::prove_signature:
        return "prove_signature";
    case Step::finish:
        return "finish";
    }
    return "unknown";
}

} // namespace acredita::issue
