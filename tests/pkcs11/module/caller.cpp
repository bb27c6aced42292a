// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/pkcs11/module/caller.hpp"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>

#include <boost/test/unit_test.hpp>

namespace acredita::test {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds hang{120};

// What a card that was pulled, swapped, reset or used by somebody else at any moment explains. Never a PIN
// that was wrong.
constexpr CK_RV explained[] = {
    CKR_DEVICE_REMOVED,         CKR_TOKEN_NOT_PRESENT,    CKR_SESSION_HANDLE_INVALID,
    CKR_USER_NOT_LOGGED_IN,     CKR_KEY_HANDLE_INVALID,   CKR_OBJECT_HANDLE_INVALID,
    CKR_USER_ALREADY_LOGGED_IN, CKR_TOKEN_NOT_RECOGNIZED, CKR_DEVICE_ERROR};

} // namespace

Notes::Call::Call(Notes& notes, const char* name) : notes_(notes), begun_(Clock::now()) {
    const std::scoped_lock lock(notes_.mutex_);
    mine_ = ++notes_.last_;
    notes_.running_[mine_] = {name, begun_};
}

Notes::Call::~Call() {
    const std::chrono::milliseconds taken =
        std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - begun_);
    const std::scoped_lock lock(notes_.mutex_);
    notes_.running_.erase(mine_);
    notes_.report_.slowest_ms = std::max<long>(notes_.report_.slowest_ms, taken.count());
}

void Notes::fault(const std::string& text) {
    const std::scoped_lock lock(mutex_);
    ++report_.faults;
    std::fprintf(stderr, "fault: %s\n", text.c_str());
}

void Notes::refused(const char* what, CK_RV rv) {
    if (ending && rv == CKR_CRYPTOKI_NOT_INITIALIZED) return;
    if (std::ranges::find(explained, rv) == std::end(explained))
        return fault(std::string(what) + " gave " + std::to_string(rv));
    const std::scoped_lock lock(mutex_);
    ++report_.refusals;
    ++codes_[std::string(what) + ' ' + std::to_string(rv)];
}

void Notes::look_for_hangs() {
    const std::scoped_lock lock(mutex_);
    for (const auto& [number, call] : running_) {
        if (Clock::now() - call.second < hang) continue;
        std::fprintf(stderr, "%s hangs\n", call.first);
        std::abort();
    }
}

Report Notes::take() {
    const std::scoped_lock lock(mutex_);
    for (const auto& [code, times] : codes_) std::fprintf(stderr, "  %s: %ld\n", code.c_str(), times);
    codes_.clear();
    auto report = std::exchange(report_, {});
    report.signatures = signatures.exchange(0);
    report.prompts = prompts.exchange(0);
    report.files = open_files();
    report.kilobytes = resident_kilobytes();
    return report;
}

CK_RV Caller::open(CK_SLOT_ID slot) {
    close();
    const Notes::Call call(notes_, "C_OpenSession");
    return p11_->C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session_);
}

void Caller::close() {
    if (session_ == 0) return;
    const Notes::Call call(notes_, "C_CloseSession");
    (void)p11_->C_CloseSession(std::exchange(session_, 0));
}

CK_RV Caller::login() {
    unsigned char pin[] = "123456";
    const Notes::Call call(notes_, "C_Login");
    const auto rv = p11_->C_Login(session_, CKU_USER, pin, 6);
    return rv == CKR_USER_ALREADY_LOGGED_IN ? CKR_OK : rv;
}

