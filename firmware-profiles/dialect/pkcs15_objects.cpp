// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the entries of the directory point to.
#include "firmware-profiles/dialect/pkcs15_contents.hpp"
#include "firmware-profiles/dialect/pkcs15_read.hpp"
#include "pcsc/base/tlv.hpp"

#include <algorithm>

namespace acredita::dialect::pkcs15 {

namespace {

// The part of a file that a path means.
ByteView part(ByteView file, const Path& path) {
    if (!path.offset || !path.length || *path.length == 0 || *path.offset >= file.size()) return file;
    return file.subspan(*path.offset, std::min<std::size_t>(*path.length, file.size() - *path.offset));
}

std::size_t wanted_of_element(ByteView so_far, const Path& path) {
    const auto from = path.offset && path.length ? std::size_t{*path.offset} : 0;
    if (from > max_file) return 0;
    if (so_far.size() <= from) return from + 4;
    const auto rest = so_far.subspan(from);
    if (TlvReader reader(rest); reader.next()) return 0; // all of it is there
    return std::min(from + std::max<std::size_t>(progress(rest).wanted, 4), max_file);
}

} // namespace

Result<Bytes> read_certificate(Files& files, const Certificate& entry, ByteView known) {
    if (!entry.value.empty()) return copy(certificate_in(entry.value).value_or(ByteView{}));
    const auto path = resolve(entry.path, files.home());
    if (path.empty()) return Bytes{};
    const auto wanted = [&](ByteView so_far) {
        const bool same = !known.empty() && equal(known.first(std::min(known.size(), so_far.size())),
                                                  so_far.first(std::min(known.size(), so_far.size())));
        return same ? 0 : wanted_of_element(so_far, entry.path);
    };
    // By its path if another file answered to the short identifier, which another program may have made.
    for (const bool by_path : {false, true}) {
        auto file = files.read(path, wanted, by_path);
        if (!file && !only_this_file(file.error())) return fail(std::move(file).error());
        if (file && *file) {
            const auto found = part(**file, entry.path);
            if (const auto whole = certificate_in(found)) return copy(*whole);
            const bool same = !known.empty() && found.size() >= 64 && found.size() < known.size() &&
                              equal(known.first(found.size()), found);
            if (same) return copy(known);
        }
        if (!files.short_id(path)) break;
    }
    return Bytes{};
}

Result<std::optional<card::PublicKey>> read_public_key(Files& files, const Key& entry) {
    auto value = entry.value;
    if (value.empty()) {
        const auto path = resolve(entry.path, files.home());
        if (path.empty()) return std::nullopt;
        const auto wanted = [&](ByteView so_far) { return wanted_of_element(so_far, entry.path); };
        auto file = files.read(path, wanted);
        if (!file && !only_this_file(file.error())) return fail(std::move(file).error());
        if (!file || !*file) return std::nullopt;
        value = copy(part(**file, entry.path));
    }
    auto key = read_public_key_value(value);
    return key ? std::optional(std::move(*key)) : std::nullopt;
}

} // namespace acredita::dialect::pkcs15
