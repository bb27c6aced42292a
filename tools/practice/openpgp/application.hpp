// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// An OpenPGP card application, version 3.4 of its specification, as one maker's card has it.
//
// It is the card's side, written from the document: nothing here is shared with what talks to cards.
#pragma once

#include "tools/practice/card/application.hpp"
#include "tools/practice/openpgp/memory.hpp"

namespace acredita::practice::openpgp {

// Ways in which a card can be wrong, for the programs that must notice.
struct Faults {
    bool sign_without_pin = false;
    bool other_certificate = false;
};

struct Settings {
    const Firmware* firmware = nullptr; // never null once an application is made
    bool extended = true;
    Fresh fresh{};
    Faults faults{};
};

class OpenPgpApplication final : public Application {
public:
    explicit OpenPgpApplication(const Settings& settings);

    [[nodiscard]] Bytes atr() const override;
    void reset() override;
    [[nodiscard]] Bytes exchange(ByteView command) override;
    [[nodiscard]] nlohmann::json save() override;
    [[nodiscard]] Result<void> load(const nlohmann::json& memory) override;
    [[nodiscard]] bool changed() const override { return changed_; }

private:
    // What a reset or a new selection forgets.
    struct Security {
        bool sign = false;           // PW1 with reference 81
        bool other = false;          // PW1 with reference 82
        bool admin = false;          // PW3
        std::uint8_t occurrence = 0; // of 7F21, by SELECT DATA
    };

    [[nodiscard]] Answer run(const Command& command);
    [[nodiscard]] Answer with_keys(const Command& command);
    [[nodiscard]] Answer select(const Command& command);
    [[nodiscard]] Answer challenge(const Command& command);
    [[nodiscard]] Answer terminate();
    [[nodiscard]] Answer activate();
    [[nodiscard]] Bytes application_identifier() const;
    [[nodiscard]] Bytes historical() const;

    // passwords.cpp
    [[nodiscard]] Answer verify(const Command& command);
    [[nodiscard]] Answer change_password(const Command& command);
    [[nodiscard]] Answer reset_retry_counter(const Command& command);
    [[nodiscard]] std::uint16_t check(Password& password, ByteView value);
    [[nodiscard]] bool acceptable(const Password& password, ByteView value) const;
    [[nodiscard]] std::size_t longest_password() const;
    [[nodiscard]] Bytes password_status() const;
    [[nodiscard]] Answer put_reset_code(ByteView value);
    [[nodiscard]] Answer put_derivation(ByteView value);

    // data.cpp, put_data.cpp
    [[nodiscard]] Answer get_data(const Command& command);
    [[nodiscard]] Answer put_data(const Command& command);
    [[nodiscard]] Answer select_data(const Command& command);
    [[nodiscard]] Answer next_data(const Command& command);
    [[nodiscard]] Answer read(std::uint16_t tag);
    [[nodiscard]] Answer private_object(std::uint16_t tag);
    [[nodiscard]] Answer put_attributes(KeyPlace& place, Use use, ByteView value);
    [[nodiscard]] Answer put_certificate(ByteView value);
    [[nodiscard]] Bytes application_data() const;
    [[nodiscard]] Bytes discretionary() const;
    [[nodiscard]] Bytes extended_capabilities() const;
    [[nodiscard]] Bytes length_information() const;
    [[nodiscard]] Bytes algorithm_information() const;
    [[nodiscard]] Bytes key_information() const;
    [[nodiscard]] Bytes certificate();
    [[nodiscard]] KeyPlace& of_occurrence();
    [[nodiscard]] Bytes object(std::uint16_t tag) const;

    // keys.cpp
    [[nodiscard]] Answer generate(const Command& command);
    [[nodiscard]] Answer import(const Command& command);
    [[nodiscard]] Answer sign(const Command& command);
    [[nodiscard]] Answer decipher(const Command& command);
    [[nodiscard]] Answer authenticate(const Command& command);
    [[nodiscard]] Answer signature(const KeyPlace& place, ByteView data);
    void empty(KeyPlace& place);
    [[nodiscard]] KeyPlace& place(Use use) { return memory_.keys[static_cast<std::size_t>(use)]; }

    Settings settings_;
    const Firmware& firmware_;
    Transport transport_;
    Memory memory_;
    Security security_;
    Bytes foreign_certificate_;
    bool selected_ = false;
    bool changed_ = false;
};

} // namespace acredita::practice::openpgp
