// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/client/module_file.hpp"

#include "pkcs11/client/handle.hpp"

#include <array>
#include <cerrno>
#include <cstring>

#include <elf.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace acredita::client {

namespace {

#if defined(__x86_64__)
constexpr unsigned our_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr unsigned our_machine = EM_AARCH64;
#elif defined(__riscv)
constexpr unsigned our_machine = EM_RISCV;
#elif defined(__powerpc64__)
constexpr unsigned our_machine = EM_PPC64;
#elif defined(__s390x__)
constexpr unsigned our_machine = EM_S390;
#elif defined(__i386__)
constexpr unsigned our_machine = EM_386;
#elif defined(__arm__)
constexpr unsigned our_machine = EM_ARM;
#else
#error "the ELF number of this machine is not known here"
#endif
constexpr unsigned our_class = sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32;
constexpr std::size_t largest_module = std::size_t{256} * 1024 * 1024;

class Descriptor {
public:
    explicit Descriptor(const std::filesystem::path& file)
        : value_(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    ~Descriptor() {
        if (value_ >= 0) ::close(value_);
    }
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    [[nodiscard]] int get() const noexcept { return value_; }

private:
    int value_;
};

bool others_write(const struct stat& status) noexcept { return (status.st_mode & (S_IWGRP | S_IWOTH)) != 0; }

// Who may write a folder can put another file there.
Result<void> check_folders(std::filesystem::path folder) {
    for (;; folder = folder.parent_path()) {
        struct stat status {};
        if (::stat(folder.c_str(), &status) != 0)
            return fail(client_errc::module_unsafe, std::strerror(errno));
        if (status.st_uid != 0 || others_write(status))
            return fail(client_errc::module_unsafe, "others may write in " + folder.string());
        if (folder == folder.root_path()) return {};
    }
}

Result<void> check_custody(const struct stat& status, const std::filesystem::path& file, Custody custody) {
    if (!S_ISREG(status.st_mode)) return fail(client_errc::not_a_module, "no plain file");
    const bool own = custody == Custody::person && status.st_uid == ::geteuid();
    if (status.st_uid != 0 && !own)
        return fail(client_errc::module_unsafe, file.string() + " does not belong to root");
    if (others_write(status)) return fail(client_errc::module_unsafe, "others may write " + file.string());
    return custody == Custody::system ? check_folders(file.parent_path()) : Result<void>{};
}

// The first bytes are the same in both classes; e_type and e_machine have the machine's own byte order.
Result<void> check_header(int descriptor) {
    std::array<std::uint8_t, sizeof(Elf32_Ehdr)> head{};
    const auto got = ::pread(descriptor, head.data(), head.size(), 0);
    if (got != static_cast<ssize_t>(head.size()) || std::memcmp(head.data(), ELFMAG, SELFMAG) != 0)
        return fail(client_errc::not_a_module, "no ELF file");
    Elf32_Ehdr header{};
    std::memcpy(&header, head.data(), sizeof header);
    constexpr unsigned our_order = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? ELFDATA2LSB : ELFDATA2MSB;
    if (head[EI_CLASS] != our_class || head[EI_DATA] != our_order || header.e_machine != our_machine)
        return fail(client_errc::module_other_machine, "ELF machine " + std::to_string(header.e_machine));
    if (header.e_type != ET_DYN) return fail(client_errc::not_a_module, "no shared object");
    return {};
}

Result<Bytes> sha256_of(int descriptor) {
    const Owned<EVP_MD_CTX, EVP_MD_CTX_free> context(EVP_MD_CTX_new());
    if (!context || EVP_DigestInit_ex(context.get(), EVP_sha256(), nullptr) != 1)
        return fail(client_errc::openssl_failed, "SHA-256");
    std::vector<std::uint8_t> block(std::size_t{64} * 1024);
    std::size_t total = 0;
    for (ssize_t got = 0;
         (got = ::pread(descriptor, block.data(), block.size(), static_cast<off_t>(total))) != 0;) {
        if (got < 0) return fail(client_errc::not_a_module, std::strerror(errno));
        total += static_cast<std::size_t>(got);
        if (total > largest_module) return fail(client_errc::not_a_module, "too large");
        EVP_DigestUpdate(context.get(), block.data(), static_cast<std::size_t>(got));
    }
    Bytes digest(32);
    if (EVP_DigestFinal_ex(context.get(), digest.data(), nullptr) != 1)
        return fail(client_errc::openssl_failed, "SHA-256");
    return digest;
}

} // namespace

Result<std::filesystem::path> check_module_file(const std::filesystem::path& file, Custody custody,
                                                ByteView sha256) {
    std::error_code why;
    auto path = std::filesystem::canonical(file, why);
    if (why) return fail(client_errc::module_not_found, file.string());
    const Descriptor descriptor(path);
    struct stat status {};
    if (descriptor.get() < 0 || ::fstat(descriptor.get(), &status) != 0)
        return fail(client_errc::not_a_module, std::strerror(errno));
    ACREDITA_CHECK(check_custody(status, path, custody));
    ACREDITA_CHECK(check_header(descriptor.get()));
    if (sha256.empty()) return path;
    ACREDITA_TRY(digest, sha256_of(descriptor.get()));
    if (!equal(digest, sha256)) return fail(client_errc::module_replaced, path.string());
    return path;
}

} // namespace acredita::client
