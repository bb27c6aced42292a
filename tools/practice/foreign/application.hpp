// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card of which only the outside is played: it has a master file or none, one application by name or none,
// and answers everything else in the way of its make. A VERIFY is never answered 9000.
#pragma once

#include "tools/practice/card/application.hpp"

#include <string_view>

namespace acredita::practice::foreign {

struct Make {
    std::string_view name;
    std::string_view atr;
    std::uint16_t no;             // to what it does not know
    bool master_file;             // 3F00 can be selected
    std::string_view application; // its name in hexadecimal
    std::uint8_t about = 0x6F;    // the tag in which it tells of itself
};

class ForeignCard final : public Application {
public:
    ForeignCard(const Make& make, Bytes atr);
    [[nodiscard]] Bytes atr() const override { return atr_; }
    void reset() override {}
    [[nodiscard]] Bytes exchange(ByteView command) override;
    [[nodiscard]] nlohmann::json save() override;
    [[nodiscard]] Result<void> load(const nlohmann::json& memory) override;
    [[nodiscard]] bool changed() const override { return false; }

private:
    const Make make_;
    const Bytes atr_;
    Bytes application_{};
};

} // namespace acredita::practice::foreign
