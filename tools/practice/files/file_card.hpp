// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What the practice cards with files have in common: an answer to reset, a PIN and a PUK, credentials they
// are born with, files to select and read. What a family has of its own is a class derived from this one.
#pragma once

#include "tools/practice/card/application.hpp"
#include "tools/practice/card/options.hpp"
#include "tools/practice/card/transport.hpp"
#include "tools/practice/files/credential.hpp"
#include "tools/practice/files/file_tree.hpp"

namespace acredita::practice::files {

struct Reference {
    ZeroingBytes value{}; // as VERIFY brings it
    unsigned left = 0;
    unsigned total = 0;
};

struct Settings {
    Bytes atr{};
    std::string pin = "123456";
    std::string puk = "12345678";
    unsigned tries = 3;
    unsigned keys = 1;
    unsigned bits = 2048;
    std::vector<Credential> credentials{}; // instead of new ones
    std::size_t buffer = 256;              // what READ BINARY answers at most
    std::size_t cut = 0;                   // so many bytes are missing at the end of each certificate's file
};

// Offered T=0 alone: no interface byte TD1, or one that names T=0 and no TD2 (ISO 7816-3:2006 8.2.3).
[[nodiscard]] bool t0_only(ByteView atr);
// Options every kind has: atr=HEX, pin, puk, tries, keys, bits, credential=FILE, buffer, cut. False: not one
// of them, or not a value it can have.
[[nodiscard]] bool read_common(const CardOption& option, Settings& to);

class FileCard : public Application {
public:
    [[nodiscard]] Bytes atr() const override { return settings_.atr; }
    void reset() override;
    [[nodiscard]] Bytes exchange(ByteView command) override;
    [[nodiscard]] nlohmann::json save() override;
    [[nodiscard]] Result<void> load(const nlohmann::json& memory) override;
    [[nodiscard]] bool changed() const override { return changed_; }

protected:
    FileCard(Settings settings, TransportRules rules);

    [[nodiscard]] virtual Answer run(const Command& command) = 0;
    // The files as the credentials fill them.
    virtual void lay_out(FileTree& to) const = 0;
    virtual void forget() {}
    // How the family pads reference data.
    [[nodiscard]] virtual ZeroingBytes presented(std::string_view value) const;
    // File control information of what has just been selected.
    [[nodiscard]] virtual Bytes control_information(const File& file) const;
    // The status word of reading behind the end.
    [[nodiscard]] virtual std::uint16_t end_of_file() const { return 0x6B00; }

    [[nodiscard]] Answer select_file(const Command& command);
    [[nodiscard]] Answer read_binary(const Command& command);
    [[nodiscard]] std::uint16_t tries_left(const Reference& reference) const;
    // 9000, 63Cx or 6983; a wrong value costs a try.
    [[nodiscard]] std::uint16_t check(Reference& reference, ByteView value);
    void set(Reference& reference, ByteView value);

    [[nodiscard]] const Settings& settings() const noexcept { return settings_; }
    [[nodiscard]] const std::vector<Credential>& credentials() const noexcept { return credentials_; }
    [[nodiscard]] const Credential* credential(std::size_t index) const;
    [[nodiscard]] Bytes certificate_content(const Credential& credential) const;

    Reference pin_{}, puk_{};
    bool verified_ = false;
    FileTree files_{};

private:
    void be_born();

    Settings settings_;
    Transport transport_;
    std::vector<Credential> credentials_{};
    bool born_ = false;
    bool changed_ = false;
};

} // namespace acredita::practice::files
