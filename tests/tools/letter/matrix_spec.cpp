// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What a revision that carries a signature is made of, and that it is made so for every kind of file.
#include "tests/tools/letter/fixtures.hpp"

#include <algorithm>
#include <fstream>
#include <regex>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::letter;
using namespace acredita::letter::test;

namespace {

// Signs, and gives what was appended.
std::string appended_to(const Scratch& scratch, const std::string& pdf, const SignOptions& options = {}) {
    spill(scratch / "in.pdf", pdf);
    fs::remove(scratch / "out.pdf");
    const auto report = sign_pdf(scratch / "in.pdf", scratch / "out.pdf", rsa().signer(), options);
    if (!report) BOOST_FAIL(describe(report.error()));
    const auto bytes = slurp(scratch / "out.pdf");
    BOOST_REQUIRE(bytes.starts_with(pdf));
    return bytes.substr(pdf.size());
}

std::vector<int> objects_in(const std::string& appended) {
    static const std::regex head("(^|\n)(\\d+) (\\d+) obj\n");
    std::vector<int> found;
    for (std::sregex_iterator at(appended.begin(), appended.end(), head), end; at != end; ++at) {
        found.push_back(std::stoi((*at)[2]));
        BOOST_TEST((*at)[3] == "0"); // a new generation would be an orphan to strict readers
    }
    return found;
}

bool writes(const std::string& appended, int object) {
    return std::ranges::count(objects_in(appended), object) > 0;
}

// A file of that size: a letter with a stream that nobody reads. Sparse on the disk.
void spill_large(const fs::path& path, std::uint64_t stream) {
    auto parts = simple_letter();
    std::string head = "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n";
    std::map<int, std::uint64_t> offsets;
    for (const auto& [number, body] : parts.objects) {
        offsets[number] = head.size();
        head += std::to_string(number) + " 0 obj\n" + body + "\nendobj\n";
    }
    offsets[6] = head.size();
    head += "6 0 obj\n<< /Length " + std::to_string(stream) + " >>\nstream\n";
    std::string tail = "\nendstream\nendobj\n";
    const auto xref = head.size() + stream + tail.size();
    tail += "xref\n0 7\n0000000000 65535 f\r\n";
    for (const auto& [number, offset] : offsets) {
        const auto text = std::to_string(offset);
        tail += std::string(10 - text.size(), '0') + text + " 00000 n\r\n";
    }
    tail += "trailer\n<< /Size 7 /Root 1 0 R >>\nstartxref\n" + std::to_string(xref) + "\n%%EOF\n";
    std::ofstream out(path, std::ios::binary);
    out << head;
    out.seekp(static_cast<std::streamoff>(head.size() + stream));
    out << tail;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_revision_that_carries_a_signature)

BOOST_AUTO_TEST_CASE(has_few_objects_and_names_no_key_without_a_value) {
    const Scratch scratch;
    const auto ready = appended_to(scratch, to_pdf(with_ready_field("Firma")));
    BOOST_TEST(objects_in(ready).size() <= 4U);
    BOOST_TEST(ready.find("/V ") != ready.npos);
    for (const auto& fixture : signable(scratch)) BOOST_TEST_CONTEXT(fixture.name) {
            const auto appended = appended_to(scratch, fixture.bytes);
            BOOST_TEST(objects_in(appended).size() <= 7U);
            BOOST_TEST(appended.find(" null") == appended.npos);
        }
}

BOOST_AUTO_TEST_CASE(rewrites_an_array_of_its_own_and_not_the_page_or_the_form_around_it) {
    const Scratch scratch;
    for (const auto& fixture : signable(scratch)) BOOST_TEST_CONTEXT(fixture.name) {
            const auto appended = appended_to(scratch, fixture.bytes);
            if (fixture.name == "annotations indirect") {
                BOOST_TEST(writes(appended, 6));
                BOOST_TEST(!writes(appended, 3));
            }
            if (fixture.name == "annotations direct") BOOST_TEST(writes(appended, 3));
            // Shared by two pages: the page gets one of its own, and the other page stays as it is.
            if (fixture.name == "annotations shared by two pages") {
                BOOST_TEST(!writes(appended, 6));
                BOOST_TEST(!writes(appended, 7));
            }
            if (fixture.name == "form and fields indirect") BOOST_TEST(writes(appended, 7));
        }
}

BOOST_AUTO_TEST_CASE(leaves_info_and_metadata_as_they_are) {
    auto parts = simple_letter();
    parts.objects[1] = "<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R >>";
    parts.objects[6] = "<< /Title (Carta) /ModDate (D:20260101000000Z) >>";
    parts.objects[7] = "<< /Type /Metadata /Subtype /XML /Length 1 >>\nstream\n \nendstream";
    parts.trailer = "/Root 1 0 R /Info 6 0 R";
    const Scratch scratch;
    const auto appended = appended_to(scratch, to_pdf(parts));
    BOOST_TEST(!writes(appended, 6));
    BOOST_TEST(!writes(appended, 7));
    BOOST_TEST(appended.find("/Info 6 0 R") != appended.npos);
    BOOST_TEST(appended.find("/Root 1 0 R") != appended.npos);
}

BOOST_AUTO_TEST_CASE(ends_in_a_section_that_follows_the_rules) {
    auto parts = simple_letter();
    parts.trailer = "/Root 1 0 R /ID [ <00112233445566778899AABBCCDDEEFF> <00> ]";
    const auto pdf = to_pdf(parts);
    const Scratch scratch;
    const auto appended = appended_to(scratch, pdf);
    const auto section = appended.substr(appended.find("xref\n"));
    const auto at = pdf.rfind("startxref\n") + 10;
    BOOST_TEST(section.find("/Prev " + pdf.substr(at, pdf.find('\n', at) - at)) != section.npos);
    BOOST_TEST(section.find("/ID [ <00112233445566778899aabbccddeeff> <") != section.npos, section);
    BOOST_TEST(section.find("<00> ]") == section.npos);
    // Rows of twenty bytes, one subsection for each run of numbers.
    std::size_t rows = 0;
    std::istringstream lines(section);
    int next = -1;
    for (std::string line; std::getline(lines, line) && line != "trailer";) {
        int first = 0, count = 0;
        if (line.size() == 19 && line.ends_with(" n\r")) {
            ++rows;
        } else if (std::sscanf(line.c_str(), "%d %d", &first, &count) == 2) {
            BOOST_TEST(first != next);
            next = first + count;
        }
    }
    BOOST_TEST(rows == objects_in(appended).size());
    BOOST_TEST(appended.ends_with("\n%%EOF\n"));
}

BOOST_AUTO_TEST_CASE(says_what_kind_of_signature_it_is_and_nothing_that_baseline_forbids) {
    const Scratch scratch;
    const auto appended = appended_to(scratch, to_pdf(simple_letter()));
    for (const auto* entry :
         {"/Type /Sig ", "/Filter /Adobe.PPKLite", "/SubFilter /ETSI.CAdES.detached", "/M (D:"})
        BOOST_TEST(appended.find(entry) != appended.npos, entry);
    for (const auto* entry : {"/Cert ", "/Reason", "/Prop_Build", "/Changes", "adbe."})
        BOOST_TEST(appended.find(entry) == appended.npos, entry);
    BOOST_TEST(appended.find("/SigFlags 3") != appended.npos);
}

BOOST_AUTO_TEST_CASE(goes_with_inherited_attributes_of_the_page_and_with_a_table_in_a_stream) {
    auto parts = simple_letter();
    parts.objects[2] = "<< /Type /Pages /Kids [ 6 0 R ] /Count 1 /MediaBox [ 0 0 595 842 ] /Rotate 90 >>";
    parts.objects[6] = "<< /Type /Pages /Parent 2 0 R /Kids [ 3 0 R ] /Count 1 "
                       "/Resources << /Font << /F1 5 0 R >> >> >>";
    parts.objects[3] = "<< /Type /Page /Parent 6 0 R /Contents 4 0 R >>";
    const Scratch scratch;
    const auto appended = appended_to(scratch, to_pdf(parts));
    BOOST_TEST(appended.find("/MediaBox") == appended.npos); // stays where it was inherited from
    BOOST_TEST(pdfsig_valid_count(scratch / "out.pdf") == 1);
    BOOST_TEST(qpdf_is_content(scratch / "out.pdf"));
}

BOOST_AUTO_TEST_CASE(is_followed_by_a_second_and_a_third_one_in_every_kind_of_file) {
    const Scratch scratch;
    const auto third = make_identity(KeyKind::p256, "TERCERA");
    for (const auto& fixture : signable(scratch)) BOOST_TEST_CONTEXT(fixture.name) {
            spill(scratch / "0.pdf", fixture.bytes);
            const Signer signers[] = {rsa().signer(), ec().signer(), third.signer()};
            for (int i = 0; i < 3; ++i) {
                const auto to = scratch / (std::to_string(i + 1) + ".pdf");
                fs::remove(to);
                BOOST_REQUIRE(sign_pdf(scratch / (std::to_string(i) + ".pdf"), to, signers[i], {}));
            }
            BOOST_TEST(slurp(scratch / "3.pdf").starts_with(slurp(scratch / "2.pdf")));
            BOOST_TEST(pdfsig_valid_count(scratch / "3.pdf") == 3);
            const auto report = verified(scratch / "3.pdf");
            for (std::size_t i = report.signatures.size() - 3; i < report.signatures.size(); ++i)
                BOOST_TEST((report.signatures[i].outcome() == Outcome::valid));
        }
}

BOOST_AUTO_TEST_CASE(is_right_beyond_a_hundred_million_bytes) {
    const Scratch scratch;
    spill_large(scratch / "in.pdf", 100'000'100);
    const auto report = sign_pdf(scratch / "in.pdf", scratch / "out.pdf", rsa().signer(), {});
    if (!report) BOOST_FAIL(describe(report.error()));
    BOOST_TEST(report->original_size > 100'000'000U);
    BOOST_TEST(pdfsig_valid_count(scratch / "out.pdf") == 1);
    BOOST_TEST(verified(scratch / "out.pdf").signatures.at(0).sound());
}

BOOST_AUTO_TEST_CASE(is_not_made_for_more_than_four_gigabytes) {
    const Scratch scratch;
    spill_large(scratch / "in.pdf", (std::uint64_t{4} << 30) + 100);
    const auto report = sign_pdf(scratch / "in.pdf", scratch / "out.pdf", rsa().signer(), {});
    BOOST_REQUIRE(!report);
    BOOST_TEST(is(report.error(), letter_errc::too_large));
    BOOST_TEST(!fs::exists(scratch / "out.pdf"));
}

BOOST_AUTO_TEST_CASE(honours_a_demand_of_the_field_that_it_can_meet) {
    const Scratch scratch;
    for (const char* seed :
         {"/Ff 2 /SubFilter [ /ETSI.CAdES.detached /adbe.pkcs7.detached ]",
          "/Ff 64 /DigestMethod [ (SHA512) (SHA256) ]", "/SubFilter [ /adbe.pkcs7.detached ]"})
        BOOST_TEST_CONTEXT(seed) {
            static_cast<void>(appended_to(
                scratch, to_pdf(with_ready_field("Firma", std::string("/SV << /Type /SV ") + seed + " >>"))));
            BOOST_TEST(pdfsig_valid_count(scratch / "out.pdf") == 1);
        }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_cms_of_a_signature)

BOOST_AUTO_TEST_CASE(carries_each_certificate_once) {
    const Scratch scratch;
    spill(scratch / "a.pdf", to_pdf(simple_letter()));
    auto signer = rsa().signer();
    signer.chain = {authority(), rsa().certificate, authority(), rsa().certificate};
    BOOST_REQUIRE(sign_pdf(scratch / "a.pdf", scratch / "b.pdf", signer, {}));
    BOOST_REQUIRE(openssl_accepts(scratch, scratch / "b.pdf"));
    const auto listed =
        run("openssl pkcs7 -inform DER -print_certs -noout -in " + (scratch / "signature.p7").string());
    std::size_t count = 0;
    for (auto at = listed.output.find("subject="); at != std::string::npos;
         at = listed.output.find("subject=", at + 1))
        ++count;
    BOOST_TEST(count == 2U, listed.output);
}

BOOST_AUTO_TEST_CASE(names_the_parameters_of_pss) {
    const Scratch scratch;
    spill(scratch / "a.pdf", to_pdf(simple_letter()));
    SignOptions pss;
    pss.pss = true;
    BOOST_REQUIRE(sign_pdf(scratch / "a.pdf", scratch / "b.pdf", rsa().signer(), pss));
    BOOST_REQUIRE(openssl_accepts(scratch, scratch / "b.pdf"));
    const auto shown = run("openssl asn1parse -inform DER -in " + (scratch / "signature.p7").string()).output;
    BOOST_TEST(shown.find(":rsassaPss") != shown.npos);
    BOOST_TEST(shown.find(":mgf1") != shown.npos);
    BOOST_TEST(shown.find("INTEGER           :20", shown.find(":mgf1")) != shown.npos); // 32 bytes of salt
}

BOOST_AUTO_TEST_CASE(has_the_attributes_of_baseline_and_no_others) {
    const Scratch scratch;
    spill(scratch / "a.pdf", to_pdf(simple_letter()));
    BOOST_REQUIRE(sign_pdf(scratch / "a.pdf", scratch / "b.pdf", rsa().signer(), {}));
    BOOST_REQUIRE(openssl_accepts(scratch, scratch / "b.pdf"));
    const auto shown =
        run("openssl cms -cmsout -print -inform DER -in " + (scratch / "signature.p7").string()).output;
    const auto signed_part = shown.substr(shown.find("signedAttrs:"),
                                          shown.find("signatureAlgorithm:", shown.find("signedAttrs:")) -
                                              shown.find("signedAttrs:"));
    std::size_t count = 0;
    for (auto at = signed_part.find("object: "); at != std::string::npos;
         at = signed_part.find("object: ", at + 1))
        ++count;
    BOOST_TEST(count == 3U, signed_part);
    for (const auto* attribute : {"contentType", "messageDigest", "id-smime-aa-signingCertificateV2"})
        BOOST_TEST(signed_part.find(attribute) != shown.npos, attribute);
    const auto rest = shown.substr(shown.find("unsignedAttrs:"));
    BOOST_TEST(rest.find("<ABSENT>") != rest.npos, rest);
}

BOOST_AUTO_TEST_SUITE_END()
