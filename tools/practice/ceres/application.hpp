// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A CERES card of the FNMT before version 4.30, which knows no secure messaging, as far as its commands are
// public: a master file selected by name, certificates packed by zlib, a block loaded (90 58, in two
// envelopes if it is long) and then computed with (90 5A). Nothing here is shared with what talks to cards.
#pragma once

#include "tools/practice/files/file_card.hpp"

namespace acredita::practice::ceres {

// How its lists were written over the years: as PKCS #15 says; the same with an empty [0]; and the old way,
// with paths as text and a SEQUENCE too few.
enum class Lists : std::uint8_t { strict, empty, old };

struct Settings {
    files::Settings files{};
    Lists lists = Lists::strict;
    bool plain = false; // certificates that are not packed
};

class CeresCard final : public files::FileCard {
public:
    explicit CeresCard(const Settings& settings);

private:
    [[nodiscard]] Answer run(const Command& command) override;
    void lay_out(files::FileTree& to) const override;
    void forget() override;
    [[nodiscard]] Bytes control_information(const files::File& file) const override;

    [[nodiscard]] Answer standard(const Command& command);
    [[nodiscard]] Answer verify(const Command& command);
    [[nodiscard]] Answer load_block(ByteView block);
    [[nodiscard]] Answer envelope(const Command& command);
    [[nodiscard]] Answer compute(const Command& command);
    [[nodiscard]] std::uint8_t reference_of(std::size_t index) const;

    Settings settings_;
    Bytes block_{};
    Bytes enveloped_{};
};

[[nodiscard]] Result<Chip> read_options(const CardOptions& options);

} // namespace acredita::practice::ceres
