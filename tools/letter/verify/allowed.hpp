// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Which differences between two revisions of a document come from signing it, and only from that.
#pragma once

#include "tools/letter/append/strict_pdf.hpp"

#include <set>

namespace acredita::letter {

enum class Change { harmless, visible, forbidden };

// Looks at objects that both revisions have. What is new is reached only through them, so it is judged there.
class AllowedChanges {
public:
    AllowedChanges(const StrictPdf& before, const StrictPdf& now);

    // May throw what libqpdf throws.
    [[nodiscard]] Change judge(QPDFObjGen id);

private:
    using Handle = QPDFObjectHandle;

    [[nodiscard]] Change catalogue(Handle before, Handle now);
    [[nodiscard]] Change form(Handle before, Handle now);
    [[nodiscard]] Change page(Handle before, Handle now);
    [[nodiscard]] Change field(Handle before, Handle now);
    // `now` is `before` with new signature fields behind it.
    [[nodiscard]] Change longer_list(Handle before, Handle now);
    [[nodiscard]] Change new_field(Handle field);
    [[nodiscard]] bool is_new(Handle object) const;

    QPDF& before_;
    QPDF& now_;
    std::set<QPDFObjGen> known_; // the objects of the earlier revision
    std::set<QPDFObjGen> fields_;
    std::set<QPDFObjGen> pages_;
    std::set<QPDFObjGen> lists_; // /Annots arrays of pages, /Fields of the form
};

} // namespace acredita::letter
