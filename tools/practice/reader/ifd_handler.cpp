// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The driver pcscd loads: the functions of the IFD handler interface, version 3 (pcsc-lite, ifdhandler.h),
// each of them a question to the process with the cards. No exception leaves a function.
#include "tools/practice/reader/device.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <map>
// The header of pcsc-lite says nothing of C linkage.
extern "C" {
#include <ifdhandler.h>
}
#include <reader.h>

using acredita::Bytes;
using acredita::ByteView;
using acredita::practice::Device;
using acredita::practice::Reply;
using acredita::practice::wire::Ask;
using acredita::practice::wire::Say;

namespace {

// Never destroyed: pcscd may still poll while it ends.
struct Devices {
    std::mutex mutex;
    std::map<DWORD, std::shared_ptr<Device>> by_lun;
};

Devices& devices() {
    static auto* all = new Devices;
    return *all;
}

std::shared_ptr<Device> device(DWORD lun) {
    auto& all = devices();
    const std::scoped_lock lock(all.mutex);
    const auto found = all.by_lun.find(lun);
    return found == all.by_lun.end() ? nullptr : found->second;
}

RESPONSECODE code_of(Say say) {
    switch (say) {
    case Say::done:
        return IFD_SUCCESS;
    case Say::no_card:
        return IFD_ICC_NOT_PRESENT;
    case Say::no_reader:
        return IFD_NO_SUCH_DEVICE;
    case Say::unsupported:
        return IFD_ERROR_NOT_SUPPORTED;
    case Say::failed:
    case Say::changed:
        break;
    }
    return IFD_COMMUNICATION_ERROR;
}

// The bytes if there is room for them, and how many.
RESPONSECODE give(ByteView bytes, PUCHAR to, DWORD room, PDWORD size) {
    *size = 0;
    if (bytes.size() > room || (to == nullptr && !bytes.empty())) return IFD_ERROR_INSUFFICIENT_BUFFER;
    std::copy(bytes.begin(), bytes.end(), to);
    *size = bytes.size();
    return IFD_SUCCESS;
}

template <class Work>
RESPONSECODE guarded(DWORD lun, Work work) noexcept {
    try {
        const auto found = device(lun);
        return found ? work(*found) : IFD_NO_SUCH_DEVICE;
    } catch (...) {
        return IFD_COMMUNICATION_ERROR;
    }
}

RESPONSECODE wait_for_change(DWORD lun, int milliseconds) {
    // A reader that is only unplugged is reported by the question for its card, which comes next: an error
    // here ends pcscd's thread for this reader for good.
    return guarded(lun, [&](Device& one) {
        if (!one.wait(milliseconds)) return static_cast<RESPONSECODE>(IFD_NO_SUCH_DEVICE);
        return static_cast<RESPONSECODE>(IFD_SUCCESS);
    });
}

RESPONSECODE stop_waiting(DWORD lun) {
    return guarded(lun, [](const Device& one) {
        one.stop_waiting();
        return static_cast<RESPONSECODE>(IFD_SUCCESS);
    });
}

template <class Function>
RESPONSECODE give_function(Function* function, PDWORD length, PUCHAR value) {
    if (*length < sizeof function) return IFD_ERROR_INSUFFICIENT_BUFFER;
    std::memcpy(value, &function, sizeof function);
    *length = sizeof function;
    return IFD_SUCCESS;
}

RESPONSECODE attribute(const Device* one, DWORD tag, PDWORD length, PUCHAR value) {
    const auto number = [&](std::uint8_t n) { return give(std::array{n}, value, *length, length); };
    switch (tag) {
    case TAG_IFD_ATR:
    case SCARD_ATTR_ATR_STRING:
        return one != nullptr ? give(one->atr, value, *length, length) : IFD_NO_SUCH_DEVICE;
    case TAG_IFD_SIMULTANEOUS_ACCESS:
        return number(16);
    case TAG_IFD_THREAD_SAFE:
        return number(1);
    case TAG_IFD_SLOTS_NUMBER:
        return number(1);
    case TAG_IFD_SLOT_THREAD_SAFE:
        return number(0);
    case TAG_IFD_POLLING_THREAD_KILLABLE:
        return number(0);
    case TAG_IFD_POLLING_THREAD_WITH_TIMEOUT:
        return give_function(&wait_for_change, length, value);
    case TAG_IFD_STOP_POLLING_THREAD:
        return give_function(&stop_waiting, length, value);
    case SCARD_ATTR_VENDOR_NAME:
        return give(acredita::as_bytes("Acredita"), value, *length, length);
    default:
        return IFD_ERROR_TAG;
    }
}

} // namespace

#define ACREDITA_EXPORT extern "C" __attribute__((visibility("default")))

