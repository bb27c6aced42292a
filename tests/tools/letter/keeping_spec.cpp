// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Whether a letter keeps: our own reading of the rules of PDF/A-3a (ISO 19005-3:2012) and PDF/UA-1
// (ISO 14289-1:2014) that a letter of this kind can break, before and after it is signed.
#include "tests/tools/letter/kept_letter.hpp"

#include <algorithm>

#include <boost/test/unit_test.hpp>

using namespace acredita;
using namespace acredita::letter;
using namespace acredita::letter::test;

BOOST_FIXTURE_TEST_SUITE(a_letter_that_keeps, Kept)

BOOST_AUTO_TEST_CASE(says_so_in_its_metadata_and_has_no_other_dates_there_than_in_its_info) {
    both([](QPDF& pdf) {
        auto stream = pdf.getRoot().getKey("/Metadata");
        BOOST_TEST(!stream.getDict().hasKey("/Filter"));
        const auto buffer = stream.getRawStreamData();
        const std::string text(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
        for (const auto* part : {"<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<",
                                 "<xmp:CreateDate>2026-11-21T09:43:00Z<", "pdfaProperty:name>part<"})
            BOOST_TEST(text.find(part) != text.npos, part);
        auto info = pdf.getTrailer().getKey("/Info");
        BOOST_TEST(info.getKey("/CreationDate").getStringValue() == "D:20261121094300Z");
        BOOST_TEST(text.find(info.getKey("/Title").getUTF8Value()) != text.npos);
        BOOST_TEST(pdf.getTrailer().getKey("/ID").getArrayNItems() == 2);
    });
}

BOOST_AUTO_TEST_CASE(says_what_its_colours_mean_and_has_nothing_transparent) {
    both([](QPDF& pdf) {
        auto intents = pdf.getRoot().getKey("/OutputIntents");
        BOOST_REQUIRE(intents.getArrayNItems() == 1);
        auto profile = intents.getArrayItem(0).getKey("/DestOutputProfile");
        const auto bytes = profile.getStreamData(qpdf_dl_all);
        const std::string_view icc(reinterpret_cast<const char*>(bytes->getBuffer()), bytes->getSize());
        BOOST_TEST(icc.substr(12, 12) == "mntrRGB XYZ "); // ICC.1:2010 7.2.5 to 7.2.7
        BOOST_TEST(icc.substr(36, 4) == "acsp");
        BOOST_TEST(profile.getDict().getKey("/N").getIntValue() == 3);
        for (auto page : pdf.getAllPages()) BOOST_TEST(!page.hasKey("/Group"));
        for (auto object : pdf.getAllObjects()) {
            if (!object.isDictionary()) continue;
            BOOST_TEST(!object.hasKey("/SMask"));
            BOOST_TEST((!object.hasKey("/ca") || object.getKey("/ca").getNumericValue() == 1.0));
        }
    });
}

BOOST_AUTO_TEST_CASE(paints_nothing_outside_of_its_structure) {
    both([](QPDF& pdf) {
        for (auto page : pdf.getAllPages()) {
            Painted painted;
            page.parsePageContents(&painted);
            BOOST_TEST(painted.painted() > 5U);
            BOOST_TEST(painted.loose() == 0U);
            BOOST_TEST(painted.depth() == 0U);
        }
    });
}

BOOST_AUTO_TEST_CASE(is_read_aloud_in_its_order_and_in_its_language) {
    both([](QPDF& pdf) {
        auto root = pdf.getRoot();
        BOOST_TEST(root.getKey("/Lang").getUTF8Value() == "es-ES");
        BOOST_TEST(root.getKey("/MarkInfo").getKey("/Marked").getBoolValue());
        BOOST_TEST(root.getKey("/ViewerPreferences").getKey("/DisplayDocTitle").getBoolValue());
        std::map<std::string, int> kinds;
        int level = 0;
        for (auto element : elements(pdf)) {
            const auto kind = element.getKey("/S").getName();
            ++kinds[kind];
            if (kind == "/Figure") BOOST_TEST(!element.getKey("/Alt").getUTF8Value().empty());
            if (kind.size() == 3 && kind.starts_with("/H")) {
                BOOST_TEST(kind[2] - '0' <= level + 1); // no level is left out (14289-1 7.4.2)
                level = kind[2] - '0';
            }
        }
        BOOST_TEST(kinds["/Document"] == 1);
        BOOST_TEST(kinds["/H1"] == 1);
        BOOST_TEST(kinds["/Form"] == 1);
        BOOST_TEST(kinds["/Figure"] == 1);
        BOOST_TEST(kinds["/LI"] == kinds["/LBody"]);
        for (auto page : pdf.getAllPages()) BOOST_TEST(page.getKey("/StructParents").isInteger());
    });
}

BOOST_AUTO_TEST_CASE(has_its_field_in_the_structure_and_the_structure_in_its_field) {
    both([](QPDF& pdf) {
        auto field = pdf.getRoot().getKey("/AcroForm").getKey("/Fields").getArrayItem(0);
        BOOST_TEST(!field.getKey("/TU").getUTF8Value().empty());
        BOOST_TEST(field.getKey("/AP").getKey("/N").isStream());
        BOOST_TEST((field.getKey("/F").getIntValue() & 4) != 0); // printed (19005-3 6.3.2)
        auto page = field.getKey("/P");
        BOOST_TEST(page.getKey("/Tabs").getName() == "/S");
        auto tree = pdf.getRoot().getKey("/StructTreeRoot");
        auto numbers = tree.getKey("/ParentTree").getKey("/Nums");
        const auto parent = field.getKey("/StructParent").getIntValue();
        bool found = false;
        for (int i = 0; i + 1 < numbers.getArrayNItems(); i += 2)
            if (numbers.getArrayItem(i).getIntValue() == parent) {
                found = true;
                auto element = numbers.getArrayItem(i + 1);
                BOOST_TEST(element.getKey("/S").getName() == "/Form");
                BOOST_TEST(element.getKey("/K").getKey("/Obj").getObjGen().getObj() ==
                           field.getObjGen().getObj());
            }
        BOOST_TEST(found);
        BOOST_TEST(tree.getKey("/ParentTreeNextKey").getIntValue() > parent);
    });
}

BOOST_AUTO_TEST_CASE(brings_its_fonts_and_says_which_letter_each_sign_is) {
    both([](QPDF& pdf) {
        int fonts = 0;
        for (auto object : pdf.getAllObjects()) {
            if (!object.isDictionaryOfType("/Font") || object.hasKey("/DescendantFonts")) continue;
            ++fonts;
            auto file = object.getKey("/FontDescriptor");
            BOOST_TEST((file.hasKey("/FontFile2") || file.hasKey("/FontFile3") || file.hasKey("/FontFile")));
            if (object.getKey("/Subtype").isNameAndEquals("/CIDFontType2"))
                BOOST_TEST(object.hasKey("/CIDToGIDMap"));
            else
                BOOST_TEST((object.hasKey("/ToUnicode") || object.hasKey("/Encoding")));
        }
        BOOST_TEST(fonts >= 3);
    });
}

BOOST_AUTO_TEST_CASE(shows_who_signed_without_a_font) {
    const auto appearance = [](QPDF& pdf) {
        auto field = pdf.getRoot().getKey("/AcroForm").getKey("/Fields").getArrayItem(0);
        auto stream = field.getKey("/AP").getKey("/N");
        BOOST_TEST(!stream.getDict().getKey("/Resources").hasKey("/Font"));
        const auto content = stream.getStreamData(qpdf_dl_all);
        return std::string(reinterpret_cast<const char*>(content->getBuffer()), content->getSize());
    };
    BOOST_TEST(appearance(plain_).find(" c\n") == std::string::npos); // an empty frame
    const auto drawn = appearance(signed_);
    BOOST_TEST(drawn.find(" c\n") != std::string::npos);
    BOOST_TEST(drawn.find("BT") == std::string::npos);
    BOOST_TEST(drawn.size() < 60'000U);
}

BOOST_AUTO_TEST_CASE(owns_up_to_the_file_inside_and_runs_nothing) {
    both([](QPDF& pdf) {
        auto root = pdf.getRoot();
        auto file = root.getKey("/AF").getArrayItem(0);
        BOOST_TEST(file.getKey("/AFRelationship").getName() == "/Data");
        BOOST_TEST(file.getKey("/UF").getUTF8Value() == "carta.json");
        BOOST_TEST(file.getKey("/F").getStringValue() == "carta.json");
        BOOST_TEST(file.getKey("/EF").getKey("/F").getDict().getKey("/Subtype").getName() ==
                   "/application/json");
        for (const auto* forbidden : {"/OpenAction", "/AA", "/Perms"}) BOOST_TEST(!root.hasKey(forbidden));
        BOOST_TEST(!root.getKey("/AcroForm").hasKey("/XFA"));
        BOOST_TEST(!root.getKey("/AcroForm").hasKey("/NeedAppearances"));
    });
}

BOOST_AUTO_TEST_SUITE_END()
