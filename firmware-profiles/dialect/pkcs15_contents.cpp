// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/dialect/pkcs15_contents.hpp"

#include "firmware-profiles/dialect/pkcs15_read.hpp"
#include "firmware-profiles/dialect/pkcs15_write.hpp"

#include <algorithm>

namespace acredita::dialect::pkcs15 {

namespace {

using card::card_errc;

std::size_t wanted_of_directory(ByteView so_far) {
    const auto now = progress(so_far);
    return now.complete ? 0 : now.wanted;
}

std::uint16_t expected(const profile::Pkcs15Table& table, Lists lists) {
    switch (lists) {
    case Lists::private_keys:
        return table.private_keys;
    case Lists::public_keys:
        return table.public_keys;
    case Lists::certificates:
        return table.certificates;
    default:
        return 0;
    }
}

bool holds(const Contents& contents, ByteView path) {
    return std::any_of(contents.files.begin(), contents.files.end(),
                       [&](const DirectoryFile& file) { return equal(file.path, path); });
}

bool any_of_kind(const Contents& contents, Lists lists) {
    return std::any_of(contents.files.begin(), contents.files.end(),
                       [&](const DirectoryFile& file) { return file.lists == lists; });
}

const DirectoryFile* first_of(const Contents& contents, Lists lists) {
    const auto found =
        std::find_if(contents.files.begin(), contents.files.end(),
                     [&](const DirectoryFile& file) { return file.lists == lists && !file.path.empty(); });
    return found == contents.files.end() ? nullptr : &*found;
}

template <class Entry>
void take(Listing<Entry> listing, std::vector<Held<Entry>>& to, std::size_t index, DirectoryFile& file) {
    for (auto& entry : listing.entries)
        if (to.size() < max_entries) to.push_back({std::move(entry), index});
    file.end = listing.end;
}

void take_entries(Contents& contents, std::size_t index) {
    auto& file = contents.files[index];
    switch (file.lists) {
    case Lists::private_keys:
        return take(read_private_keys(file.content), contents.private_keys, index, file);
    case Lists::public_keys:
        return take(read_public_keys(file.content), contents.public_keys, index, file);
    default:
        return take(read_certificates(file.content), contents.certificates, index, file);
    }
}

void take_file(Contents& contents, DirectoryFile file) {
    contents.files.push_back(std::move(file));
    take_entries(contents, contents.files.size() - 1);
}

// After a change of files that are held.
void take_all_again(Contents& contents) {
    contents.private_keys.clear();
    contents.public_keys.clear();
    contents.certificates.clear();
    for (std::size_t n = 0; n < contents.files.size(); ++n) take_entries(contents, n);
}

// False: it is not there.
Result<bool> read_file(Files& files, Contents& contents, Lists lists, const Bytes& path) {
    if (path.empty() || holds(contents, path)) return true;
    auto content = files.read(path, wanted_of_directory);
    if (!content && !only_this_file(content.error())) return fail(std::move(content).error());
    if (!content) return true;
    if (!*content) return false;
    take_file(contents, {.lists = lists, .path = path, .content = std::move(**content)});
    return true;
}

// Every file of one of these kinds that the ODF names.
Result<void> read_by_odf(Files& files, const profile::Pkcs15Table& table, Contents& contents,
                         std::initializer_list<Lists> kinds) {
    auto odf = files.read(files.path_of(table.odf), wanted_of_directory);
    if (!odf && !only_this_file(odf.error())) return fail(std::move(odf).error());
    if (!odf || !*odf) return {};
    contents.odf_read = true;
    for (auto& directory : read_odf(**odf).entries) {
        if (std::find(kinds.begin(), kinds.end(), directory.lists) == kinds.end()) continue;
        if (directory.path.empty())
            take_file(contents, {.lists = directory.lists, .content = std::move(directory.entries)});
        else
            ACREDITA_CHECK(
                read_file(files, contents, directory.lists, resolve(directory.path, files.home())));
    }
    return {};
}

} // namespace

Result<Contents> read_contents(Files& files, const profile::Pkcs15Table& table) {
    Contents contents;
    ACREDITA_TRY(there, files.enter());
    if (!there) return contents;
    contents.present = true;
    bool all = true;
    for (const auto lists : {Lists::private_keys, Lists::certificates}) {
        const auto id = expected(table, lists);
        auto found = id == 0 ? Result<bool>(false) : read_file(files, contents, lists, files.path_of(id));
        if (!found) return fail(std::move(found).error());
        all = all && *found;
    }
    if (!all)
        ACREDITA_CHECK(read_by_odf(files, table, contents,
                                   {Lists::private_keys, Lists::certificates, Lists::trusted_certificates,
                                    Lists::useful_certificates}));
    return contents;
}

Result<void> refresh(Files& files, const profile::Pkcs15Table& table, Contents& contents, Lists lists) {
    ACREDITA_TRY(there, files.enter());
    if (!there) return fail(card_errc::not_initialised);
    std::vector<Bytes> paths;
    for (const auto& file : contents.files)
        if (file.lists == lists && !file.path.empty()) paths.push_back(file.path);
    std::erase_if(contents.files,
                  [&](const DirectoryFile& file) { return file.lists == lists && !file.path.empty(); });
    take_all_again(contents);
    for (const auto& path : paths) ACREDITA_CHECK(read_file(files, contents, lists, path));
    if (paths.empty() && expected(table, lists) != 0)
        ACREDITA_CHECK(read_file(files, contents, lists, files.path_of(expected(table, lists))));
    return {};
}

Result<void> read_public_keys(Files& files, const profile::Pkcs15Table& table, Contents& to) {
    if (to.public_keys_read || !to.present) return {};
    ACREDITA_TRY(there, files.enter());
    if (!there) return {};
    to.public_keys_read = true;
    const auto id = expected(table, Lists::public_keys);
    auto found = id == 0 ? Result<bool>(false) : read_file(files, to, Lists::public_keys, files.path_of(id));
    if (!found) return fail(std::move(found).error());
    if (!*found) ACREDITA_CHECK(read_by_odf(files, table, to, {Lists::public_keys}));
    return {};
}

Result<std::optional<TokenInfo>> read_token_info(Files& files, const profile::Pkcs15Table& table) {
    ACREDITA_TRY(there, files.enter());
    if (!there) return std::nullopt;
    auto content = files.read(files.path_of(table.token_info), wanted_of_directory);
    if (!content && !only_this_file(content.error())) return fail(std::move(content).error());
    if (!content || !*content) return std::nullopt;
    return read_token_info(**content);
}

bool refers_to(const Contents& contents, const Files& files, std::uint16_t id) {
    const auto path = files.path_of(id);
    const auto means = [&](const auto& held) { return equal(resolve(held.entry.path, files.home()), path); };
    return std::any_of(contents.certificates.begin(), contents.certificates.end(), means) ||
           std::any_of(contents.public_keys.begin(), contents.public_keys.end(), means) ||
           holds(contents, path);
}

namespace {

// Into the file and into what is held of it.
Result<void> write(Files& files, Contents& contents, std::size_t file, std::size_t offset, ByteView bytes) {
    auto& held = contents.files[file];
    ACREDITA_CHECK(files.update(held.path, offset, bytes));
    held.content.resize(std::max(held.content.size(), offset + bytes.size()), 0);
    std::copy(bytes.begin(), bytes.end(), held.content.begin() + static_cast<std::ptrdiff_t>(offset));
    take_all_again(contents);
    return {};
}

// A directory file that did not exist, with its first entry, and then its name in the ODF.
Result<void> make_directory_file(Files& files, const profile::Pkcs15Table& table, Lists lists,
                                 ByteView entry) {
    const auto id = expected(table, lists);
    if (id == 0) return fail(card_errc::not_supported);
    if (entry.size() > table.directory_size) return fail(card_errc::no_room);
    ACREDITA_TRY(created, files.create(id, table.directory_size, table.guarded_conditions));
    if (!created) return fail(card_errc::data_refused, "directory file"); // there, and unreadable
    ACREDITA_CHECK(files.fill(entry));
    auto odf = files.read(files.path_of(table.odf), wanted_of_directory);
    if (!odf) return fail(std::move(odf).error());
    if (!*odf) return fail(card_errc::object_not_found, "ODF");
    const auto listing = read_odf(**odf);
    for (const auto& directory : listing.entries)
        if (directory.lists == lists && equal(resolve(directory.path, files.home()), files.path_of(id)))
            return {};
    const auto name = write_entry(Directory{.lists = lists, .path = {.files = files.path_of(id)}});
    return files.update(files.path_of(table.odf), listing.end, name);
}

} // namespace

Result<void> check_room(Files& files, const Contents& contents, Lists lists, std::size_t entry) {
    const auto* file = first_of(contents, lists);
    // What was read ends with padding that has room for it, or the file is asked how long it is.
    if (file == nullptr || file->end + entry <= file->content.size()) return {};
    ACREDITA_TRY(size, files.size(file->path));
    return file->end + entry <= size ? Result<void>{} : fail(card_errc::no_room);
}

Result<void> add_entry(Files& files, const profile::Pkcs15Table& table, Contents& contents, Lists lists,
                       ByteView entry) {
    const auto* file = first_of(contents, lists);
    if (file == nullptr) {
        if (any_of_kind(contents, lists)) return fail(card_errc::not_supported, "directory inside the ODF");
        ACREDITA_CHECK(make_directory_file(files, table, lists, entry));
        return refresh(files, table, contents, lists);
    }
    ACREDITA_CHECK(check_room(files, contents, lists, entry.size()));
    return write(files, contents, static_cast<std::size_t>(file - contents.files.data()), file->end, entry);
}

Result<void> replace_entry(Files& files, Contents& contents, std::size_t file, Span old, ByteView entry) {
    if (file >= contents.files.size() || contents.files[file].path.empty())
        return fail(card_errc::not_supported);
    const auto& held = contents.files[file];
    const auto before = held.content.size();
    if (old.offset + old.size > before) return fail(card_errc::answer_malformed);
    // From the old entry to the end of the last one: what stood behind it moves up, and zeros follow.
    auto now = concat({entry, ByteView(held.content).subspan(old.offset + old.size)});
    now.resize(std::max<std::size_t>(held.end - old.offset, held.end - old.offset - old.size + entry.size()),
               0);
    if (old.offset + now.size() > before) {
        ACREDITA_TRY(size, files.size(held.path));
        if (old.offset + now.size() > size) return fail(card_errc::no_room);
    }
    return write(files, contents, file, old.offset, now);
}

} // namespace acredita::dialect::pkcs15
