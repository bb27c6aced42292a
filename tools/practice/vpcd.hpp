// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The second transport: a card for the driver of the vsmartcard project, over TCP inside the private network.
//
// Protocol: two bytes of length, big-endian, and as many of payload. One byte is an order (0 off, 1 on, 2
// reset, 4 ATR), more are a command for the card; ATRs and answers come back framed the same way.
#pragma once

#include "tools/practice/box_client.hpp"
#include "tools/practice/virtual_reader.hpp"

#include <thread>

namespace acredita::practice {

class VpcdCard {
public:
    static constexpr std::uint16_t port = 35963;
    static constexpr const char* driver = "/usr/lib/pcsc/drivers/serial/libifdvpcd.so";

    // Connects whenever the card is in the reader, and hangs up when it is not. Both must outlive this.
    static Result<std::unique_ptr<VpcdCard>> start(VirtualReader& reader, BoxClient& box);
    ~VpcdCard();
    VpcdCard(const VpcdCard&) = delete;
    VpcdCard& operator=(const VpcdCard&) = delete;

private:
    VpcdCard(VirtualReader& reader, BoxClient& box, FileDescriptor hear, FileDescriptor tell);
    void live(const std::stop_token& stop);
    [[nodiscard]] FileDescriptor connect();
    [[nodiscard]] bool serve(int fd);
    [[nodiscard]] bool answer(int fd, ByteView payload);

    VirtualReader& reader_;
    BoxClient& box_;
    FileDescriptor hear_; // readable when something about the reader has changed
    FileDescriptor tell_;
    std::jthread thread_;
};

} // namespace acredita::practice
