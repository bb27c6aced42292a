// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/document/archive.hpp"

#include "tools/letter/document/colour.hpp"
#include "tools/letter/document/dates.hpp"

#include <qpdf/QPDF.hh>
#include <qpdf/QPDFWriter.hh>

namespace acredita::letter {

namespace {

using Object = QPDFObjectHandle;

Object unicode(const std::string& text) { return Object::newUnicodeString(text); }

std::string as_data(ByteView bytes) { return std::string(as_text(bytes)); }

// ISO 32000-1 14.3.3; the same values as in the metadata (ISO 19005-3 6.6.3 leaves Info out or equal).
void write_info(QPDF& pdf, const Archive& about) {
    auto info = Object::newDictionary();
    info.replaceKey("/Title", unicode(about.title));
    info.replaceKey("/Producer", unicode("Acredita"));
    info.replaceKey("/CreationDate", Object::newString(pdf_time(about.made)));
    info.replaceKey("/ModDate", Object::newString(pdf_time(about.made)));
    pdf.getTrailer().replaceKey("/Info", pdf.makeIndirectObject(info));
}

void write_metadata(QPDF& pdf, const Archive& about) {
    auto stream = Object::newStream(&pdf, metadata_of(about));
    stream.getDict().replaceKey("/Type", Object::newName("/Metadata"));
    stream.getDict().replaceKey("/Subtype", Object::newName("/XML"));
    auto root = pdf.getRoot();
    root.replaceKey("/Metadata", stream);
    root.replaceKey("/Lang", Object::newString(about.language));
    root.replaceKey("/MarkInfo", Object::parse("<< /Marked true >>"));
    root.replaceKey("/ViewerPreferences", Object::parse("<< /DisplayDocTitle true >>"));
}

// ISO 19005-3 6.2.3.
void write_colour(QPDF& pdf, ByteView profile) {
    auto stream = Object::newStream(&pdf, as_data(profile));
    stream.getDict().replaceKey("/N", Object::newInteger(3));
    auto intent = Object::parse("<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB) "
                                "/Info (sRGB IEC61966-2.1) >>");
    intent.replaceKey("/DestOutputProfile", stream);
    auto intents = Object::newArray();
    intents.appendItem(pdf.makeIndirectObject(intent));
    pdf.getRoot().replaceKey("/OutputIntents", intents);
}

// ISO 19005-3 6.8: an embedded file says what it is to the document, and the document names it.
void write_data(QPDF& pdf, const Archive& about) {
    auto stream = Object::newStream(&pdf, about.data);
    auto file = stream.getDict();
    file.replaceKey("/Type", Object::newName("/EmbeddedFile"));
    file.replaceKey("/Subtype", Object::newName("/application/json"));
    auto parameters = Object::newDictionary();
    parameters.replaceKey("/ModDate", Object::newString(pdf_time(about.made)));
    parameters.replaceKey("/Size", Object::newInteger(static_cast<long long>(about.data.size())));
    file.replaceKey("/Params", parameters);
    auto embedded = Object::newDictionary();
    embedded.replaceKey("/F", stream);
    embedded.replaceKey("/UF", stream);
    auto specification = Object::parse("<< /Type /Filespec /AFRelationship /Data >>");
    specification.replaceKey("/F", Object::newString(about.data_name));
    specification.replaceKey("/UF", unicode(about.data_name));
    specification.replaceKey("/Desc", unicode(about.data_description));
    specification.replaceKey("/EF", embedded);
    specification = pdf.makeIndirectObject(specification);
    auto associated = Object::newArray();
    associated.appendItem(specification);
    pdf.getRoot().replaceKey("/AF", associated);
    auto names = Object::newArray();
    names.appendItem(Object::newString(about.data_name));
    names.appendItem(specification);
    auto tree = Object::parse("<< /EmbeddedFiles << >> >>");
    tree.getKey("/EmbeddedFiles").replaceKey("/Names", names);
    pdf.getRoot().replaceKey("/Names", tree);
}

// What cairo leaves out: ISO 19005-3 6.2.11.3.2 wants to be told that glyphs have their own numbers; a figure
// is told in words and has its place (ISO 14289-1 7.3).
void mend_objects(QPDF& pdf, const Archive& about) {
    for (auto& object : pdf.getAllObjects()) {
        if (!object.isDictionary()) continue;
        if (object.isDictionaryOfType("/Font", "/CIDFontType2") && !object.hasKey("/CIDToGIDMap"))
            object.replaceKey("/CIDToGIDMap", Object::newName("/Identity"));
        if (object.getKey("/S").isNameAndEquals("/Figure") && object.hasKey("/P"))
            object.replaceKey("/Alt", unicode(about.alt_code));
    }
}

class Fields {
public:
    Fields(QPDF& pdf, std::vector<Object> pages) : pdf_(pdf), pages_(std::move(pages)) {
        tree_ = pdf.getRoot().getKey("/StructTreeRoot");
        document_ = tree_.getKey("/K");
        if (document_.isArray()) document_ = document_.getArrayItem(0);
        numbers_ = tree_.getKey("/ParentTree").getKey("/Nums");
        for (int i = 0; i + 1 < numbers_.getArrayNItems(); i += 2)
            next_ = std::max(next_, numbers_.getArrayItem(i).getIntValue() + 1);
    }

