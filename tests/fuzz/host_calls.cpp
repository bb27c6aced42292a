// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The functions of the standard, by chapter, each with arguments of the input's choice.
#include "pkcs11/module/function_list.hpp"
#include "tests/fuzz/host.hpp"

#include <cstring>

namespace acredita::fuzz {

namespace {

CK_RV no_event(CK_SESSION_HANDLE, CK_NOTIFICATION, void*) { return CKR_OK; }
CK_RV make_mutex(void** to) {
    *to = nullptr;
    return CKR_OK;
}
CK_RV use_mutex(void*) { return CKR_OK; }

} // namespace

bool Host::general(std::uint8_t which) {
    switch (which) {
    case 0: {
        CK_INFO info{};
        answered(p11_->C_GetInfo(feed_.flag() ? nullptr : &info));
        return true;
    }
    case 1: {
        answered(p11_->C_Finalize(feed_.flag() ? &world_ : nullptr));
        return true;
    }
    case 2: {
        CK_C_INITIALIZE_ARGS arguments{};
        const auto how = feed_.byte();
        if ((how & 1U) != 0) arguments.CreateMutex = &make_mutex;
        if ((how & 2U) != 0)
            arguments.DestroyMutex = arguments.LockMutex = arguments.UnlockMutex = &use_mutex;
        arguments.flags = give_.number();
        if ((how & 4U) != 0) arguments.pReserved = &world_;
        answered(p11_->C_Initialize((how & 8U) != 0 ? nullptr : &arguments));
        return true;
    }
    case 3: {
        const auto how = feed_.byte();
        CK_ULONG count = how >= 0x80 ? ~0UL : how;
        auto* list = reinterpret_cast<CK_SLOT_ID_PTR>(give_.room(count % 256U * sizeof(CK_SLOT_ID)));
        const bool fits = count < 256;
        answered(p11_->C_GetSlotList(static_cast<CK_BBOOL>(feed_.byte()), fits ? list : nullptr,
                                     how == 0x7F ? nullptr : &count));
        return true;
    }
    case 4: {
        CK_SLOT_INFO info{};
        const auto id = slot();
        answered(p11_->C_GetSlotInfo(id, feed_.flag() ? nullptr : &info));
        return true;
    }
    case 5: {
        CK_TOKEN_INFO info{};
        const auto id = slot();
        answered(p11_->C_GetTokenInfo(id, feed_.flag() ? nullptr : &info));
        return true;
    }
    case 6: {
        const auto id = slot();
        const auto how = feed_.byte();
        CK_ULONG count = how;
        auto* list = reinterpret_cast<CK_MECHANISM_TYPE_PTR>(give_.room(count * sizeof(CK_MECHANISM_TYPE)));
        answered(p11_->C_GetMechanismList(id, how == 0 ? nullptr : list, how == 0xFF ? nullptr : &count));
        return true;
    }
    case 7: {
        const auto id = slot();
        const auto* mechanism = give_.mechanism();
        CK_MECHANISM_INFO info{};
        answered(p11_->C_GetMechanismInfo(id, mechanism == nullptr ? give_.number() : mechanism->mechanism,
                                          feed_.flag() ? nullptr : &info));
        return true;
    }
    case 8: {
        CK_SLOT_ID id = 0;
        const auto flags = feed_.byte();
        answered(p11_->C_WaitForSlotEvent(flags, (flags & 0x40U) != 0 ? nullptr : &id,
                                          (flags & 0x80U) != 0 ? &id : nullptr));
        return true;
    }
    case 9: {
        const auto id = slot();
        const auto pin = give_.pin();
        auto* label = give_.room(32);
        std::memset(label, ' ', 32);
        answered(p11_->C_InitToken(id, pin.data, pin.size, feed_.flag() ? nullptr : label));
        return true;
    }
    case 10: {
        const auto name = feed_.chunk();
        std::string text(as_text(name));
        CK_INTERFACE* found = nullptr;
        CK_VERSION version{feed_.byte(), feed_.byte()};
        const auto how = feed_.byte();
        answered(C_GetInterface((how & 1U) != 0 ? reinterpret_cast<CK_UTF8CHAR_PTR>(text.data()) : nullptr,
                                (how & 2U) != 0 ? &version : nullptr, (how & 4U) != 0 ? nullptr : &found,
                                how));
        CK_ULONG count = how % 5U;
        CK_INTERFACE list[5];
        answered(C_GetInterfaceList((how & 8U) != 0 ? nullptr : list, &count));
        return true;
    }
    default:
        return false;
    }
}

bool Host::sessions(std::uint8_t which) {
    switch (which) {
    case 0: {
        const auto id = slot();
        const auto flags = feed_.byte();
        CK_SESSION_HANDLE handle = 0;
        const auto rv = answered(p11_->C_OpenSession(
            id, flags == 0 ? CKF_SERIAL_SESSION | CKF_RW_SESSION : flags, &world_,
            (flags & 0x40U) != 0 ? &no_event : nullptr, (flags & 0x80U) != 0 ? nullptr : &handle));
        if (rv == CKR_OK) sessions_.push_back(handle);
        return true;
    }
    case 1: {
        const auto s = session();
        answered(p11_->C_CloseSession(s)); // the handle stays in the list: a program may be confused
        return true;
    }
    case 2:
        answered(p11_->C_CloseAllSessions(slot()));
        return true;
    case 3: {
        const auto s = session();
        CK_SESSION_INFO info{};
        answered(p11_->C_GetSessionInfo(s, feed_.flag() ? nullptr : &info));
        return true;
    }
    case 4:
    case 5: {
        const auto s = session();
        const auto pin = give_.pin();
        const auto user = feed_.byte();
        answered(p11_->C_Login(s, user < 3 ? (user + 1U) % 3U : give_.number(), pin.data, pin.size));
        return true;
    }
    case 6: {
        const auto s = session();
        const auto pin = give_.pin(), name = give_.input();
        answered(
            module::list_3_0.C_LoginUser(s, feed_.byte() & 3U, pin.data, pin.size, name.data, name.size));
        return true;
    }
    case 7:
        answered(p11_->C_Logout(session()));
        return true;
    case 8: {
        const auto s = session();
        const auto pin = give_.pin();
        answered(p11_->C_InitPIN(s, pin.data, pin.size));
        return true;
    }
    case 9: {
        const auto s = session();
        const auto old_pin = give_.pin(), new_pin = give_.pin();
        answered(p11_->C_SetPIN(s, old_pin.data, old_pin.size, new_pin.data, new_pin.size));
        return true;
    }
    case 10: {
        const auto s = session();
        const auto out = give_.output();
        answered(p11_->C_GetOperationState(s, out.data, out.length), out);
        return true;
    }
    case 11: {
        const auto s = session();
        const auto in = give_.input();
        const auto k = object(), a = object();
        answered(p11_->C_SetOperationState(s, in.data, in.size, k, a));
        return true;
    }
    case 12: {
        const auto s = session();
        answered(module::list_3_0.C_SessionCancel(s, give_.number()));
        return true;
    }
    default:
        return false;
    }
}

} // namespace acredita::fuzz
