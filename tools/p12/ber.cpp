// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/ber.hpp"

#include "pcsc/base/tlv.hpp"
#include "tools/p12/errc.hpp"

namespace acredita::p12 {

namespace {

constexpr std::uint8_t octet_string = 0x04;
constexpr std::uint8_t constructed_octet_string = 0x24;
constexpr std::uint8_t constructed_bit = 0x20;

struct Node {
    Tag tag = 0;
    ByteView content;       // of a primitive element
    std::size_t length = 0; // of what will be written as its content
    bool fragment = false;  // part of a constructed string: written without a header
};

struct Frame {
    std::size_t node = 0;
    std::size_t end = 0; // offset behind the last byte that may belong to it
    bool indefinite = false;
    bool string = false;
};

struct Header {
    Tag tag = 0;
    std::size_t length = 0;
    bool indefinite = false;
};

class Walk {
public:
    explicit Walk(ByteView input) noexcept : input_(input) {}

    Result<Definite> run() {
        ACREDITA_CHECK(element());
        while (!open_.empty()) {
            const Frame top = open_.back();
            const bool ended = top.indefinite ? end_of_contents() : at_ == top.end;
            if (ended)
                close();
            else
                ACREDITA_CHECK(element());
        }
        return Definite{write(), at_, rewritten_};
    }

private:
    [[nodiscard]] std::size_t limit() const noexcept {
        return open_.empty() ? input_.size() : open_.back().end;
    }

    auto damaged(const char* what) const {
        return fail(p12_errc::damaged, "offset=" + std::to_string(at_) + ": " + what);
    }

    // Whether the end that was hit is the end of the file or that of an enclosing element decides what is to
    // blame.
    [[nodiscard]] Error cut(std::size_t missing) const {
        if (limit() == input_.size())
            return fail(p12_errc::truncated, "missing=" + std::to_string(missing)).value();
        return damaged("an element is longer than the one around it").value();
    }

    bool end_of_contents() {
        if (limit() - at_ < 2 || input_[at_] != 0 || input_[at_ + 1] != 0) return false;
        at_ += 2;
        return true;
    }

    Result<std::uint8_t> byte() {
        if (at_ >= limit()) return fail(cut(1));
        return input_[at_++];
    }

    Result<Header> header() {
        Header found;
        ACREDITA_TRY(first, byte());
        if (first == 0) {
            // Half of an end-of-contents is what a copy that stopped there leaves.
            if (at_ == limit() && !open_.empty() && open_.back().indefinite) return fail(cut(1));
            return damaged("a tag of zero");
        }
        found.tag = first;
        if ((first & 0x1FU) == 0x1FU) {
            for (int more = 0;; ++more) {
                ACREDITA_TRY(next, byte());
                if (more == 2) return damaged("a tag of more than three bytes");
                found.tag = (found.tag << 8U) | next;
                if ((next & 0x80U) == 0) break;
            }
        }
        ACREDITA_TRY(form, byte());
        found.length = form;
        if (form < 0x80) return found;
        if (form == 0x80) {
            found.indefinite = true;
            found.length = 0;
            return found;
        }
        if (form > 0x84) return damaged("a length of more than four bytes");
        found.length = 0;
        for (unsigned left = form & 0x0FU; left > 0; --left) {
            ACREDITA_TRY(next, byte());
            found.length = (found.length << 8U) | next;
        }
        if (found.length < 0x80 || tlv_header(octet_string, found.length).size() != 2U + (form & 0x0FU))
            rewritten_ = true;
        return found;
    }

    Result<void> element() {
        const bool in_string = !open_.empty() && open_.back().string;
        ACREDITA_TRY(head, header());
        if (nodes_.size() == most_elements) return damaged("too many elements");
        const auto leading = static_cast<std::uint8_t>(first_byte(head.tag));
        if (in_string && head.tag != octet_string && head.tag != constructed_octet_string)
            return damaged("a string made of something else");
        if (!head.indefinite && head.length > limit() - at_) return fail(cut(head.length - (limit() - at_)));

        nodes_.push_back({head.tag, {}, 0, in_string});
        if ((leading & constructed_bit) == 0) {
            if (head.indefinite) return damaged("a primitive element without length");
            nodes_.back().content = input_.subspan(at_, head.length);
            nodes_.back().length = head.length;
            at_ += head.length;
            account(nodes_.size() - 1);
            return {};
        }
        if (open_.size() == deepest_nesting) return damaged("nested too deeply");
        const bool string = head.tag == constructed_octet_string;
        if (string) nodes_.back().tag = octet_string;
        rewritten_ = rewritten_ || string || head.indefinite;
        const auto end = head.indefinite ? limit() : at_ + head.length;
        open_.push_back({nodes_.size() - 1, end, head.indefinite, string});
        return {};
    }

    static Tag first_byte(Tag tag) noexcept {
        while (tag > 0xFFU) tag >>= 8U;
        return tag;
    }

    void close() {
        const auto node = open_.back().node;
        open_.pop_back();
        account(node);
    }

    // Adds a finished element to the length of the one around it.
    void account(std::size_t index) {
        if (open_.empty()) return;
        const Node& node = nodes_[index];
        auto& around = nodes_[open_.back().node];
        around.length += node.length;
        if (!node.fragment) around.length += tlv_header(node.tag, node.length).size();
    }

    [[nodiscard]] ZeroingBytes write() const {
        ZeroingBytes der;
        der.reserve(nodes_.front().length + 8);
        for (const auto& node : nodes_) {
            if (!node.fragment) {
                const auto head = tlv_header(node.tag, node.length);
                der.insert(der.end(), head.begin(), head.end());
            }
            der.insert(der.end(), node.content.begin(), node.content.end());
        }
        return der;
    }

    ByteView input_;
    std::size_t at_ = 0;
    std::vector<Node> nodes_;
    std::vector<Frame> open_;
    bool rewritten_ = false;
};

} // namespace

Result<Definite> to_definite(ByteView input) { return Walk(input).run(); }

} // namespace acredita::p12
