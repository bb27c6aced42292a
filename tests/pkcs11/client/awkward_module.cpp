// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// SoftHSM2 behind the manners of bad modules. AWKWARD is a list of words with commas:
// "picky,late,hang:C_Sign". Each C_Login is noted in the file AWKWARD_LOG as "user 0" (who, and what came of
// it), so that tests can count.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include <dlfcn.h>
#include <p11-kit/pkcs11.h>
#include <unistd.h>

namespace {

using Clock = std::chrono::steady_clock;

CK_FUNCTION_LIST* soft = nullptr;
std::map<CK_OBJECT_HANDLE, Clock::time_point> made;

bool is(const std::string& word) {
    const char* all = std::getenv("AWKWARD");
    return all != nullptr && ("," + std::string(all) + ",").find("," + word + ",") != std::string::npos;
}

// What may happen in any function.
void act_in(const char* function) {
    const std::string name = function;
    if (is("hang:" + name))
        for (;;) ::pause();
    if (is("crash:" + name)) std::abort();
    if (is("exit:" + name)) std::exit(3);
    if (is("noise")) {
        std::puts("a module has no business on standard output");
        std::fflush(stdout);
        std::fputs("nor on standard error\n", stderr);
    }
}

// A thread that never ends, and a child that has left the process group.
void leave_traces() {
    std::thread([] {
        for (;;) std::this_thread::sleep_for(std::chrono::hours(1));
    }).detach();
    if (::fork() != 0) return;
    ::setsid();
    const char* mark = std::getenv("AWKWARD_MARK");
    const auto name = std::string("acredita-awkward-") + (mark == nullptr ? "0" : mark);
    ::execlp("sleep", name.c_str(), "86400", static_cast<char*>(nullptr));
    ::_exit(1);
}

CK_ATTRIBUTE* find(CK_ATTRIBUTE* list, CK_ULONG count, CK_ATTRIBUTE_TYPE type) {
    auto* const end = list + count;
    auto* const at = std::find_if(list, end, [type](const CK_ATTRIBUTE& one) { return one.type == type; });
    return at == end ? nullptr : at;
}

CK_ULONG class_of(CK_ATTRIBUTE* list, CK_ULONG count) {
    const auto* one = find(list, count, CKA_CLASS);
    CK_ULONG value = CKO_DATA;
    if (one != nullptr) std::memcpy(&value, one->pValue, sizeof value);
    return value;
}

CK_RV initialise(void* args) {
    act_in("C_Initialize");
    if (is("traces")) leave_traces();
    return soft->C_Initialize(args);
}

CK_RV finalise(void* reserved) {
    act_in("C_Finalize");
    return soft->C_Finalize(reserved);
}

CK_RV open_session(CK_SLOT_ID slot, CK_FLAGS flags, void* data, CK_NOTIFY notify,
                   CK_SESSION_HANDLE* session) {
    act_in("C_OpenSession");
    return soft->C_OpenSession(slot, flags, data, notify, session);
}

CK_RV login(CK_SESSION_HANDLE session, CK_USER_TYPE who, CK_UTF8CHAR* pin, CK_ULONG size) {
    act_in("C_Login");
    const auto rv = soft->C_Login(session, who, pin, size);
    if (const char* log = std::getenv("AWKWARD_LOG"))
        std::ofstream(log, std::ios::app) << (who == CKU_SO ? "so " : "user ") << rv << '\n';
    return rv;
}

bool so_session(CK_SESSION_HANDLE session) {
    CK_SESSION_INFO info{};
    soft->C_GetSessionInfo(session, &info);
    return info.state == CKS_RW_SO_FUNCTIONS;
}

bool public_key_there(CK_SESSION_HANDLE session, CK_ATTRIBUTE id) {
    CK_OBJECT_CLASS which = CKO_PUBLIC_KEY;
    CK_ATTRIBUTE pattern[] = {{CKA_CLASS, &which, sizeof which}, id};
    CK_OBJECT_HANDLE object = 0;
    CK_ULONG count = 0;
    if (soft->C_FindObjectsInit(session, pattern, 2) != CKR_OK) return false;
    soft->C_FindObjects(session, &object, 1, &count);
    soft->C_FindObjectsFinal(session);
    return count == 1;
}

CK_RV create(CK_SESSION_HANDLE session, CK_ATTRIBUTE* given, CK_ULONG count, CK_OBJECT_HANDLE* object) {
    act_in("C_CreateObject");
    if (is("stores-nothing")) return CKR_FUNCTION_NOT_SUPPORTED;
    if (is("no-so") && so_session(session)) return CKR_USER_NOT_LOGGED_IN;
    std::vector<CK_ATTRIBUTE> list(given, given + count);
    const bool key = class_of(given, count) == CKO_PRIVATE_KEY;
    if (key && is("public-first")) {
        const auto* id = find(given, count, CKA_ID);
        if (id != nullptr && !public_key_there(session, *id)) return CKR_FUNCTION_FAILED;
    }
    if (key && is("picky"))
        for (const auto type : {CKA_SUBJECT, CKA_SENSITIVE, CKA_EXTRACTABLE})
            if (find(given, count, type) != nullptr) return CKR_TEMPLATE_INCONSISTENT;
    unsigned char renamed[] = {'K', 'E', 'Y', '-', '1'};
    CK_BBOOL yes = CK_TRUE;
    CK_BBOOL no = CK_FALSE;
    if (auto* id = find(list.data(), count, CKA_ID);
        id != nullptr && (is("renames-all") || (key && is("renames-keys")))) {
        id->pValue = renamed;
        id->ulValueLen = sizeof renamed;
    }
    if (key && is("protects")) { // whatever the template says
        std::erase_if(list, [](const CK_ATTRIBUTE& one) {
            return one.type == CKA_SENSITIVE || one.type == CKA_EXTRACTABLE;
        });
        list.push_back({CKA_SENSITIVE, &yes, sizeof yes});
        list.push_back({CKA_EXTRACTABLE, &no, sizeof no});
    }
    if (key && is("careless")) { // the key can be read, whatever the template says
        std::erase_if(list, [](const CK_ATTRIBUTE& one) {
            return one.type == CKA_SENSITIVE || one.type == CKA_EXTRACTABLE;
        });
        list.push_back({CKA_SENSITIVE, &no, sizeof no});
        list.push_back({CKA_EXTRACTABLE, &yes, sizeof yes});
    }
    const auto rv = soft->C_CreateObject(session, list.data(), list.size(), object);
    if (rv == CKR_OK) made[*object] = Clock::now();
    return rv;
}

CK_RV get(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE* list, CK_ULONG count) {
    act_in("C_GetAttributeValue");
    const auto rv = soft->C_GetAttributeValue(session, object, list, count);
    const auto answer = [&](CK_ATTRIBUTE_TYPE type, CK_BBOOL value) {
        auto* one = find(list, count, type);
        if (one != nullptr && one->pValue != nullptr && one->ulValueLen == sizeof value)
            std::memcpy(one->pValue, &value, sizeof value);
    };
    if (is("lies-unextractable")) {
        answer(CKA_EXTRACTABLE, CK_FALSE);
        answer(CKA_SENSITIVE, CK_TRUE);
    }
    if (is("says-extractable")) answer(CKA_EXTRACTABLE, CK_TRUE);
    return rv;
}

CK_RV find_some(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE* objects, CK_ULONG most, CK_ULONG* count) {
    act_in("C_FindObjects");
    const auto rv = soft->C_FindObjects(session, objects, most, count);
    if (rv != CKR_OK || !is("late")) return rv;
    // Nothing is shown in the first half second after the process began, nor of what was just made.
    static const auto begun = Clock::now();
    const auto hidden = [](CK_OBJECT_HANDLE object) {
        const auto at = made.find(object);
        const auto since = at == made.end() ? begun : at->second;
        return Clock::now() - since < std::chrono::milliseconds(500);
    };
    *count = static_cast<CK_ULONG>(std::remove_if(objects, objects + *count, hidden) - objects);
    return rv;
}

CK_RV sign(CK_SESSION_HANDLE session, CK_BYTE* data, CK_ULONG size, CK_BYTE* signature, CK_ULONG* length) {
    act_in("C_Sign");
    return soft->C_Sign(session, data, size, signature, length);
}

} // namespace

extern "C" __attribute__((visibility("default"))) CK_RV C_GetFunctionList(CK_FUNCTION_LIST** list) {
    if (is("crash:load")) std::abort();
    if (is("hang:load"))
        for (;;) ::pause();
    if (soft == nullptr) {
        void* library = ::dlopen(SOFTHSM_MODULE, RTLD_NOW | RTLD_LOCAL);
        if (library == nullptr) return CKR_GENERAL_ERROR;
        const auto get_list = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"));
        if (get_list == nullptr || get_list(&soft) != CKR_OK) return CKR_GENERAL_ERROR;
    }
    static CK_FUNCTION_LIST ours = *soft;
    ours.C_Initialize = initialise;
    ours.C_Finalize = finalise;
    ours.C_GetFunctionList = C_GetFunctionList;
    ours.C_OpenSession = open_session;
    ours.C_Login = login;
    ours.C_CreateObject = create;
    ours.C_GetAttributeValue = get;
    ours.C_FindObjects = find_some;
    ours.C_Sign = sign;
    *list = &ours;
    return CKR_OK;
}
