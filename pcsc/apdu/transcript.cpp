// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pcsc/apdu/transcript.hpp"

namespace acredita {

namespace {

// A remark is one line whatever a reader calls itself.
std::string one_line(std::string_view text) {
    std::string line(text);
    for (auto& c : line)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = '?';
    return line;
}

} // namespace

std::string transcript_bytes(ByteView bytes, std::size_t secret_from, std::size_t secret_size) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string text;
    text.reserve(bytes.size() * 3);
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i > 0) text += ' ';
        if (i >= secret_from && i - secret_from < secret_size) {
            text += "**";
        } else {
            text += digits[bytes[i] >> 4U];
            text += digits[bytes[i] & 0x0FU];
        }
    }
    return text;
}

void Transcript::reader(std::string_view name, ByteView atr) {
    sink_("# reader " + one_line(name) + " ATR " + transcript_bytes(atr));
}

void Transcript::reset() { sink_("# reset"); }

void Transcript::remark(std::string_view text) { sink_("# " + one_line(text)); }

void Transcript::exchange(const Frame& frame, const Result<ZeroingBytes>& answer) {
    sink_("> " + transcript_bytes(frame.bytes, frame.secret_from, frame.secret_size));
    if (!answer) {
        sink_("# error " + error_name(answer.error().code));
        return;
    }
    const std::size_t data = answer->size() < 2 ? 0 : answer->size() - 2;
    sink_("< " + transcript_bytes({answer->data(), answer->size()}, 0, frame.secret_response ? data : 0));
}

Result<ZeroingBytes> RecordingChannel::transmit(const Frame& frame) {
    auto answer = inner_.transmit(frame);
    transcript_.exchange(frame, answer);
    return answer;
}

} // namespace acredita
