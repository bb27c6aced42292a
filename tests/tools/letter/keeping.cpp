// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/letter/keeping.hpp"

#include <boost/test/unit_test.hpp>

namespace acredita::letter::test {

using Object = QPDFObjectHandle;

namespace {

void elements_below(Object element, std::vector<Object>& out) {
    if (element.isArray()) {
        for (auto one : element.getArrayAsVector()) elements_below(one, out);
    } else if (element.isDictionary() && element.hasKey("/S")) {
        out.push_back(element);
        elements_below(element.getKey("/K"), out);
    }
}

void check_metadata(QPDF& pdf) {
    auto stream = pdf.getRoot().getKey("/Metadata");
    BOOST_REQUIRE(stream.isStream());
    BOOST_TEST(!stream.getDict().hasKey("/Filter"));
    const auto buffer = stream.getRawStreamData();
    const std::string text(reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize());
    for (const auto* part :
         {"<pdfaid:part>3<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<", "pdfaProperty:name>part<"})
        BOOST_TEST(text.find(part) != text.npos, part);
    BOOST_TEST(text.find(pdf.getTrailer().getKey("/Info").getKey("/Title").getUTF8Value()) != text.npos);
    BOOST_TEST(pdf.getTrailer().getKey("/ID").getArrayNItems() == 2);
}

void check_fonts_and_colours(QPDF& pdf) {
    BOOST_TEST(pdf.getRoot().getKey("/OutputIntents").getArrayNItems() == 1);
    for (auto object : pdf.getAllObjects()) {
        if (!object.isDictionary()) continue;
        BOOST_TEST(!object.hasKey("/SMask"));
        BOOST_TEST((!object.hasKey("/ca") || object.getKey("/ca").getNumericValue() == 1.0));
        if (!object.isDictionaryOfType("/Font") || object.hasKey("/DescendantFonts")) continue;
        auto file = object.getKey("/FontDescriptor");
        BOOST_TEST((file.hasKey("/FontFile2") || file.hasKey("/FontFile3") || file.hasKey("/FontFile")));
        if (object.getKey("/Subtype").isNameAndEquals("/CIDFontType2"))
            BOOST_TEST(object.hasKey("/CIDToGIDMap"));
        else
            BOOST_TEST((object.hasKey("/ToUnicode") || object.hasKey("/Encoding")));
    }
}

void check_pages(QPDF& pdf) {
    for (auto page : pdf.getAllPages()) {
        BOOST_TEST(!page.hasKey("/Group"));
        BOOST_TEST(page.getKey("/Tabs").getName() == "/S");
        BOOST_TEST(page.getKey("/StructParents").isInteger());
        Painted painted;
        page.parsePageContents(&painted);
        BOOST_TEST(painted.painted() > 5U);
        BOOST_TEST(painted.loose() == 0U);
        BOOST_TEST(painted.depth() == 0U);
    }
}

} // namespace

std::vector<Object> elements(QPDF& pdf) {
    std::vector<Object> out;
    elements_below(pdf.getRoot().getKey("/StructTreeRoot").getKey("/K"), out);
    return out;
}

std::map<std::string, int> check_keeping(QPDF& pdf, const std::string& language) {
    check_metadata(pdf);
    check_fonts_and_colours(pdf);
    check_pages(pdf);
    auto root = pdf.getRoot();
    BOOST_TEST(root.getKey("/Lang").getUTF8Value() == language);
    BOOST_TEST(root.getKey("/MarkInfo").getKey("/Marked").getBoolValue());
    BOOST_TEST(root.getKey("/ViewerPreferences").getKey("/DisplayDocTitle").getBoolValue());
    for (const auto* forbidden : {"/OpenAction", "/AA", "/Perms"}) BOOST_TEST(!root.hasKey(forbidden));
    std::map<std::string, int> kinds;
    int level = 0;
    for (auto element : elements(pdf)) {
        const auto kind = element.getKey("/S").getName();
        ++kinds[kind];
        if (kind == "/Figure" || kind == "/Form") BOOST_TEST(!element.getKey("/Alt").getUTF8Value().empty());
        if (kind.size() == 3 && kind.starts_with("/H")) {
            BOOST_TEST(kind[2] - '0' <= level + 1); // no level is left out (14289-1 7.4.2)
            level = kind[2] - '0';
        }
    }
    BOOST_TEST(kinds["/Document"] == 1);
    BOOST_TEST(kinds["/H1"] == 1);
    BOOST_TEST(kinds["/LI"] == kinds["/LBody"]);
    return kinds;
}

} // namespace acredita::letter::test
