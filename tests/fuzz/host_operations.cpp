// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Signing, decrypting, digests and everything message by message, with arguments of the input's choice.
#include "pkcs11/module/function_list.hpp"
#include "tests/fuzz/host.hpp"

namespace acredita::fuzz {

bool Host::operations(std::uint8_t which) {
    const auto s = [this] { return session(); };
    const auto begin = [&](auto function) {
        const auto h = s();
        const auto k = object();
        answered(function(h, give_.mechanism(), k));
        return true;
    };
    const auto convert = [&](auto function) {
        const auto h = s();
        const auto in = give_.input();
        const auto out = give_.output();
        answered(function(h, in.data, in.size, out.data, out.length), out);
        return true;
    };
    const auto feed_in = [&](auto function) {
        const auto h = s();
        const auto in = give_.input();
        answered(function(h, in.data, in.size));
        return true;
    };
    const auto take_out = [&](auto function) {
        const auto h = s();
        const auto out = give_.output();
        answered(function(h, out.data, out.length), out);
        return true;
    };
    const auto check = [&](auto function) {
        const auto h = s();
        const auto in = give_.input(), signature = give_.input();
        answered(function(h, in.data, in.size, signature.data, signature.size));
        return true;
    };
    switch (which) {
    case 0:
        return begin(p11_->C_SignInit);
    case 1:
        return convert(p11_->C_Sign);
    case 2:
        return feed_in(p11_->C_SignUpdate);
    case 3:
        return take_out(p11_->C_SignFinal);
    case 4:
        return begin(p11_->C_DecryptInit);
    case 5:
        return convert(p11_->C_Decrypt);
    case 6:
        return convert(p11_->C_DecryptUpdate);
    case 7:
        return take_out(p11_->C_DecryptFinal);
    case 8: {
        const auto h = s();
        answered(p11_->C_DigestInit(h, give_.mechanism()));
        return true;
    }
    case 9:
        return convert(p11_->C_Digest);
    case 10:
        return feed_in(p11_->C_DigestUpdate);
    case 11:
        return take_out(p11_->C_DigestFinal);
    case 12: {
        const auto h = s();
        answered(p11_->C_DigestKey(h, object()));
        return true;
    }
    case 13:
        return begin(p11_->C_EncryptInit);
    case 14:
        return convert(p11_->C_Encrypt);
    case 15:
        return convert(p11_->C_EncryptUpdate);
    case 16:
        return take_out(p11_->C_EncryptFinal);
    case 17:
        return begin(p11_->C_VerifyInit);
    case 18:
        return check(p11_->C_Verify);
    case 19:
        return feed_in(p11_->C_VerifyUpdate);
    case 20:
        return feed_in(p11_->C_VerifyFinal);
    case 21:
        return begin(p11_->C_SignRecoverInit);
    case 22:
        return convert(p11_->C_SignRecover);
    case 23:
        return begin(p11_->C_VerifyRecoverInit);
    case 24:
        return convert(p11_->C_VerifyRecover);
    case 25:
        return convert(p11_->C_DigestEncryptUpdate);
    case 26:
        return convert(p11_->C_DecryptDigestUpdate);
    case 27:
        return convert(p11_->C_SignEncryptUpdate);
    case 28:
        return convert(p11_->C_DecryptVerifyUpdate);
    case 29:
        return feed_in(p11_->C_SeedRandom);
    case 30: {
        const auto h = s();
        const CK_ULONG size = feed_.word();
        answered(p11_->C_GenerateRandom(h, feed_.flag() ? nullptr : give_.room(size), size));
        return true;
    }
    default:
        return false;
    }
}

bool Host::messages(std::uint8_t which) {
    auto& list = module::list_3_0;
    const auto h = session();
    const auto parameter = give_.input();
    const auto in = give_.input();
    const auto out = give_.output();
    const auto k = object();
    switch (which) {
    case 0:
        answered(list.C_MessageSignInit(h, give_.mechanism(), k));
        return true;
    case 1:
        answered(
            list.C_SignMessage(h, parameter.data, parameter.size, in.data, in.size, out.data, out.length),
            out);
        return true;
    case 2:
        answered(list.C_SignMessageBegin(h, parameter.data, parameter.size));
        return true;
    case 3:
        answered(
            list.C_SignMessageNext(h, parameter.data, parameter.size, in.data, in.size, out.data, out.length),
            out);
        return true;
    case 4:
        answered(list.C_MessageSignFinal(h));
        return true;
    case 5:
        answered(list.C_MessageDecryptInit(h, give_.mechanism(), k));
        return true;
    case 6:
        answered(list.C_DecryptMessage(h, parameter.data, parameter.size, in.data, in.size, in.data, in.size,
                                       out.data, out.length),
                 out);
        return true;
    case 7:
        answered(list.C_MessageDecryptFinal(h));
        return true;
    default:
        return false;
    }
}

bool Host::vendor(std::uint8_t which) {
    CK_INTERFACE* found = nullptr;
    char name[] = ACREDITA_INTERFACE_NAME;
    answered(C_GetInterface(reinterpret_cast<CK_UTF8CHAR_PTR>(name), nullptr, &found, 0));
    require(found != nullptr, "our interface is there");
    const auto& list = *static_cast<const CK_ACREDITA_FUNCTION_LIST*>(found->pFunctionList);
    const auto h = session();
    switch (which) {
    case 0: {
        const auto pin = give_.pin();
        answered(list.A_VerifyPin(h, pin.data, pin.size));
        return true;
    }
    case 1: {
        CK_ULONG status = 0;
        const auto k = object();
        answered(list.A_SignUnverified(h, k, feed_.flag() ? nullptr : &status));
        return true;
    }
    case 2: {
        const auto puk = give_.pin(), pin = give_.pin();
        answered(list.A_UnblockPin(h, puk.data, puk.size, pin.data, pin.size));
        return true;
    }
    case 3: {
        const auto puk = give_.pin(), fresh = give_.pin();
        answered(list.A_ChangePuk(h, puk.data, puk.size, fresh.data, fresh.size));
        return true;
    }
    default:
        return false;
    }
}

} // namespace acredita::fuzz
