// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A card as its maker delivers it gets its directory, its PUK and its PIN. As long as it has no PIN it lets
// everybody do everything, and what is done then cannot be done again: PUK and PIN come last, and a job that
// was torn off is done again from its beginning.
#include "firmware-profiles/card/pkcs15_card.hpp"
#include "firmware-profiles/dialect/cipher.hpp"
#include "firmware-profiles/dialect/pin.hpp"
#include "firmware-profiles/dialect/pkcs15_write.hpp"
#include "firmware-profiles/dialect/status.hpp"
#include "pcsc/apdu/iso7816.hpp"
#include "pcsc/base/tlv.hpp"

namespace acredita::card {

namespace p15 = dialect::pkcs15;

namespace {

constexpr std::uint16_t directory_of_applications = 0x2F00; // 7816-4:2005 8.2.1.1
constexpr std::size_t small_file = 256;
constexpr StatusWord not_now{0x6985};

// What is there from a job that was torn off is filled again.
Result<void> put_file(dialect::Files& files, std::uint16_t id, std::size_t size, ByteView conditions,
                      ByteView content) {
    ACREDITA_TRY(created, files.create(id, size, conditions));
    if (created) return files.fill(content);
    return files.update(files.path_of(id), 0, content);
}

p15::Pin pin_entry(const profile::Profile& profile) {
    p15::Pin pin{.common = {.label = "PIN", .modifiable = true},
                 .id = copy(profile.pkcs15.pin_id),
                 .flags = p15::case_sensitive | p15::initialized | p15::needs_padding,
                 .type = p15::PinType::utf8,
                 .min = static_cast<unsigned>(profile.pin.rules.min),
                 .stored = static_cast<unsigned>(profile.pin.width),
                 .max = static_cast<unsigned>(profile.pin.rules.max),
                 .reference = profile.pin.reference,
                 .filler = profile.pin.filler};
    pin.path.files = copy(profile.pkcs15.home);
    return pin;
}

} // namespace

Result<void> Pkcs15Card::make_directory(dialect::Application& card, std::string_view label) {
    const auto& table = profile_.pkcs15;
    const auto home = static_cast<std::uint16_t>(table.home[table.home.size() - 2] << 8U | table.home.back());
    dialect::Files files(card, table.home);
    ACREDITA_TRY(there, files.enter());
    if (!there) {
        dialect::Files root(card, table.home.first(table.home.size() - 2));
        ACREDITA_TRY(root_there, root.enter());
        if (!root_there) return fail(card_errc::object_not_found, "MF");
        const auto entry = p15::write_application(table.application_name, label, table.home);
        ACREDITA_CHECK(put_file(root, directory_of_applications, 128, table.open_conditions, entry));
        ACREDITA_CHECK(root.create_directory(home, table.application_name, table.home_conditions));
        ACREDITA_TRY(entered, files.enter());
        if (!entered) return fail(card_errc::object_not_found, "directory");
    }
    Bytes odf;
    const std::pair<p15::Lists, std::uint16_t> lists[] = {{p15::Lists::pins, table.pins},
                                                          {p15::Lists::private_keys, table.private_keys},
                                                          {p15::Lists::public_keys, table.public_keys},
                                                          {p15::Lists::certificates, table.certificates}};
    for (const auto& [what, id] : lists) {
        append(odf, p15::write_entry(p15::Directory{.lists = what, .path = {.files = files.path_of(id)}}));
        const auto content = what == p15::Lists::pins ? p15::write_entry(pin_entry(profile_)) : Bytes{0};
        ACREDITA_CHECK(put_file(files, id, what == p15::Lists::pins ? small_file : table.directory_size,
                                table.guarded_conditions, content));
    }
    const auto serial = dialect::random_bytes(8); // the card has no number of its own that it tells
    p15::TokenInfo info{.version = 0,
                        .serial = {serial.begin(), serial.end()},
                        .manufacturer = std::string(profile_.naming.manufacturer),
                        .label = std::string(label),
                        .login_required = true};
    ACREDITA_CHECK(
        put_file(files, table.token_info, small_file, table.open_conditions, p15::write_token_info(info)));
    // Named last: what is listed is there.
    return put_file(files, table.odf, small_file, table.open_conditions, odf);
}

Result<void> Pkcs15Card::prepare(Channel& channel, ByteView puk, std::string_view label) {
    const auto status = pin_status(channel);
    if (status) return fail(card_errc::not_supported, "the card has a PIN already");
    if (!is(status.error(), card_errc::not_initialised)) return fail(status.error());
    if (!dialect::well_formed(puk, profile_.puk)) return fail(card_errc::pin_malformed);
    auto card = application(channel);
    ACREDITA_CHECK(make_directory(card, label.substr(0, 32)));
    contents_.reset();
    identity_.reset();
    CommandApdu command = iso7816::change_reference_data(profile_.puk.reference, puk);
    command.p1 = 0x01; // 7816-4:2005 7.5.7: the new value alone
    ACREDITA_TRY(answer, card.send(command));
    // Set already, by the job that was torn off: the card will not take another.
    if (answer.sw == not_now) return {};
    return answer.sw.ok() ? Result<void>{} : fail(dialect::judge(dialect::Step::change_pin, answer.sw));
}

// The first PIN of a card that has none; afterwards it is its holder's alone.
Result<void> Pkcs15Card::set_pin_as_admin(Channel& channel, ByteView new_pin) {
    if (!dialect::well_formed(new_pin, profile_.pin)) return fail(card_errc::pin_malformed);
    auto card = application(channel);
    CommandApdu command = iso7816::change_reference_data(profile_.pin.reference, new_pin);
    command.p1 = 0x01;
    ACREDITA_TRY(answer, card.send(command));
    if (answer.sw == not_now) return fail(card_errc::not_supported, "the card has a PIN already");
    return answer.sw.ok() ? Result<void>{} : fail(dialect::judge(dialect::Step::change_pin, answer.sw));
}

} // namespace acredita::card
