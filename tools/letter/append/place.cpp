// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/append/place.hpp"

#include "tools/letter/append/guard.hpp"
#include "tools/letter/append/pages.hpp"
#include "tools/letter/append/permissions.hpp"

#include <algorithm>
#include <array>
#include <cstdio>

namespace acredita::letter {

namespace {

// /SigFlags (ISO 32000-1 table 219): SignaturesExist and AppendOnly.
constexpr long long sig_flags = 3;
// Annotation flags (table 165): Print and Locked.
constexpr long long widget_flags = 4 | 128;
constexpr int max_new_name = 10'000;

[[nodiscard]] Result<Place> place_in(const FormField& field) {
    if (!field.is_signature) return fail(letter_errc::field_unsuitable, "not a signature field");
    if (field.is_signed()) return fail(letter_errc::field_signed);
    if (!QPDFObjectHandle(field.object).isIndirect())
        return fail(letter_errc::field_unsuitable, "a direct object");
    return Place{field.name, field.object};
}

[[nodiscard]] Result<Place> place_by_name(const std::vector<FormField>& fields, const std::string& name) {
    for (const auto& field : fields) {
        if (field.name == name) return place_in(field);
        if (field.name.starts_with(name + "."))
            return fail(letter_errc::field_unsuitable, "it has fields below it");
    }
    // A dot separates a field from its parent; a new field has none.
    if (name.find('.') != std::string::npos) return fail(letter_errc::field_unsuitable, "no such field");
    return Place{name, std::nullopt};
}

[[nodiscard]] Result<Place> place_by_default(const std::vector<FormField>& fields) {
    const auto is_empty = [](const FormField& f) { return f.is_signature && !f.is_signed(); };
    const auto found = std::find_if(fields.begin(), fields.end(), is_empty);
    if (found != fields.end()) {
        if (std::any_of(found + 1, fields.end(), is_empty)) return fail(letter_errc::field_ambiguous);
        return place_in(*found);
    }
    for (int n = 1; n < max_new_name; ++n) {
        const auto name = "Firma" + std::to_string(n);
        const auto taken = [&](const FormField& f) {
            return f.name == name || f.name.starts_with(name + ".");
        };
        if (std::none_of(fields.begin(), fields.end(), taken)) return Place{name, std::nullopt};
    }
    return fail(letter_errc::too_complex, "form fields");
}

// Appends to dictionary[key], an array that may be missing, direct, or an object of its own; `owner` is the
// indirect object that holds the dictionary.
void append_to(Update& update, QPDFObjectHandle dictionary, const std::string& key, QPDFObjectHandle item,
               bool own_array, QPDFObjectHandle owner) {
    auto array = dictionary.getKey(key);
    if (array.isArray() && array.isIndirect() && !own_array) {
        array.appendItem(item);
        update.put(array);
        return;
    }
    array = array.isArray() ? array.shallowCopy() : QPDFObjectHandle::newArray();
    array.appendItem(item);
    dictionary.replaceKey(key, array);
    update.put(owner);
}

// The form dictionary and the indirect object to write when it changes.
struct Form {
    QPDFObjectHandle dictionary;
    QPDFObjectHandle owner;
};

[[nodiscard]] Form form_of(const StrictPdf& pdf, Update& update) {
    auto root = pdf.qpdf().getRoot();
    auto form = root.getKey("/AcroForm");
    if (form.isDictionary()) return {form, form.isIndirect() ? form : root};
    auto fresh = update.reserve();
    fresh.replaceKey("/Fields", QPDFObjectHandle::newArray());
    root.replaceKey("/AcroForm", fresh);
    update.put(root);
    return {fresh, fresh};
}

void mark_signed(Update& update, Form& form) {
    auto flags = form.dictionary.getKey("/SigFlags");
    const auto now = flags.isInteger() ? flags.getIntValue() : 0;
    if ((now & sig_flags) == sig_flags) return;
    form.dictionary.replaceKey("/SigFlags", QPDFObjectHandle::newInteger(now | sig_flags));
    update.put(form.owner);
}

[[nodiscard]] Result<void> add_field(const StrictPdf& pdf, Update& update, const Place& place,
                                     QPDFObjectHandle signature) {
    ACREDITA_TRY(page, first_page(pdf));
    auto field = update.reserve();
    for (const auto& [key, value] : {std::pair{"/Type", "/Annot"}, {"/Subtype", "/Widget"}, {"/FT", "/Sig"}})
        field.replaceKey(key, QPDFObjectHandle::newName(value));
    field.replaceKey("/T", QPDFObjectHandle::newUnicodeString(place.name));
    field.replaceKey("/F", QPDFObjectHandle::newInteger(widget_flags));
    field.replaceKey("/Rect", QPDFObjectHandle::parse("[ 0 0 0 0 ]"));
    field.replaceKey("/P", page);
    field.replaceKey("/V", signature);
    update.put(field);
    ACREDITA_TRY(shared, has_other_referrers(pdf, page, page.getKey("/Annots")));
    append_to(update, page, "/Annots", field, shared, page);
    auto form = form_of(pdf, update);
    append_to(update, form.dictionary, "/Fields", field, false, form.owner);
    mark_signed(update, form);
    return {};
}

// The appearance of a field that is its own widget and has a size (ISO 32000-1 12.5.5).
void show(Update& update, QPDFObjectHandle field, const DrawSignature& draw) {
    auto rectangle = field.getKey("/Rect");
    if (!rectangle.isRectangle()) return;
    const auto box = rectangle.getArrayAsRectangle();
    const double width = box.urx - box.llx, height = box.ury - box.lly;
    constexpr double smallest = 8, largest = 2000;
    if (width < smallest || height < smallest || width > largest || height > largest) return;
    const auto content = draw(width, height);
    if (content.empty()) return;
    auto stream = update.reserve();
    std::array<char, 64> bounds{};
    std::snprintf(bounds.data(), bounds.size(), "[ 0 0 %.2f %.2f ]", width, height);
    update.put(stream, "<< /Type /XObject /Subtype /Form /BBox " + std::string(bounds.data()) +
                           " /Resources << >> /Length " + std::to_string(content.size()) + " >>\nstream\n" +
                           content + "\nendstream");
    auto appearance = QPDFObjectHandle::newDictionary();
    appearance.replaceKey("/N", stream);
    field.replaceKey("/AP", appearance);
}

} // namespace

Result<Place> choose_place(const StrictPdf& pdf, const std::string& wanted) {
    ACREDITA_TRY(fields, form_fields(pdf));
    return guarded([&]() -> Result<Place> {
        ACREDITA_TRY(place, wanted.empty() ? place_by_default(fields) : place_by_name(fields, wanted));
        ACREDITA_CHECK(check_not_locked(fields, place.name));
        return place;
    });
}

Result<void> occupy(const StrictPdf& pdf, Update& update, const Place& place, QPDFObjectHandle signature,
                    const DrawSignature& draw) {
    return guarded([&]() -> Result<void> {
        if (!place.ready) return add_field(pdf, update, place, signature);
        auto field = *place.ready;
        field.replaceKey("/V", signature);
        if (draw) show(update, field, draw);
        update.put(field);
        auto form = form_of(pdf, update);
        mark_signed(update, form);
        return {};
    });
}

} // namespace acredita::letter
