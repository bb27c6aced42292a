// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/session.hpp"

#include <utility>

namespace acredita::client {

namespace {

// C_Login takes bytes and a length, but modules hand PINs on as C strings.
Result<void> well_formed(const Secret& pin) {
    if (pin.empty() || pin.text().find('\0') != std::string_view::npos)
        return fail(client_errc::pin_malformed);
    return {};
}

CK_UTF8CHAR_PTR bytes_of(const Secret& pin) noexcept {
    return const_cast<CK_UTF8CHAR_PTR>(pin.view().data()); // Cryptoki's types know no const
}

constexpr CK_USER_TYPE user_type(Role role) noexcept { return role == Role::user ? CKU_USER : CKU_SO; }

} // namespace

Result<Session> Session::open(std::shared_ptr<Module> module, CK_SLOT_ID slot, Access access) {
    CK_SESSION_HANDLE handle = 0;
    const CK_FLAGS flags = CKF_SERIAL_SESSION | (access == Access::read_write ? CKF_RW_SESSION : 0);
    ACREDITA_CHECK(check(module->open_session(slot, flags, &handle), "C_OpenSession"));
    return Session(std::move(module), slot, handle);
}

Session::~Session() { close(); }

Session::Session(Session&& other) noexcept
    : module_(std::move(other.module_)), slot_(other.slot_), handle_(std::exchange(other.handle_, 0)) {}

Session& Session::operator=(Session&& other) noexcept {
    if (this != &other) {
        close();
        module_ = std::move(other.module_);
        slot_ = other.slot_;
        handle_ = std::exchange(other.handle_, 0);
    }
    return *this;
}

void Session::close() noexcept {
    if (handle_ != 0) module_->close_session(std::exchange(handle_, 0));
}

Result<void> Session::login(Role role, const Secret& pin) {
    ACREDITA_CHECK(well_formed(pin));
    const auto rv = functions().C_Login(handle_, user_type(role), bytes_of(pin), pin.size());
    if (rv == CKR_USER_ALREADY_LOGGED_IN) return {};
    return check(rv, "C_Login");
}

Result<void> Session::login_at_reader(Role role) {
    const auto rv = functions().C_Login(handle_, user_type(role), nullptr, 0);
    if (rv == CKR_USER_ALREADY_LOGGED_IN) return {};
    return check(rv, "C_Login");
}

Result<void> Session::login_for_operation(const Secret& pin) {
    if (pin.empty()) // typed on the reader, or refused by a module that has no such reader
        return check(functions().C_Login(handle_, CKU_CONTEXT_SPECIFIC, nullptr, 0), "C_Login");
    ACREDITA_CHECK(well_formed(pin));
    return check(functions().C_Login(handle_, CKU_CONTEXT_SPECIFIC, bytes_of(pin), pin.size()), "C_Login");
}

Result<void> Session::logout() {
    const auto rv = functions().C_Logout(handle_);
    if (rv == CKR_USER_NOT_LOGGED_IN) return {};
    return check(rv, "C_Logout");
}

Result<LoginState> Session::login_state() const {
    CK_SESSION_INFO info{};
    ACREDITA_CHECK(check(functions().C_GetSessionInfo(handle_, &info), "C_GetSessionInfo"));
    switch (info.state) {
    case CKS_RO_USER_FUNCTIONS:
    case CKS_RW_USER_FUNCTIONS:
        return LoginState::user;
    case CKS_RW_SO_FUNCTIONS:
        return LoginState::administrator;
    default:
        return LoginState::none;
    }
}

Result<void> Session::random(std::span<std::uint8_t> out) {
    return check(functions().C_GenerateRandom(handle_, out.data(), out.size()), "C_GenerateRandom");
}

} // namespace acredita::client
