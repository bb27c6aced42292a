// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/crypto.hpp"

#include "tools/p12/errc.hpp"

#include <cstdlib>
#include <cstring>

#include <malloc.h>
#include <openssl/crypto.h>
#include <openssl/err.h>

namespace acredita::p12 {

QuietErrors::QuietErrors() noexcept { ERR_clear_error(); }
QuietErrors::~QuietErrors() { ERR_clear_error(); }

Result<Crypto> Crypto::create(bool with_legacy) {
    const QuietErrors quiet;
    Crypto crypto;
    crypto.context_.reset(OSSL_LIB_CTX_new());
    if (!crypto.context_) return fail(p12_errc::crypto_failure, "no library context");
    crypto.default_.reset(OSSL_PROVIDER_load(crypto.context(), "default"));
    if (!crypto.default_) return fail(p12_errc::crypto_failure, "no default provider");
    if (with_legacy) crypto.legacy_.reset(OSSL_PROVIDER_load(crypto.context(), "legacy"));
    return crypto;
}

Result<const Crypto*> Crypto::shared() {
    // Never freed: keys made with it may live until the very end of the process.
    static const auto* const crypto = new Result<Crypto>(create());
    if (!*crypto) return fail(crypto->error());
    return &**crypto;
}

namespace {

void* allocate(std::size_t size, const char*, int) { return size == 0 ? nullptr : std::malloc(size); }

void release(void* at, const char*, int) {
    if (at == nullptr) return;
    explicit_bzero(at, malloc_usable_size(at));
    std::free(at);
}

// Never in place: what realloc() moves it leaves behind as it is.
void* enlarge(void* at, std::size_t size, const char* file, int line) {
    if (size == 0) {
        release(at, file, line);
        return nullptr;
    }
    void* const larger = std::malloc(size);
    if (at == nullptr || larger == nullptr) return larger;
    const auto before = malloc_usable_size(at);
    std::memcpy(larger, at, before < size ? before : size);
    release(at, file, line);
    return larger;
}

} // namespace

bool zeroise_what_openssl_frees() noexcept {
    return CRYPTO_set_mem_functions(allocate, enlarge, release) == 1;
}

void keep_private_numbers_locked() noexcept {
    constexpr std::size_t room = std::size_t{128} * 1024, smallest = 32;
    static const bool made =
        CRYPTO_secure_malloc_initialized() == 1 || CRYPTO_secure_malloc_init(room, smallest) != 0;
    (void)made;
}

} // namespace acredita::p12
