// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/reader/arena.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <new>

#include <openssl/crypto.h>
#include <sys/auxv.h>
#include <sys/mman.h>

namespace acredita::p12::reader {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)

bool give_heap_to_openssl() noexcept { return true; }
void lock_stack() noexcept {}
bool heap_is_locked() noexcept { return true; }

#else

namespace {

constexpr std::size_t chunk_size = std::size_t{512} * 1024;
constexpr unsigned most_chunks = 12;    // 6 MiB: with the stack, less than a person may lock by default
constexpr std::size_t header_size = 16; // keeps blocks aligned for any type
constexpr unsigned smallest = 6, largest = 18; // blocks of 2^6 to 2^17 octets, header included

struct Block {
    std::size_t size = 0;  // of the whole block
    Block* next = nullptr; // while it is free
};
static_assert(sizeof(Block) == header_size);

struct Heap {
    std::uint8_t* at = nullptr;
    std::uint8_t* end = nullptr;
    std::array<Block*, largest> free{};
    unsigned chunks = 0;
    bool locked = true;
};
Heap heap; // the one the process has; zero-initialised, so it is there before any constructor runs

bool lock(void* at, std::size_t size) noexcept { return mlock2(at, size, MLOCK_ONFAULT) == 0; }

std::uint8_t* pages(std::size_t size) noexcept {
    void* at = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (at == MAP_FAILED) return nullptr;
    (void)madvise(at, size, MADV_DONTDUMP);
    return static_cast<std::uint8_t*>(at);
}

// Locked as they are touched: most of a chunk never is. What is left of the chunk before is given up.
void grow() noexcept {
    if (heap.chunks == most_chunks) return;
    auto* const chunk = pages(chunk_size);
    if (chunk == nullptr) return;
    ++heap.chunks;
    heap.at = chunk;
    heap.end = chunk + chunk_size;
    if (!lock(chunk, chunk_size)) heap.locked = false;
}

void* contents_of(Block* block) noexcept { return reinterpret_cast<std::uint8_t*>(block) + header_size; }
Block* block_of(void* contents) noexcept {
    return reinterpret_cast<Block*>(static_cast<std::uint8_t*>(contents) - header_size);
}

Block* large_block(std::size_t size) noexcept {
    auto* at = pages(size);
    if (at == nullptr) return nullptr;
    if (size < (std::size_t{1} << largest) && !lock(at, size)) heap.locked = false;
    return new (at) Block{size, nullptr};
}

void* allocate(std::size_t wanted) noexcept {
    if (wanted > SIZE_MAX / 4) return nullptr;
    const auto size = std::max(std::bit_ceil(wanted + header_size), std::size_t{1} << smallest);
    const auto kind = static_cast<std::size_t>(std::countr_zero(size));
    if (kind < largest) {
        if (auto* block = heap.free[kind]; block != nullptr) {
            heap.free[kind] = block->next;
            return contents_of(block);
        }
        if (static_cast<std::size_t>(heap.end - heap.at) < size) grow();
        if (static_cast<std::size_t>(heap.end - heap.at) >= size) {
            auto* block = new (heap.at) Block{size, nullptr};
            heap.at += size;
            return contents_of(block);
        }
    }
    // Whole pages: what has no room is given back to the system when it is freed.
    auto* block = large_block((wanted + header_size + 4095) / 4096 * 4096);
    return block == nullptr ? nullptr : contents_of(block);
}

void release(void* contents) noexcept {
    if (contents == nullptr) return;
    auto* block = block_of(contents);
    const auto size = block->size;
    explicit_bzero(contents, size - header_size);
    if (!std::has_single_bit(size) || size >= (std::size_t{1} << largest)) {
        (void)munmap(block, size);
        return;
    }
    auto& head = heap.free[static_cast<std::size_t>(std::countr_zero(size))];
    block->next = head;
    head = block;
}

void* enlarge(void* contents, std::size_t wanted) noexcept {
    if (contents == nullptr) return allocate(wanted);
    const auto room = block_of(contents)->size - header_size;
    if (wanted <= room) return contents;
    void* larger = allocate(wanted);
    if (larger == nullptr) return nullptr;
    std::memcpy(larger, contents, room);
    release(contents);
    return larger;
}

void* for_openssl(std::size_t size, const char*, int) { return size == 0 ? nullptr : allocate(size); }
void* again_for_openssl(void* at, std::size_t size, const char*, int) {
    if (size > 0) return enlarge(at, size);
    release(at);
    return nullptr;
}
void back_from_openssl(void* at, const char*, int) { release(at); }

} // namespace

bool give_heap_to_openssl() noexcept {
    return CRYPTO_set_mem_functions(for_openssl, again_for_openssl, back_from_openssl) == 1;
}

__attribute__((noinline)) void lock_stack() noexcept {
    volatile std::uint8_t depth[std::size_t{512} * 1024];
    depth[0] = 0; // so that the stack grows this far
    constexpr std::uintptr_t page = 4096;
    const auto from = reinterpret_cast<std::uintptr_t>(&depth[0]) / page * page;
    // The name of the program stands at the very top.
    const auto until = (getauxval(AT_EXECFN) / page + 1) * page;
    auto* const stack = reinterpret_cast<void*>(from);
    if (!lock(stack, until - from)) heap.locked = false;
    (void)madvise(stack, until - from, MADV_DONTDUMP);
}

bool heap_is_locked() noexcept { return heap.locked; }

#endif

} // namespace acredita::p12::reader

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)

void* operator new(std::size_t size) {
    if (void* at = acredita::p12::reader::allocate(size)) return at;
    throw std::bad_alloc();
}
void operator delete(void* at) noexcept { acredita::p12::reader::release(at); }
void operator delete(void* at, std::size_t) noexcept { acredita::p12::reader::release(at); }

#endif
