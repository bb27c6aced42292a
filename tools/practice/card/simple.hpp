// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card of which nobody knows anything: it has an ATR, refuses every instruction and finds no application.
// With an empty ATR it is mute.
#pragma once

#include "tools/practice/card/options.hpp"

namespace acredita::practice {

class SimpleApplication final : public Application {
public:
    explicit SimpleApplication(Bytes atr) : atr_(std::move(atr)) {}
    [[nodiscard]] Bytes atr() const override { return atr_; }
    void reset() override {}
    [[nodiscard]] Bytes exchange(ByteView command) override;
    [[nodiscard]] nlohmann::json save() override;
    [[nodiscard]] Result<void> load(const nlohmann::json& memory) override;
    [[nodiscard]] bool changed() const override { return false; }

private:
    Bytes atr_;
};

// Of the kinds unknown (option atr=HEX), mute and none (an empty reader).
[[nodiscard]] Result<Chip> read_unknown_options(const CardOptions& options);
[[nodiscard]] Result<Chip> read_mute_options(const CardOptions& options);
[[nodiscard]] Result<Chip> read_none_options(const CardOptions& options);

} // namespace acredita::practice
