// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// How a program is made of an input: what it holds, what it does every day, what every answer must obey.
#include "tests/fuzz/host.hpp"

namespace acredita::fuzz {

Host::Host(World& world, Feed& feed) : world_(world), feed_(feed), give_(feed) {
    module::lifecycle::use_surroundings(&make_world);
    answered(C_GetFunctionList(&p11_));
    answered(p11_->C_Initialize(nullptr));
}

Host::~Host() {
    world_.exchanges = 0;
    p11_->C_Finalize(nullptr);
}

CK_RV Host::answered(CK_RV rv) {
    require(rv != CKR_GENERAL_ERROR, "every error has a name");
    require(rv != CKR_HOST_MEMORY, "nothing asks for more memory than there is");
    world_.exchanges = 0;
    return rv;
}

CK_RV Host::answered(CK_RV rv, const Output& out) {
    if (rv == CKR_OK && out.data != nullptr && out.length != nullptr)
        require(*out.length <= out.room, "no more is written than there is room");
    return answered(rv);
}

CK_SESSION_HANDLE Host::session() {
    const auto which = feed_.byte();
    if (which >= 0xF0) return give_.number();
    return sessions_.empty() ? 0 : sessions_[which % sessions_.size()];
}

CK_OBJECT_HANDLE Host::object() {
    const auto which = feed_.byte();
    if (which >= 0xF0) return give_.number();
    return objects_.empty() ? 0 : objects_[which % objects_.size()];
}

CK_SLOT_ID Host::slot() {
    const auto which = feed_.byte();
    return which < 0x80 ? which & 1U : give_.number();
}

// All objects, private keys first: they are what a sensible program uses.
void Host::look_around() {
    if (sessions_.empty()) return;
    objects_.clear();
    const auto session = sessions_.front();
    for (CK_OBJECT_CLASS kind : {CKO_PRIVATE_KEY, CKO_CERTIFICATE, CKO_PUBLIC_KEY, CKO_ACREDITA_CARD}) {
        CK_ATTRIBUTE wanted{CKA_CLASS, &kind, sizeof kind};
        if (answered(p11_->C_FindObjectsInit(session, &wanted, 1)) != CKR_OK) continue;
        CK_OBJECT_HANDLE found[64];
        CK_ULONG count = 0;
        if (answered(p11_->C_FindObjects(session, found, std::size(found), &count)) == CKR_OK)
            objects_.insert(objects_.end(), found, found + std::min<CK_ULONG>(count, std::size(found)));
        answered(p11_->C_FindObjectsFinal(session));
    }
}

void Host::everyday() {
    give_.begin();
    CK_ULONG count = 0;
    answered(p11_->C_GetSlotList(CK_TRUE, nullptr, &count));
    CK_TOKEN_INFO info{};
    answered(p11_->C_GetTokenInfo(0, &info));
    CK_SESSION_HANDLE session = 0;
    if (answered(p11_->C_OpenSession(0, CKF_SERIAL_SESSION | CKF_RW_SESSION, nullptr, nullptr, &session)) ==
        CKR_OK)
        sessions_.push_back(session);
    look_around();
    std::uint8_t pin[] = {'1', '2', '3', '4', '5', '6'};
    answered(p11_->C_Login(session, CKU_USER, pin, sizeof pin));
    look_around();
    std::uint8_t data[51] = {}, signature[1024];
    for (std::size_t i = 0; i < std::min<std::size_t>(objects_.size(), 3); ++i) {
        for (const CK_MECHANISM_TYPE type : {CKM_SHA256_RSA_PKCS, CKM_ECDSA_SHA256}) {
            CK_MECHANISM mechanism{type, nullptr, 0};
            CK_ULONG size = sizeof signature;
            if (answered(p11_->C_SignInit(session, &mechanism, objects_[i])) == CKR_OK) {
                answered(p11_->C_Login(session, CKU_CONTEXT_SPECIFIC, pin, sizeof pin));
                answered(p11_->C_Sign(session, data, sizeof data, signature, &size));
            }
        }
        CK_MECHANISM mechanism{CKM_RSA_PKCS, nullptr, 0};
        CK_ULONG size = sizeof signature;
        if (answered(p11_->C_DecryptInit(session, &mechanism, objects_[i])) == CKR_OK)
            answered(p11_->C_Decrypt(session, signature, 256, signature + 512, &size));
    }
    for (const auto object : std::vector(objects_)) {
        give_.begin();
        auto wanted = give_.wanted();
        answered(p11_->C_GetAttributeValue(session, object, wanted.items, wanted.count));
    }
}

void Host::run(std::size_t most_calls) {
    for (std::size_t i = 0; i < most_calls && !feed_.empty(); ++i) one();
}

void Host::one() {
    give_.begin();
    const auto which = feed_.byte();
    const auto low = static_cast<std::uint8_t>(which & 0x1FU);
    switch (which >> 5U) {
    case 0:
        if (!general(low)) happen(low);
        return;
    case 1:
        if (!sessions(low)) look_around();
        return;
    case 2:
        if (!objects(low)) look_around();
        return;
    case 3:
    case 4:
        if (!operations(low)) look_around();
        return;
    case 5:
        if (!vendor(low)) happen(low);
        return;
    case 6:
        if (!messages(low)) happen(low);
        return;
    default:
        happen(low);
    }
}

void Host::happen(std::uint8_t which) {
    switch (which % 8U) {
    case 0:
        world_.pull();
        return;
    case 1:
        world_.put_in();
        return;
    case 2:
        world_.swap(feed_.byte());
        return;
    case 3:
        world_.reset_by_others();
        return;
    case 4:
        world_.break_next(feed_.byte());
        return;
    case 5:
        world_.service = !world_.service;
        return;
    case 6:
        world_.readers.push_back({.name = {std::string(as_text(feed_.bytes(feed_.byte())))},
                                  .present = false,
                                  .events = 0,
                                  .atr = {}});
        return;
    default:
        look_around();
    }
}

} // namespace acredita::fuzz
