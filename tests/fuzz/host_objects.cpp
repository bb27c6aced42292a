// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Objects and keys, with arguments of the input's choice.
#include "tests/fuzz/host.hpp"

namespace acredita::fuzz {

bool Host::objects(std::uint8_t which) {
    switch (which) {
    case 0: {
        const auto s = session();
        const auto list = give_.search();
        answered(p11_->C_FindObjectsInit(s, list.items, list.count));
        return true;
    }
    case 1: {
        const auto s = session();
        const auto how = feed_.byte();
        auto* found = reinterpret_cast<CK_OBJECT_HANDLE_PTR>(give_.room(how * sizeof(CK_OBJECT_HANDLE)));
        CK_ULONG count = 0;
        const auto rv = answered(p11_->C_FindObjects(s, (how & 0x80U) != 0 ? nullptr : found, how,
                                                     how == 0x7F ? nullptr : &count));
        if (rv == CKR_OK) require(count <= how, "no more objects than there is room");
        return true;
    }
    case 2:
        answered(p11_->C_FindObjectsFinal(session()));
        return true;
    case 3: {
        const auto s = session();
        const auto k = object();
        const auto list = give_.wanted();
        answered(p11_->C_GetAttributeValue(s, k, list.items, list.count));
        return true;
    }
    case 4: {
        const auto s = session();
        const auto k = object();
        const auto list = give_.search();
        answered(p11_->C_SetAttributeValue(s, k, list.items, list.count));
        return true;
    }
    case 5: {
        const auto s = session();
        const auto k = object();
        CK_ULONG size = 0;
        answered(p11_->C_GetObjectSize(s, k, feed_.flag() ? nullptr : &size));
        return true;
    }
    case 6:
    case 7: {
        const auto s = session();
        const auto list = give_.creation();
        CK_OBJECT_HANDLE made = 0;
        const auto rv = answered(
            p11_->C_CreateObject(s, list.items, list.count, which == 7 && feed_.flag() ? nullptr : &made));
        if (rv == CKR_OK) objects_.push_back(made);
        return true;
    }
    case 8: {
        const auto s = session();
        const auto k = object();
        const auto list = give_.search();
        CK_OBJECT_HANDLE made = 0;
        answered(p11_->C_CopyObject(s, k, list.items, list.count, &made));
        return true;
    }
    case 9: {
        const auto s = session();
        answered(p11_->C_DestroyObject(s, object()));
        return true;
    }
    case 10:
    case 11: {
        const auto s = session();
        const bool rsa = which == 10;
        const CK_MECHANISM sensible{rsa ? CKM_RSA_PKCS_KEY_PAIR_GEN : CKM_EC_KEY_PAIR_GEN, nullptr, 0};
        auto* mechanism = feed_.flag() ? give_.mechanism() : give_.thing(sensible);
        const auto mine = give_.pair(false, rsa), theirs = give_.pair(true, rsa);
        CK_OBJECT_HANDLE made[2] = {};
        answered(p11_->C_GenerateKeyPair(s, mechanism, theirs.items, theirs.count, mine.items, mine.count,
                                         &made[0], feed_.flag() ? nullptr : &made[1]));
        return true;
    }
    case 12: {
        const auto s = session();
        const auto list = give_.creation();
        CK_OBJECT_HANDLE made = 0;
        answered(p11_->C_GenerateKey(s, give_.mechanism(), list.items, list.count, &made));
        return true;
    }
    case 13: {
        const auto s = session();
        const auto k = object();
        auto* mechanism = give_.mechanism();
        const auto list = give_.creation();
        CK_OBJECT_HANDLE made = 0;
        answered(p11_->C_DeriveKey(s, mechanism, k, list.items, list.count, &made));
        return true;
    }
    case 14: {
        const auto s = session();
        const auto k = object(), other = object();
        auto* mechanism = give_.mechanism();
        const auto out = give_.output();
        answered(p11_->C_WrapKey(s, mechanism, k, other, out.data, out.length), out);
        return true;
    }
    case 15: {
        const auto s = session();
        const auto k = object();
        auto* mechanism = give_.mechanism();
        const auto in = give_.input();
        const auto list = give_.creation();
        CK_OBJECT_HANDLE made = 0;
        answered(p11_->C_UnwrapKey(s, mechanism, k, in.data, in.size, list.items, list.count, &made));
        return true;
    }
    default:
        return false;
    }
}

} // namespace acredita::fuzz
