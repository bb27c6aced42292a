// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/pkcs11/module/fake_card.hpp"

#include <algorithm>
#include <thread>

namespace acredita::test {

using card::card_errc;

namespace {

constexpr profile::KeyAlgorithm algorithms[] = {
    {{card::KeyType::rsa, 2048}, 0x07, true, true, true, {}},
    {{card::KeyType::ec, 256}, 0x11, true, true, true, {}},
};
constexpr profile::Place fake_places[] = {{.key = 0x9A, .for_new_keys = true},
                                          {.key = 0x9C, .for_new_keys = true}};
using enum card::Operation;
constexpr card::Operation operations[] = {rsa_raw, ecdsa, ecdh};

const profile::Profile& fake_profile() {
    static const auto* made = [] {
        auto* p = new profile::Profile;
        p->name = "fake";
        p->evidence = profile::Evidence::card;
        p->algorithms = algorithms;
        p->operations = operations;
        p->places = fake_places;
        p->pin = {.present = true, .reference = 0x80, .rules = {6, 8, true}};
        p->puk = {.present = true, .reference = 0x81, .rules = {8, 8, false}};
        p->admin.kind = profile::AdminKind::piv_mutual;
        p->import = {profile::ImportKind::yubico_fe, profile::Role::admin, true};
        p->generate = {profile::GenerateKind::piv_47, profile::Role::admin, true};
        p->objects = {profile::DirectoryKind::piv, profile::Role::admin, 3052, 3000};
        return p;
    }();
    return *made;
}

// The same as documents alone know it.
const profile::Profile& untried_profile() {
    static const auto* made = [] {
        auto* p = new profile::Profile(fake_profile());
        p->evidence = profile::Evidence::documents;
        return p;
    }();
    return *made;
}

const profile::Profile& untried_standard_profile() {
    static const auto* made = [] {
        auto* p = new profile::Profile(untried_profile());
        p->pin.by_standard = true;
        return p;
    }();
    return *made;
}

#define FAKE_VERB(name)                                                                                      \
    world->ask(name);                                                                                        \
    if (const auto fault = world->faults.find(name); fault != world->faults.end()) return fail(fault->second)

class FakeCard final : public card::Card {
public:
    [[nodiscard]] const profile::Profile& profile() const noexcept override {
        if (!world->untried) return fake_profile();
        return world->standard_pin ? untried_standard_profile() : untried_profile();
    }
    void forget() noexcept override { pin_ = admin_ = false; }
    Result<card::Identity> identity(Channel&) override {
        FAKE_VERB("identity");
        return card::Identity{"Maker", "Model", "0123456789ABCDEF", "Card: label"};
    }
    Result<card::PinStatus> pin_status(Channel&) override {
        FAKE_VERB("pin_status");
        return card::PinStatus{world->tries, 3, card::Known::yes, world->verified};
    }
    Result<card::PinStatus> puk_status(Channel&) override {
        FAKE_VERB("puk_status");
        return card::PinStatus{world->puk_tries, 3, card::Known::no, false};
    }
    [[nodiscard]] card::Known admin_key_is_factory() const noexcept override { return card::Known::yes; }
    void remember(std::vector<card::KeySlot> places) override { remembered_ = std::move(places); }
    Result<std::optional<card::KeySlot>> recall(Channel&, card::KeyReference place) override {
        FAKE_VERB("recall");
        const auto before = std::ranges::find(remembered_, place, &card::KeySlot::reference);
        if (before == remembered_.end() || before->certificate != world->slots[place].certificate)
            return std::optional<card::KeySlot>();
        return std::optional(*before);
    }
    [[nodiscard]] std::vector<card::KeyReference> seen() const override { return places(); }
    Result<bool> unchanged(Channel&, card::KeyReference place) override {
        FAKE_VERB("unchanged");
        const auto now = world->slots.find(place);
        return seen_[place] == (now == world->slots.end() ? Bytes{} : now->second.certificate);
    }
    Result<std::vector<card::KeySlot>> directory(Channel&) override {
        FAKE_VERB("directory");
        seen_.clear();
        for (const auto& [place, slot] : world->slots) seen_[place] = slot.certificate;
        std::vector<card::KeySlot> all;
        for (const auto& [place, slot] : world->slots) {
            all.push_back(slot);
            all.back().origin = card::Origin::unknown; // a directory reads no metadata
        }
        return all;
    }
    Result<card::KeySlot> slot(Channel&, card::KeyReference place) override {
        FAKE_VERB("slot");
        const auto found = world->slots.find(place);
        seen_[place] = found != world->slots.end() ? found->second.certificate : Bytes{};
        if (found != world->slots.end()) return found->second;
        return card::KeySlot{.reference = place, .key_present = card::Known::no};
    }
    [[nodiscard]] std::vector<card::KeyReference> places() const override { return {0x9A, 0x9C}; }

