// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/append/permissions.hpp"

#include "tools/letter/append/guard.hpp"

#include <algorithm>

namespace acredita::letter {

namespace {

// The parameters of each reference of `signature` that uses that transform.
[[nodiscard]] std::vector<QPDFObjectHandle> transforms(QPDFObjectHandle signature,
                                                       const std::string& method) {
    std::vector<QPDFObjectHandle> found;
    auto references = value_of(signature, "/Reference");
    if (!references.isArray()) return found;
    for (int i = 0; i < references.getArrayNItems(); ++i)
        if (auto reference = references.getArrayItem(i); has_name(reference, "/TransformMethod", method))
            found.push_back(value_of(reference, "/TransformParams"));
    return found;
}

[[nodiscard]] bool lists(QPDFObjectHandle names, const std::string& name) {
    if (!names.isArray()) return false;
    for (int i = 0; i < names.getArrayNItems(); ++i) {
        auto item = names.getArrayItem(i);
        if (!item.isString()) continue;
        const auto listed = item.getUTF8Value();
        // A name stands for the fields below it, too.
        if (listed == name || name.starts_with(listed + ".")) return true;
    }
    return false;
}

[[nodiscard]] bool locks(QPDFObjectHandle parameters, const std::string& name) {
    if (has_name(parameters, "/Action", "/Include")) return lists(value_of(parameters, "/Fields"), name);
    if (has_name(parameters, "/Action", "/Exclude")) return !lists(value_of(parameters, "/Fields"), name);
    return true;
}

} // namespace

Result<void> check_may_be_signed(const StrictPdf& pdf) {
    return guarded([&]() -> Result<void> {
        auto root = pdf.qpdf().getRoot();
        for (auto& parameters : transforms(value_of(root.getKey("/Perms"), "/DocMDP"), "/DocMDP")) {
            auto level = value_of(parameters, "/P");
            if (level.isInteger() && level.getIntValue() == 1) return fail(letter_errc::certified);
        }
        auto rendering = root.getKey("/NeedsRendering");
        const bool dynamic = rendering.isBool() && rendering.getBoolValue();
        if (dynamic && !value_of(root.getKey("/AcroForm"), "/XFA").isNull())
            return fail(letter_errc::unsafe_content, "dynamic XFA form");
        return {};
    });
}

Result<void> check_not_locked(const std::vector<FormField>& fields, const std::string& name) {
    return guarded([&]() -> Result<void> {
        for (const auto& field : fields) {
            if (!field.is_signed()) continue;
            for (auto& parameters : transforms(field.value, "/FieldMDP"))
                if (locks(parameters, name)) return fail(letter_errc::field_locked);
        }
        return {};
    });
}

} // namespace acredita::letter
