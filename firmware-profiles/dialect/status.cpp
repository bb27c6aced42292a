// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/status.hpp"

namespace acredita::dialect {

namespace {

using enum card::card_errc;

struct Row {
    Step step;
    std::uint16_t value;
    std::uint16_t mask;
    card::card_errc code;
};

// The first row that fits. 63C0 comes before 63Cx: no try left is blocked, whatever the card calls it.
constexpr Row rows[] = {
    {Step::verify, 0x63C0, 0xFFFF, pin_blocked},
    {Step::verify, 0x63C0, 0xFFF0, pin_incorrect},
    {Step::verify, 0x6300, 0xFFFF, pin_incorrect},
    {Step::verify, 0x6983, 0xFFFF, pin_blocked},
    {Step::verify, 0x6984, 0xFFFF, pin_blocked},
    {Step::verify, 0x6A80, 0xFFFF, pin_malformed},
    {Step::verify, 0x6700, 0xFFFF, pin_malformed},
    {Step::change_pin, 0x63C0, 0xFFFF, pin_blocked},
    {Step::change_pin, 0x63C0, 0xFFF0, pin_incorrect},
    {Step::change_pin, 0x6300, 0xFFFF, pin_incorrect},
    {Step::change_pin, 0x6983, 0xFFFF, pin_blocked},
    {Step::change_pin, 0x6A80, 0xFFFF, pin_malformed},
    {Step::change_pin, 0x6985, 0xFFFF, pin_malformed}, // YubiKey: PIN complexity
    {Step::change_pin, 0x6700, 0xFFFF, pin_malformed},
    {Step::unblock, 0x63C0, 0xFFFF, puk_blocked},
    {Step::unblock, 0x63C0, 0xFFF0, puk_incorrect},
    {Step::unblock, 0x6300, 0xFFFF, puk_incorrect},
    {Step::unblock, 0x6983, 0xFFFF, puk_blocked},
    {Step::unblock, 0x6A80, 0xFFFF, pin_malformed},
    {Step::unblock, 0x6985, 0xFFFF, pin_malformed},
    {Step::unblock, 0x6700, 0xFFFF, pin_malformed},
    {Step::admin, 0x6982, 0xFFFF, admin_key_wrong},
    {Step::admin, 0x6300, 0xFF00, admin_key_wrong},
    {Step::admin, 0x6983, 0xFFFF, admin_key_wrong},
    {Step::admin, 0x6A80, 0xFFFF, admin_key_wrong},
    {Step::admin, 0x6A86, 0xFFFF, admin_key_wrong},
    {Step::admin, 0x6A88, 0xFFFF, admin_key_wrong},
    {Step::read, 0x6A82, 0xFFFF, object_not_found},
    {Step::read, 0x6A88, 0xFFFF, object_not_found},
    {Step::read, 0x6982, 0xFFFF, pin_needed},
    {Step::write, 0x6982, 0xFFFF, admin_needed},
    {Step::write, 0x6700, 0xFFFF, object_too_large},
    {Step::write, 0x6A82, 0xFFFF, object_not_found},
    {Step::use_key, 0x6982, 0xFFFF, pin_needed},
    {Step::use_key, 0x6983, 0xFFFF, pin_blocked},
    {Step::use_key, 0x6A82, 0xFFFF, key_not_found},
    {Step::use_key, 0x6A83, 0xFFFF, key_not_found},
    {Step::use_key, 0x6A88, 0xFFFF, key_not_found},
    {Step::use_key, 0x6A86, 0xFFFF, algorithm_not_supported},
    {Step::import, 0x6982, 0xFFFF, admin_needed},
    {Step::import, 0x6A86, 0xFFFF, algorithm_not_supported},
    {Step::import, 0x6A81, 0xFFFF, algorithm_not_supported},
    {Step::generate, 0x6982, 0xFFFF, admin_needed},
    {Step::generate, 0x6A86, 0xFFFF, algorithm_not_supported},
    {Step::generate, 0x6A81, 0xFFFF, algorithm_not_supported},
    {Step::generate, 0x6A80, 0xFFFF, algorithm_not_supported},
    {Step::delete_key, 0x6982, 0xFFFF, admin_needed},
    {Step::delete_key, 0x6A88, 0xFFFF, key_not_found},
    {Step::delete_key, 0x6A82, 0xFFFF, key_not_found},
    {Step::make_file, 0x6982, 0xFFFF, pin_needed},
    {Step::write_file, 0x6982, 0xFFFF, pin_needed},
    {Step::user_import, 0x6900, 0xFFFF, not_supported}, // left out when the applet was built
    {Step::user_import, 0x6982, 0xFFFF, pin_needed},
    {Step::user_import, 0x6985, 0xFFFF, algorithm_not_supported},
    {Step::user_generate, 0x6982, 0xFFFF, pin_needed},
    {Step::user_generate, 0x6985, 0xFFFF, algorithm_not_supported},
    {Step::any, 0x6D00, 0xFFFF, not_supported},
    {Step::any, 0x6E00, 0xFFFF, not_supported},
    {Step::any, 0x6A81, 0xFFFF, not_supported},
    {Step::any, 0x6A80, 0xFFFF, data_refused},
    {Step::any, 0x6A84, 0xFFFF, no_room},
    {Step::any, 0x6A88, 0xFFFF, object_not_found},
    {Step::any, 0x6A82, 0xFFFF, object_not_found},
    {Step::any, 0x6581, 0xFFFF, write_failed},
    {Step::any, 0x6500, 0xFFFF, write_failed},
};

bool wrong_code(card::card_errc code) { return code == pin_incorrect || code == puk_incorrect; }

} // namespace

Error judge(Step step, StatusWord sw) {
    auto code = refused;
    for (const auto& row : rows) {
        if ((row.step != step && row.step != Step::any) || (sw.value & row.mask) != row.value) continue;
        code = row.code;
        break;
    }
    std::string detail;
    if (wrong_code(code) && sw.has_tries())
        detail = std::to_string(sw.tries());
    else if (!wrong_code(code))
        detail = to_hex(Bytes{sw.sw1(), sw.sw2()});
    return fail(code, std::move(detail)).value();
}

} // namespace acredita::dialect
