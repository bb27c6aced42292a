// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/reader/confine.hpp"

#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace acredita::p12::reader {

namespace {

#if defined(__x86_64__)
constexpr std::uint32_t architecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t architecture = AUDIT_ARCH_AARCH64;
#else
#error "the filter of system calls is written for x86-64 and arm64"
#endif

constexpr rlim_t most_memory = rlim_t{1024} * 1024 * 1024;
constexpr rlim_t most_seconds = 300;

// Computing and memory of its own.
constexpr int allowed[] = {
    SYS_brk,     SYS_munmap,      SYS_mremap,          SYS_madvise,       SYS_mlock,        SYS_mlock2,
    SYS_munlock, SYS_futex,       SYS_rt_sigprocmask,  SYS_rt_sigreturn,  SYS_rt_sigaction, SYS_sigaltstack,
    SYS_exit,    SYS_exit_group,  SYS_getrandom,       SYS_clock_gettime, SYS_gettimeofday, SYS_getpid,
    SYS_gettid,  SYS_sched_yield, SYS_restart_syscall, SYS_uname,         SYS_getrusage,
};

// What the C library and OpenSSL ask for and can do without.
constexpr int refused[] = {
    SYS_openat,    SYS_newfstatat, SYS_fstat,   SYS_readlinkat,
    SYS_faccessat, SYS_ioctl,      SYS_sysinfo, SYS_sched_getaffinity,
    SYS_prlimit64, SYS_getcwd,     SYS_fcntl,   SYS_lseek,
#if defined(__x86_64__)
    SYS_open,      SYS_stat,       SYS_access,  SYS_readlink,
    SYS_time,      SYS_getrlimit,
#endif
};

constexpr std::uint32_t number_at = offsetof(seccomp_data, nr);
constexpr std::uint32_t architecture_at = offsetof(seccomp_data, arch);
// The lower half of an argument; both architectures are little-endian.
constexpr std::uint32_t argument_at(unsigned i) {
    return static_cast<std::uint32_t>(offsetof(seccomp_data, args) + 8U * i);
}

class Filter {
public:
    Filter() {
        load(architecture_at);
        add(BPF_JMP | BPF_JEQ | BPF_K, architecture, 1, 0);
        give(SECCOMP_RET_KILL_PROCESS);
        load(number_at);
    }
    void give_for(int number, std::uint32_t verdict) {
        add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(number), 0, 1);
        give(verdict);
    }
    // Allowed if the argument is this value, and otherwise the end.
    void allow_with(int number, unsigned argument, std::uint32_t value) {
        add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(number), 0, 4);
        load(argument_at(argument));
        add(BPF_JMP | BPF_JEQ | BPF_K, value, 0, 1);
        give(SECCOMP_RET_ALLOW);
        give(SECCOMP_RET_KILL_PROCESS);
    }
    // Allowed if none of these bits is set in the argument, and otherwise the end.
    void allow_without(int number, unsigned argument, std::uint32_t bits) {
        add(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(number), 0, 4);
        load(argument_at(argument));
        add(BPF_JMP | BPF_JSET | BPF_K, bits, 1, 0);
        give(SECCOMP_RET_ALLOW);
        give(SECCOMP_RET_KILL_PROCESS);
    }
    [[nodiscard]] bool install() {
        give(SECCOMP_RET_KILL_PROCESS);
        const sock_fprog program{static_cast<unsigned short>(code_.size()), code_.data()};
        return syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program) == 0;
    }

private:
    void add(int code, std::uint32_t value, std::uint8_t if_true, std::uint8_t if_false) {
        code_.push_back({static_cast<std::uint16_t>(code), if_true, if_false, value});
    }
    void load(std::uint32_t offset) { add(BPF_LD | BPF_W | BPF_ABS, offset, 0, 0); }
    void give(std::uint32_t verdict) { add(BPF_RET | BPF_K, verdict, 0, 0); }
    std::vector<sock_filter> code_;
};

bool limit(__rlimit_resource what, rlim_t value) noexcept {
    const rlimit both{value, value};
    return setrlimit(what, &both) == 0;
}

} // namespace

bool harden() noexcept {
    bool hardened = prctl(PR_SET_DUMPABLE, 0) == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
                    prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && limit(RLIMIT_CORE, 0) &&
                    limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CPU, most_seconds);
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) // their shadow is terabytes of addresses
    hardened = hardened && limit(RLIMIT_AS, most_memory);
#endif
    // Whoever started us may be gone already; then nobody waits for an answer.
    return hardened && getppid() != 0 && close_range(1, ~0U, 0) == 0;
}

bool confine() noexcept {
    Filter filter;
    filter.allow_with(SYS_read, 0, 0);
#if defined(__SANITIZE_ADDRESS__) // UBSan asks by a pipe of its own whether memory can be read
    for (const int number : {SYS_pipe2, SYS_write, SYS_close}) filter.give_for(number, SECCOMP_RET_ALLOW);
#if defined(__x86_64__)
    filter.give_for(SYS_pipe, SECCOMP_RET_ALLOW);
#endif
#else
    filter.allow_with(SYS_write, 0, 0);
#endif
    filter.allow_without(SYS_mmap, 2, PROT_EXEC);
    filter.allow_without(SYS_mprotect, 2, PROT_EXEC);
    // abort() signals itself.
    filter.allow_with(SYS_tgkill, 0, static_cast<std::uint32_t>(getpid()));
    for (const int number : allowed) filter.give_for(number, SECCOMP_RET_ALLOW);
    for (const int number : refused)
        filter.give_for(number, SECCOMP_RET_ERRNO | static_cast<std::uint32_t>(EACCES));
    return filter.install();
}

} // namespace acredita::p12::reader
