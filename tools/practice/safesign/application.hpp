// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card with AET's SafeSign applet of the generation that opens without a phrase, as far as its commands are
// public: a PKCS #15 tree, logical channel 1 in the class byte of everything that has to do with the PIN and
// the keys, keys by their ordinal number. Nothing here is shared with what talks to cards.
#pragma once

#include "tools/practice/files/file_card.hpp"

namespace acredita::practice::safesign {

class SafeSignCard final : public files::FileCard {
public:
    explicit SafeSignCard(const files::Settings& settings);

private:
    [[nodiscard]] Answer run(const Command& command) override;
    void lay_out(files::FileTree& to) const override;
    void forget() override;
    [[nodiscard]] Bytes control_information(const files::File& file) const override;
    [[nodiscard]] std::uint16_t end_of_file() const override { return 0x6A86; }

    [[nodiscard]] Answer select(const Command& command);
    [[nodiscard]] Answer on_channel(const Command& command);
    [[nodiscard]] Answer proprietary(const Command& command);
    [[nodiscard]] Answer get_data(const Command& command) const;
    [[nodiscard]] Answer verify(const Command& command);
    [[nodiscard]] Answer manage_environment(const Command& command);
    [[nodiscard]] Answer sign(const Command& command);

    bool selected_ = false;
    const files::Credential* key_ = nullptr;
};

[[nodiscard]] Result<Chip> read_options(const CardOptions& options);

} // namespace acredita::practice::safesign
