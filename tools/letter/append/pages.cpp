// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/append/pages.hpp"

#include "tools/letter/append/guard.hpp"
#include "tools/letter/append/references.hpp"

#include <set>
#include <vector>

namespace acredita::letter {

namespace {

constexpr std::size_t max_nodes = 100'000;

} // namespace

Result<QPDFObjectHandle> first_page(const StrictPdf& pdf) {
    return guarded([&]() -> Result<QPDFObjectHandle> {
        std::set<QPDFObjGen> seen;
        std::vector<QPDFObjectHandle> stack{pdf.qpdf().getRoot().getKey("/Pages")};
        for (std::size_t nodes = 0; !stack.empty(); ++nodes) {
            auto node = stack.back();
            stack.pop_back();
            if (nodes > max_nodes || stack.size() > max_nodes)
                return fail(letter_errc::too_complex, "page tree");
            if (!node.isDictionary()) continue;
            if (node.isIndirect() && !seen.insert(node.getObjGen()).second)
                return fail(letter_errc::damaged, "page tree in a circle");
            auto kids = node.getKey("/Kids");
            if (!kids.isArray()) {
                if (!node.isIndirect())
                    return fail(letter_errc::damaged, "a page that is no object of its own");
                return node;
            }
            for (int i = kids.getArrayNItems() - 1; i >= 0; --i) stack.push_back(kids.getArrayItem(i));
        }
        return fail(letter_errc::damaged, "no page");
    });
}

Result<bool> has_other_referrers(const StrictPdf& pdf, QPDFObjectHandle owner, QPDFObjectHandle array) {
    return guarded([&]() -> Result<bool> {
        if (!array.isArray() || !array.isIndirect()) return false;
        const auto target = array.getObjGen();
        for (const auto& [id, entry] : pdf.qpdf().getXRefTable()) {
            if (id == target) continue;
            int found = 0;
            for_each_reference(pdf.qpdf().getObject(id),
                               [&](QPDFObjGen to) { found += to == target ? 1 : 0; });
            if (found > (id == owner.getObjGen() ? 1 : 0)) return true;
        }
        return false;
    });
}

} // namespace acredita::letter
