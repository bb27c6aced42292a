// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Our own reading of the rules of PDF/A-3a (ISO 19005-3:2012) and PDF/UA-1 (ISO 14289-1:2014) that pages
// drawn by us can break, for every kind of them.
#pragma once

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include <qpdf/QPDF.hh>

namespace acredita::letter::test {

// Follows the content of a page: what paints, paints inside of a marked piece with a number (or in an
// artifact).
class Painted : public QPDFObjectHandle::ParserCallbacks {
public:
    void handleObject(QPDFObjectHandle object) override {
        if (!object.isOperator()) {
            if (object.isDictionary()) numbered_ = object.hasKey("/MCID");
            if (object.isName()) numbered_ = object.getName() == "/Artifact";
            return;
        }
        const auto what = object.getOperatorValue();
        if (what == "BDC" || what == "BMC") open_.push_back(numbered_);
        if (what == "EMC" && !open_.empty()) open_.pop_back();
        const bool paints = what == "f" || what == "f*" || what == "S" || what == "s" || what == "B" ||
                            what == "Tj" || what == "TJ" || what == "Do" || what == "sh";
        if (paints && std::ranges::find(open_, true) == open_.end()) ++loose_;
        painted_ += paints ? 1 : 0;
    }
    void handleEOF() override {}
    unsigned loose() const { return loose_; }
    unsigned painted() const { return painted_; }
    std::size_t depth() const { return open_.size(); }

private:
    std::vector<bool> open_{};
    bool numbered_ = false;
    unsigned loose_ = 0, painted_ = 0;
};

// The structure elements in the order of reading.
[[nodiscard]] std::vector<QPDFObjectHandle> elements(QPDF& pdf);

// Every rule that does not depend on what the page is about, as a check of Boost.Test each: what it says it
// is, its colours, its structure, its language, its fonts, and that it does nothing by itself. The number of
// elements of each kind: {"/H1", 1}, ...
std::map<std::string, int> check_keeping(QPDF& pdf, const std::string& language);

} // namespace acredita::letter::test
