// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/pkcs11/module/loaded_module.hpp"

#include <boost/test/unit_test.hpp>
#include <dlfcn.h>
#include <openssl/core_names.h>
#include <openssl/sha.h>

namespace acredita::test {

namespace {

unsigned char yes = CK_TRUE;

template <class T>
CK_ATTRIBUTE item(CK_ATTRIBUTE_TYPE type, T& value) {
    if constexpr (requires { value.data(); })
        return {type, const_cast<std::uint8_t*>(value.data()), value.size()};
    else
        return {type, &value, sizeof value};
}

unsigned char* text(const char* value) { return reinterpret_cast<unsigned char*>(const_cast<char*>(value)); }

} // namespace

LoadedModule::LoadedModule() {
    library_ = ::dlopen(MODULE_FILE, RTLD_NOW | RTLD_LOCAL);
    BOOST_REQUIRE_MESSAGE(library_ != nullptr, ::dlerror());
    const auto list = reinterpret_cast<CK_RV (*)(CK_FUNCTION_LIST**)>(::dlsym(library_, "C_GetFunctionList"));
    const auto interface = reinterpret_cast<CK_RV (*)(unsigned char*, CK_VERSION*, CK_INTERFACE**, CK_FLAGS)>(
        ::dlsym(library_, "C_GetInterface"));
    BOOST_REQUIRE(list != nullptr && interface != nullptr);
    BOOST_REQUIRE_EQUAL(list(&p11), CKR_OK);
    CK_INTERFACE* found = nullptr;
    BOOST_REQUIRE_EQUAL(interface(text(ACREDITA_INTERFACE_NAME), nullptr, &found, 0), CKR_OK);
    vendor = static_cast<CK_ACREDITA_FUNCTION_LIST*>(found->pFunctionList);
    fresh();
}

LoadedModule::~LoadedModule() {
    p11->C_Finalize(nullptr);
    ::dlclose(library_);
}

void LoadedModule::fresh() {
    if (initialised_) BOOST_REQUIRE_EQUAL(p11->C_Finalize(nullptr), CKR_OK);
    BOOST_REQUIRE_EQUAL(p11->C_Initialize(nullptr), CKR_OK);
    initialised_ = true;
}

void LoadedModule::open(CK_FLAGS flags, std::size_t card) {
    CK_SLOT_ID slots[8];
    CK_ULONG count = 8;
    BOOST_REQUIRE_EQUAL(p11->C_GetSlotList(CK_TRUE, slots, &count), CKR_OK);
    BOOST_REQUIRE_GT(count, card);
    BOOST_REQUIRE_EQUAL(p11->C_OpenSession(slots[card], flags, nullptr, nullptr, &session), CKR_OK);
}

CK_RV LoadedModule::login(const char* pin, CK_USER_TYPE user) {
    return p11->C_Login(session, user, text(pin), std::char_traits<char>::length(pin));
}

CK_RV LoadedModule::verify_pin(const char* pin) {
    return vendor->A_VerifyPin(session, text(pin), std::char_traits<char>::length(pin));
}

std::vector<CK_OBJECT_HANDLE> LoadedModule::find(CK_OBJECT_CLASS kind, const Bytes* id) {
    std::vector<CK_ATTRIBUTE> wanted{item(CKA_CLASS, kind)};
    if (id != nullptr) wanted.push_back(item(CKA_ID, *id));
    BOOST_REQUIRE_EQUAL(p11->C_FindObjectsInit(session, wanted.data(), wanted.size()), CKR_OK);
    std::vector<CK_OBJECT_HANDLE> found(16);
    CK_ULONG count = 0;
    BOOST_REQUIRE_EQUAL(p11->C_FindObjects(session, found.data(), found.size(), &count), CKR_OK);
    BOOST_REQUIRE_EQUAL(p11->C_FindObjectsFinal(session), CKR_OK);
    found.resize(count);
    return found;
}

std::optional<Bytes> LoadedModule::attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) {
    CK_ATTRIBUTE one{type, nullptr, 0};
    if (p11->C_GetAttributeValue(session, object, &one, 1) != CKR_OK) return std::nullopt;
    Bytes value(one.ulValueLen);
    one.pValue = value.data();
    if (p11->C_GetAttributeValue(session, object, &one, 1) != CKR_OK) return std::nullopt;
    return value;
}

