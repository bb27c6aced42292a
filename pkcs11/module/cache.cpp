// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/cache.hpp"

#include "firmware-profiles/dialect/public_key.hpp"
#include "pcsc/base/tlv.hpp"
#include "pkcs11/module/digest.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace acredita::module {

namespace {

constexpr std::size_t longest_file = 256U * 1024U;
constexpr std::size_t longest_certificate = 64U * 1024U;
constexpr std::size_t most_slots = 32;
constexpr std::string_view magic = "ACREDITA-CERTIFICATES-1\n";
constexpr std::size_t checksum_size = 32;

// One level of tags for the file, one for each place.
enum : Tag {
    serial_tag = 0x80,
    part_tag = 0x81, // without a value: not all places were looked at
    slot_tag = 0xA1,
    place_tag = 0x80,
    certificate_tag = 0x81,
    about_tag = 0x82,
    modulus_tag = 0x83,
    exponent_tag = 0x84,
    curve_tag = 0x85,
    point_tag = 0x86
};

class File {
public:
    explicit File(int descriptor) noexcept : descriptor_(descriptor) {}
    ~File() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    [[nodiscard]] int get() const noexcept { return descriptor_; }
    [[nodiscard]] bool is_open() const noexcept { return descriptor_ >= 0; }

private:
    int descriptor_;
};

// Ours, a plain file, writable by nobody else.
bool trustworthy(int descriptor, mode_t kind) {
    struct stat about {};
    return ::fstat(descriptor, &about) == 0 && (about.st_mode & S_IFMT) == kind &&
           about.st_uid == ::geteuid() && (about.st_mode & (S_IWGRP | S_IWOTH)) == 0;
}

// The name in this folder is still that of the open file.
bool still_named(int folder, const std::string& name, int descriptor) {
    struct stat by_name {};
    struct stat open {};
    return ::fstatat(folder, name.c_str(), &by_name, AT_SYMLINK_NOFOLLOW) == 0 &&
           ::fstat(descriptor, &open) == 0 && by_name.st_ino == open.st_ino && by_name.st_dev == open.st_dev;
}

std::optional<Bytes> read_whole(int descriptor) {
    Bytes all(longest_file + 1);
    std::size_t size = 0;
    while (size < all.size()) {
        const auto got = ::read(descriptor, all.data() + size, all.size() - size);
        if (got < 0) return std::nullopt;
        if (got == 0) break;
        size += static_cast<std::size_t>(got);
    }
    if (size > longest_file) return std::nullopt;
    all.resize(size);
    return all;
}

Bytes encode(const card::KeySlot& slot) {
    Bytes inner;
    append_tlv(inner, place_tag, Bytes{slot.reference});
    if (!slot.certificate.empty()) append_tlv(inner, certificate_tag, slot.certificate);
    Bytes about{static_cast<std::uint8_t>(slot.key_present), static_cast<std::uint8_t>(slot.pin_policy),
                static_cast<std::uint8_t>(slot.origin)};
    if (slot.public_key) {
        about.push_back(static_cast<std::uint8_t>(slot.public_key->type));
        about.push_back(static_cast<std::uint8_t>(slot.public_key->bits >> 8U));
        about.push_back(static_cast<std::uint8_t>(slot.public_key->bits));
        append_tlv(inner, modulus_tag, slot.public_key->modulus);
        append_tlv(inner, exponent_tag, slot.public_key->exponent);
        append_tlv(inner, curve_tag, slot.public_key->curve_oid);
        append_tlv(inner, point_tag, slot.public_key->point);
    }
    append_tlv(inner, about_tag, about);
    return inner;
}

// Longer than any key of any card, and short enough for one operation with it to cost nothing.
bool possible(const card::PublicKey& key) {
    const bool bounded = key.modulus.size() <= 1024 && key.exponent.size() <= 8;
    // As if a card had said it: a size that contradicts the numbers would be believed by the padding.
    const auto read = key.type == card::KeyType::rsa ? dialect::rsa_key(key.modulus, key.exponent)
                                                     : dialect::ec_key(key.curve_oid, key.point);
    return bounded && read && *read == key;
}

std::optional<card::KeySlot> decode(ByteView inner) {
    const auto place = find_tlv(inner, place_tag);
    const auto about = find_tlv(inner, about_tag);
    if (!place || place->size() != 1 || !about || (about->size() != 3 && about->size() != 6))
        return std::nullopt;
    const auto& a = *about;
    if (a[0] > 2 || a[1] > 3 || a[2] > 2) return std::nullopt;
    card::KeySlot slot;
    slot.reference = place->front();
    slot.key_present = static_cast<card::Known>(a[0]);
    slot.pin_policy = static_cast<card::PinPolicy>(a[1]);
    slot.origin = static_cast<card::Origin>(a[2]);
    const auto bytes = [&](Tag tag) { return copy(find_tlv(inner, tag).value_or(ByteView{})); };
    slot.certificate = bytes(certificate_tag);
    if (a.size() == 6) {
        if (a[3] > 1) return std::nullopt;
        slot.public_key = card::PublicKey{static_cast<card::KeyType>(a[3]),
                                          static_cast<unsigned>((a[4] << 8U) | a[5]),
                                          bytes(modulus_tag),
                                          bytes(exponent_tag),
                                          bytes(curve_tag),
                                          bytes(point_tag)};
        if (!possible(*slot.public_key)) return std::nullopt;
    }
    if (slot.certificate.size() > longest_certificate) return std::nullopt;
    return slot;
}

// The body of a file whose frame and checksum are right.
std::optional<ByteView> body_of(const Bytes& all) {
    if (all.size() < magic.size() + checksum_size ||
        !equal(ByteView(all).first(magic.size()), as_bytes(magic)))
        return std::nullopt;
    const auto covered = ByteView(all).first(all.size() - checksum_size);
    if (!equal(digest(Hash::sha256, covered), ByteView(all).last(checksum_size))) return std::nullopt;
    return covered.subspan(magic.size());
}

bool write_whole(int descriptor, ByteView all) {
    while (!all.empty()) {
        const auto put = ::write(descriptor, all.data(), all.size());
        if (put <= 0) return false;
        all = all.subspan(static_cast<std::size_t>(put));
    }
    return true;
}

} // namespace

