// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/client/host/host.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>

#include <dlfcn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

// Announced as unstable since 2015; "p11-kit remote" is this one call.
#define P11_KIT_FUTURE_UNSTABLE_API 1
#include <p11-kit/pkcs11.h>
#include <p11-kit/remote.h>

namespace acredita::host {

void Mouth::say(const std::string& words) const noexcept {
    const int socket = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (socket < 0) return;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const auto size = std::min(name_.size(), sizeof address.sun_path - 1);
    std::memcpy(address.sun_path + 1, name_.data(), size);
    ::sendto(socket, words.data(), std::min<std::size_t>(words.size(), 400), MSG_NOSIGNAL | MSG_DONTWAIT,
             reinterpret_cast<const sockaddr*>(&address),
             static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + 1 + size));
    ::close(socket);
}

int serve(const std::string& module, int channel, const Mouth& mouth) {
    void* const library = ::dlopen(module.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        const char* why = ::dlerror();
        mouth.say(std::string("load ") + (why == nullptr ? "?" : why));
        return load_failed;
    }
    const auto get = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"));
    CK_FUNCTION_LIST* functions = nullptr;
    if (get == nullptr || get(&functions) != CKR_OK || functions == nullptr) {
        mouth.say("load no C_GetFunctionList");
        return load_failed;
    }
    p11_kit_remote_serve_module(functions, channel, channel);
    functions->C_Finalize(nullptr); // if our side ended without; the answer is of no interest
    return 0;
}

} // namespace acredita::host