CK_RV LoadedModule::store_certificate(const KeyPair& pair) {
    CK_OBJECT_CLASS kind = CKO_CERTIFICATE;
    CK_ATTRIBUTE all[] = {item(CKA_CLASS, kind), item(CKA_TOKEN, yes), item(CKA_VALUE, pair.certificate)};
    CK_OBJECT_HANDLE handle = 0;
    return p11->C_CreateObject(session, all, std::size(all), &handle);
}

CK_RV LoadedModule::store_key(const KeyPair& pair) {
    CK_OBJECT_CLASS kind = CKO_PRIVATE_KEY;
    const bool rsa = pair.public_key.type == card::KeyType::rsa;
    CK_KEY_TYPE type = rsa ? CKK_RSA : CKK_EC;
    const auto id = id_of(pair);
    std::vector<std::pair<CK_ATTRIBUTE_TYPE, Bytes>> parts;
    if (rsa) {
        for (const auto& [attribute, name] : std::initializer_list<std::pair<CK_ATTRIBUTE_TYPE, const char*>>{
                 {CKA_MODULUS, OSSL_PKEY_PARAM_RSA_N},
                 {CKA_PUBLIC_EXPONENT, OSSL_PKEY_PARAM_RSA_E},
                 {CKA_PRIME_1, OSSL_PKEY_PARAM_RSA_FACTOR1},
                 {CKA_PRIME_2, OSSL_PKEY_PARAM_RSA_FACTOR2},
                 {CKA_EXPONENT_1, OSSL_PKEY_PARAM_RSA_EXPONENT1},
                 {CKA_EXPONENT_2, OSSL_PKEY_PARAM_RSA_EXPONENT2},
                 {CKA_COEFFICIENT, OSSL_PKEY_PARAM_RSA_COEFFICIENT1}})
            parts.emplace_back(attribute, number(pair, name));
    } else {
        parts.emplace_back(CKA_EC_PARAMS, pair.public_key.curve_oid);
        parts.emplace_back(CKA_VALUE, number(pair, OSSL_PKEY_PARAM_PRIV_KEY));
    }
    std::vector<CK_ATTRIBUTE> all{item(CKA_CLASS, kind), item(CKA_TOKEN, yes), item(CKA_KEY_TYPE, type),
                                  item(CKA_ID, id)};
    for (const auto& [attribute, value] : parts) all.push_back(item(attribute, value));
    CK_OBJECT_HANDLE handle = 0;
    return p11->C_CreateObject(session, all.data(), all.size(), &handle);
}

CK_RV LoadedModule::sign(CK_OBJECT_HANDLE key, const KeyPair& pair, ByteView message, Bytes& signature) {
    const bool rsa = pair.public_key.type == card::KeyType::rsa;
    CK_MECHANISM mechanism{rsa ? CKM_SHA256_RSA_PKCS : CKM_ECDSA_SHA256, nullptr, 0};
    if (const auto rv = p11->C_SignInit(session, &mechanism, key); rv != CKR_OK) return rv;
    if (attribute(key, CKA_ALWAYS_AUTHENTICATE) == Bytes{CK_TRUE})
        if (const auto rv = login("123456", CKU_CONTEXT_SPECIFIC); rv != CKR_OK) return rv;
    signature.resize(512);
    CK_ULONG size = signature.size();
    const auto rv = p11->C_Sign(session, const_cast<CK_BYTE_PTR>(message.data()), message.size(),
                                signature.data(), &size);
    signature.resize(rv == CKR_OK ? size : 0);
    return rv;
}

void LoadedModule::load_card(const KeyPair& pair) {
    open();
    BOOST_REQUIRE_EQUAL(login(factory_admin_key, CKU_SO), CKR_OK);
    BOOST_REQUIRE_EQUAL(store_certificate(pair), CKR_OK);
    BOOST_REQUIRE_EQUAL(store_key(pair), CKR_OK);
    fresh();
}

Bytes id_of(const KeyPair& pair) {
    const auto& from =
        pair.public_key.type == card::KeyType::rsa ? pair.public_key.modulus : pair.public_key.point;
    Bytes id(SHA_DIGEST_LENGTH);
    ::SHA1(from.data(), from.size(), id.data());
    return id;
}

} // namespace acredita::test
