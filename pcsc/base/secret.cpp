// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/base/secret.hpp"

#include <cstring>
#include <new>
#include <utility>

#include <sys/mman.h>
#include <unistd.h>

namespace acredita {

namespace {

std::size_t whole_pages(std::size_t bytes) {
    const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
    return (bytes + page - 1) / page * page;
}

} // namespace

Secret::Secret(std::size_t capacity) : capacity_(capacity), mapped_(whole_pages(capacity + 1)) {
    void* pages = mmap(nullptr, mapped_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED) throw std::bad_alloc();
    data_ = static_cast<std::uint8_t*>(pages);
    locked_ = mlock(data_, mapped_) == 0;
    (void)madvise(data_, mapped_, MADV_DONTDUMP);
    (void)madvise(data_, mapped_, MADV_WIPEONFORK);
}

Secret::Secret(ByteView bytes) : Secret(bytes.size()) {
    if (!bytes.empty()) std::memcpy(data_, bytes.data(), bytes.size());
    size_ = bytes.size();
}

Secret::~Secret() { release(); }

Secret::Secret(Secret&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)), mapped_(std::exchange(other.mapped_, 0)),
      locked_(std::exchange(other.locked_, false)) {}

Secret& Secret::operator=(Secret&& other) noexcept {
    if (this != &other) {
        release();
        data_ = std::exchange(other.data_, nullptr);
        size_ = std::exchange(other.size_, 0);
        capacity_ = std::exchange(other.capacity_, 0);
        mapped_ = std::exchange(other.mapped_, 0);
        locked_ = std::exchange(other.locked_, false);
    }
    return *this;
}

void Secret::release() noexcept {
    if (data_ == nullptr) return;
    explicit_bzero(data_, mapped_);
    if (locked_) munlock(data_, mapped_);
    munmap(data_, mapped_);
    data_ = nullptr;
}

const char* Secret::c_str() const noexcept {
    return data_ == nullptr ? "" : reinterpret_cast<const char*>(data_);
}

bool Secret::push_back(std::uint8_t byte) noexcept {
    if (size_ == capacity_) return false;
    data_[size_++] = byte;
    data_[size_] = 0;
    return true;
}

bool Secret::resize(std::size_t size) noexcept {
    if (size > capacity_) return false;
    if (size < size_) explicit_bzero(data_ + size, size_ - size);
    size_ = size;
    if (data_ != nullptr) data_[size_] = 0;
    return true;
}

void Secret::pop_back() noexcept {
    if (size_ > 0) (void)resize(size_ - 1);
}

void Secret::clear() noexcept { (void)resize(0); }

bool Secret::equals(ByteView other) const noexcept {
    if (other.size() != size_) return false;
    unsigned difference = 0;
    for (std::size_t i = 0; i < size_; ++i) difference |= static_cast<unsigned>(data_[i] ^ other[i]);
    return difference == 0;
}

} // namespace acredita
