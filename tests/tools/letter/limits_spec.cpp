// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Documents made to take all memory or all time.
#include "tests/tools/letter/fixtures.hpp"

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::letter;
using namespace acredita::letter::test;

BOOST_AUTO_TEST_SUITE(a_document_that_asks_for_too_much)

BOOST_AUTO_TEST_CASE(by_nesting_is_refused_or_judged_without_falling) {
    auto parts = with_ready_field("Firma");
    const std::size_t deep = 200000;
    parts.objects[5] = std::string(deep, '[') + std::string(deep, ']');
    const Scratch scratch;
    spill(scratch / "a.pdf", to_pdf(parts));
    static_cast<void>(verify_pdf(scratch / "a.pdf", {}));
    static_cast<void>(sign_pdf(scratch / "a.pdf", scratch / "b.pdf", rsa().signer(), {}));
    parts.objects[5] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>";
    for (int i = 100; i < 20000; ++i)
        parts.objects[i] = "<< /T (a) /Kids [ " + std::to_string(i + 1) + " 0 R ] >>";
    parts.objects[6] = "<< /Fields [ 100 0 R ] >>";
    spill(scratch / "c.pdf", to_pdf(parts));
    const auto fields = verify_pdf(scratch / "c.pdf", {});
    BOOST_REQUIRE(!fields);
    BOOST_TEST((is(fields.error(), letter_errc::too_complex) || is(fields.error(), letter_errc::damaged)));
}

BOOST_AUTO_TEST_CASE(by_its_size_of_tables_is_refused) {
    const Scratch scratch;
    for (const std::string size : {"2147483647", "99999999999"}) {
        auto pdf = to_pdf(simple_letter());
        pdf.replace(pdf.find("/Size 6"), 7, "/Size " + size);
        pdf.replace(pdf.find("xref\n0 6"), 8, "xref\n0 " + size);
        spill(scratch / "a.pdf", pdf);
        BOOST_TEST(!verify_pdf(scratch / "a.pdf", {}));
    }
}

BOOST_AUTO_TEST_CASE(by_its_number_of_signatures_is_refused) {
    auto parts = with_ready_field("Firma");
    std::string fields;
    for (int i = 100; i < 170; ++i) {
        parts.objects[i] = "<< /FT /Sig /T (f" + std::to_string(i) + ") /V 99 0 R >>";
        fields += std::to_string(i) + " 0 R ";
    }
    parts.objects[99] =
        "<< /Type /Sig /SubFilter /ETSI.CAdES.detached /ByteRange [ 0 1 2 3 ] /Contents <00> >>";
    parts.objects[6] = "<< /Fields [ " + fields + "] >>";
    const Scratch scratch;
    spill(scratch / "a.pdf", to_pdf(parts));
    const auto report = verify_pdf(scratch / "a.pdf", {});
    BOOST_REQUIRE(!report);
    BOOST_TEST(is(report.error(), letter_errc::too_complex));
}

BOOST_AUTO_TEST_CASE(by_the_size_of_a_signature_or_of_a_reason_is_cut_short) {
    auto parts = with_ready_field("Firma", "/V 9 0 R");
    const std::size_t huge = std::size_t{20} << 20;
    parts.objects[9] = "<< /Type /Sig /SubFilter /ETSI.CAdES.detached /Reason (" +
                       std::string(huge / 4, 'a') + ") /ByteRange [ 0 100 " + std::to_string(100 + huge) +
                       " 100 ] /Contents <" + std::string(huge, '0') + "> >>";
    const Scratch scratch;
    spill(scratch / "a.pdf", to_pdf(parts));
    const auto report = verify_pdf(scratch / "a.pdf", {});
    BOOST_REQUIRE(report);
    BOOST_TEST(!report->signatures.at(0).sound());
    BOOST_TEST(report->signatures.at(0).reason->size() <= 4096U);
}

BOOST_AUTO_TEST_SUITE_END()
