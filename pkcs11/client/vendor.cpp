// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/vendor.hpp"

#include "pkcs11/extensions.h"

#include <string>

namespace acredita::client {

namespace {

// PKCS#11 3.0 section 3.6; Debian 12's header is of 2.40.
struct Interface {
    CK_UTF8CHAR_PTR name;
    CK_VOID_PTR functions;
    CK_FLAGS flags;
};
using GetInterface = CK_RV (*)(CK_UTF8CHAR_PTR, CK_VERSION_PTR, Interface**, CK_FLAGS);

const CK_ACREDITA_FUNCTION_LIST* vendor_functions(const Module& module) {
    const auto get = reinterpret_cast<GetInterface>(module.symbol("C_GetInterface"));
    if (get == nullptr) return nullptr;
    std::string name = ACREDITA_INTERFACE_NAME;
    CK_VERSION version{1, 1};
    Interface* found = nullptr;
    if (get(reinterpret_cast<CK_UTF8CHAR_PTR>(name.data()), &version, &found, 0) != CKR_OK ||
        found == nullptr)
        return nullptr;
    return static_cast<const CK_ACREDITA_FUNCTION_LIST*>(found->functions);
}

// Only these say "a PIN is missing"; whatever else went wrong proves nothing.
bool says_login_missing(CK_RV rv) noexcept {
    return rv == CKR_USER_NOT_LOGGED_IN || rv == CKR_KEY_FUNCTION_NOT_PERMITTED;
}

Result<UnverifiedSignature> ask_vendor(Session& session, const CK_ACREDITA_FUNCTION_LIST& vendor,
                                       ByteView id) {
    std::vector<Object> keys;
    for (const auto which : {ObjectClass::private_key, ObjectClass::certificate, ObjectClass::public_key}) {
        ACREDITA_TRY(found, find_by_id(session, which, id));
        keys = std::move(found);
        if (!keys.empty()) break;
    }
    if (keys.empty()) return fail(client_errc::object_not_found);
    CK_ULONG status = 0;
    ACREDITA_CHECK(
        check(vendor.A_SignUnverified(session.handle(), keys.front(), &status), "A_SignUnverified"));
    const auto word = static_cast<std::uint16_t>(status & 0xFFFFU);
    if (word == 0x9000) return UnverifiedSignature{UnverifiedSignature::Refusal::none, word, {}};
    return UnverifiedSignature{UnverifiedSignature::Refusal::by_card, word, {}};
}

} // namespace

bool has_vendor_interface(const Module& module) { return vendor_functions(module) != nullptr; }

Result<void> verify_pin(Session& session, const Secret& pin) {
    if (pin.empty() || pin.text().find('\0') != std::string_view::npos)
        return fail(client_errc::pin_malformed);
    // Cryptoki's types know no const.
    auto* const bytes = const_cast<CK_UTF8CHAR_PTR>(pin.view().data());
    if (const auto* vendor = vendor_functions(*session.module()))
        return check(vendor->A_VerifyPin(session.handle(), bytes, pin.size()), "A_VerifyPin");
    ACREDITA_CHECK(
        check(session.functions().C_Login(session.handle(), CKU_USER, bytes, pin.size()), "C_Login"));
    return session.logout();
}

Result<void> verify_pin_at_reader(Session& session) {
    const auto* vendor = vendor_functions(*session.module());
    if (vendor == nullptr) return fail(client_errc::vendor_absent);
    return check(vendor->A_VerifyPin(session.handle(), nullptr, 0), "A_VerifyPin");
}

Result<void> unblock_at_reader(Session& session) {
    const auto* vendor = vendor_functions(*session.module());
    if (vendor == nullptr) return fail(client_errc::vendor_absent);
    return check(vendor->A_UnblockPin(session.handle(), nullptr, 0, nullptr, 0), "A_UnblockPin");
}

Result<void> unblock_with_puk(Session& session, const Secret& puk, const Secret& new_pin) {
    const auto* vendor = vendor_functions(*session.module());
    if (vendor == nullptr) return fail(client_errc::vendor_absent);
    const auto bytes = [](const Secret& secret) { return const_cast<CK_UTF8CHAR_PTR>(secret.view().data()); };
    return check(
        vendor->A_UnblockPin(session.handle(), bytes(puk), puk.size(), bytes(new_pin), new_pin.size()),
        "A_UnblockPin");
}

Result<void> change_puk(Session& session, const Secret& puk, const Secret& new_puk) {
    const auto* vendor = vendor_functions(*session.module());
    if (vendor == nullptr) return fail(client_errc::vendor_absent);
    if (puk.empty() || new_puk.empty()) return fail(client_errc::pin_malformed);
    const auto bytes = [](const Secret& secret) { return const_cast<CK_UTF8CHAR_PTR>(secret.view().data()); };
    return check(
        vendor->A_ChangePuk(session.handle(), bytes(puk), puk.size(), bytes(new_puk), new_puk.size()),
        "A_ChangePuk");
}

Result<UnverifiedSignature> sign_unverified(Session& session, ByteView id, Scheme scheme) {
    ACREDITA_TRY(state, session.login_state());
    if (state != LoginState::none)
        return fail(cryptoki_errc::user_already_logged_in, "the proof needs no login");
    if (const auto* vendor = vendor_functions(*session.module())) return ask_vendor(session, *vendor, id);

    ACREDITA_TRY(keys, find_by_id(session, ObjectClass::private_key, id));
    if (keys.empty()) return UnverifiedSignature{UnverifiedSignature::Refusal::by_module, {}, {}};
    const auto message = digest(Hash::sha256, as_bytes("acredita: a signature nobody may get"));
    const auto signature = sign_digest(session, keys.front(), scheme, Hash::sha256, message);
    if (signature) return UnverifiedSignature{};
    const auto rv = return_value(signature.error());
    if (!rv || !says_login_missing(*rv)) return fail(signature.error());
    return UnverifiedSignature{UnverifiedSignature::Refusal::by_module, {}, rv};
}

} // namespace acredita::client
