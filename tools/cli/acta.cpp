// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/acta.hpp"

#include "tools/acta/acta.hpp"
#include "tools/cli/drawn_signature.hpp"
#include "tools/cli/letterhead.hpp"
#include "tools/desk/office.hpp"
#include "tools/letter/sign.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

Result<letter::SignReport> sign(const Program& program, const ActaChoice& choice, CardKey& card,
                                const issue::Receipt& receipt) {
    ACREDITA_TRY(office, letterhead(choice.office));
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    ACREDITA_TRY(pdf, acta::make_acta(receipt, office, program.language(), now));
    ACREDITA_TRY(unsigned_file, letter::OutputFile::create(choice.file)); // beside it, and gone afterwards
    ACREDITA_CHECK(unsigned_file.write_at(0, pdf));
    ACREDITA_CHECK(unsigned_file.sync());
    const letter::Signer signer{.key = card.key.get(), .certificate = card.entry.der, .chain = {}};
    letter::SignOptions wanted;
    wanted.field = acta::field_name;
    wanted.draw = drawn_signature(program, receipt.certificate);
    wanted.allow_expired = receipt.certificate.expired; // somebody agreed to load it so
    return letter::sign_pdf(unsigned_file.temporary(), choice.file, signer, wanted);
}

Result<void> remember(const CardKey& card, const issue::Receipt& receipt,
                      const Result<letter::SignReport>& done) {
    ACREDITA_TRY(office, desk::open_office());
    if (!office) return {};
    ACREDITA_TRY(holder, issue::identity_number(card.entry.der));
    office::Entry entry{.action = "acta.sign",
                        .holder = holder,
                        .card = receipt.card_serial,
                        .certificate = receipt.certificate.fingerprint};
    if (done) entry.facts["sha256"] = to_hex(done->sha256);
    ACREDITA_CHECK(office->journal.append(done ? entry : desk::failed(entry, done.error())));
    return {};
}

} // namespace

Result<void> room_for_acta(const ActaChoice& choice) {
    if (choice.file.empty()) return {};
    ACREDITA_CHECK(letterhead(choice.office));
    ACREDITA_CHECK(letter::OutputFile::create(choice.file)); // and gone again
    return {};
}

Result<void> write_acta(const Program& program, const ActaChoice& choice, const CardKeyOptions& holder,
                        const issue::Receipt& receipt) {
    if (choice.file.empty()) return {};
    std::cerr << '\n' << program.say("acta_asks") << std::endl;
    ACREDITA_TRY(card, find_card_key(program, holder));
    const auto done = [&]() -> Result<letter::SignReport> {
        ACREDITA_CHECK(unlock(program, holder, card));
        return sign(program, choice, card, receipt);
    }();
    ACREDITA_CHECK(remember(card, receipt, done));
    if (!done) return fail(Error(done.error()));
    std::cerr << program.say("acta_at") << ' ' << choice.file << '\n';
    return {};
}

} // namespace acredita::cli
