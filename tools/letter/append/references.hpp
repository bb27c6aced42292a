// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The references an object of a document holds, without following them and without recursion.
#pragma once

#include <vector>

#include <qpdf/QPDFObjectHandle.hh>

namespace acredita::letter {

// Calls visit(QPDFObjGen) for each reference inside `object`, its stream dictionary included.
template <class Visit>
void for_each_reference(QPDFObjectHandle object, Visit&& visit) {
    std::vector<QPDFObjectHandle> stack{object.isStream() ? object.getDict() : object};
    const auto look_at = [&](QPDFObjectHandle item) {
        if (item.isIndirect())
            visit(item.getObjGen());
        else if (item.isArray() || item.isDictionary())
            stack.push_back(item);
    };
    while (!stack.empty()) {
        auto item = stack.back();
        stack.pop_back();
        if (item.isArray())
            for (int i = 0; i < item.getArrayNItems(); ++i) look_at(item.getArrayItem(i));
        else if (item.isDictionary())
            for (auto& [key, value] : item.ditems()) look_at(value);
    }
}

} // namespace acredita::letter
