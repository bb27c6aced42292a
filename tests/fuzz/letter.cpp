// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A signed letter, a signature beside a file or an answer of a timestamp authority, meddled with: what is
// judged good says what was signed, and nothing else happens. A whole letter by chance would never be one, so
// the input says where to cut, to copy and to write.
#include "tests/fuzz/target.hpp"
#include "tests/tools/letter/support.hpp"
#include "tools/letter/cms/timestamp.hpp"
#include "tools/letter/match/match.hpp"

#include <cstring>

#include <sys/mman.h>
#include <unistd.h>

using namespace acredita;
using namespace acredita::fuzz;
using namespace acredita::letter;

namespace {

// A file without a disk, for as long as its owner lives.
class Memory {
public:
    explicit Memory(std::string_view bytes) : fd_(::memfd_create("letter", MFD_CLOEXEC)) {
        require(fd_ >= 0 && ::write(fd_, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()),
                "a file in memory");
    }
    ~Memory() { ::close(fd_); }
    Memory(const Memory&) = delete;
    Memory& operator=(const Memory&) = delete;
    [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(fd_); }

private:
    int fd_;
};

struct Originals {
    std::string content, pdf, cms;
    TimestampRequest request;
    Originals() {
        const test::Scratch scratch;
        content = test::to_pdf(test::simple_letter());
        test::spill(scratch / "a", content);
        const auto signer = test::ec().signer();
        require(sign_pdf(scratch / "a", scratch / "b", signer, {}).has_value(), "a letter is signed");
        require(sign_beside(scratch / "a", scratch / "c", signer, {}).has_value(), "and beside itself");
        pdf = test::slurp(scratch / "b");
        cms = test::slurp(scratch / "c");
        request = timestamp_request(as_bytes(content), "").value();
    }
};

// Up to sixteen times: write a byte, cut, copy, insert.
std::string meddled(std::string bytes, Feed& feed) {
    for (int i = 0; i < 16 && !feed.empty() && !bytes.empty(); ++i) {
        const auto what = feed.byte();
        const auto at = (static_cast<std::size_t>(feed.word()) << 8U | feed.byte()) % bytes.size();
        switch (what % 4) {
        case 0:
            bytes[at] = static_cast<char>(feed.byte());
            break;
        case 1:
            bytes.erase(at, feed.word() % 512);
            break;
        case 2:
            bytes.insert(at, bytes.substr(feed.word() % bytes.size(), feed.word() % 512));
            break;
        default:
            bytes.insert(what < 128 ? bytes.size() : at, as_text(feed.bytes(feed.byte())));
        }
    }
    return bytes;
}

void check(const SignatureVerdict& verdict, std::size_t size) {
    require(verdict.covered_until <= size, "nothing behind the end is covered");
    require(verdict.later_objects.size() <= 16, "few objects are named");
    require(!verdict.reason || verdict.reason->size() <= 4096, "texts are short");
    require(verdict.outcome() != Outcome::valid || verdict.path == Path::trusted, "who is valid is trusted");
}

VerifyOptions trusting() {
    VerifyOptions options;
    options.trust_anchors = {test::authority()};
    return options;
}

void judge_pdf(const Originals& originals, Feed& feed) {
    const auto bytes = meddled(originals.pdf, feed);
    const Memory file(bytes);
    const auto report = verify_pdf(file.path(), trusting());
    (void)match_letter(file.path(), MatchRequest{.folio = "R-1"});
    if (!report) return;
    const auto contents = originals.pdf.rfind("/Contents <");
    for (const auto& verdict : report->signatures) {
        check(verdict, bytes.size());
        if (verdict.outcome() != Outcome::valid) continue;
        require(bytes.compare(0, contents, originals.pdf, 0, contents) == 0,
                "the letter is the one that was signed");
    }
}

void judge_cms(const Originals& originals, Feed& feed) {
    const bool whole = feed.flag();
    const Memory content(whole ? originals.content : meddled(originals.content, feed));
    const Memory file(meddled(originals.cms, feed));
    const auto report = verify_cms(file.path(), content.path(), trusting());
    if (!report) return;
    for (const auto& verdict : report->signatures)
        if (verdict.outcome() == Outcome::valid) {
            require(verdict.certificate == test::ec().certificate, "the signer is the one who signed");
            const auto seen = test::slurp(content.path());
            require(seen == originals.content, "the content is the one that was signed");
        }
}

void judge_answer(const Originals& originals, Feed& feed) {
    const auto token = Timestamp::from_response(feed.rest(), originals.request);
    if (!token) return;
    std::string problem;
    const auto authority = token->check({test::authority()}, {}, problem);
    require(!authority || *authority != Authority::trusted, "no authority has signed this");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Originals originals;
    Feed feed(data, size);
    switch (feed.byte() % 3) {
    case 0:
        judge_pdf(originals, feed);
        break;
    case 1:
        judge_cms(originals, feed);
        break;
    default:
        judge_answer(originals, feed);
    }
    return 0;
}
