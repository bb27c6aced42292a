// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/module/saved_digest.hpp"

#include <cstring>

namespace acredita::module {

namespace {

constexpr std::array<std::uint8_t, 4> mark{'A', 'D', 'S', 1};
constexpr std::size_t head_size = mark.size() + 2; // hash, course
constexpr std::size_t sum_size = SHA256_DIGEST_SIZE;

// Member by member: what lies between them is nobody's.
template <class State, class F>
void each_member(State& state, F&& f) {
    f(state.state);
    if constexpr (requires { state.count_low; }) {
        f(state.count_low);
        f(state.count_high);
    } else {
        f(state.count);
    }
    f(state.index);
    f(state.block);
}

} // namespace

Bytes save_digest(const Digesting& digesting) {
    Bytes out(mark.begin(), mark.end());
    out.push_back(static_cast<std::uint8_t>(digesting.state.hash()));
    out.push_back(static_cast<std::uint8_t>(digesting.course));
    digesting.state.visit([&](const auto& state) {
        each_member(state, [&](const auto& member) {
            const auto* bytes = reinterpret_cast<const std::uint8_t*>(&member);
            out.insert(out.end(), bytes, bytes + sizeof member);
        });
    });
    append(out, module::digest(Hash::sha256, out));
    return out;
}

std::optional<Digesting> restore_digest(ByteView saved) {
    if (saved.size() < head_size + sum_size || !equal(saved.first(mark.size()), mark)) return std::nullopt;
    const auto body = saved.first(saved.size() - sum_size);
    if (!equal(module::digest(Hash::sha256, body), saved.last(sum_size))) return std::nullopt;
    const auto hash = body[mark.size()];
    const auto course = body[mark.size() + 1];
    if (hash < static_cast<std::uint8_t>(Hash::sha1) || hash > static_cast<std::uint8_t>(Hash::sha512) ||
        course > static_cast<std::uint8_t>(Course::parts))
        return std::nullopt;
    Digesting digesting{Digest(static_cast<Hash>(hash)), static_cast<Course>(course)};
    auto rest = body.subspan(head_size);
    bool good = true;
    digesting.state.visit([&](auto& state) {
        each_member(state, [&](auto& member) {
            good = good && rest.size() >= sizeof member;
            if (!good) return;
            std::memcpy(&member, rest.data(), sizeof member);
            rest = rest.subspan(sizeof member);
        });
        good = good && rest.empty() && state.index < sizeof state.block; // nettle writes where it points
    });
    return good ? std::optional(digesting) : std::nullopt;
}

} // namespace acredita::module
