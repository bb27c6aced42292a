// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A PIV card application, NIST SP 800-73-4 part 2, with the extensions Yubico published, as one firmware has
// them.
//
// It is the card's side, written from the documents: nothing here is shared with what talks to cards.
#pragma once

#include "tools/practice/card/application.hpp"
#include "tools/practice/piv/firmware.hpp"
#include "tools/practice/piv/memory.hpp"

namespace acredita::practice::piv {

// Ways in which a card can be wrong, for the programs that must notice.
struct Faults {
    bool sign_without_pin = false;
    bool other_certificate = false;
};

struct Settings {
    const Firmware* firmware = nullptr; // never null once an application is made
    bool extended = true;
    bool t0 = false;
    std::size_t object_limit = 0; // 0: the firmware's
    Fresh fresh{};
    Faults faults{};
};

class PivApplication final : public Application {
public:
    explicit PivApplication(const Settings& settings);

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
        bool fresh_pin = false; // the command just before was a successful VERIFY
        bool admin = false;
        ZeroingBytes witness{};   // we asked the host to decrypt it
        ZeroingBytes challenge{}; // we asked the host to encrypt it
    };
    struct KeyRequest {
        std::uint8_t algorithm = 0;
        std::uint8_t pin_policy = 0;
        std::uint8_t touch_policy = 0;
    };

    struct Neighbour {
        bool selected = false;
        unsigned tries = 3;
    };

    [[nodiscard]] Answer run(const Command& command);
    [[nodiscard]] Answer neighbour_verifies(const Command& command);
    [[nodiscard]] Answer standard(const Command& command);
    [[nodiscard]] Answer yubico(const Command& command);
    [[nodiscard]] Answer select(const Command& command);

    [[nodiscard]] Answer verify(const Command& command);
    [[nodiscard]] Answer change_reference(const Command& command);
    [[nodiscard]] Answer reset_retry(const Command& command);
    [[nodiscard]] Answer set_retries(const Command& command);
    [[nodiscard]] Answer factory_reset(const Command& command);
    [[nodiscard]] std::uint16_t check(Reference& reference, ByteView value);
    [[nodiscard]] bool well_formed(ByteView value, bool verifying) const;
    void forget_keys_if_blocked();

    [[nodiscard]] Answer get_data(const Command& command);
    [[nodiscard]] Answer put_data(const Command& command);
    [[nodiscard]] bool writable(std::uint32_t tag) const;
    [[nodiscard]] const Bytes& shown(std::uint32_t tag, const Bytes& stored);

    [[nodiscard]] Answer authenticate(const Command& command);
    [[nodiscard]] Answer authenticate_admin(const Command& command, ByteView fields);
    [[nodiscard]] Answer answer_witness(ByteView witness, ByteView challenge);
    [[nodiscard]] Answer check_response(ByteView response);
    [[nodiscard]] Answer use_key(const Command& command, ByteView fields, bool fresh_pin);
    [[nodiscard]] Answer set_admin(const Command& command);

    [[nodiscard]] Answer generate(const Command& command);
    [[nodiscard]] Answer import(const Command& command);
    [[nodiscard]] Answer move_key(const Command& command);
    [[nodiscard]] Answer metadata(const Command& command);
    [[nodiscard]] Answer key_metadata(const StoredKey& key) const;
    [[nodiscard]] bool is_slot(std::uint8_t slot) const;
    [[nodiscard]] std::uint16_t read_policies(ByteView fields, std::uint8_t slot, KeyRequest& request) const;
    void store_key(std::uint8_t slot, const KeyRequest& request, Origin origin, ZeroingBytes der);

    Settings settings_;
    const Firmware& firmware_;
    Transport transport_;
    Memory memory_;
    Security security_;
    Neighbour neighbour_;
    Bytes foreign_certificate_;
    bool selected_ = false;
    bool changed_ = false;
};

} // namespace acredita::practice::piv
