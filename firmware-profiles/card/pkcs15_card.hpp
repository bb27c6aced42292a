// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card with an ISO 7816-4 file system, keys as in ISO 7816-8, and a PKCS#15 directory that says what is
// there (IsoApplet). Made by recognise() only.
//
// A place is a key of the card's, named by the reference its commands use. A certificate without a key stands
// in a place from 80 on that no command can use.
#pragma once

#include "firmware-profiles/card/card.hpp"
#include "firmware-profiles/dialect/application.hpp"
#include "firmware-profiles/dialect/iso_keys.hpp"
#include "firmware-profiles/dialect/pkcs15_contents.hpp"

#include <map>

namespace acredita::card {

class Pkcs15Card final : public Card {
public:
    // `selected`: the application of the profile has just been selected. The profile must outlive the card.
    Pkcs15Card(const profile::Profile& profile, bool selected) : profile_(profile) {
        if (selected) memory_.select();
    }

    [[nodiscard]] const profile::Profile& profile() const noexcept override { return profile_; }
    void forget() noexcept override;

    [[nodiscard]] Result<Identity> identity(Channel& channel) override;
    [[nodiscard]] Result<PinStatus> pin_status(Channel& channel) override;
    [[nodiscard]] Result<PinStatus> puk_status(Channel& channel) override;
    [[nodiscard]] Known admin_key_is_factory() const noexcept override { return Known::unknown; }

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
    [[nodiscard]] Result<void> typed_pin(Channel& channel, PinTask task, const AskPerson& ask) override;
    [[nodiscard]] Result<void> prepare(Channel& channel, ByteView puk, std::string_view label) override;
    [[nodiscard]] Result<void> set_pin_as_admin(Channel& channel, ByteView new_pin) override;
    [[nodiscard]] Result<void> authenticate_admin(Channel& channel, ByteView key) override;
    [[nodiscard]] bool admin_authenticated() const noexcept override { return false; }
    [[nodiscard]] Result<void> logout(Channel& channel) override;

    [[nodiscard]] Result<ZeroingBytes> operate(Channel& channel, KeyReference place,
                                               const Algorithm& algorithm, Operation operation, ByteView data,
                                               ByteView pin) override;
    [[nodiscard]] Result<StatusWord> try_operate(Channel& channel, KeyReference place,
                                                 const Algorithm& algorithm, Operation operation,
                                                 ByteView data) override;
    [[nodiscard]] bool relied_on_last_key() const noexcept override { return relied_; }
    void forget_last_key() noexcept override { environment_.reset(); }

    [[nodiscard]] Result<void> check_import(Channel& channel, const Algorithm& algorithm) override;
    [[nodiscard]] Result<void> import_key(Channel& channel, KeyReference place, const PrivateKey& key,
                                          PinPolicy policy) override;
    [[nodiscard]] Result<PublicKey> generate_key(Channel& channel, KeyReference place,
                                                 const Algorithm& algorithm, PinPolicy policy) override;
    [[nodiscard]] Result<void> store_certificate(Channel& channel, KeyReference place, ByteView der) override;
    [[nodiscard]] Result<void> delete_certificate(Channel& channel, KeyReference place) override;
    [[nodiscard]] Result<void> delete_key(Channel& channel, KeyReference place) override;

private:
    using Contents = dialect::pkcs15::Contents;
    using HeldCertificate = dialect::pkcs15::Held<dialect::pkcs15::Certificate>;
    using HeldKey = dialect::pkcs15::Held<dialect::pkcs15::Key>;

    [[nodiscard]] dialect::Application application(Channel& channel) { return {channel, profile_, memory_}; }
    [[nodiscard]] Result<const profile::Place*> place_of(KeyReference place) const;
    [[nodiscard]] const KeySlot* remembered(KeyReference place) const noexcept;
    [[nodiscard]] Result<void> make_directory(dialect::Application& card, std::string_view label);
    // pkcs15_card_directory.cpp
    [[nodiscard]] Result<Contents> read_contents(dialect::Files& files);
    [[nodiscard]] Result<std::vector<KeySlot>> slots_of(dialect::Files& files, Contents& contents,
                                                        std::optional<KeyReference> only);
    [[nodiscard]] Result<KeySlot> slot_of(dialect::Files& files, Contents& contents, KeyReference place,
                                          const HeldKey* key, const HeldCertificate* certificate);
    [[nodiscard]] std::optional<KeyReference> place_of_file(const dialect::Files& files,
                                                            const dialect::pkcs15::Path& path) const;
    // pkcs15_card_write.cpp
    // Those that are held, with the entries of this kind read anew.
    [[nodiscard]] Result<Contents> contents_to_change(dialect::Files& files, dialect::pkcs15::Lists lists);
    [[nodiscard]] Result<void> list_key(dialect::Files& files, Contents& contents, KeyReference place,
                                        dialect::pkcs15::Key entry);
    // Without a certificate, under an identifier of its own.
    [[nodiscard]] Result<void> list_alone(dialect::Files& files, Contents& contents, KeyReference place,
                                          const PublicKey& half, bool made_here);
    [[nodiscard]] const HeldCertificate* certificate_of(const dialect::Files& files, const Contents& contents,
                                                        KeyReference place) const;
    [[nodiscard]] Result<std::uint16_t> write_certificate_file(dialect::Files& files,
                                                               const Contents& contents,
                                                               const profile::Place& place, ByteView der);
    [[nodiscard]] Result<void> put_certificate(dialect::Files& files, Contents& contents,
                                               const profile::Place& place, ByteView der, const Bytes& id,
                                               const std::string& label);
    [[nodiscard]] Result<void> write_public_key(dialect::Files& files, Contents& contents, KeyReference place,
                                                const PublicKey& key);
    [[nodiscard]] Result<void> drop_public_key(dialect::Files& files, Contents& contents, ByteView id);

    const profile::Profile& profile_;
    dialect::Memory memory_{};
    std::optional<dialect::KeyEnvironment> environment_{};
    bool relied_ = false; // in the last operation
    std::optional<bool> takes_keys_{};
    std::optional<Identity> identity_{};
    std::map<KeyReference, Known> keys_{}; // put there, or destroyed, by this Card
    std::vector<KeySlot> remembered_{};
    std::optional<Contents> contents_{}; // as they were read last
    std::map<KeyReference, KeySlot> seen_{};
};

} // namespace acredita::card
