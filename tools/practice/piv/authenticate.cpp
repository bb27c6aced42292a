// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// GENERAL AUTHENTICATE, SP 800-73-4 part 2, 3.2.4: the administration key proves itself, the other keys are
// used.
#include "pcsc/base/tlv.hpp"
#include "tools/practice/piv/application.hpp"
#include "tools/practice/piv/key.hpp"

namespace acredita::practice::piv {

namespace {

constexpr std::uint8_t admin_slot = 0x9B;
constexpr Tag witness_tag = 0x80;
constexpr Tag challenge_tag = 0x81;
constexpr Tag response_tag = 0x82;
constexpr Tag exponentiation_tag = 0x85;

Answer template_of(Tag tag, ByteView value) { return {make_tlv(0x7C, make_tlv(tag, value))}; }

} // namespace

Answer PivApplication::authenticate(const Command& command) {
    const bool fresh_pin = std::exchange(security_.fresh_pin, false);
    const auto fields = find_tlv(command.data, 0x7C);
    if (command.p2 == admin_slot) return fields ? authenticate_admin(command, *fields) : status(0x6A80);
    security_.witness.clear();
    security_.challenge.clear();
    return use_key(command, fields.value_or(ByteView{}), fresh_pin);
}

Answer PivApplication::authenticate_admin(const Command& command, ByteView fields) {
    const auto algorithm = command.p1 == 0 ? static_cast<std::uint8_t>(triple_des) : command.p1;
    if (algorithm != memory_.admin.algorithm) return status(0x6A86);
    const auto witness = find_tlv(fields, witness_tag);
    const auto challenge = find_tlv(fields, challenge_tag);
    const auto response = find_tlv(fields, response_tag);
    const auto block = cipher_block_size(algorithm);
    if (witness && witness->empty()) {
        security_.admin = false;
        security_.challenge.clear();
        security_.witness = random_bytes(block);
        return template_of(witness_tag,
                           cipher_block(algorithm, memory_.admin.value, security_.witness, true));
    }
    if (witness && challenge) return answer_witness(*witness, *challenge);
    if (challenge && challenge->empty()) {
        security_.admin = false;
        security_.witness.clear();
        security_.challenge = random_bytes(block);
        return template_of(challenge_tag, security_.challenge);
    }
    if (response && !response->empty()) return check_response(*response);
    return status(0x6A80);
}

// Second half of mutual authentication: the witness comes back in clear, and we answer the host's challenge.
Answer PivApplication::answer_witness(ByteView witness, ByteView challenge) {
    const auto expected = std::exchange(security_.witness, {});
    security_.admin = !expected.empty() && equal(expected, witness);
    if (!security_.admin) return status(0x6982);
    const auto answer = cipher_block(memory_.admin.algorithm, memory_.admin.value, challenge, true);
    if (!answer.empty()) return template_of(response_tag, answer);
    security_.admin = false;
    return status(0x6A80);
}

// Second half of external authentication: our challenge comes back encrypted.
Answer PivApplication::check_response(ByteView response) {
    const auto asked = std::exchange(security_.challenge, {});
    security_.admin = !asked.empty() && equal(response, cipher_block(memory_.admin.algorithm,
                                                                     memory_.admin.value, asked, true));
    return status(security_.admin ? 0x9000 : 0x6982);
}

Answer PivApplication::use_key(const Command& command, ByteView fields, bool fresh_pin) {
    if (!is_slot(command.p2)) return status(0x6A86);
    const auto found = memory_.keys.find(command.p2);
    if (found == memory_.keys.end()) return status(0x6A88);
    const auto& stored = found->second;
    const bool allowed = stored.pin_policy == 1 || (security_.pin && (stored.pin_policy != 3 || fresh_pin));
    if (!allowed && !settings_.faults.sign_without_pin) return status(0x6982);
    if (command.p1 != stored.algorithm) return status(0x6A86);
    const auto key = key_from_der(stored.der);
    const auto challenge = find_tlv(fields, challenge_tag);
    const auto point = find_tlv(fields, exponentiation_tag);
    const auto size = key_size(firmware_, stored.algorithm);
    std::optional<Bytes> result;
    if (is_rsa(stored.algorithm)) {
        const auto& input = challenge ? challenge : point;
        if (input && input->size() == size) result = rsa_private(key, *input);
    } else if (challenge && !challenge->empty() && challenge->size() <= size) {
        result = ecdsa(key, *challenge);
    } else if (point && point->size() == 2 * size + 1) {
        result = ecdh(key, stored.algorithm, *point);
    }
    return result ? template_of(response_tag, *result) : status(0x6A80);
}

// Yubico FF: algorithm, 9B, length, key.
Answer PivApplication::set_admin(const Command& command) {
    if (command.p1 != 0xFF || (command.p2 != 0xFF && command.p2 != 0xFE)) return status(0x6A86);
    if (!security_.admin) return status(0x6982);
    if (command.data.size() < 3 || command.data[1] != admin_slot) return status(0x6A80);
    const auto algorithm = command.data[0];
    const ByteView key = ByteView(command.data).subspan(3);
    const bool known = algorithm == triple_des || (firmware_.aes && cipher_key_size(algorithm) != 0);
    if (!known || key.size() != command.data[2] || key.size() != cipher_key_size(algorithm))
        return status(0x6A80);
    memory_.admin = {algorithm, {key.begin(), key.end()}, command.p2 == 0xFE, false};
    changed_ = true;
    return status(0x9000);
}

} // namespace acredita::practice::piv
