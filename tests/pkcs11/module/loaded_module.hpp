// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The built module, loaded as any program loads it, and what a program does with it in few words. Each
// `fresh()` is what a new process would see: nothing remembered but what lies on the card and in the cache.
#pragma once

#include "pkcs11/module/cryptoki.hpp"
#include "tests/pkcs11/module/key_pair.hpp"

namespace acredita::test {

inline constexpr const char* factory_admin_key = "010203040506070801020304050607080102030405060708";

class LoadedModule {
public:
    LoadedModule();
    ~LoadedModule();
    LoadedModule(const LoadedModule&) = delete;
    LoadedModule& operator=(const LoadedModule&) = delete;

    void fresh();
    void open(CK_FLAGS flags = CKF_SERIAL_SESSION | CKF_RW_SESSION, std::size_t card = 0);
    [[nodiscard]] CK_RV login(const char* pin = "123456", CK_USER_TYPE user = CKU_USER);
    [[nodiscard]] CK_RV verify_pin(const char* pin = "123456");
    [[nodiscard]] std::vector<CK_OBJECT_HANDLE> find(CK_OBJECT_CLASS kind, const Bytes* id = nullptr);
    [[nodiscard]] std::optional<Bytes> attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type);
    [[nodiscard]] CK_RV store_certificate(const KeyPair& pair);
    [[nodiscard]] CK_RV store_key(const KeyPair& pair);
    // CKM_SHA256_RSA_PKCS or CKM_ECDSA_SHA256.
    [[nodiscard]] CK_RV sign(CK_OBJECT_HANDLE key, const KeyPair& pair, ByteView message, Bytes& signature);
    // Certificate and key as the office stores them, and the module finalised again.
    void load_card(const KeyPair& pair);

    CK_FUNCTION_LIST* p11 = nullptr;
    CK_ACREDITA_FUNCTION_LIST* vendor = nullptr;
    CK_SESSION_HANDLE session = 0;

private:
    void* library_ = nullptr;
    bool initialised_ = false;
};

[[nodiscard]] Bytes id_of(const KeyPair& pair);

} // namespace acredita::test
