// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The letters of one renewal, and what an office asks of them.
#pragma once

#include "tests/tools/letter/support.hpp"
#include "tools/letter/digest.hpp"
#include "tools/letter/document/document.hpp"
#include "tools/letter/match/match.hpp"

#include <boost/test/unit_test.hpp>

namespace acredita::letter::test {

using namespace std::chrono;

inline Bytes spki_of(const Identity& identity) {
    unsigned char* der = nullptr;
    const auto size = i2d_PUBKEY(identity.key.get(), &der);
    Bytes out(der, der + size);
    OPENSSL_free(der);
    return out;
}
inline Bytes sha256(ByteView bytes) { return digest_of(EVP_sha256(), bytes).value(); }

// Two letters of a renewal from RSA to EC, and what the office asks of the first.
struct Renewal {
    Renewal() {
        put("1.pdf", Signs::previous);
        request.folio = "R-2026-000123";
        request.signing_key = sha256(spki_of(rsa()));
        request.other_key = sha256(spki_of(ec()));
        request.now = issued + hours(1);
        request.remembers = true;
        request.issued = remembered("1.pdf");
    }

    Letter values(Signs signs) const {
        Letter letter;
        letter.signs = signs;
        letter.folio = "R-2026-000123";
        letter.nonce = Bytes(16, 0x5A);
        letter.issued = issued;
        letter.expires = issued + days(30);
        letter.day = year(2026) / 11 / 21;
        letter.office.institution = "Universidad de Prácticas";
        letter.office.name = "Oficina";
        letter.person = {"LUCÍA MUESTRA", "00000000T", "lucia", "lucia@universidad.example"};
        letter.previous = {spki_of(rsa()), "RSA 2048", 2048, "01", "2026-11-30"};
        letter.renewed = {spki_of(ec()), "EC P-256", 256, "02", "2030-11-30"};
        return letter;
    }
    void put(const std::string& name, const Letter& letter) const {
        const auto kind = letter.signs == Signs::previous ? "renovacion-1.es.toml" : "renovacion-2.es.toml";
        const auto words = read_template(fs::path(ACREDITA_TEMPLATES) / kind).value();
        spill(scratch / name, as_text(make_letter(letter, words).value().pdf));
    }
    void put(const std::string& name, Signs signs) const { put(name, values(signs)); }
    IssuedLetter remembered(const std::string& name, Signs signs = Signs::previous) const {
        const auto bytes = slurp(scratch / name);
        return {"R-2026-000123", signs, bytes.size(), sha256(as_bytes(bytes))};
    }
    void sign(const std::string& from, const std::string& to, const Identity& who) const {
        BOOST_REQUIRE(sign_pdf(scratch / from, scratch / to, who.signer(), {}));
    }
    // Signed, and asked for the second letter.
    void come_to_the_second() {
        sign("1.pdf", "1s.pdf", rsa());
        auto letter = values(Signs::renewed);
        letter.previous_letter = sha256(as_bytes(slurp(scratch / "1s.pdf")));
        put("2.pdf", letter);
        request.signs = Signs::renewed;
        std::swap(request.signing_key, request.other_key);
        request.issued = remembered("2.pdf", Signs::renewed);
        request.first = scratch / "1s.pdf";
    }
    std::string said_of(const std::string& name) const {
        const auto matched = match_letter(scratch / name, request);
        return matched ? "" : error_name(matched.error().code);
    }

    Scratch scratch;
    sys_seconds issued{seconds(1795254180)};
    MatchRequest request;
};

} // namespace acredita::letter::test
