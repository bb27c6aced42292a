// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/append/fields.hpp"

#include "tools/letter/append/guard.hpp"

#include <set>

namespace acredita::letter {

namespace {

constexpr std::size_t max_nodes = 100'000;
constexpr int max_depth = 64;
constexpr std::size_t max_name = 4096;

struct Node {
    FormField field;
    int depth = 0;
};

[[nodiscard]] bool is_field(QPDFObjectHandle kid) { return kid.isDictionary() && kid.hasKey("/T"); }

// What a node hands down to its children, from its parent's and its own entries.
[[nodiscard]] FormField inherit(const FormField& parent, QPDFObjectHandle object) {
    FormField field{parent.name, object, parent.value, parent.is_signature};
    if (auto part = object.getKey("/T"); part.isString())
        field.name += (field.name.empty() ? "" : ".") + part.getUTF8Value();
    if (auto value = object.getKey("/V"); !value.isNull()) field.value = value;
    if (auto type = object.getKey("/FT"); type.isName()) field.is_signature = type.getName() == "/Sig";
    return field;
}

// Last first, so that a stack gives them back in the order of the document.
void push_kids(std::vector<Node>& stack, QPDFObjectHandle kids, const FormField& parent, int depth) {
    for (int i = kids.getArrayNItems() - 1; i >= 0; --i)
        if (auto kid = kids.getArrayItem(i); is_field(kid)) stack.push_back({inherit(parent, kid), depth});
}

} // namespace

Result<std::vector<FormField>> form_fields(const StrictPdf& pdf) {
    return guarded([&]() -> Result<std::vector<FormField>> {
        std::vector<FormField> fields;
        auto roots = value_of(pdf.qpdf().getRoot().getKey("/AcroForm"), "/Fields");
        if (!roots.isArray()) return fields;
        std::vector<Node> stack;
        std::set<QPDFObjGen> seen;
        std::size_t nodes = 0;
        const FormField nothing{{}, QPDFObjectHandle::newNull(), QPDFObjectHandle::newNull(), false};
        push_kids(stack, roots, nothing, 1);
        while (!stack.empty()) {
            auto [field, depth] = std::move(stack.back());
            stack.pop_back();
            if (++nodes > max_nodes || depth > max_depth || field.name.size() > max_name)
                return fail(letter_errc::too_complex, "form fields");
            if (field.object.isIndirect() && !seen.insert(field.object.getObjGen()).second)
                return fail(letter_errc::damaged, "a form field twice");
            auto kids = field.object.getKey("/Kids");
            const auto before = stack.size();
            if (kids.isArray()) push_kids(stack, kids, field, depth + 1);
            if (stack.size() == before) fields.push_back(std::move(field));
        }
        return fields;
    });
}

} // namespace acredita::letter
