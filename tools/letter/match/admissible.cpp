// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/match/admissible.hpp"

#include "tools/letter/append/guard.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace acredita::letter {

namespace {

constexpr std::size_t most_objects = 20'000;
constexpr std::size_t most_nodes = 500'000; // dictionaries and arrays, of all objects together

// ISO 32000-1 12.6.4: actions that do more than turn a page.
constexpr std::array<std::string_view, 9> acting{"/JavaScript", "/Launch",    "/ImportData",
                                                 "/SubmitForm", "/Rendition", "/RichMediaExecute",
                                                 "/GoToE",      "/Movie",     "/Sound"};
constexpr std::array<std::string_view, 6> moving{"/RichMedia", "/Movie", "/Sound",
                                                 "/Screen",    "/3D",    "/FileAttachment"};

std::string_view acts(QPDFObjectHandle object) {
    if (object.isStream()) object = object.getDict();
    if (!object.isDictionary()) return {};
    if (object.hasKey("/AA")) return "AA";
    if (object.hasKey("/JS")) return "JavaScript";
    const auto is_one_of = [&](const char* key, const auto& names) {
        auto value = object.getKey(key);
        return value.isName() && std::ranges::find(names, value.getName()) != names.end();
    };
    if (is_one_of("/S", acting)) return "action";
    return is_one_of("/Subtype", moving) ? "annotation" : std::string_view();
}

// The object and all that is written inside of it, not what it refers to; without recursion.
std::string_view acts_inside(QPDFObjectHandle object, std::size_t& budget) {
    std::vector<QPDFObjectHandle> open{std::move(object)};
    while (!open.empty()) {
        if (budget-- == 0) return "size";
        auto one = open.back();
        open.pop_back();
        if (const auto why = acts(one); !why.empty()) return why;
        if (one.isStream()) one = one.getDict();
        const auto add = [&](const QPDFObjectHandle& child) {
            auto inner = child;
            if (!inner.isIndirect() && (inner.isDictionary() || inner.isArray())) open.push_back(inner);
        };
        if (one.isDictionary())
            for (const auto& [key, child] : one.getDictAsMap()) add(child);
        if (one.isArray())
            for (const auto& child : one.getArrayAsVector()) add(child);
    }
    return {};
}

Result<void> look(const StrictPdf& pdf) {
    auto root = pdf.qpdf().getRoot();
    if (root.hasKey("/OpenAction")) return fail(match_errc::not_admissible, "OpenAction");
    if (!value_of(value_of(root, "/Names"), "/JavaScript").isNull())
        return fail(match_errc::not_admissible, "JavaScript");
    if (!value_of(value_of(root, "/AcroForm"), "/XFA").isNull())
        return fail(match_errc::not_admissible, "XFA");
    // Layers show and hide.
    if (root.hasKey("/OCProperties")) return fail(match_errc::not_admissible, "layers");
    if (pdf.qpdf().getObjectCount() > most_objects) return fail(match_errc::not_admissible, "objects");
    std::size_t budget = most_nodes;
    for (const auto& object : pdf.qpdf().getAllObjects())
        if (const auto why = acts_inside(object, budget); !why.empty())
            return fail(match_errc::not_admissible, std::string(why));
    return {};
}

} // namespace

Result<StrictPdf> open_admissible(const InputFile& file) {
    auto pdf = StrictPdf::open(file);
    if (!pdf) {
        if (is(pdf.error(), letter_errc::read_failed)) return pdf;
        return fail(match_errc::not_admissible, std::string(error_name(pdf.error().code)));
    }
    auto seen = guarded([&] { return look(*pdf); });
    if (seen) return pdf;
    if (is(seen.error(), match_errc::not_admissible) || is(seen.error(), letter_errc::read_failed))
        return fail(std::move(seen).error());
    return fail(match_errc::not_admissible, std::string(error_name(seen.error().code)));
}

} // namespace acredita::letter
