// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card's profile in the words of PKCS#11: what the rest of the module asks of it, and nothing else.
#pragma once

#include "firmware-profiles/profile/profile.hpp"
#include "pkcs11/module/mechanism.hpp"

#include <map>

namespace acredita::module {

struct Rules {
    std::string profile{}; // its name
    Abilities abilities{};
    card::PinRules pin{};
    card::PinRules puk{};
    std::optional<CK_USER_TYPE> store_role{};  // absent: this card takes no key from outside
    std::optional<CK_USER_TYPE> object_role{}; // who may write certificates; absent: nobody
    std::optional<CK_USER_TYPE> generate_role{};
    std::vector<card::Algorithm> importable{};
    std::map<card::KeyReference, std::vector<card::Operation>> only{}; // what keys of some places are for
    bool has_puk = false;
    bool has_admin = false;
    bool writable = true;     // false: nothing of it is to be changed
    bool pin_writable = true; // its PIN and PUK excepted
    bool puk_writable = false;

    [[nodiscard]] Abilities at(card::KeyReference place) const;
};

// A profile that only documents speak for is read-only until the administrator has confirmed it: nobody has
// seen a real card take what it would write.
[[nodiscard]] Rules read_rules(const profile::Profile& profile, bool confirmed = false);

// CKR_OK, PIN_LEN_RANGE or PIN_INCORRECT: whether VERIFY may be sent at all. Which of the two is for
// A_VerifyPin and for new PINs; C_Login and C_SetPIN call every wrong PIN incorrect.
[[nodiscard]] CK_RV judge_pin(ByteView pin, const card::PinRules& rules) noexcept;

} // namespace acredita::module
