// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A PC/SC client of few lines, for tests of what stands behind the service.
#pragma once

#include "pcsc/base/bytes.hpp"

#include <chrono>
#include <string>

#include <boost/test/unit_test.hpp>
#include <winscard.h>

namespace acredita::test {

class Client {
public:
    Client() {
        BOOST_REQUIRE(SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &context_) ==
                      SCARD_S_SUCCESS);
    }
    ~Client() {
        if (card_ != 0) SCardDisconnect(card_, SCARD_LEAVE_CARD);
        SCardReleaseContext(context_);
    }
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    LONG connect(const std::string& reader = "Acredita Practice 00 00") {
        return SCardConnect(context_, reader.c_str(), SCARD_SHARE_SHARED, SCARD_PROTOCOL_ANY, &card_,
                            &protocol_);
    }
    LONG reconnect() {
        return SCardReconnect(card_, SCARD_SHARE_SHARED, SCARD_PROTOCOL_ANY, SCARD_RESET_CARD, &protocol_);
    }

    LONG begin() { return SCardBeginTransaction(card_); }
    LONG end() { return SCardEndTransaction(card_, SCARD_LEAVE_CARD); }

    // The answer in hexadecimal, or the PC/SC error as "8010...".
    std::string send(const std::string& hex) {
        const auto command = from_hex(hex).value();
        Bytes answer(65538);
        DWORD size = answer.size();
        const auto* pci = protocol_ == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
        const auto rv =
            SCardTransmit(card_, pci, command.data(), command.size(), nullptr, answer.data(), &size);
        if (rv == SCARD_S_SUCCESS) return to_hex(ByteView(answer).first(size));
        const auto code = static_cast<std::uint32_t>(rv);
        return to_hex(
            Bytes{static_cast<std::uint8_t>(code >> 24), static_cast<std::uint8_t>(code >> 16 & 0xFF),
                  static_cast<std::uint8_t>(code >> 8 & 0xFF), static_cast<std::uint8_t>(code & 0xFF)});
    }

    std::string control(DWORD code, const Bytes& data = {}) {
        Bytes answer(300);
        DWORD size = 0;
        const auto rv =
            SCardControl(card_, code, data.data(), data.size(), answer.data(), answer.size(), &size);
        return rv == SCARD_S_SUCCESS ? to_hex(ByteView(answer).first(size)) : "refused";
    }

    // Waits until a state with all of these bits is seen; false after five seconds.
    bool sees(DWORD bits, const std::string& reader = "Acredita Practice 00 00") {
        SCARD_READERSTATE state{};
        state.szReader = reader.c_str();
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(5);
        while (std::chrono::steady_clock::now() < deadline) {
            SCardGetStatusChange(context_, 500, &state, 1);
            if ((state.dwEventState & bits) == bits) return true;
            state.dwCurrentState = state.dwEventState;
        }
        return false;
    }

private:
    SCARDCONTEXT context_ = 0;
    SCARDHANDLE card_ = 0;
    DWORD protocol_ = 0;
};

} // namespace acredita::test
