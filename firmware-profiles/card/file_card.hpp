// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card whose keys and certificates are listed in files and were put there by its issuer: read, used, its
// PIN changed, nothing written. Made by recognise() only.
#pragma once

#include "firmware-profiles/card/card.hpp"
#include "firmware-profiles/dialect/application.hpp"
#include "firmware-profiles/dialect/entries.hpp"

#include <map>

namespace acredita::card {

class FileCard final : public Card {
public:
    // `aid`: the application of the profile that has just been selected. The profile must outlive the card.
    FileCard(const profile::Profile& profile, ByteView aid) : profile_(profile) {
        memory_.aid = copy(aid);
        if (!aid.empty()) memory_.select();
    }

    [[nodiscard]] const profile::Profile& profile() const noexcept override { return profile_; }
    void forget() noexcept override { memory_.lose(); }

    // The serial number is the card's own where it can tell one; otherwise it is made of its list of
    // certificates, and a new one when the issuer writes there.
    [[nodiscard]] Result<Identity> identity(Channel& channel) override;
    [[nodiscard]] Result<PinStatus> pin_status(Channel& channel) override;
    [[nodiscard]] Result<PinStatus> puk_status(Channel& channel) override;
    [[nodiscard]] Known admin_key_is_factory() const noexcept override { return Known::unknown; }

    [[nodiscard]] std::vector<KeyReference> seen() const override;
    // The beginning of the list of certificates is what it was. Of certificates that were replaced in their
    // places it says nothing; who signs with an old one is told so by the signature that does not fit.
    [[nodiscard]] Result<bool> unchanged(Channel& channel, KeyReference place) override;
    [[nodiscard]] Result<std::vector<KeySlot>> directory(Channel& channel) override;
    [[nodiscard]] Result<KeySlot> slot(Channel& channel, KeyReference place) override;
    [[nodiscard]] std::vector<KeyReference> places() const override { return {}; }

    [[nodiscard]] Result<void> verify_pin(Channel& channel, ByteView pin) override;
    [[nodiscard]] bool pin_verified() const noexcept override { return memory_.pin; }
    [[nodiscard]] Result<void> change_pin(Channel& channel, ByteView old_pin, ByteView new_pin) override;
    [[nodiscard]] Result<void> unblock_pin(Channel& channel, ByteView puk, ByteView new_pin) override;
    // Readers fill up PINs to one width; a card that wants them as they are gets them from programs only.
    [[nodiscard]] Result<void> typed_pin(Channel& channel, PinTask task, const AskPerson& ask) override;
    // What the card itself has no command for: it is told to select its application again, and the rest is
    // forgotten here. A card that keeps the PIN all the same forgets it by a reset.
    [[nodiscard]] Result<void> logout(Channel& channel) override;

    [[nodiscard]] Result<ZeroingBytes> operate(Channel& channel, KeyReference place,
                                               const Algorithm& algorithm, Operation operation, ByteView data,
                                               ByteView pin) override;
    [[nodiscard]] Result<StatusWord> try_operate(Channel& channel, KeyReference place,
                                                 const Algorithm& algorithm, Operation operation,
                                                 ByteView data) override;

    // No document tells how.
    [[nodiscard]] Result<void> set_pin_as_admin(Channel& channel, ByteView new_pin) override;
    [[nodiscard]] Result<void> authenticate_admin(Channel& channel, ByteView key) override;
    [[nodiscard]] bool admin_authenticated() const noexcept override { return false; }
    [[nodiscard]] Result<void> import_key(Channel& channel, KeyReference place, const PrivateKey& key,
                                          PinPolicy policy) override;
    [[nodiscard]] Result<PublicKey> generate_key(Channel& channel, KeyReference place,
                                                 const Algorithm& algorithm, PinPolicy policy) override;
    [[nodiscard]] Result<void> store_certificate(Channel& channel, KeyReference place, ByteView der) override;
    [[nodiscard]] Result<void> delete_certificate(Channel& channel, KeyReference place) override;
    [[nodiscard]] Result<void> delete_key(Channel& channel, KeyReference place) override;

private:
    struct Found { // a certificate where the list says there is one
        Bytes id{}, der{}, modulus{};
    };
    struct Lists {
        Bytes private_keys{}, certificates{};
    };

    [[nodiscard]] dialect::Application application(Channel& channel) { return {channel, profile_, memory_}; }
    [[nodiscard]] Result<const Lists*> lists(dialect::Application& card);
    [[nodiscard]] Result<Bytes> read_list_file(dialect::Application& card, ByteView path, std::size_t max);
    [[nodiscard]] Result<std::vector<Found>> read_certificates(dialect::Application& card);
    [[nodiscard]] Result<std::vector<dialect::ListEntry>> read_keys(dialect::Application& card);
    [[nodiscard]] Result<bool> belongs(dialect::Application& card, const dialect::ListEntry& key,
                                       const Found& certificate);

    const profile::Profile& profile_;
    dialect::Memory memory_{};
    std::optional<Identity> identity_{};
    std::optional<Lists> lists_{};
    std::optional<Bytes> head_{}; // of the list of certificates
    std::vector<KeySlot> slots_{};
    std::map<KeyReference, Bytes> moduli_{};
};

} // namespace acredita::card
