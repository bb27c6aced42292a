// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One reader as the driver sees it: the connections to the process with the cards, and the ATR pcscd asks for
// again.
//
// pcscd calls from one thread at a time for each reader, but for wait(), which has a connection of its own.
#pragma once

#include "pcsc/base/bytes.hpp"
#include "tools/practice/reader/file_descriptor.hpp"
#include "tools/practice/reader/wire.hpp"

#include <memory>
#include <mutex>

namespace acredita::practice {

struct Reply {
    wire::Say say = wire::Say::no_reader;
    Bytes data{};
};

class Device {
public:
    // `name` is PATH:NUMBER as it stands in reader.conf. nullptr if nobody answers or the reader is
    // unplugged.
    static std::unique_ptr<Device> open(std::string_view name);

    // no_reader if the other side is gone.
    [[nodiscard]] Reply ask(wire::Ask what, ByteView data = {});
    // Returns at a change, after `milliseconds`, or when stop_waiting() is called. False if the other side is
    // gone.
    [[nodiscard]] bool wait(int milliseconds);
    void stop_waiting() const noexcept;

    Bytes atr;

private:
    Device(FileDescriptor questions, FileDescriptor changes, FileDescriptor stop)
        : questions_(std::move(questions)), changes_(std::move(changes)), stop_(std::move(stop)) {}

    std::mutex mutex_;
    FileDescriptor questions_;
    FileDescriptor changes_;
    FileDescriptor stop_;
};

} // namespace acredita::practice
