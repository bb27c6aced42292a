// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A program that ends in one of the ways that modules do not survive; its exit code says whether ours did.
// The module is the first argument, the way the second. Started with a practice card in a reader.
#include "pkcs11/module/cryptoki.hpp"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string_view>
#include <thread>

#include <dlfcn.h>
#include <unistd.h>

namespace {

CK_FUNCTION_LIST* p11 = nullptr;
CK_SESSION_HANDLE session = 0;
std::atomic<bool> waiting{false};

void must(bool truth, const char* text) {
    if (truth) return;
    std::fprintf(stderr, "not so: %s\n", text);
    ::_exit(3);
}

void* load(const char* file) {
    auto* library = ::dlopen(file, RTLD_NOW | RTLD_LOCAL);
    must(library != nullptr, "it can be loaded");
    const auto list = reinterpret_cast<CK_RV (*)(CK_FUNCTION_LIST**)>(::dlsym(library, "C_GetFunctionList"));
    must(list != nullptr && list(&p11) == CKR_OK, "it has a function list");
    return library;
}

void log_in() {
    CK_SLOT_ID slot = 0;
    CK_ULONG count = 1;
    unsigned char pin[] = "123456";
    must(p11->C_Initialize(nullptr) == CKR_OK, "it initialises");
    must(p11->C_GetSlotList(CK_TRUE, &slot, &count) == CKR_OK && count == 1, "there is a card");
    must(p11->C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &session) == CKR_OK, "a session");
    must(p11->C_Login(session, CKU_USER, pin, 6) == CKR_OK, "a login");
}

CK_RV wait_for_event(CK_FUNCTION_LIST* list) {
    CK_SLOT_ID slot = 0;
    auto rv = CK_RV{CKR_OK};
    while (rv == CKR_OK) { // the card that is there already is the first event
        rv = list->C_WaitForSlotEvent(CKF_DONT_BLOCK, &slot, nullptr);
    }
    must(rv == CKR_NO_EVENT, "nothing else has happened");
    waiting = true;
    return list->C_WaitForSlotEvent(0, &slot, nullptr);
}

void until_somebody_waits() {
    while (!waiting) std::this_thread::yield();
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
}

// Registered before the module is loaded, so it runs after whatever the module registered.
void last_calls() {
    if (p11 == nullptr) return;
    CK_INFO info{};
    must(p11->C_GetInfo(&info) == CKR_OK, "it still lives in the exit handler");
    must(p11->C_CloseSession(session) == CKR_OK, "the session is closed");
    must(p11->C_CloseAllSessions(0) == CKR_OK, "all sessions are closed");
    must(p11->C_Finalize(nullptr) == CKR_OK, "it is finalised");
    must(p11->C_GetInfo(&info) == CKR_CRYPTOKI_NOT_INITIALIZED, "it knows that it is over");
    must(p11->C_Finalize(nullptr) == CKR_CRYPTOKI_NOT_INITIALIZED, "and says so again");
}

int exit_with_handler(const char* file) {
    must(std::atexit(&last_calls) == 0, "a handler is registered");
    load(file);
    log_in();
    return 0;
}

int exit_with_waiter(const char* file) {
    load(file);
    log_in();
    std::thread([list = p11] { (void)wait_for_event(list); }).detach();
    until_somebody_waits();
    return 0; // nothing is finalised, and somebody is inside
}

int unload_with_waiter(const char* file) {
    auto* library = load(file);
    log_in();
    std::atomic<CK_RV> outcome{CKR_OK};
    std::thread waiter([&outcome, list = p11] { outcome = wait_for_event(list); });
    until_somebody_waits();
    must(::dlclose(library) == 0, "it is unloaded");
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    load(file);
    must(p11->C_Finalize(nullptr) == CKR_OK, "whoever loads it again finds it initialised");
    waiter.join();
    must(outcome == CKR_CRYPTOKI_NOT_INITIALIZED, "the waiter heard of it");
    return 0;
}

} // namespace

int main(int count, char** arguments) {
    if (count != 3) return 2;
    const std::string_view way = arguments[2];
    if (way == "exit-handler") return exit_with_handler(arguments[1]);
    if (way == "exit-waiting") return exit_with_waiter(arguments[1]);
    if (way == "unload-waiting") return unload_with_waiter(arguments[1]);
    return 2;
}
