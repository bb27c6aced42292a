// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/verify/allowed.hpp"

#include "tools/letter/append/fields.hpp"

#include <algorithm>
#include <string_view>

namespace acredita::letter {

namespace {

using Handle = QPDFObjectHandle;

[[nodiscard]] Change worse(Change a, Change b) { return std::max(a, b); }

[[nodiscard]] bool same_stream(Handle a, Handle b) {
    if (a.getDict().unparse() != b.getDict().unparse()) return false;
    const auto x = a.getRawStreamData();
    const auto y = b.getRawStreamData();
    return equal({x->getBuffer(), x->getSize()}, {y->getBuffer(), y->getSize()});
}

[[nodiscard]] bool same(Handle a, Handle b) {
    if (a.isStream() != b.isStream()) return false;
    return a.isStream() ? same_stream(a, b) : a.unparseResolved() == b.unparseResolved();
}

// The keys whose values differ; references are compared as references.
[[nodiscard]] std::set<std::string> differing(Handle a, Handle b) {
    std::set<std::string> keys;
    for (auto* dictionary : {&a, &b})
        for (const auto& key : dictionary->getKeys())
            if (a.getKey(key).unparse() != b.getKey(key).unparse()) keys.insert(key);
    return keys;
}

// Streams that hold no content of their own: the objects in them are compared one by one.
[[nodiscard]] bool is_structure(Handle object) {
    return object.isStream() &&
           (has_name(object.getDict(), "/Type", "/XRef") || has_name(object.getDict(), "/Type", "/ObjStm"));
}

[[nodiscard]] bool is_signature(Handle value) {
    return value.isDictionary() && value_of(value, "/ByteRange").isArray() &&
           value_of(value, "/Contents").isString();
}

[[nodiscard]] bool draws(Handle field) {
    auto rect = field.getKey("/Rect");
    if (value_of(field, "/AP").isNull() || !rect.isRectangle()) return false;
    const auto box = rect.getArrayAsRectangle();
    return box.llx != box.urx && box.lly != box.ury;
}

} // namespace

AllowedChanges::AllowedChanges(const StrictPdf& before, const StrictPdf& now)
    : before_(before.qpdf()), now_(now.qpdf()) {
    const auto remember_list = [this](Handle list) {
        if (list.isArray() && list.isIndirect()) lists_.insert(list.getObjGen());
    };
    for (const auto& [id, entry] : before_.getXRefTable()) {
        known_.insert(id);
        auto object = before_.getObject(id);
        if (!has_name(object, "/Type", "/Page")) continue;
        pages_.insert(id);
        remember_list(object.getKey("/Annots"));
    }
    remember_list(value_of(before_.getRoot().getKey("/AcroForm"), "/Fields"));
    if (const auto fields = form_fields(before))
        for (const auto& field : *fields)
            if (field.is_signature && !field.is_signed()) fields_.insert(Handle(field.object).getObjGen());
}

Change AllowedChanges::judge(QPDFObjGen id) {
    auto before = before_.getObject(id);
    auto now = now_.getObject(id);
    if (same(before, now) || (is_structure(before) && is_structure(now))) return Change::harmless;
    if (lists_.contains(id)) return longer_list(before, now);
    if (!before.isDictionary() || !now.isDictionary()) return Change::forbidden;
    if (id == before_.getRoot().getObjGen()) return catalogue(before, now);
    const auto is_at = [&](const char* key) { return before_.getRoot().getKey(key).getObjGen() == id; };
    if (is_at("/AcroForm")) return form(before, now);
    if (is_at("/DSS")) return Change::harmless;
    if (pages_.contains(id)) return page(before, now);
    if (fields_.contains(id)) return field(before, now);
    return Change::forbidden;
}

Change AllowedChanges::catalogue(Handle before, Handle now) {
    Change worst = Change::harmless;
    for (const auto& key : differing(before, now)) {
        if (key == "/AcroForm") {
            auto old = before.getKey(key);
            worst = worse(worst, form(old.isNull() ? Handle::newDictionary() : old, now.getKey(key)));
        } else if (key != "/DSS" &&
                   key != "/Extensions") { // validation data, and the extension that names them
            return Change::forbidden;
        }
    }
    return worst;
}

Change AllowedChanges::form(Handle before, Handle now) {
    if (!before.isDictionary() || !now.isDictionary()) return Change::forbidden;
    Change worst = Change::harmless;
    for (const auto& key : differing(before, now)) {
        if (key == "/Fields")
            worst = worse(worst, longer_list(before.getKey(key), now.getKey(key)));
        else if (key != "/SigFlags")
            return Change::forbidden;
    }
    return worst;
}

Change AllowedChanges::page(Handle before, Handle now) {
    const auto keys = differing(before, now);
    if (keys != std::set<std::string>{"/Annots"}) return Change::forbidden;
    return longer_list(before.getKey("/Annots"), now.getKey("/Annots"));
}

Change AllowedChanges::field(Handle before, Handle now) {
    for (const auto& key : differing(before, now)) {
        if (key != "/V" && key != "/AP" && key != "/F") return Change::forbidden;
    }
    auto value = now.getKey("/V");
    if (!before.getKey("/V").isNull() || !is_signature(value)) return Change::forbidden;
    if (value.isIndirect() && !is_new(value)) return Change::forbidden;
    const bool redrawn = before.getKey("/AP").unparse() != now.getKey("/AP").unparse();
    return redrawn && draws(now) ? Change::visible : Change::harmless;
}

Change AllowedChanges::longer_list(Handle before, Handle now) {
    if (!now.isArray() || !(before.isArray() || before.isNull())) return Change::forbidden;
    const int old_size = before.isArray() ? before.getArrayNItems() : 0;
    if (now.getArrayNItems() < old_size) return Change::forbidden;
    for (int i = 0; i < old_size; ++i)
        if (before.getArrayItem(i).unparse() != now.getArrayItem(i).unparse()) return Change::forbidden;
    Change worst = Change::harmless;
    for (int i = old_size; i < now.getArrayNItems(); ++i)
        worst = worse(worst, new_field(now.getArrayItem(i)));
    return worst;
}

Change AllowedChanges::new_field(Handle field) {
    const bool fits = is_new(field) && has_name(field, "/FT", "/Sig") &&
                      has_name(field, "/Subtype", "/Widget") && is_signature(value_of(field, "/V"));
    if (!fits) return Change::forbidden;
    // A signature field that does something when it is looked at or touched is more than a signature.
    for (const char* key : {"/A", "/AA", "/Kids", "/Parent"})
        if (field.hasKey(key)) return Change::forbidden;
    return draws(field) ? Change::visible : Change::harmless;
}

bool AllowedChanges::is_new(Handle object) const {
    return object.isIndirect() && !known_.contains(object.getObjGen());
}

} // namespace acredita::letter
