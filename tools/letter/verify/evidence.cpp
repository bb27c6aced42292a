// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/base/tlv.hpp"
#include "tools/letter/append/guard.hpp"
#include "tools/letter/verify/revocation.hpp"

#include <qpdf/Pipeline.hh>

namespace acredita::letter {

namespace {

constexpr int max_kept = 64;
constexpr std::size_t max_bytes = std::size_t{16} << 20;

struct TooMuch : std::runtime_error {
    TooMuch() : std::runtime_error("inflates to too much") {}
};

// Collects what is inflated, up to a limit.
class Collector final : public Pipeline {
public:
    explicit Collector(std::size_t& left) : Pipeline("collector", nullptr), left_(left) {}
    void write(unsigned char const* data, std::size_t size) override {
        if (size > left_) throw TooMuch();
        left_ -= size;
        append(bytes_, {data, size});
    }
    void finish() override {}
    [[nodiscard]] Bytes take() { return std::move(bytes_); }

private:
    std::size_t& left_;
    Bytes bytes_{};
};

[[nodiscard]] std::vector<Bytes> streams_of(QPDFObjectHandle array, std::size_t& left) {
    std::vector<Bytes> all;
    if (!array.isArray()) return all;
    for (int i = 0; i < std::min(array.getArrayNItems(), max_kept); ++i) {
        auto item = array.getArrayItem(i);
        if (!item.isStream()) continue;
        Collector collector(left);
        const auto read = guarded([&]() -> Result<void> {
            if (!item.pipeStreamData(&collector, 0, qpdf_dl_specialized, true))
                return fail(letter_errc::damaged, "stream");
            return {};
        });
        if (read) all.push_back(collector.take());
    }
    return all;
}

// The elements of a SEQUENCE OF, each as it is encoded.
[[nodiscard]] std::vector<Bytes> elements(std::optional<ByteView> sequence) {
    std::vector<Bytes> all;
    if (!sequence) return all;
    TlvReader reader(*sequence);
    while (!reader.at_end() && all.size() < static_cast<std::size_t>(max_kept)) {
        const auto element = reader.next();
        if (!element) break;
        all.push_back(copy(element->whole));
    }
    return all;
}

} // namespace

Kept kept_in(const StrictPdf& pdf) {
    Kept kept;
    std::size_t left = max_bytes;
    const auto read = guarded([&]() -> Result<void> {
        auto store = pdf.qpdf().getRoot().getKey("/DSS");
        kept.certificates = streams_of(value_of(store, "/Certs"), left);
        kept.revocation.lists = streams_of(value_of(store, "/CRLs"), left);
        kept.revocation.answers = streams_of(value_of(store, "/OCSPs"), left);
        return {};
    });
    static_cast<void>(read); // a store nobody can read is one that keeps nothing
    std::erase_if(kept.certificates, [](const Bytes& der) { return !parse_certificate(der); });
    return kept;
}

RevocationEvidence brought_by(const SignedData& data) {
    RevocationEvidence all;
    all.lists = data.lists();
    // RevocationInfoArchival: [0] lists, [1] answers, each in a SEQUENCE.
    const auto archive = data.revocation_archive();
    for (auto& list : elements(find_tlv(archive, {0x30U, 0xA0U, 0x30U})))
        all.lists.push_back(std::move(list));
    all.answers = elements(find_tlv(archive, {0x30U, 0xA1U, 0x30U}));
    return all;
}

} // namespace acredita::letter