ACREDITA_EXPORT RESPONSECODE IFDHCreateChannelByName(DWORD Lun, LPSTR DeviceName) {
    try {
        std::shared_ptr<Device> opened = Device::open(DeviceName);
        if (!opened) return IFD_NO_SUCH_DEVICE;
        auto& all = devices();
        const std::scoped_lock lock(all.mutex);
        all.by_lun[Lun] = std::move(opened);
        return IFD_SUCCESS;
    } catch (...) {
        return IFD_COMMUNICATION_ERROR;
    }
}

ACREDITA_EXPORT RESPONSECODE IFDHCreateChannel(DWORD, DWORD) { return IFD_NOT_SUPPORTED; }

ACREDITA_EXPORT RESPONSECODE IFDHCloseChannel(DWORD Lun) {
    auto& all = devices();
    const std::scoped_lock lock(all.mutex);
    all.by_lun.erase(Lun);
    return IFD_SUCCESS;
}

ACREDITA_EXPORT RESPONSECODE IFDHGetCapabilities(DWORD Lun, DWORD Tag, PDWORD Length, PUCHAR Value) {
    if (Length == nullptr || Value == nullptr) return IFD_COMMUNICATION_ERROR;
    try {
        const auto found = device(Lun);
        return attribute(found.get(), Tag, Length, Value);
    } catch (...) {
        return IFD_COMMUNICATION_ERROR;
    }
}

ACREDITA_EXPORT RESPONSECODE IFDHSetCapabilities(DWORD, DWORD, DWORD, PUCHAR) {
    return IFD_ERROR_VALUE_READ_ONLY;
}

ACREDITA_EXPORT RESPONSECODE IFDHSetProtocolParameters(DWORD, DWORD Protocol, UCHAR, UCHAR, UCHAR, UCHAR) {
    const bool known = Protocol == SCARD_PROTOCOL_T0 || Protocol == SCARD_PROTOCOL_T1;
    return known ? IFD_SUCCESS : IFD_PROTOCOL_NOT_SUPPORTED;
}

ACREDITA_EXPORT RESPONSECODE IFDHPowerICC(DWORD Lun, DWORD Action, PUCHAR Atr, PDWORD AtrLength) {
    *AtrLength = 0;
    return guarded(Lun, [&](Device& one) -> RESPONSECODE {
        one.atr.clear();
        if (Action == IFD_POWER_DOWN) return code_of(one.ask(Ask::power_down).say);
        if (Action != IFD_POWER_UP && Action != IFD_RESET) return IFD_NOT_SUPPORTED;
        auto reply = one.ask(Ask::power_up);
        if (reply.say == Say::no_reader) return IFD_NO_SUCH_DEVICE;
        if (reply.say != Say::done || reply.data.empty()) return IFD_ERROR_POWER_ACTION;
        one.atr = std::move(reply.data);
        return give(one.atr, Atr, MAX_ATR_SIZE, AtrLength);
    });
}

ACREDITA_EXPORT RESPONSECODE IFDHTransmitToICC(DWORD Lun, SCARD_IO_HEADER SendPci, PUCHAR TxBuffer,
                                               DWORD TxLength, PUCHAR RxBuffer, PDWORD RxLength,
                                               PSCARD_IO_HEADER RecvPci) {
    const DWORD room = *RxLength;
    *RxLength = 0;
    if (RecvPci != nullptr) RecvPci->Protocol = SendPci.Protocol;
    return guarded(Lun, [&](Device& one) -> RESPONSECODE {
        const auto reply = one.ask(Ask::transmit, {TxBuffer, TxLength});
        if (reply.say == Say::done) return give(reply.data, RxBuffer, room, RxLength);
        return reply.say == Say::no_reader ? IFD_NO_SUCH_DEVICE : IFD_COMMUNICATION_ERROR;
    });
}

ACREDITA_EXPORT RESPONSECODE IFDHControl(DWORD Lun, DWORD dwControlCode, PUCHAR TxBuffer, DWORD TxLength,
                                         PUCHAR RxBuffer, DWORD RxLength, LPDWORD pdwBytesReturned) {
    DWORD ignored = 0;
    auto* returned = pdwBytesReturned != nullptr ? pdwBytesReturned : &ignored;
    *returned = 0;
    return guarded(Lun, [&](Device& one) -> RESPONSECODE {
        Bytes question;
        for (const int shift : {24, 16, 8, 0})
            question.push_back(static_cast<std::uint8_t>(dwControlCode >> shift));
        acredita::append(question, {TxBuffer, TxLength});
        const auto reply = one.ask(Ask::control, question);
        if (reply.say != Say::done) return code_of(reply.say);
        return give(reply.data, RxBuffer, RxLength, returned);
    });
}

ACREDITA_EXPORT RESPONSECODE IFDHICCPresence(DWORD Lun) {
    return guarded(Lun, [](Device& one) -> RESPONSECODE {
        const auto say = one.ask(Ask::presence).say;
        return say == Say::done ? IFD_ICC_PRESENT : code_of(say);
    });
}
