// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A PKCS#11 module, in this process (ours) or apart (a maker's): loaded, initialised, and finalised when
// nobody holds it any more.
//
// One Module exists per file and process; loading the same file gives the same one, because C_Finalize ends
// the sessions of everybody. libp11 gets a context of its own beside our function list; it lives exactly as
// long. Thread-safe as far as the module is (it is told CKF_OS_LOCKING_OK). Source: PKCS#11 3.0
// sections 5.4, 5.5.
#pragma once

#include "pkcs11/client/client_error.hpp"
#include "pkcs11/client/cryptoki_error.hpp"
#include "pkcs11/client/manners.hpp"

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace acredita::client {

struct SlotInfo {
    CK_SLOT_ID id = 0;
    std::string description; // at most 64 bytes, often the reader's name cut off
    std::string manufacturer;
    bool token_present = false;
};

struct TokenInfo {
    std::string label, manufacturer, model, serial; // without the padding of the standard
    CK_FLAGS flags = 0;
    CK_ULONG min_pin = 0, max_pin = 0; // bytes
    [[nodiscard]] bool has(CK_FLAGS flag) const noexcept { return (flags & flag) != 0; }
};

class Apart;
class LibP11;

class Module {
public:
    // module_not_found, not_a_module, module_too_old, or what C_Initialize says.
    [[nodiscard]] static Result<std::shared_ptr<Module>> load(const std::filesystem::path& file);
    // The same in a process of its own, which ends with it. Also module_host_missing, module_hung,
    // module_crashed, module_exited. The file should have been checked (module_file.hpp).
    [[nodiscard]] static Result<std::shared_ptr<Module>> load_apart(const std::filesystem::path& file,
                                                                    const Manners& manners);
    ~Module();
    Module(const Module&) = delete;
    Module& operator=(const Module&) = delete;

    [[nodiscard]] const std::filesystem::path& file() const noexcept { return file_; }
    [[nodiscard]] const CK_FUNCTION_LIST& functions() const noexcept { return *functions_; }
    [[nodiscard]] const Manners& manners() const noexcept { return manners_; }
    [[nodiscard]] bool is_apart() const noexcept { return apart_ != nullptr; }
    // A symbol of the loaded file (C_GetInterface, for instance); nullptr if it has none, or is apart.
    [[nodiscard]] void* symbol(const char* name) const noexcept;
    // CK_INFO.manufacturerID and libraryDescription, for receipts.
    [[nodiscard]] Result<std::string> description() const;

    [[nodiscard]] Result<std::vector<SlotInfo>> slots(bool with_token_only) const;
    [[nodiscard]] Result<SlotInfo> slot(CK_SLOT_ID id) const;
    [[nodiscard]] Result<TokenInfo> token(CK_SLOT_ID id) const;
    [[nodiscard]] Result<std::vector<CK_MECHANISM_TYPE>> mechanisms(CK_SLOT_ID id) const;

    // libp11's context, made at first use.
    [[nodiscard]] Result<LibP11*> libp11();

private:
    friend class Session;
    // Session's own way in and out: counts them, because libp11's leavings may only go when none is open.
    [[nodiscard]] CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, CK_SESSION_HANDLE* handle);
    void close_session(CK_SESSION_HANDLE handle) noexcept;

    struct Library; // the dlopen handle
    [[nodiscard]] static Result<std::shared_ptr<Module>> load(const std::filesystem::path& file, Apart* apart,
                                                              const Manners& manners);
    [[nodiscard]] static Result<std::shared_ptr<Module>> start(const std::filesystem::path& path,
                                                               Apart* apart, const Manners& manners);
    void finalise() noexcept;
    Module(std::filesystem::path file, Apart* apart, Manners manners, std::unique_ptr<Library> library,
           CK_FUNCTION_LIST* functions, bool ours);

    std::filesystem::path file_;
    Apart* apart_; // nullptr: in this process
    Manners manners_;
    std::unique_ptr<Library> library_;
    CK_FUNCTION_LIST* functions_;
    bool initialised_by_us_;
    std::mutex guard_; // of the two below
    std::unique_ptr<LibP11> libp11_;
    unsigned open_sessions_ = 0;
};

} // namespace acredita::client
