// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/libp11.hpp"

#include "pkcs11/client/openssl_error.hpp"

#include <algorithm>

namespace acredita::client {

namespace {

// OpenSSL asks for a text, we answer with the PIN. The prompt itself is of no interest: libp11 asks for
// nothing else.
int read_pin(UI* ui, UI_STRING* asked) {
    const auto type = UI_get_string_type(asked);
    if (type != UIT_PROMPT && type != UIT_VERIFY) return 1;
    const auto* desk = static_cast<const PinDesk*>(UI_get0_user_data(ui));
    if (desk == nullptr) return -1; // as if the person had cancelled
    const auto pin = desk->ask();
    if (!pin || pin->empty()) return -1;
    return UI_set_result_ex(ui, asked, pin->c_str(), static_cast<int>(pin->size())) < 0 ? 0 : 1;
}

} // namespace

void PinDesk::put(PinSource source) {
    const std::lock_guard lock(guard_);
    source_ = std::move(source);
}

Result<Secret> PinDesk::ask() const {
    PinSource source;
    {
        const std::lock_guard lock(guard_);
        source = source_;
    }
    if (!source) return fail(client_errc::pin_malformed);
    return source();
}

struct LibP11::SlotList {
    explicit SlotList(PKCS11_CTX* owner) noexcept : context(owner) {}
    ~SlotList() {
        if (slots != nullptr) PKCS11_release_all_slots(context, slots, count);
    }
    SlotList(const SlotList&) = delete;
    SlotList& operator=(const SlotList&) = delete;

    PKCS11_CTX* context;
    PKCS11_SLOT* slots = nullptr;
    unsigned count = 0;
};

Result<std::unique_ptr<LibP11>> LibP11::load(const std::filesystem::path& file, bool finalise) {
    auto* const context = PKCS11_CTX_new();
    if (context == nullptr) return fail_openssl("PKCS11_CTX_new");
    std::unique_ptr<LibP11> result(new LibP11(context, finalise));
    if (PKCS11_CTX_load(context, file.c_str()) != 0) {
        result->finalise_ = false; // it did so itself
        return fail_openssl("PKCS11_CTX_load");
    }
    ACREDITA_CHECK(result->prepare_ui());
    return result;
}

LibP11::~LibP11() {
    if (finalise_) {
        lists_.clear();
        PKCS11_CTX_unload(context_);
        PKCS11_CTX_free(context_);
    }
    // Else somebody else in this process uses the module: their sessions matter more than our few bytes.
    for (const auto& list : lists_) list->slots = nullptr;
    if (ui_ != nullptr) UI_destroy_method(ui_);
}

Result<void> LibP11::prepare_ui() {
    ui_ = UI_create_method("acredita operation PIN");
    if (ui_ == nullptr || UI_method_set_reader(ui_, read_pin) != 0) return fail_openssl("UI_create_method");
    if (PKCS11_set_ui_method(context_, ui_, &pin_desk_) != 0) return fail_openssl("PKCS11_set_ui_method");
    return {};
}

void LibP11::release_unused() noexcept {
    const std::lock_guard lock(guard_);
    if (finalise_) std::erase_if(lists_, [](const auto& list) { return list.use_count() == 1; });
}

Result<LibP11::Found> LibP11::private_key(CK_SLOT_ID slot_id, ByteView id, PinSource operation_pin) {
    const std::lock_guard lock(guard_);
    const auto& list = lists_.emplace_back(std::make_shared<SlotList>(context_));
    if (PKCS11_enumerate_slots(context_, &list->slots, &list->count) != 0)
        return fail_openssl("PKCS11_enumerate_slots");
    const std::span all(list->slots, list->count);
    const auto slot = std::ranges::find_if(
        all, [slot_id](PKCS11_SLOT& one) { return PKCS11_get_slotid_from_slot(&one) == slot_id; });
    if (slot == all.end()) return fail(client_errc::slot_not_found);
    if (slot->token == nullptr) return fail(cryptoki_errc::token_not_present, "PKCS11_enumerate_slots");

    PKCS11_KEY* first = nullptr;
    unsigned count = 0;
    if (PKCS11_enumerate_keys(slot->token, &first, &count) != 0) return fail_openssl("PKCS11_enumerate_keys");
    PKCS11_KEY* match = nullptr;
    for (auto& candidate : std::span(first, count)) {
        if (!equal({candidate.id, candidate.id_len}, id)) continue;
        if (match != nullptr) return fail(client_errc::several_objects, "private key");
        match = &candidate;
    }
    if (match == nullptr) return fail(client_errc::object_not_found, "private key");
    EvpKey key(PKCS11_get_private_key(match));
    if (!key) return fail_openssl("PKCS11_get_private_key");
    if (operation_pin) pin_desk_.put(std::move(operation_pin));
    return Found{std::move(key), list};
}

} // namespace acredita::client
