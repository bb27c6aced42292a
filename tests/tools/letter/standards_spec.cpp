// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// More of the rules of PDF/A-3a (ISO 19005-3:2012) and PDF/UA-1 (ISO 14289-1:2014), clause by clause, on a
// letter as it is made and as it is once signed.
#include "tests/tools/letter/kept_letter.hpp"

#include <regex>
#include <set>

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita::letter::test;

std::string text_of(Object stream) {
    const auto buffer = stream.getStreamData(qpdf_dl_all);
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
}

std::string between(const std::string& text, const std::string& open, const std::string& close) {
    const auto at = text.find(open);
    if (at == text.npos) return {};
    return text.substr(at + open.size(), text.find(close, at + open.size()) - at - open.size());
}

// The numbers of the marked pieces of a page.
class Marks : public Object::ParserCallbacks {
public:
    void handleObject(Object object) override {
        if (object.isDictionary() && object.hasKey("/MCID"))
            numbers.push_back(object.getKey("/MCID").getIntValueAsInt());
        if (object.isOperator()) operators.insert(object.getOperatorValue());
    }
    void handleEOF() override {}
    std::vector<int> numbers{};
    std::set<std::string> operators{};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(the_rules_of_a_letter_that_keeps, Kept)

BOOST_AUTO_TEST_CASE(of_the_file_6_1) {
    for (const auto& bytes : {plain_bytes(), signed_bytes()}) {
        BOOST_TEST(bytes.starts_with("%PDF-1."));
        const auto line = bytes.find('\n') + 1;
        BOOST_TEST(bytes[line] == '%'); // 6.1.2: four bytes above 127 in a comment
        for (std::size_t i = 1; i <= 4; ++i) BOOST_TEST((static_cast<unsigned char>(bytes[line + i]) > 127));
        BOOST_TEST(bytes.ends_with("%%EOF\n"));
    }
    both([](QPDF& pdf) {
        BOOST_TEST(!pdf.isEncrypted());
        for (auto object : pdf.getAllObjects()) {
            if (!object.isStream()) continue;
            auto dictionary = object.getDict();
            for (const auto* key : {"/F", "/FFilter", "/FDecodeParms"})
                BOOST_TEST(!dictionary.hasKey(key));                                             // 6.1.7.1
            BOOST_TEST(dictionary.getKey("/Filter").unparse().find("LZW") == std::string::npos); // 6.1.7.2
            BOOST_TEST(dictionary.getKey("/Filter").unparse().find("Crypt") == std::string::npos);
        }
    });
}

BOOST_AUTO_TEST_CASE(of_the_graphics_6_2) {
    both([](QPDF& pdf) {
        auto intent = pdf.getRoot().getKey("/OutputIntents").getArrayItem(0);
        BOOST_TEST(intent.getKey("/S").getName() == "/GTS_PDFA1");
        BOOST_TEST(!intent.getKey("/OutputConditionIdentifier").getUTF8Value().empty());
        BOOST_TEST(!intent.hasKey("/DestOutputProfileRef"));
        for (auto object : pdf.getAllObjects()) {
            auto dictionary = object.isStream() ? object.getDict() : object;
            if (!dictionary.isDictionary()) continue;
            for (const auto* key : {"/TR", "/TR2", "/HTP", "/OPI", "/Ref", "/Alternates", "/PS"})
                BOOST_TEST(!dictionary.hasKey(key), key);
            if (dictionary.hasKey("/BM")) BOOST_TEST(dictionary.getKey("/BM").getName() == "/Normal");
            const auto* interpolate = "/Interpolate";
            if (dictionary.hasKey(interpolate)) BOOST_TEST(!dictionary.getKey(interpolate).getBoolValue());
        }
    });
}

BOOST_AUTO_TEST_CASE(of_the_fonts_6_2_11) {
    both([](QPDF& pdf) {
        for (auto object : pdf.getAllObjects()) {
            if (!object.isDictionaryOfType("/Font")) continue;
            if (object.getKey("/Subtype").isNameAndEquals("/Type0")) {
                auto below = object.getKey("/DescendantFonts").getArrayItem(0);
                auto system = below.getKey("/CIDSystemInfo");
                BOOST_TEST(system.getKey("/Registry").isString());
                BOOST_TEST(system.getKey("/Ordering").isString());
                BOOST_TEST(object.getKey("/Encoding").getName() == "/Identity-H"); // 6.2.11.3.3
                BOOST_TEST(object.hasKey("/ToUnicode"));                           // 6.2.11.7.2
                BOOST_TEST(object.getKey("/BaseFont").getName().find('+') == 7U);  // a subset says so
                BOOST_TEST(below.hasKey("/W"));
            }
            BOOST_TEST(!object.getKey("/Subtype").isNameAndEquals("/Type3"));
            auto file = object.getKey("/FontDescriptor");
            if (file.isDictionary()) BOOST_TEST(!file.hasKey("/CIDSet")); // a wrong one is worse than none
        }
    });
}

BOOST_AUTO_TEST_CASE(of_annotations_and_forms_6_3_and_6_4) {
    both([](QPDF& pdf) {
        for (auto page : pdf.getAllPages())
            for (auto annotation : page.getKey("/Annots").isArray()
                                       ? page.getKey("/Annots").getArrayAsVector()
                                       : std::vector<Object>{}) {
                BOOST_TEST(annotation.getKey("/Subtype").getName() == "/Widget");
                const auto flags = annotation.getKey("/F").getIntValue();
                BOOST_TEST((flags & 4) == 4);                  // Print
                BOOST_TEST((flags & (1 | 2 | 32 | 256)) == 0); // Invisible, Hidden, NoView, ToggleNoView
                for (const auto* key : {"/A", "/AA", "/C", "/IC"}) BOOST_TEST(!annotation.hasKey(key), key);
                BOOST_TEST(annotation.getKey("/AP").getKeys() == std::set<std::string>{"/N"},
                           boost::test_tools::per_element());
                BOOST_TEST(annotation.getKey("/AP").getKey("/N").isStream());
            }
    });
}

BOOST_AUTO_TEST_CASE(of_actions_and_layers_6_5_and_6_9) {
    both([](QPDF& pdf) {
        auto root = pdf.getRoot();
        for (const auto* key : {"/AA", "/OpenAction", "/OCProperties", "/Requirements", "/Collection"})
            BOOST_TEST(!root.hasKey(key), key);
        auto names = root.getKey("/Names");
        for (const auto* key : {"/JavaScript", "/AlternatePresentations"})
            BOOST_TEST(!names.hasKey(key), key);
        for (auto object : pdf.getAllObjects())
            if (object.isDictionary() && object.hasKey("/S") && object.getKey("/S").isName())
                for (const auto* action :
                     {"/Launch", "/JavaScript", "/ImportData", "/Movie", "/Sound", "/Hide"})
                    BOOST_TEST(object.getKey("/S").getName() != action);
        for (auto page : pdf.getAllPages())
            for (const auto* key : {"/AA", "/PresSteps", "/Trans"}) BOOST_TEST(!page.hasKey(key), key);
    });
}

BOOST_AUTO_TEST_CASE(of_metadata_6_6) {
    both([](QPDF& pdf) {
        auto stream = pdf.getRoot().getKey("/Metadata");
        BOOST_TEST(stream.getDict().getKey("/Type").getName() == "/Metadata");
        BOOST_TEST(stream.getDict().getKey("/Subtype").getName() == "/XML");
        const auto text = text_of(stream);
        const auto header = text.substr(0, text.find("?>"));
        BOOST_TEST(header.find("bytes=") == header.npos); // 6.6.2.1
        BOOST_TEST(header.find("encoding=") == header.npos);
        // 6.6.2.3.3: the schema of what XMP does not know, whole.
        for (const auto* part :
             {"<pdfaSchema:schema>", "<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/<",
              "<pdfaSchema:prefix>pdfuaid<", "<pdfaProperty:name>part<", "<pdfaProperty:valueType>Integer<",
              "<pdfaProperty:category>internal<", "<pdfaProperty:description>",
              "http://www.aiim.org/pdfa/ns/extension/", "http://www.aiim.org/pdfa/ns/schema#",
              "http://www.aiim.org/pdfa/ns/property#", "http://www.aiim.org/pdfa/ns/id/"})
            BOOST_TEST(text.find(part) != text.npos, part);
        // The packet and /Info say the same, and /Info nothing that the packet does not say.
        auto info = pdf.getTrailer().getKey("/Info");
        for (const auto& key : info.getKeys())
            BOOST_TEST(
                (std::set<std::string>{"/Title", "/Producer", "/CreationDate", "/ModDate"}.contains(key)),
                key);
        BOOST_TEST(between(text, "<pdf:Producer>", "<") == info.getKey("/Producer").getUTF8Value());
        const auto plain = [](std::string time) {
            std::erase_if(time, [](char c) { return c == '-' || c == ':' || c == 'T' || c == 'D'; });
            return time;
        };
        BOOST_TEST(plain(between(text, "<xmp:CreateDate>", "<")) ==
                   plain(info.getKey("/CreationDate").getStringValue()));
        if (info.hasKey("/ModDate"))
            BOOST_TEST(plain(between(text, "<xmp:ModifyDate>", "<")) ==
                       plain(info.getKey("/ModDate").getStringValue()));
    });
}

BOOST_AUTO_TEST_CASE(of_the_structure_6_7_and_14289_7_1) {
    both([](QPDF& pdf) {
        auto root = pdf.getRoot();
        auto tree = root.getKey("/StructTreeRoot");
        BOOST_TEST(!root.getKey("/MarkInfo").hasKey("/Suspects"));
        static const std::set<std::string> standard{"/Document", "/Part", "/Sect", "/Div", "/P",     "/H1",
                                                    "/H2",       "/H3",   "/L",    "/LI",  "/Lbl",   "/LBody",
                                                    "/Table",    "/TR",   "/TH",   "/TD",  "/TBody", "/Span",
                                                    "/Figure",   "/Form", "/Link"};
        auto roles = tree.getKey("/RoleMap");
        for (auto element : elements(pdf)) {
            const auto kind = element.getKey("/S").getName();
            BOOST_TEST((standard.contains(kind) || (roles.isDictionary() && roles.hasKey(kind))), kind);
        }
        // Every marked piece of every page has its element (14.7.4.4), and each number stands once.
        std::map<long long, Object> numbers;
        auto list = tree.getKey("/ParentTree").getKey("/Nums");
        for (int i = 0; i + 1 < list.getArrayNItems(); i += 2)
            numbers[list.getArrayItem(i).getIntValue()] = list.getArrayItem(i + 1);
        for (auto page : pdf.getAllPages()) {
            Marks marks;
            page.parsePageContents(&marks);
            auto parents = numbers[page.getKey("/StructParents").getIntValue()];
            BOOST_TEST(parents.isArray());
            const std::set<int> different(marks.numbers.begin(), marks.numbers.end());
            BOOST_TEST(different.size() == marks.numbers.size());
            for (const auto number : marks.numbers) {
                BOOST_REQUIRE(number < parents.getArrayNItems());
                BOOST_TEST(parents.getArrayItem(number).isDictionary());
            }
            if (page.getKey("/Annots").isArray())
                BOOST_TEST(page.getKey("/Tabs").getName() == "/S"); // 7.18.3
        }
    });
}

BOOST_AUTO_TEST_CASE(of_the_file_inside_6_8_and_14289_7_11) {
    both([](QPDF& pdf) {
        auto root = pdf.getRoot();
        auto names = root.getKey("/Names").getKey("/EmbeddedFiles").getKey("/Names");
        BOOST_REQUIRE(names.getArrayNItems() == 2);
        auto file = names.getArrayItem(1);
        BOOST_TEST(file.getKey("/Type").getName() == "/Filespec");
        BOOST_TEST(root.getKey("/AF").getArrayNItems() == 1);
        BOOST_TEST(root.getKey("/AF").getArrayItem(0).getObjGen().getObj() == file.getObjGen().getObj());
        BOOST_TEST(!file.getKey("/Desc").getUTF8Value().empty());
        auto stream = file.getKey("/EF").getKey("/F");
        BOOST_TEST(stream.getDict().getKey("/Type").getName() == "/EmbeddedFile");
        BOOST_TEST(stream.getDict().getKey("/Params").getKey("/ModDate").isString());
        BOOST_TEST(stream.getDict().getKey("/Params").getKey("/Size").getUIntValue() ==
                   text_of(stream).size());
    });
}

BOOST_AUTO_TEST_CASE(of_the_signature_6_4_3) {
    auto field = signed_.getRoot().getKey("/AcroForm").getKey("/Fields").getArrayItem(0);
    auto value = field.getKey("/V");
    BOOST_TEST(value.getKey("/Type").getName() == "/Sig");
    BOOST_TEST(value.getKey("/SubFilter").getName() == "/ETSI.CAdES.detached");
    auto range = value.getKey("/ByteRange");
    BOOST_TEST(range.getArrayItem(0).getIntValue() == 0);
    BOOST_TEST(range.getArrayItem(2).getUIntValue() + range.getArrayItem(3).getUIntValue() ==
               signed_bytes().size());
    BOOST_TEST(range.getArrayItem(2).getUIntValue() - range.getArrayItem(1).getUIntValue() ==
               2 * value.getKey("/Contents").getStringValue().size() + 2);
    BOOST_TEST(signed_.getRoot().getKey("/AcroForm").getKey("/SigFlags").getIntValue() == 3);
    BOOST_TEST(!field.hasKey("/Lock"));
    BOOST_TEST(!value.hasKey("/Reference"));
}

BOOST_AUTO_TEST_SUITE_END()
