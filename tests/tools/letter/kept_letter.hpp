// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A letter of the office as it is made, and as it is once signed.
#pragma once

#include "tests/tools/letter/keeping.hpp"
#include "tests/tools/letter/support.hpp"
#include "tools/letter/document/appearance.hpp"
#include "tools/letter/document/document.hpp"

#include <boost/test/unit_test.hpp>

namespace acredita::letter::test {

using Object = QPDFObjectHandle;

inline Bytes letter_bytes() {
    Letter letter;
    letter.folio = "R-2026-000124";
    letter.nonce = Bytes(16, 1);
    letter.issued = std::chrono::sys_seconds(std::chrono::seconds(1795254180));
    letter.expires = letter.issued;
    letter.day = std::chrono::year(2026) / 11 / 21;
    letter.office = {.institution = "Universidad <&> de Prácticas", .name = "Oficina", .building = "Aquí"};
    letter.person = {"LUCÍA MUESTRA", "00000000T", "lucia", "lucia@universidad.example"};
    letter.previous = {Bytes(294, 0x30), "RSA 2048", 2048, "01", "2026-11-30"};
    letter.renewed = {Bytes(294, 0x31), "RSA 2048", 2048, "02", "2030-11-30"};
    const auto words = read_template(fs::path(ACREDITA_TEMPLATES) / "renovacion-1.es.toml");
    return make_letter(letter, words.value()).value().pdf;
}

// The letter as it is made, and as it is once signed.
class Kept {
public:
    Kept() {
        spill(scratch_ / "a.pdf", as_text(letter_bytes()));
        SignOptions visible;
        visible.draw = [](double width, double height) {
            return draw_signature(width, height, {"LUCÍA ÑANDÚ", "Firmado electrónicamente"});
        };
        BOOST_REQUIRE(sign_pdf(scratch_ / "a.pdf", scratch_ / "b.pdf", rsa().signer(), visible));
        plain_.processFile((scratch_ / "a.pdf").c_str());
        signed_.processFile((scratch_ / "b.pdf").c_str());
    }
    [[nodiscard]] std::string plain_bytes() const { return slurp(scratch_ / "a.pdf"); }
    [[nodiscard]] std::string signed_bytes() const { return slurp(scratch_ / "b.pdf"); }
    template <class Check>
    void both(Check check) {
        BOOST_TEST_CONTEXT("as made") check(plain_);
        BOOST_TEST_CONTEXT("as signed") check(signed_);
    }

protected:
    QPDF plain_, signed_;

private:
    Scratch scratch_;
};

} // namespace acredita::letter::test