    void add(const FieldPlace& place) {
        auto page = pages_.at(place.page);
        auto widget = widget_of(place, page);
        // The element that stands for it in the order of reading (ISO 14289-1 7.18.4).
        auto element = Object::parse("<< /Type /StructElem /S /Form >>");
        element.replaceKey("/P", document_);
        element.replaceKey("/Pg", page);
        element.replaceKey("/Alt", unicode(place.tooltip));
        auto reference = Object::parse("<< /Type /OBJR >>");
        reference.replaceKey("/Obj", widget);
        reference.replaceKey("/Pg", page);
        element.replaceKey("/K", reference);
        element = pdf_.makeIndirectObject(element);
        document_.getKey("/K").appendItem(element);
        numbers_.appendItem(Object::newInteger(next_++));
        numbers_.appendItem(element);
        fields_.appendItem(widget);
        if (!page.hasKey("/Annots")) page.replaceKey("/Annots", Object::newArray());
        page.getKey("/Annots").appendItem(widget);
    }

    void finish() {
        tree_.replaceKey("/ParentTreeNextKey", Object::newInteger(next_));
        auto form = Object::parse("<< /SigFlags 1 >>");
        form.replaceKey("/Fields", fields_);
        pdf_.getRoot().replaceKey("/AcroForm", pdf_.makeIndirectObject(form));
    }

private:
    [[nodiscard]] Object widget_of(const FieldPlace& place, const Object& page) {
        const auto number = [](double value) { return Object::newReal(value, 2); };
        // An empty frame until somebody signs.
        char frame[80];
        std::snprintf(frame, sizeof frame, "0.55 G 0.7 w 0.35 0.35 %.2f %.2f re S", place.width - 0.7,
                      place.height - 0.7);
        auto appearance = Object::newStream(&pdf_, std::string(frame));
        appearance.getDict().replaceKey("/Type", Object::newName("/XObject"));
        appearance.getDict().replaceKey("/Subtype", Object::newName("/Form"));
        auto box = Object::newArray();
        for (const auto value : {0.0, 0.0, place.width, place.height}) box.appendItem(number(value));
        appearance.getDict().replaceKey("/BBox", box);
        auto normal = Object::newDictionary();
        normal.replaceKey("/N", appearance);
        // ISO 32000-1 12.5.3: Print and Locked.
        auto widget = Object::parse("<< /Type /Annot /Subtype /Widget /FT /Sig /F 132 >>");
        const double bottom = Paper::height - place.top - place.height;
        auto rectangle = Object::newArray();
        for (const auto value : {place.left, bottom, place.left + place.width, bottom + place.height})
            rectangle.appendItem(number(value));
        widget.replaceKey("/Rect", rectangle);
        widget.replaceKey("/T", unicode(place.name));
        widget.replaceKey("/TU", unicode(place.tooltip));
        widget.replaceKey("/AP", normal);
        widget.replaceKey("/P", page);
        widget.replaceKey("/StructParent", Object::newInteger(next_));
        return pdf_.makeIndirectObject(widget);
    }

    QPDF& pdf_;
    std::vector<Object> pages_;
    Object tree_{}, document_{}, numbers_{};
    Object fields_ = Object::newArray();
    long long next_ = 0;
};

Bytes written(QPDF& pdf) {
    QPDFWriter writer(pdf);
    writer.setOutputMemory();
    writer.setDeterministicID(true);
    writer.setObjectStreamMode(qpdf_o_disable); // a plain table of references: every reader knows it
    writer.setMinimumPDFVersion("1.7");
    writer.setNewlineBeforeEndstream(true); // ISO 19005-3 6.1.7.1
    writer.write();
    const auto buffer = writer.getBufferSharedPointer();
    return copy({buffer->getBuffer(), buffer->getSize()});
}

} // namespace

Result<Bytes> archive(ByteView drawn, const Archive& about) {
    ACREDITA_TRY(profile, srgb_profile());
    try {
        QPDF pdf;
        pdf.setSuppressWarnings(true);
        pdf.processMemoryFile("letter", reinterpret_cast<const char*>(drawn.data()), drawn.size());
        std::vector<Object> pages;
        for (auto page : pdf.getAllPages()) {
            page.replaceKey("/Tabs", Object::newName("/S")); // ISO 14289-1 7.18.3
            page.removeKey("/Group");                        // nothing in it is transparent
            pages.push_back(page);
        }
        write_info(pdf, about);
        write_metadata(pdf, about);
        write_colour(pdf, profile);
        if (!about.data_name.empty()) write_data(pdf, about);
        mend_objects(pdf, about);
        if (!about.fields.empty()) {
            Fields fields(pdf, std::move(pages));
            for (const auto& place : about.fields) fields.add(place);
            fields.finish();
        }
        return written(pdf);
    } catch (const std::exception& error) {
        return fail(document_errc::not_drawn, error.what());
    }
}

} // namespace acredita::letter