    Result<void> verify_pin(Channel&, ByteView pin) override {
        FAKE_VERB("verify_pin");
        pin_ = false;
        world->verified = false;
        if (world->tries == 0) return fail(card_errc::pin_blocked);
        if (as_text(pin) != world->pin)
            return --world->tries == 0 ? fail(card_errc::pin_blocked)
                                       : fail(card_errc::pin_incorrect, std::to_string(world->tries));
        world->tries = 3;
        pin_ = true;
        world->verified = true;
        return {};
    }
    [[nodiscard]] bool pin_verified() const noexcept override { return pin_; }
    Result<void> change_pin(Channel& channel, ByteView old_pin, ByteView new_pin) override {
        FAKE_VERB("change_pin");
        ACREDITA_CHECK(verify_pin(channel, old_pin));
        world->pin = as_text(new_pin);
        return {};
    }
    Result<void> unblock_pin(Channel&, ByteView puk, ByteView new_pin) override {
        FAKE_VERB("unblock_pin");
        if (as_text(puk) != world->puk)
            return fail(card_errc::puk_incorrect, std::to_string(--world->puk_tries));
        world->pin = as_text(new_pin);
        world->tries = 3;
        return {};
    }
    Result<void> typed_pin(Channel&, card::PinTask task, const card::AskPerson& ask) override {
        FAKE_VERB("typed_pin");
        constexpr std::uint8_t instructions[] = {0x20, 0x24, 0x2C};
        ACREDITA_TRY(said, ask({.instruction = instructions[static_cast<int>(task)], .shortest = 6}));
        pin_ = world->verified = said.ok() && task == card::PinTask::verify;
        if (said.ok()) return {};
        if (said == sw::blocked) return fail(card_errc::pin_blocked);
        return fail(card_errc::pin_incorrect, std::to_string(said.tries()));
    }
    Result<void> set_pin_as_admin(Channel&, ByteView) override {
        FAKE_VERB("set_pin_as_admin");
        return fail(card_errc::not_supported);
    }
    Result<void> authenticate_admin(Channel&, ByteView key) override {
        FAKE_VERB("authenticate_admin");
        if (to_hex(key) != admin_key) return fail(card_errc::admin_key_wrong);
        admin_ = true;
        world->admin = true;
        return {};
    }
    [[nodiscard]] bool admin_authenticated() const noexcept override { return admin_; }
    Result<void> logout(Channel&) override {
        FAKE_VERB("logout");
        pin_ = admin_ = world->verified = world->admin = false;
        return {};
    }

    Result<ZeroingBytes> operate(Channel& channel, card::KeyReference place, const card::Algorithm&,
                                 card::Operation operation, ByteView data, ByteView pin) override {
        FAKE_VERB("operate");
        if (world->thinks && !world->thinking.exchange(true)) {
            while (world->thinks) std::this_thread::sleep_for(std::chrono::milliseconds(1));
            world->thinking = false;
        }
        if (!pin.empty()) ACREDITA_CHECK(verify_pin(channel, pin));
        if (!world->verified) return fail(card_errc::pin_needed);
        if (world->always.contains(place)) world->verified = false;
        const auto* pair = world->keys.at(place);
        return zeroing(operation == ecdh    ? pair->raw_ecdh(data)
                       : operation == ecdsa ? pair->raw_ecdsa(data)
                                            : pair->raw_rsa(data));
    }
    Result<StatusWord> try_operate(Channel&, card::KeyReference, const card::Algorithm&, card::Operation,
                                   ByteView) override {
        FAKE_VERB("try_operate");
        return world->verified ? sw::ok : sw::security_not_satisfied;
    }

    Result<void> import_key(Channel&, card::KeyReference place, const card::PrivateKey& key,
                            card::PinPolicy) override {
        FAKE_VERB("import_key");
        if (!world->admin) return fail(card_errc::admin_needed);
        auto& slot = world->slots[place];
        slot.reference = place;
        slot.key_present = card::Known::yes;
        slot.origin = card::Origin::imported;
        world->keys[place] = key.type == card::KeyType::rsa ? &rsa_pair() : &ec_pair();
        return {};
    }
    Result<card::PublicKey> generate_key(Channel&, card::KeyReference place, const card::Algorithm& algorithm,
                                         card::PinPolicy) override {
        FAKE_VERB("generate_key");
        const auto& pair = algorithm.type == card::KeyType::rsa ? other_rsa_pair() : ec_pair();
        world->keys[place] = &pair;
        world->slots[place] = {.reference = place,
                               .public_key = pair.public_key,
                               .key_present = card::Known::yes,
                               .origin = card::Origin::generated};
        return pair.public_key;
    }
    Result<void> store_certificate(Channel&, card::KeyReference place, ByteView der) override {
        FAKE_VERB("store_certificate");
        if (!world->admin) return fail(card_errc::admin_needed);
        world->slots[place].reference = place;
        world->slots[place].certificate = copy(der);
        return {};
    }
    Result<void> delete_certificate(Channel&, card::KeyReference place) override {
        FAKE_VERB("delete_certificate");
        world->slots[place].certificate.clear();
        return {};
    }
    Result<void> delete_key(Channel&, card::KeyReference place) override {
        FAKE_VERB("delete_key");
        world->slots[place].key_present = card::Known::no;
        world->slots[place].public_key.reset();
        return {};
    }

private:
    bool pin_ = false;
    bool admin_ = false;
    std::map<card::KeyReference, Bytes> seen_{};
    std::vector<card::KeySlot> remembered_{};
};

} // namespace

std::unique_ptr<card::Card> make_fake_card() { return std::make_unique<FakeCard>(); }

} // namespace acredita::test
