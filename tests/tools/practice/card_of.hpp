// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A PIV application without reader or service around it, spoken to in hexadecimal.
#pragma once

#include "pcsc/base/tlv.hpp"
#include "tools/practice/card_spec.hpp"
#include "tools/practice/piv/key.hpp"

#include <string>

namespace acredita::test {

// The factory key of an administration key of that many bytes.
inline Bytes factory_admin_key(std::size_t size) {
    Bytes key;
    for (std::size_t n = 0; n < size; ++n) key.push_back(static_cast<std::uint8_t>(n % 8 + 1));
    return key;
}

class CardOf {
public:
    explicit CardOf(const std::string& spec = "piv")
        : application_(practice::parse_card(spec).value().chip.make(1)) {
        (void)send("00A40400 05 A000000308");
    }

    std::string send(const std::string& hex) { return send(from_hex(hex).value()); }
    std::string send(const Bytes& command) { return to_hex(application_->exchange(command)); }
    Bytes raw(const Bytes& command) { return application_->exchange(command); }

    std::string verify(const std::string& pin = "313233343536FFFF") { return send("00200080 08" + pin); }

    // External authentication with the factory key of the algorithm.
    bool unlock(std::uint8_t algorithm = practice::piv::triple_des) {
        const auto key = factory_admin_key(practice::piv::cipher_key_size(algorithm));
        const auto asked = raw({0x00, 0x87, algorithm, 0x9B, 0x04, 0x7C, 0x02, 0x81, 0x00});
        const auto challenge = find_tlv(asked, {0x7C, 0x81});
        if (!challenge) return false;
        const auto response = practice::piv::cipher_block(algorithm, key, *challenge, true);
        return with_data(0x87, algorithm, 0x9B, make_tlv(0x7C, make_tlv(0x82, response))) == "9000";
    }

    // An extended command with these data and any answer.
    std::string with_data(std::uint8_t ins, std::uint8_t p1, std::uint8_t p2, const Bytes& data) {
        return to_hex(raw_with_data(ins, p1, p2, data));
    }
    Bytes raw_with_data(std::uint8_t ins, std::uint8_t p1, std::uint8_t p2, const Bytes& data) {
        const auto size = data.size();
        return raw(concat({Bytes{0x00, ins, p1, p2, 0x00, static_cast<std::uint8_t>(size >> 8),
                                 static_cast<std::uint8_t>(size & 0xFF)},
                           data, Bytes{0x00, 0x00}}));
    }
    // Back to the state after power-up, with the application selected.
    void reset() {
        application_->reset();
        (void)send("00A40400 05 A000000308");
    }

    practice::Application& operator*() { return *application_; }

private:
    std::unique_ptr<practice::Application> application_;
};

inline std::string status_of(const std::string& answer) { return answer.substr(answer.size() - 4); }

} // namespace acredita::test
