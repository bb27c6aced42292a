// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// An IsoApplet: an open card application with a file system (ISO 7816-4) and keys of its own (7816-8), in the
// two generations there are. Version 0 (Java Card 2.2.2): short commands, chains, SHA-1 inside. Version 1
// (Java Card 3.0.4): extended commands and no chains, finished hashes, PSS.
//
// It is the card's side, written from what its authors and OpenSC published about it: nothing here is shared
// with what talks to cards.
#pragma once

#include "tools/practice/card/application.hpp"
#include "tools/practice/card/transport.hpp"
#include "tools/practice/isoapplet/memory.hpp"

namespace acredita::practice::isoapplet {

// Ways in which a card can be wrong, for the programs that must notice.
struct Faults {
    bool sign_without_pin = false;
    bool other_certificate = false;
};

struct Settings {
    unsigned version = 1;
    bool import = true; // otherwise it was left out when the applet was built
    bool t0 = false;
    bool contactless = false;
    std::size_t buffer = 660; // one RSA-2048 key as it comes in
    Fresh fresh{};
    Faults faults{};
};

class IsoApplet final : public Application {
public:
    explicit IsoApplet(const Settings& settings);

    [[nodiscard]] Bytes atr() const override;
    void reset() override;
    [[nodiscard]] Bytes exchange(ByteView command) override;
    [[nodiscard]] nlohmann::json save() override;
    [[nodiscard]] Result<void> load(const nlohmann::json& memory) override;
    [[nodiscard]] bool changed() const override { return changed_; }

private:
    // What a reset or a new selection forgets.
    struct Security {
        bool pin = false;
        std::uint8_t algorithm = 0; // of the last MANAGE SECURITY ENVIRONMENT
        std::uint8_t key = 0;
        std::uint8_t purpose = 0; // its P2; 0 means to make or import a key, and is told apart by `set`
        bool set = false;
        std::uint16_t directory = master_file;
        std::uint16_t file = 0; // 0: none
    };

    [[nodiscard]] Answer run(const Command& command);
    [[nodiscard]] bool may(std::uint8_t condition) const;

    // files.cpp
    [[nodiscard]] Answer select(const Command& command);
    [[nodiscard]] Answer select_file(const Command& command);
    [[nodiscard]] Answer enter(std::uint16_t id, std::uint8_t p2);
    [[nodiscard]] Answer read_binary(const Command& command);
    [[nodiscard]] Answer update_binary(const Command& command);
    [[nodiscard]] Answer create_file(const Command& command);
    [[nodiscard]] Answer delete_file(const Command& command);
    // The file meant by P1 and P2 of READ or UPDATE BINARY, and the offset in it.
    [[nodiscard]] std::pair<File*, std::size_t> addressed(const Command& command);

    // pins.cpp
    [[nodiscard]] Answer verify(const Command& command);
    [[nodiscard]] Answer change_reference(const Command& command);
    [[nodiscard]] Answer reset_retry(const Command& command);
    [[nodiscard]] std::uint16_t check(Reference& reference, ByteView value);

    // keys.cpp
    [[nodiscard]] Answer manage(const Command& command);
    [[nodiscard]] Answer perform(const Command& command);
    [[nodiscard]] Answer sign(const StoredKey& key, ByteView data);
    [[nodiscard]] Answer decipher(const StoredKey& key, ByteView data);
    [[nodiscard]] Answer generate(const Command& command);
    [[nodiscard]] Answer import(const Command& command);
    [[nodiscard]] Answer capabilities(const Command& command) const;
    void store_key(StoredKey key);

    Settings settings_;
    Transport transport_;
    Memory memory_;
    Security security_{};
    bool selected_ = false;
    bool changed_ = false;
};

} // namespace acredita::practice::isoapplet
