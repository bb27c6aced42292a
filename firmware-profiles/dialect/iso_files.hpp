// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The files of one directory of an ISO 7816-4 file system, during one verb: entered, read, made, written,
// deleted, in as few exchanges as the card allows. The directory is entered anew in each verb: between two of
// them another program may have gone elsewhere, and no answer would tell.
//
// A path is every identifier from the MF (3F00) on. Short file identifiers are the low five bits of the long
// ones (7816-4:2005 5.3.1.1 leaves that to the card; IsoApplet does it so).
#pragma once

#include "firmware-profiles/dialect/application.hpp"

#include <functional>

namespace acredita::dialect {

class Files {
public:
    // All must outlive it. `home` is the directory's path.
    Files(Application& card, ByteView home) : card_(card), home_(home) {}

    [[nodiscard]] Application& card() noexcept { return card_; }
    [[nodiscard]] ByteView home() const noexcept { return home_; }
    [[nodiscard]] Bytes path_of(std::uint16_t id) const;

    // Selects the directory, once. False: the card has none.
    [[nodiscard]] Result<bool> enter();

    // Looks at what has been read and says how many bytes the reading must at least have; 0: it is enough.
    using Wanted = std::function<std::size_t(ByteView)>;
    // nullopt: there is no such file. Shorter than wanted if the file ends. `by_path`: not by short
    // identifier.
    [[nodiscard]] Result<std::optional<Bytes>> read(ByteView path, const Wanted& wanted,
                                                    bool by_path = false);

    // A new file in the directory, selected from then on. False: there is one of that name.
    [[nodiscard]] Result<bool> create(std::uint16_t id, std::size_t size, ByteView conditions);
    [[nodiscard]] Result<void> create_directory(std::uint16_t id, ByteView name, ByteView conditions);
    // Writes what was just created.
    [[nodiscard]] Result<void> fill(ByteView content);
    [[nodiscard]] Result<void> update(ByteView path, std::size_t offset, ByteView content);
    // Nothing happens if it is not there.
    [[nodiscard]] Result<void> remove(std::uint16_t id);
    // The size of a file as its control parameters say; 0: they do not. Selects it.
    [[nodiscard]] Result<std::size_t> size(ByteView path);
    // The file's short identifier, if it is in this directory, is called as we call files, and has one.
    [[nodiscard]] std::optional<std::uint8_t> short_id(ByteView path) const;

private:
    [[nodiscard]] bool here() const noexcept;
    [[nodiscard]] Result<ResponseApdu> send(const CommandApdu& command, Login login = Login::none);
    [[nodiscard]] Result<ResponseApdu> select(ByteView path, bool answer);
    [[nodiscard]] Result<ResponseApdu> first_read(ByteView path, bool by_path);
    [[nodiscard]] Result<void> write(CommandApdu command, std::size_t offset, ByteView content);

    Application& card_;
    ByteView home_;
    std::optional<unsigned> entered_{}; // the Memory's losses at that time
    bool by_short_id_ = false;          // the last first_read
};

// A file that is refused or makes no sense hides itself; a broken line to the card hides everything.
[[nodiscard]] bool only_this_file(const Error& error);

} // namespace acredita::dialect
