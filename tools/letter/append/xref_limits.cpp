// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/append/xref_limits.hpp"

#include "tools/letter/append/guard.hpp"
#include "tools/letter/append/xref_section.hpp"

#include <algorithm>
#include <set>

#include <qpdf/Pl_Flate.hh>
#include <qpdf/QPDFXRefEntry.hh>

namespace acredita::letter {

namespace {

constexpr std::size_t max_sections = 4096;
constexpr std::uint64_t max_inflated = 256U << 20;
// A byte of Flate data cannot become more than this many.
constexpr std::uint64_t max_ratio = 1032;

struct TooMuch : std::runtime_error {
    TooMuch() : std::runtime_error("inflates to too much") {}
};

class Counter final : public Pipeline {
public:
    explicit Counter(std::uint64_t& left) : Pipeline("counter", nullptr), left_(left) {}
    void write(unsigned char const*, std::size_t size) override {
        if (size > left_) throw TooMuch();
        left_ -= size;
    }
    void finish() override {}

private:
    std::uint64_t& left_;
};

[[nodiscard]] Result<void> count_section(const InputFile& file, const XrefSection& section,
                                         std::uint64_t& left) {
    if (!section.flate) {
        if (section.data_size > left) return fail(letter_errc::too_complex, "cross-reference stream");
        left -= section.data_size;
        return {};
    }
    Counter counter(left);
    Pl_Flate inflate("xref", &counter, Pl_Flate::a_inflate, 64 * 1024);
    Bytes piece(std::size_t{64} * 1024);
    for (std::uint64_t done = 0; done < section.data_size; done += piece.size()) {
        piece.resize(
            static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), section.data_size - done)));
        ACREDITA_CHECK(file.read_at(section.data + done, std::span(piece)));
        static_cast<Pipeline&>(inflate).write(piece.data(), piece.size());
    }
    inflate.finish();
    return {};
}

// Runs `work`; what a Counter throws is too_complex.
template <class Work>
[[nodiscard]] Result<void> counted(Work&& work) {
    try {
        return work();
    } catch (const TooMuch&) {
        return fail(letter_errc::too_complex, "inflates to too much");
    }
}

[[nodiscard]] bool is_single_flate(QPDFObjectHandle filter) {
    if (filter.isArray()) return filter.getArrayNItems() == 1 && is_single_flate(filter.getArrayItem(0));
    return filter.isNull() || (filter.isName() && filter.getName() == "/FlateDecode");
}

} // namespace

Result<void> check_xref_limits(const InputFile& file, std::uint64_t size, std::uint64_t startxref) {
    return guarded([&] {
        return counted([&]() -> Result<void> {
            std::uint64_t left = max_inflated;
            std::set<std::uint64_t> seen;
            std::vector<std::uint64_t> todo{startxref};
            while (!todo.empty()) {
                const auto at = todo.back();
                todo.pop_back();
                if (!seen.insert(at).second) continue; // libqpdf judges circles
                if (seen.size() > max_sections)
                    return fail(letter_errc::too_complex, "cross-reference sections");
                ACREDITA_TRY(section, read_xref_section(file, size, at));
                ACREDITA_CHECK(count_section(file, section, left));
                if (section.previous) todo.push_back(*section.previous);
                if (section.hybrid) todo.push_back(*section.hybrid);
            }
            return {};
        });
    });
}

Result<void> check_object_streams(QPDF& qpdf) {
    std::set<int> containers;
    for (const auto& [id, entry] : qpdf.getXRefTable())
        if (entry.getType() == 2) containers.insert(entry.getObjStreamNumber());
    return counted([&]() -> Result<void> {
        std::uint64_t left = max_inflated;
        for (const int number : containers) {
            auto stream = qpdf.getObject(number, 0);
            if (!stream.isStream()) return fail(letter_errc::damaged, "object stream missing");
            auto length = stream.getDict().getKey("/Length");
            const auto raw = length.isInteger() ? length.getUIntValue() : max_inflated;
            // Too small to become too much: not inflated twice.
            if (is_single_flate(stream.getDict().getKey("/Filter")) && raw <= left / max_ratio) {
                left -= raw * max_ratio;
                continue;
            }
            Counter counter(left);
            stream.pipeStreamData(&counter, 0, qpdf_dl_specialized, true);
        }
        return {};
    });
}

} // namespace acredita::letter
