// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A university card with Gemalto's Classic applet, as far as its commands are public: PKCS #15 lists in
// 5000/5001 and 5000/5003, certificates as they are, signatures in two steps over a hash that is named by the
// algorithm. Nothing here is shared with what talks to cards.
#pragma once

#include "tools/practice/files/file_card.hpp"

namespace acredita::practice::classic {

struct Settings {
    files::Settings files{};
    std::uint8_t application = 0x0E; // A0 00 00 00 18 xx 00 00 01 63 42 00
    unsigned applet = 3;             // its major version; SHA-384 and SHA-512 came with 4
    std::uint8_t filler = 0x00;      // behind a PIN
};

class ClassicCard final : public files::FileCard {
public:
    explicit ClassicCard(const Settings& settings);

private:
    [[nodiscard]] Answer run(const Command& command) override;
    void lay_out(files::FileTree& to) const override;
    void forget() override;
    [[nodiscard]] ZeroingBytes presented(std::string_view value) const override;

    [[nodiscard]] Answer select(const Command& command);
    [[nodiscard]] Answer verify(const Command& command);
    [[nodiscard]] Answer change_reference(const Command& command);
    [[nodiscard]] Answer reset_retry(const Command& command);
    [[nodiscard]] Answer manage_environment(const Command& command);
    [[nodiscard]] Answer security_operation(const Command& command);
    [[nodiscard]] bool hash_fits(ByteView hash) const;

    Settings settings_;
    bool selected_ = false;
    std::uint8_t algorithm_ = 0;
    const files::Credential* key_ = nullptr;
    Bytes hash_{};
};

[[nodiscard]] Result<Chip> read_options(const CardOptions& options);

} // namespace acredita::practice::classic
