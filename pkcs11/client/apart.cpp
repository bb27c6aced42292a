// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/client/apart.hpp"

#include "pcsc/base/bytes.hpp"

#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <map>

#include <dlfcn.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace acredita::client {

namespace {

constexpr const char* variable = "P11_KIT_SERVER_ADDRESS";

std::filesystem::path helper(const char* name) {
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", error).string();
    const bool built_here = !error && self.starts_with(ACREDITA_BUILD_DIR "/");
    return std::filesystem::path(built_here ? ACREDITA_BUILD_DIR "/pkcs11/client/host"
                                            : ACREDITA_LIBEXECDIR) /
           name;
}

// p11-kit splits the command into words; what may mean something to it is written as %XX, and the host reads
// it back.
std::string one_word(const std::string& text) {
    constexpr std::string_view plain = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._+-";
    std::string word;
    for (const char c : text) {
        const auto byte = static_cast<std::uint8_t>(c);
        word += plain.find(c) != std::string_view::npos ? std::string(1, c) : "%" + to_hex({&byte, 1});
    }
    return word;
}

std::mutex& address_guard() {
    static auto* const immortal = new std::mutex;
    return *immortal;
}

struct All {
    std::mutex guard;
    std::map<std::string, Apart*> known; // by file and patience
};
All& all() {
    static auto* const immortal = new All;
    return *immortal;
}

// Bound by the kernel to a name of its own in the abstract namespace (unix(7), autobind).
Result<std::pair<int, std::string>> open_ear() {
    const int ear = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const auto failed = [] { return fail(client_errc::module_host_missing, std::strerror(errno)); };
    if (ear < 0) return failed();
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const int yes = 1;
    socklen_t size = sizeof address;
    if (::bind(ear, reinterpret_cast<sockaddr*>(&address), sizeof(sa_family_t)) != 0 ||
        ::setsockopt(ear, SOL_SOCKET, SO_PASSCRED, &yes, sizeof yes) != 0 ||
        ::getsockname(ear, reinterpret_cast<sockaddr*>(&address), &size) != 0 ||
        size <= offsetof(sockaddr_un, sun_path) + 1) {
        auto error = failed();
        ::close(ear);
        return error;
    }
    const auto length = size - offsetof(sockaddr_un, sun_path) - 1;
    return std::pair{ear, std::string(address.sun_path + 1, length)};
}

// One message from a process of ours; anybody on this machine may send to an abstract name.
std::optional<std::string> hear(int ear) {
    std::array<char, 512> text{};
    alignas(cmsghdr) std::array<char, CMSG_SPACE(sizeof(ucred))> control{};
    iovec part{text.data(), text.size()};
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control.data();
    message.msg_controllen = control.size();
    const auto got = ::recvmsg(ear, &message, MSG_DONTWAIT);
    if (got < 0) return std::nullopt;
    const auto* head = CMSG_FIRSTHDR(&message);
    if (head == nullptr || head->cmsg_type != SCM_CREDENTIALS) return std::string();
    ucred sender{};
    std::memcpy(&sender, CMSG_DATA(head), sizeof sender);
    if (sender.uid != ::geteuid() && sender.uid != 0) return std::string();
    return std::string(text.data(), static_cast<std::size_t>(got));
}

std::optional<Error> understood(const std::string& words, const std::string& name) {
    const auto blank = words.find(' ');
    const auto kind = words.substr(0, blank);
    const auto rest = blank == std::string::npos ? std::string() : words.substr(blank + 1);
    if (kind == "hang") return fail(client_errc::module_hung, name + ", " + rest + " s").value();
    if (kind == "exit") return fail(client_errc::module_exited, name + ", " + rest).value();
    if (kind == "load") return fail(client_errc::not_a_module, rest).value();
    if (kind != "crash") return std::nullopt;
    int signal = 0;
    std::from_chars(rest.data(), rest.data() + rest.size(), signal);
    const char* abbreviation = ::sigabbrev_np(signal);
    return fail(client_errc::module_crashed, name + ", SIG" + (abbreviation ? abbreviation : rest)).value();
}

} // namespace

std::filesystem::path Apart::library() { return ACREDITA_P11_MODULES "/p11-kit-client.so"; }

Result<Apart*> Apart::of(const std::filesystem::path& module, std::chrono::seconds patience) {
    const auto host = helper("acredita-module-host");
    if (::access(host.c_str(), X_OK) != 0) return fail(client_errc::module_host_missing, host.string());
    if (::access(library().c_str(), R_OK) != 0)
        return fail(client_errc::module_host_missing, library().string());
    const auto wait = std::to_string(patience.count());
    const std::lock_guard lock(all().guard);
    auto& known = all().known[module.string() + "\n" + wait];
    if (known == nullptr) {
        ACREDITA_TRY(ear, open_ear());
        auto address =
            "|\"" + host.string() + "\" " + wait + " " + ear.second + " " + one_word(module.string());
        known = new Apart(module.filename().string(), ear.first, std::move(address));
    }
    return known;
}

Result<Apart::Again> Apart::again(CK_FUNCTION_LIST* functions) {
    Again result{helper("acredita-same-module.so"), std::unique_lock(address_guard())};
    void* const library = ::dlopen(result.file.c_str(), RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    if (library == nullptr) return fail(client_errc::module_host_missing, result.file.string());
    const auto set = reinterpret_cast<void (*)(CK_FUNCTION_LIST*)>(::dlsym(library, "acredita_same_module"));
    if (set == nullptr) return fail(client_errc::module_host_missing, result.file.string());
    set(functions);
    return result;
}

std::optional<Error> Apart::ended() {
    const std::lock_guard lock(guard_);
    while (const auto words = hear(ear_))
        if (auto error = understood(*words, name_)) ended_ = std::move(error);
    return ended_;
}

void Apart::forget() {
    static_cast<void>(ended());
    const std::lock_guard lock(guard_);
    ended_.reset();
}

// Replaced, never removed: setenv() then moves no array that another thread may be reading in getenv(). An
// empty value is none to p11-kit.
Apart::Address::Address(const Apart* apart) {
    if (apart == nullptr) return;
    lock_ = std::unique_lock(address_guard());
    ::setenv(variable, apart->address_.c_str(), 1);
}

Apart::Address::~Address() {
    if (lock_.owns_lock()) ::setenv(variable, "", 1);
}

std::optional<Error> ended_apart() {
    const std::lock_guard lock(all().guard);
    for (const auto& [file, apart] : all().known)
        if (auto error = apart->ended()) return error;
    return std::nullopt;
}

} // namespace acredita::client
