// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/api.hpp"
#include "pkcs11/module/label.hpp"

namespace acredita::module::api {

namespace {

constexpr std::string_view maker = "Acredita";
constexpr CK_VERSION library_version{0, 1};

template <class T>
Result<void> give_list(const std::vector<T>& items, T* list, CK_ULONG& count) {
    const auto room = count;
    count = items.size();
    if (list == nullptr) return {};
    if (room < items.size()) return fail(CKR_BUFFER_TOO_SMALL);
    std::ranges::copy(items, list);
    return {};
}

CK_FLAGS pin_flags(const card::PinStatus& status, bool refused) {
    if (!status.tries_left) return 0;
    const auto left = *status.tries_left;
    if (left == 0) return CKF_USER_PIN_LOCKED | CKF_USER_PIN_COUNT_LOW;
    CK_FLAGS flags = 0;
    if (left == 1) flags |= CKF_USER_PIN_FINAL_TRY;
    if (refused || left == 1 || (status.tries_total && left < *status.tries_total))
        flags |= CKF_USER_PIN_COUNT_LOW;
    return flags;
}

Result<CK_TOKEN_INFO> ask_info(Channel& channel, Token& token, bool keypad) {
    ACREDITA_TRY(identity, token.identity(channel));
    CK_TOKEN_INFO info{};
    put_text(info.label, identity.label);
    put_text(info.manufacturerID, identity.manufacturer);
    put_text(info.model, identity.model);
    put_text(info.serialNumber, identity.serial);
    info.flags = CKF_RNG | CKF_LOGIN_REQUIRED | CKF_USER_PIN_INITIALIZED | CKF_TOKEN_INITIALIZED;
    const auto& rules = token.rules();
    if (!rules.store_role && !rules.object_role && !rules.generate_role) info.flags |= CKF_WRITE_PROTECTED;
    if (keypad) info.flags |= CKF_PROTECTED_AUTHENTICATION_PATH;
    // Of the administration key only what happened here is known: no card counts its tries.
    if (token.admin_refused()) info.flags |= CKF_SO_PIN_COUNT_LOW;
    // A card that does not tell how many tries are left is a usable card.
    if (const auto status = token.pin_status(channel))
        info.flags |= pin_flags(*status, token.pin_refused());
    else if (card_is_gone(status.error()))
        return fail(status.error());
    else if (is(status.error(), card::card_errc::not_initialised))
        info.flags &= ~CK_FLAGS{CKF_USER_PIN_INITIALIZED | CKF_TOKEN_INITIALIZED};
    info.ulMaxSessionCount = CK_EFFECTIVELY_INFINITE;
    info.ulMaxRwSessionCount = CK_EFFECTIVELY_INFINITE;
    info.ulMinPinLen = rules.pin.min;
    info.ulMaxPinLen = rules.has_admin ? std::max<std::size_t>(rules.pin.max, 64) : rules.pin.max;
    for (auto* memory : {&info.ulTotalPublicMemory, &info.ulFreePublicMemory, &info.ulTotalPrivateMemory,
                         &info.ulFreePrivateMemory})
        *memory = unavailable;
    std::ranges::fill(info.utcTime, '0');
    return info;
}

Result<CK_TOKEN_INFO> known_info(Slot& slot) {
    const auto earlier = slot.earlier_info();
    ACREDITA_TRY(turn, slot.turn_unless(earlier.has_value()));
    if (!turn) return *earlier;
    if (auto info = slot.remembered_info()) return *info; // another thread has asked while this one waited
    ACREDITA_TRY(asked, turn->talk([&](Channel& channel, Token& token) {
        return ask_info(channel, token, turn->keypad() != nullptr);
    }));
    turn->remember_info(asked);
    return asked;
}

Result<Abilities> abilities_of(AtSlot& at) {
    if (!at.slot->present()) at.library.refresh();
    if (!at.slot->present()) return fail(CKR_TOKEN_NOT_PRESENT);
    if (auto remembered = at.slot->remembered_abilities()) return *remembered;
    const auto earlier = at.slot->earlier_abilities();
    ACREDITA_TRY(turn, at.slot->turn_unless(earlier.has_value()));
    if (!turn) return *earlier;
    ACREDITA_TRY(asked, turn->talk([](Channel& channel, Token& token) -> Result<Abilities> {
        ACREDITA_CHECK(token.settle_algorithms(channel));
        return token.rules().abilities;
    }));
    turn->remember_abilities(asked);
    return asked;
}

} // namespace

Result<void> get_info(Library&, Required<CK_INFO> to) {
    *to = {};
    to->cryptokiVersion = {3, 0};
    put_text(to->manufacturerID, maker);
    put_text(to->libraryDescription, "Acredita smart cards");
    to->libraryVersion = library_version;
    return {};
}

Result<void> get_slot_list(Library& library, CK_BBOOL with_token, CK_SLOT_ID_PTR list,
                           Required<CK_ULONG> count) {
    library.refresh(); // on every call: NSS brings its buffer the first time and asks for no size
    std::vector<CK_SLOT_ID> ids;
    for (const auto& slot : library.slots())
        if (with_token == CK_FALSE || slot->present()) ids.push_back(slot->id());
    return give_list(ids, list, *count);
}

Result<void> get_slot_info(AtSlot& at, Required<CK_SLOT_INFO> to) {
    at.library.refresh();
    *to = {};
    put_text(to->slotDescription, at.slot->reader());
    put_text(to->manufacturerID, maker);
    to->flags = CKF_REMOVABLE_DEVICE | CKF_HW_SLOT | (at.slot->present() ? CKF_TOKEN_PRESENT : 0);
    return {};
}

Result<void> get_token_info(AtSlot& at, Required<CK_TOKEN_INFO> to) {
    if (!at.slot->present()) at.library.refresh();
    if (!at.slot->present()) return fail(CKR_TOKEN_NOT_PRESENT);
    auto info = at.slot->remembered_info();
    if (!info) {
        ACREDITA_TRY(known, known_info(*at.slot));
        info = known;
    }
    *to = *info;
    const auto count = at.library.count(*at.slot);
    to->ulSessionCount = count.all;
    to->ulRwSessionCount = count.read_write;
    return {};
}

Result<void> wait_for_slot_event(Library& library, CK_FLAGS flags, Required<CK_SLOT_ID> to,
                                 CK_VOID_PTR reserved) {
    if (reserved != nullptr) return fail(CKR_ARGUMENTS_BAD);
    ACREDITA_TRY(id, library.wait_for_event((flags & CKF_DONT_BLOCK) == 0));
    *to = id;
    return {};
}

Result<void> get_mechanism_list(AtSlot& at, CK_MECHANISM_TYPE_PTR list, Required<CK_ULONG> count) {
    ACREDITA_TRY(abilities, abilities_of(at));
    return give_list(mechanism_list(abilities), list, *count);
}

Result<void> get_mechanism_info(AtSlot& at, CK_MECHANISM_TYPE type, Required<CK_MECHANISM_INFO> to) {
    ACREDITA_TRY(abilities, abilities_of(at));
    ACREDITA_TRY(mechanism, find_mechanism(type, 0, abilities));
    *to = mechanism_info(*mechanism, abilities);
    return {};
}

// A card as its maker delivers it is prepared; its first PIN comes by C_Login(CKU_SO) and C_InitPIN. Erasing
// a card is not for a browser's reach; the tools of the card's maker do it.
Result<void> init_token(AtSlot& at, Input puk, Required<CK_UTF8CHAR> label) {
    if (!at.slot->present()) at.library.refresh();
    if (!at.slot->present()) return fail(CKR_TOKEN_NOT_PRESENT);
    if (at.library.count(*at.slot).all != 0) return fail(CKR_SESSION_EXISTS);
    std::string_view text(reinterpret_cast<const char*>(&*label),
                          sizeof(CK_TOKEN_INFO::label)); // blanks behind it
    text = text.substr(0, text.find_last_not_of(' ') + 1);
    ACREDITA_TRY(turn, at.slot->turn_unless(false));
    turn->forget_info();
    return turn->talk(
        [&](Channel& channel, Token& token) { return token.prepare(channel, puk.bytes, text); });
}

} // namespace acredita::module::api