std::optional<CertificateCache::Stamp> CertificateCache::stamp() const {
    struct stat about {};
    if (folder_.empty() || ::lstat(file().c_str(), &about) != 0 || !S_ISREG(about.st_mode))
        return std::nullopt;
    return Stamp{about.st_ino, about.st_size, about.st_mtim.tv_sec, about.st_mtim.tv_nsec};
}

std::optional<std::vector<card::KeySlot>> CertificateCache::load(ByteView serial, bool* whole) const {
    if (folder_.empty() || serial.empty()) return std::nullopt;
    const File folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
    if (!folder.is_open() || !trustworthy(folder.get(), S_IFDIR)) return std::nullopt;
    const File file_handle(
        ::openat(folder.get(), key_.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (!file_handle.is_open() || !trustworthy(file_handle.get(), S_IFREG)) return std::nullopt;
    const auto all = read_whole(file_handle.get());
    const auto body = all ? body_of(*all) : std::nullopt;
    if (!body) return std::nullopt;
    std::vector<card::KeySlot> slots;
    bool valid = false;
    bool part = false;
    for (TlvReader reader(*body); !reader.at_end();) {
        const auto element = reader.next();
        if (!element || slots.size() == most_slots) return std::nullopt;
        if (element->tag == serial_tag) valid = equal(element->value, serial);
        part = part || element->tag == part_tag;
        if (element->tag != slot_tag) continue;
        auto slot = decode(element->value);
        if (!slot || std::ranges::find(slots, slot->reference, &card::KeySlot::reference) != slots.end())
            return std::nullopt;
        slots.push_back(std::move(*slot));
    }
    if (!valid) return std::nullopt;
    if (whole != nullptr) *whole = !part;
    return slots;
}

void CertificateCache::store(ByteView serial, const std::vector<card::KeySlot>& slots, bool whole) const {
    if (folder_.empty() || serial.empty() || slots.size() > most_slots) return;
    Bytes all = copy(as_bytes(magic));
    append_tlv(all, serial_tag, serial);
    if (!whole) append_tlv(all, part_tag, {});
    for (const auto& slot : slots) append_tlv(all, slot_tag, encode(slot));
    append(all, digest(Hash::sha256, all));
    if (all.size() > longest_file) return;
    const auto parent = folder_.parent_path();
    if (::mkdir(parent.c_str(), 0700) != 0 && errno != EEXIST) return;
    struct stat about {}; // a link there may lead into somebody else's home
    if (::stat(parent.c_str(), &about) != 0 || about.st_uid != ::geteuid()) return;
    if (::mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST) return;
    const File folder(::open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW));
    if (!folder.is_open() || !trustworthy(folder.get(), S_IFDIR)) return;
    // Written beside and moved into place: a reader sees the old file or the new one. Not brought to the disk
    // by force (fsync): after a power cut half a file is one more damaged file.
    const auto beside = key_ + ".new";
    const File out(::openat(folder.get(), beside.c_str(),
                            O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600));
    if (!out.is_open() || !trustworthy(out.get(), S_IFREG)) return;
    // One writer at a time: who finds another at work leaves it to that one, who has seen the same card. What
    // a killed process left here is written over; what was moved into place meanwhile is not touched.
    if (::flock(out.get(), LOCK_EX | LOCK_NB) != 0 || !still_named(folder.get(), beside, out.get())) return;
    if (::ftruncate(out.get(), 0) == 0 && ::fchmod(out.get(), 0600) == 0 && write_whole(out.get(), all) &&
        ::renameat(folder.get(), beside.c_str(), folder.get(), key_.c_str()) == 0)
        return;
    (void)::unlinkat(folder.get(), beside.c_str(), 0);
}

void CertificateCache::drop() const {
    if (!folder_.empty()) (void)::unlink(file().c_str());
}

} // namespace acredita::module
