// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later
#include "pkcs11/client/module.hpp"

#include "pkcs11/client/apart.hpp"
#include "pkcs11/client/libp11.hpp"

#include <condition_variable>
#include <map>

#include <dlfcn.h>

namespace acredita::client {

namespace {

// A module is never unmapped: makers leave threads and exit handlers behind, and unmapping code that somebody
// may still call is worse than keeping it.
constexpr int open_flags = RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE;

constexpr CK_ULONG most_slots = 4096;

std::string padded_text(const unsigned char* text, std::size_t size) {
    std::string_view view(reinterpret_cast<const char*>(text), size);
    view = view.substr(0, view.find('\0')); // some modules pad with NUL
    const auto last = view.find_last_not_of(' ');
    return std::string(last == std::string_view::npos ? std::string_view{} : view.substr(0, last + 1));
}

// An entry stays until its module is finalised, so that a new load() waits for that instead of being
// finalised by it.
struct Registry {
    std::mutex guard;
    std::condition_variable ended;
    std::map<std::pair<std::filesystem::path, bool>, std::weak_ptr<Module>> loaded; // apart or not
};
Registry& registry() {
    static auto* const immortal = new Registry; // a Module held by a static may end after any static of ours
    return *immortal;
}

} // namespace

struct Module::Library {
    void* handle;
};

Module::Module(std::filesystem::path file, Apart* apart, Manners manners, std::unique_ptr<Library> library,
               CK_FUNCTION_LIST* functions, bool ours)
    : file_(std::move(file)), apart_(apart), manners_(std::move(manners)), library_(std::move(library)),
      functions_(functions), initialised_by_us_(ours) {}

Module::~Module() {
    auto& known = registry();
    {
        const std::lock_guard lock(known.guard);
        finalise();
        if (is_apart()) apart_->forget();
        known.loaded.erase({file_, is_apart()});
    }
    known.ended.notify_all();
}

void Module::finalise() noexcept {
    // With a libp11 context its unloading finalises; a second C_Finalize would only be told NOT_INITIALIZED.
    const bool finalised = libp11_ != nullptr;
    libp11_.reset();
    if (initialised_by_us_ && !finalised) functions_->C_Finalize(nullptr);
}

Result<std::shared_ptr<Module>> Module::load(const std::filesystem::path& file) {
    Manners ours;
    ours.restart = Restart::card;
    return load(file, nullptr, ours);
}

Result<std::shared_ptr<Module>> Module::load_apart(const std::filesystem::path& file,
                                                   const Manners& manners) {
    std::error_code why;
    const auto path = std::filesystem::canonical(file, why);
    if (why) return fail(client_errc::module_not_found, file.filename().string());
    ACREDITA_TRY(apart, Apart::of(path, manners.patience));
    return load(path, apart, manners);
}

Result<std::shared_ptr<Module>> Module::load(const std::filesystem::path& file, Apart* apart,
                                             const Manners& manners) {
    std::error_code why;
    const auto path = std::filesystem::canonical(file, why);
    if (why) return fail(client_errc::module_not_found, file.filename().string());

    auto& known = registry();
    const std::pair key(path, apart != nullptr);
    std::unique_lock lock(known.guard);
    for (auto at = known.loaded.find(key); at != known.loaded.end(); at = known.loaded.find(key)) {
        if (auto there = at->second.lock()) return there;
        known.ended.wait(lock);
    }
    ACREDITA_TRY(module, start(path, apart, manners));
    known.loaded[key] = module;
    return module;
}

Result<std::shared_ptr<Module>> Module::start(const std::filesystem::path& path, Apart* apart,
                                              const Manners& manners) {
    if (apart != nullptr) apart->forget();
    const Apart::Address address(apart);
    auto* const handle = dlopen(apart == nullptr ? path.c_str() : Apart::library().c_str(), open_flags);
    if (handle == nullptr) {
        const char* words = dlerror();
        return fail(client_errc::not_a_module, words == nullptr ? std::string{} : std::string(words));
    }
    auto library = std::unique_ptr<Library>(new Library{handle});
    const auto get_list = reinterpret_cast<CK_C_GetFunctionList>(dlsym(handle, "C_GetFunctionList"));
    if (get_list == nullptr) return fail(client_errc::not_a_module, "no C_GetFunctionList");

    CK_FUNCTION_LIST* functions = nullptr;
    ACREDITA_CHECK(check(get_list(&functions), "C_GetFunctionList"));
    if (functions == nullptr) return fail(client_errc::not_a_module, "no function list");
    if (functions->version.major < 2) return fail(client_errc::module_too_old);

    CK_C_INITIALIZE_ARGS args{};
    args.flags = CKF_OS_LOCKING_OK;
    const auto rv = functions->C_Initialize(&args);
    // Asked whatever was answered: p11-kit may take a server that is gone for one without slots. Forgotten at
    // once: nothing of this module goes on that a later error could be blamed on.
    if (apart != nullptr)
        if (auto why = apart->ended()) {
            apart->forget();
            return fail(*std::move(why));
        }
    if (rv != CKR_OK && rv != CKR_CRYPTOKI_ALREADY_INITIALIZED) return fail_rv(rv, "C_Initialize");

    return std::shared_ptr<Module>(
        new Module(path, apart, manners, std::move(library), functions, rv == CKR_OK));
}

void* Module::symbol(const char* name) const noexcept {
    return is_apart() ? nullptr : dlsym(library_->handle, name);
}

Result<std::string> Module::description() const {
    CK_INFO info{};
    ACREDITA_CHECK(check(functions_->C_GetInfo(&info), "C_GetInfo"));
    const auto maker = padded_text(info.manufacturerID, sizeof info.manufacturerID);
    const auto what = padded_text(info.libraryDescription, sizeof info.libraryDescription);
    return (what.starts_with(maker) ? what : maker + " " + what) + " " +
           std::to_string(info.libraryVersion.major) + "." + std::to_string(info.libraryVersion.minor);
}

Result<std::vector<SlotInfo>> Module::slots(bool with_token_only) const {
    const CK_BBOOL present = with_token_only ? CK_TRUE : CK_FALSE;
    std::vector<CK_SLOT_ID> ids;
    CK_RV rv = CKR_BUFFER_TOO_SMALL;
    // A reader may be plugged between the two calls.
    for (int attempt = 0; attempt < 3 && rv == CKR_BUFFER_TOO_SMALL; ++attempt) {
        CK_ULONG count = 0;
        ACREDITA_CHECK(check(functions_->C_GetSlotList(present, nullptr, &count), "C_GetSlotList"));
        if (count > most_slots) return fail(client_errc::too_many, "slots");
        ids.resize(count + 1);
        count = ids.size();
        rv = functions_->C_GetSlotList(present, ids.data(), &count);
        if (rv == CKR_OK && count > ids.size()) return fail(client_errc::answer_malformed, "C_GetSlotList");
        if (rv == CKR_OK) ids.resize(count);
    }
    ACREDITA_CHECK(check(rv, "C_GetSlotList"));

    std::vector<SlotInfo> result;
    for (const auto id : ids) {
        auto info = slot(id);
        // A slot that cannot say what it is serves nobody; it does not hide the others.
        if (!info && info.error().code.category() == error_category<cryptoki_errc>()) continue;
        if (!info) return fail(std::move(info).error());
        result.push_back(*std::move(info));
    }
    return result;
}

Result<SlotInfo> Module::slot(CK_SLOT_ID id) const {
    CK_SLOT_INFO info{};
    ACREDITA_CHECK(check(functions_->C_GetSlotInfo(id, &info), "C_GetSlotInfo"));
    return SlotInfo{id, padded_text(info.slotDescription, sizeof info.slotDescription),
                    padded_text(info.manufacturerID, sizeof info.manufacturerID),
                    (info.flags & CKF_TOKEN_PRESENT) != 0};
}

Result<TokenInfo> Module::token(CK_SLOT_ID id) const {
    CK_TOKEN_INFO info{};
    ACREDITA_CHECK(check(functions_->C_GetTokenInfo(id, &info), "C_GetTokenInfo"));
    return TokenInfo{padded_text(info.label, sizeof info.label),
                     padded_text(info.manufacturerID, sizeof info.manufacturerID),
                     padded_text(info.model, sizeof info.model),
                     padded_text(info.serialNumber, sizeof info.serialNumber),
                     info.flags,
                     info.ulMinPinLen,
                     info.ulMaxPinLen};
}

Result<std::vector<CK_MECHANISM_TYPE>> Module::mechanisms(CK_SLOT_ID id) const {
    CK_ULONG count = 0;
    ACREDITA_CHECK(check(functions_->C_GetMechanismList(id, nullptr, &count), "C_GetMechanismList"));
    if (count > most_slots) return fail(client_errc::too_many, "mechanisms");
    std::vector<CK_MECHANISM_TYPE> types(count);
    ACREDITA_CHECK(check(functions_->C_GetMechanismList(id, types.data(), &count), "C_GetMechanismList"));
    if (count > types.size()) return fail(client_errc::answer_malformed, "C_GetMechanismList");
    types.resize(count);
    return types;
}

CK_RV Module::open_session(CK_SLOT_ID slot, CK_FLAGS flags, CK_SESSION_HANDLE* handle) {
    const std::lock_guard lock(guard_);
    const auto rv = functions_->C_OpenSession(slot, flags, nullptr, nullptr, handle);
    if (rv == CKR_OK) ++open_sessions_;
    return rv;
}

void Module::close_session(CK_SESSION_HANDLE handle) noexcept {
    const std::lock_guard lock(guard_);
    functions_->C_CloseSession(handle);
    if (--open_sessions_ == 0 && libp11_) libp11_->release_unused();
}

Result<LibP11*> Module::libp11() {
    const std::lock_guard lock(guard_);
    if (libp11_) return libp11_.get();
    if (is_apart()) {
        ACREDITA_TRY(again, Apart::again(functions_));
        ACREDITA_TRY(context, LibP11::load(again.file, initialised_by_us_));
        libp11_ = std::move(context);
    } else {
        ACREDITA_TRY(context, LibP11::load(file_, initialised_by_us_));
        libp11_ = std::move(context);
    }
    return libp11_.get();
}

} // namespace acredita::client
