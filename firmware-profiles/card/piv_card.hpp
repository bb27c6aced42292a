// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card whose directory model is PIV. Made by recognise() only.
#pragma once

#include "firmware-profiles/card/card.hpp"
#include "firmware-profiles/dialect/application.hpp"

#include <map>

namespace acredita::card {

class PivCard final : public Card {
public:
    // `selected`: the application of the profile has just been selected. The profile must outlive the card.
    PivCard(const profile::Profile& profile, bool selected) : profile_(profile) {
        if (selected) memory_.select();
    }

    [[nodiscard]] const profile::Profile& profile() const noexcept override { return profile_; }
    void forget() noexcept override { memory_.lose(); }

    [[nodiscard]] Result<Identity> identity(Channel& channel) override;
    [[nodiscard]] Result<PinStatus> pin_status(Channel& channel) override;
    [[nodiscard]] Result<PinStatus> puk_status(Channel& channel) override;
    [[nodiscard]] Known admin_key_is_factory() const noexcept override { return factory_admin_key_; }

    void remember(std::vector<KeySlot> places) override { remembered_ = std::move(places); }
    [[nodiscard]] Result<std::optional<KeySlot>> recall(Channel& channel, KeyReference place) override;
    [[nodiscard]] std::vector<KeyReference> seen() const override;
    [[nodiscard]] Result<bool> unchanged(Channel& channel, KeyReference place) override;
    [[nodiscard]] Result<std::vector<KeySlot>> directory(Channel& channel) override;
    [[nodiscard]] Result<Listing> directory_until(Channel& channel, const Enough& enough) override;
    [[nodiscard]] Result<KeySlot> slot(Channel& channel, KeyReference place) override;
    [[nodiscard]] std::vector<KeyReference> places() const override;

    [[nodiscard]] Result<void> verify_pin(Channel& channel, ByteView pin) override;
    [[nodiscard]] bool pin_verified() const noexcept override { return memory_.pin; }
    [[nodiscard]] Result<void> change_pin(Channel& channel, ByteView old_pin, ByteView new_pin) override;
    [[nodiscard]] Result<void> unblock_pin(Channel& channel, ByteView puk, ByteView new_pin) override;
    [[nodiscard]] Result<void> change_puk(Channel& channel, ByteView puk, ByteView new_puk) override;
    [[nodiscard]] Result<void> typed_pin(Channel& channel, PinTask task, const AskPerson& ask) override;
    [[nodiscard]] Result<void> set_pin_as_admin(Channel& channel, ByteView new_pin) override;
    [[nodiscard]] Result<void> authenticate_admin(Channel& channel, ByteView key) override;
    [[nodiscard]] bool admin_authenticated() const noexcept override { return memory_.admin; }
    [[nodiscard]] Result<void> logout(Channel& channel) override;

    [[nodiscard]] Result<ZeroingBytes> operate(Channel& channel, KeyReference place,
                                               const Algorithm& algorithm, Operation operation, ByteView data,
                                               ByteView pin) override;
    [[nodiscard]] Result<StatusWord> try_operate(Channel& channel, KeyReference place,
                                                 const Algorithm& algorithm, Operation operation,
                                                 ByteView data) override;

    [[nodiscard]] Result<bool> knows(Channel& channel, const Algorithm& algorithm) override;
    [[nodiscard]] Result<void> check_import(Channel& channel, const Algorithm& algorithm) override;
    [[nodiscard]] Result<void> import_key(Channel& channel, KeyReference place, const PrivateKey& key,
                                          PinPolicy policy) override;
    [[nodiscard]] Result<PublicKey> generate_key(Channel& channel, KeyReference place,
                                                 const Algorithm& algorithm, PinPolicy policy) override;
    [[nodiscard]] Result<void> store_certificate(Channel& channel, KeyReference place, ByteView der) override;
    [[nodiscard]] Result<void> delete_certificate(Channel& channel, KeyReference place) override;
    [[nodiscard]] Result<void> delete_key(Channel& channel, KeyReference place) override;

private:
    // What a key is like, as far as this Card has learnt it by doing or asking.
    struct KnownKey {
        Known present = Known::unknown;
        PinPolicy pin_policy = PinPolicy::card_default;
        Origin origin = Origin::unknown;
        std::optional<PublicKey> public_key{};
    };

    [[nodiscard]] dialect::Application application(Channel& channel) { return {channel, profile_, memory_}; }
    [[nodiscard]] Result<const profile::Place*> place_of(KeyReference place) const;
    [[nodiscard]] KeySlot slot_of(const profile::Place& place) const;
    [[nodiscard]] const KeySlot* remembered(KeyReference place) const noexcept;
    [[nodiscard]] KeySlot as_before(const profile::Place& place, const KeySlot& before) const;
    [[nodiscard]] Result<KeySlot> look_at(dialect::Application& card, const profile::Place& place);
    [[nodiscard]] Result<bool> add_place(dialect::Application& card, const profile::Place& place,
                                         std::vector<KeySlot>& to);
    [[nodiscard]] Result<void> learn(dialect::Application& card, KeyReference place);
    [[nodiscard]] Result<std::string> read_serial(dialect::Application& card) const;

    const profile::Profile& profile_;
    dialect::Memory memory_{};
    Known factory_admin_key_ = Known::unknown;
    std::optional<Identity> identity_{};
    std::map<KeyReference, KnownKey> keys_{};
    std::vector<KeySlot> remembered_{};
    std::map<KeyReference, Bytes> heads_{}; // of the certificate objects as seen last; empty: no object
};

} // namespace acredita::card
