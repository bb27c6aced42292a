// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card whose directory model is OpenPGP: three places, each with its key and its certificate. Made by
// recognise() only.
#pragma once

#include "firmware-profiles/card/card.hpp"
#include "firmware-profiles/dialect/openpgp_pin.hpp"

#include <map>

namespace acredita::card {

class OpenPgpCard final : public Card {
public:
    // `selected`: the application has just been selected; `application_data`: its answer to GET DATA 6E, if
    // that was asked for already. The profile must outlive the card.
    OpenPgpCard(const profile::Profile& profile, bool selected, ByteView application_data);

    [[nodiscard]] const profile::Profile& profile() const noexcept override { return profile_; }
    void forget() noexcept override;

    [[nodiscard]] Result<Identity> identity(Channel& channel) override;
    [[nodiscard]] Result<PinStatus> pin_status(Channel& channel) override;
    [[nodiscard]] Result<PinStatus> puk_status(Channel& channel) override;
    [[nodiscard]] Known admin_key_is_factory() const noexcept override { return factory_admin_key_; }

    void remember(std::vector<KeySlot> places) override { remembered_ = std::move(places); }
    [[nodiscard]] Result<std::optional<KeySlot>> recall(Channel& channel, KeyReference place) override;
    [[nodiscard]] std::vector<KeyReference> seen() const override;
    [[nodiscard]] Result<bool> unchanged(Channel& channel, KeyReference place) override;
    [[nodiscard]] Result<std::vector<KeySlot>> directory(Channel& channel) override;
    [[nodiscard]] Result<KeySlot> slot(Channel& channel, KeyReference place) override;
    [[nodiscard]] std::vector<KeyReference> places() const override;

    [[nodiscard]] Result<void> verify_pin(Channel& channel, ByteView pin) override;
    [[nodiscard]] bool pin_verified() const noexcept override { return memory_.pin; }
    [[nodiscard]] Result<void> change_pin(Channel& channel, ByteView old_pin, ByteView new_pin) override;
    [[nodiscard]] Result<void> unblock_pin(Channel& channel, ByteView puk, ByteView new_pin) override;
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

    [[nodiscard]] Result<std::size_t> max_certificate(Channel& channel) override;
    [[nodiscard]] Result<void> check_import(Channel& channel, const Algorithm& algorithm) override;
    [[nodiscard]] Result<bool> knows(Channel& channel, const Algorithm& algorithm) override;
    [[nodiscard]] Result<void> import_key(Channel& channel, KeyReference place, const PrivateKey& key,
                                          PinPolicy policy) override;
    [[nodiscard]] Result<PublicKey> generate_key(Channel& channel, KeyReference place,
                                                 const Algorithm& algorithm, PinPolicy policy) override;
    [[nodiscard]] Result<void> store_certificate(Channel& channel, KeyReference place, ByteView der) override;
    [[nodiscard]] Result<void> delete_certificate(Channel& channel, KeyReference place) override;
    [[nodiscard]] Result<void> delete_key(Channel& channel, KeyReference place) override;

private:
    using Use = dialect::openpgp::Use;

    [[nodiscard]] dialect::Application application(Channel& channel) { return {channel, profile_, memory_}; }
    // Asked once, and again after somebody else may have changed it.
    [[nodiscard]] Result<dialect::openpgp::ApplicationData*> data(dialect::Application& card);
    [[nodiscard]] Result<void> fresh_tries(Channel& channel);
    [[nodiscard]] dialect::openpgp::Passwords passwords(dialect::Application& card);
    [[nodiscard]] Result<std::pair<const profile::Place*, Use>> place_of(KeyReference place) const;
    [[nodiscard]] KeySlot slot_of(const profile::Place& place, Use use) const;
    [[nodiscard]] const KeySlot* remembered(KeyReference place) const noexcept;
    [[nodiscard]] Result<KeySlot> look_at(dialect::Application& card, const profile::Place& place, Use use);
    [[nodiscard]] Result<void> settle_place(dialect::Application& card, Use use, const PublicKey& key);
    [[nodiscard]] Result<void> put_back(dialect::Application& card, const profile::Place& place);
    void take_note(KeyReference place, ByteView certificate);

    const profile::Profile& profile_;
    dialect::Memory memory_{};
    dialect::openpgp::PasswordMemory passwords_{};
    std::optional<dialect::openpgp::ApplicationData> data_{};
    std::uint8_t occurrence_ = 0; // of 7F21, as the card was told last
    Known factory_admin_key_ = Known::unknown;
    std::vector<KeySlot> remembered_{};
    std::map<KeyReference, Bytes> seen_{}; // certificates as seen last; empty: none
};

} // namespace acredita::card
