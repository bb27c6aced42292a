// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A session with a token, closed when it goes out of scope. Logins belong to the token, not to the session:
// all sessions of this process on the same slot share them, libp11's included (PKCS#11 3.0 section 5.6). Not
// thread-safe; one per thread.
#pragma once

#include "pcsc/base/secret.hpp"
#include "pkcs11/client/module.hpp"

namespace acredita::client {

enum class Access { read_only, read_write };
enum class LoginState { none, user, administrator };

class Session {
public:
    [[nodiscard]] static Result<Session> open(std::shared_ptr<Module> module, CK_SLOT_ID slot, Access access);
    ~Session();
    Session(Session&& other) noexcept;
    Session& operator=(Session&& other) noexcept;
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    // pin_malformed before anything is sent. An administration key travels as hexadecimal text. A login that
    // already holds is no error here, but then the PIN was not checked: see vendor.hpp, verify_pin.
    [[nodiscard]] Result<void> login(Role role, const Secret& pin);
    // For a reader with a pinpad (CKF_PROTECTED_AUTHENTICATION_PATH): the person types there.
    [[nodiscard]] Result<void> login_at_reader(Role role);
    // Before each signature of a key with CKA_ALWAYS_AUTHENTICATE, after C_SignInit.
    [[nodiscard]] Result<void> login_for_operation(const Secret& pin);
    // Nobody being logged in is no error.
    [[nodiscard]] Result<void> logout();
    [[nodiscard]] Result<LoginState> login_state() const;
    // Idempotent; errors of a token that is gone are of no interest.
    void close() noexcept;

    [[nodiscard]] CK_SESSION_HANDLE handle() const noexcept { return handle_; }
    [[nodiscard]] CK_SLOT_ID slot() const noexcept { return slot_; }
    [[nodiscard]] const std::shared_ptr<Module>& module() const noexcept { return module_; }
    [[nodiscard]] const CK_FUNCTION_LIST& functions() const noexcept { return module_->functions(); }
    [[nodiscard]] Result<TokenInfo> token() const { return module_->token(slot_); }

    // From the token's own generator.
    [[nodiscard]] Result<void> random(std::span<std::uint8_t> out);

private:
    Session(std::shared_ptr<Module> module, CK_SLOT_ID slot, CK_SESSION_HANDLE handle) noexcept
        : module_(std::move(module)), slot_(slot), handle_(handle) {}

    std::shared_ptr<Module> module_;
    CK_SLOT_ID slot_ = 0;
    CK_SESSION_HANDLE handle_ = 0; // 0 (CK_INVALID_HANDLE): closed
};

} // namespace acredita::client