CK_RV Caller::find_key(std::span<const KeyPair* const> known) {
    CK_OBJECT_CLASS kind = CKO_PRIVATE_KEY;
    CK_ATTRIBUTE wanted{CKA_CLASS, &kind, sizeof kind};
    CK_ULONG count = 0;
    const Notes::Call call(notes_, "C_FindObjects");
    if (const auto rv = p11_->C_FindObjectsInit(session_, &wanted, 1); rv != CKR_OK) return rv;
    const auto found = p11_->C_FindObjects(session_, &key_, 1, &count);
    const auto ended = p11_->C_FindObjectsFinal(session_);
    if (found != CKR_OK) return found;
    if (ended != CKR_OK) return ended;
    if (count == 0) return CKR_USER_NOT_LOGGED_IN; // the login is over, and with it the sight of the key
    Bytes id(64);
    CK_ATTRIBUTE asked{CKA_ID, id.data(), id.size()};
    if (const auto rv = p11_->C_GetAttributeValue(session_, key_, &asked, 1); rv != CKR_OK) return rv;
    id.resize(asked.ulValueLen);
    const auto pair = std::ranges::find_if(known, [&](const KeyPair* one) { return id_of(*one) == id; });
    if (pair == known.end()) {
        notes_.fault("a key that no card has: " + to_hex(id));
        return CKR_KEY_HANDLE_INVALID;
    }
    pair_ = *pair;
    return CKR_OK;
}

CK_RV Caller::sign() {
    static std::atomic<std::uint64_t> number{std::random_device{}()};
    const auto text = "letter " + std::to_string(++number);
    const auto message = as_bytes(text);
    CK_MECHANISM mechanism{
        pair_->public_key.type == card::KeyType::rsa ? CKM_SHA256_RSA_PKCS : CKM_ECDSA_SHA256, nullptr, 0};
    Bytes signature(512);
    CK_ULONG size = signature.size();
    {
        const Notes::Call call(notes_, "C_Sign");
        if (const auto rv = p11_->C_SignInit(session_, &mechanism, key_); rv != CKR_OK) return rv;
        const auto rv = p11_->C_Sign(session_, const_cast<CK_BYTE_PTR>(message.data()), message.size(),
                                     signature.data(), &size);
        if (rv != CKR_OK) return rv;
    }
    signature.resize(size);
    if (!pair_->verifies(message, signature, "SHA256")) notes_.fault("a signature by another card");
    ++notes_.signatures;
    return CKR_OK;
}

void Caller::look(CK_SLOT_ID slot) {
    CK_SLOT_INFO slot_info{};
    CK_TOKEN_INFO token{};
    CK_SESSION_INFO session{};
    CK_MECHANISM_TYPE mechanisms[64];
    CK_ULONG count = 0;
    const Notes::Call call(notes_, "information");
    for (const auto rv :
         {p11_->C_GetSlotList(CK_FALSE, nullptr, &count), p11_->C_GetSlotInfo(slot, &slot_info)})
        if (rv != CKR_OK) notes_.refused("information", rv);
    if (const auto rv = p11_->C_GetTokenInfo(slot, &token); rv != CKR_OK)
        notes_.refused("C_GetTokenInfo", rv);
    count = std::size(mechanisms);
    if (const auto rv = p11_->C_GetMechanismList(slot, mechanisms, &count); rv != CKR_OK)
        notes_.refused("C_GetMechanismList", rv);
    if (const auto rv = p11_->C_GetSessionInfo(session_, &session); rv != CKR_OK)
        notes_.refused("C_GetSessionInfo", rv);
}

void load_cards(std::span<const KeyPair* const> pairs) {
    for (std::size_t card = 0; card < pairs.size(); ++card) {
        LoadedModule module;
        module.open(CKF_SERIAL_SESSION | CKF_RW_SESSION, card);
        BOOST_REQUIRE_EQUAL(module.login(factory_admin_key, CKU_SO), CKR_OK);
        BOOST_REQUIRE_EQUAL(module.store_certificate(*pairs[card]), CKR_OK);
        BOOST_REQUIRE_EQUAL(module.store_key(*pairs[card]), CKR_OK);
    }
}

void test_that_no_try_was_spent(std::size_t cards) {
    LoadedModule module;
    for (std::size_t card = 0; card < cards; ++card) {
        module.open(CKF_SERIAL_SESSION, card);
        CK_ULONG left = 0;
        const auto value =
            module.attribute(module.find(CKO_ACREDITA_CARD).front(), CKA_ACREDITA_PIN_TRIES_LEFT);
        if (value && value->size() == sizeof left) std::memcpy(&left, value->data(), sizeof left);
        BOOST_TEST(left == 3U, "card " << card);
    }
}

} // namespace acredita::test
