// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The two archives of wire.cpp. Writer and Reader take the same calls, so that the fields of a type are
// listed once.
#pragma once

#include "tools/p12/open.hpp"

#include <concepts>

namespace acredita::p12::wire {

// The last enumerator, for the check on the reading side.
template <class E>
struct Last;
template <>
struct Last<p12_errc> {
    static constexpr auto value = p12_errc::reader_timed_out;
};
template <>
struct Last<KeyFault> {
    static constexpr auto value = KeyFault::roca;
};
template <>
struct Last<MacKind> {
    static constexpr auto value = MacKind::pbmac1;
};
template <>
struct Last<KeyType> {
    static constexpr auto value = KeyType::other;
};
template <>
struct Last<PasswordForm> {
    static constexpr auto value = PasswordForm::trimmed;
};
template <>
struct Last<Warning> {
    static constexpr auto value = Warning::memory_not_locked;
};

template <class E>
concept Checked = std::is_enum_v<E> && requires {
    Last<E>::value;
};

template <class T>
concept Number = std::integral<T>;

class Writer {
public:
    template <Number T>
    void operator()(const T& number) {
        auto rest = static_cast<std::uint64_t>(number);
        for (int i = 0; i < 8; ++i, rest >>= 8U) out_.push_back(static_cast<std::uint8_t>(rest));
    }
    template <Checked E>
    void operator()(const E& value) {
        (*this)(static_cast<std::uint64_t>(value));
    }
    void operator()(const Time& time) { (*this)(time.time_since_epoch().count()); }
    void operator()(const std::string& text) { octets(as_bytes(text)); }
    void operator()(const Bytes& bytes) { octets(bytes); }
    void operator()(const Secret& secret) { octets(secret.view()); }
    void operator()(const Error& error) {
        const bool ours = error.code.category() == error_category<p12_errc>();
        (*this)(ours ? static_cast<p12_errc>(error.code.value()) : p12_errc::crypto_failure);
        (*this)(ours ? error.detail : error_name(error.code));
    }
    template <class T>
    void operator()(const std::optional<T>& value) {
        (*this)(value.has_value());
        if (value) (*this)(*value);
    }
    template <class T>
    void operator()(const std::vector<T>& list) {
        (*this)(list.size());
        for (const auto& item : list) (*this)(item);
    }
    template <class T>
    void operator()(const T& value) {
        // fields() is written for both directions and only reads here.
        fields(*this, const_cast<T&>(value));
    }
    [[nodiscard]] ZeroingBytes take() { return std::move(out_); }

private:
    void octets(ByteView bytes) {
        (*this)(bytes.size());
        out_.insert(out_.end(), bytes.begin(), bytes.end());
    }
    ZeroingBytes out_;
};

class Reader {
public:
    explicit Reader(ByteView in) noexcept : in_(in) {}
    [[nodiscard]] bool ended_well() const noexcept { return good_ && in_.empty(); }
    [[nodiscard]] bool good() const noexcept { return good_; }

    template <Number T>
    void operator()(T& number) {
        std::uint64_t value = 0;
        if (in_.size() < 8) good_ = false;
        if (!good_) return;
        for (std::size_t i = 8; i-- > 0;) value = (value << 8U) | in_[i];
        in_ = in_.subspan(8);
        number = static_cast<T>(value);
    }
    template <Checked E>
    void operator()(E& value) {
        std::uint64_t number = 0;
        (*this)(number);
        if (number > static_cast<std::uint64_t>(Last<E>::value)) good_ = false;
        if (good_) value = static_cast<E>(number);
    }
    void operator()(Time& time) {
        std::int64_t seconds = 0;
        (*this)(seconds);
        // What X.509 can say, years 0 to 9999: days are counted with it.
        constexpr std::int64_t first = -62167219200, last = 253402300799;
        if (seconds < first || seconds > last) good_ = false;
        if (good_) time = Time(std::chrono::seconds(seconds));
    }
    void operator()(std::string& text) { text = std::string(as_text(octets())); }
    void operator()(Bytes& bytes) { bytes = copy(octets()); }
    void operator()(Secret& secret) { secret = Secret(octets()); }
    void operator()(Error& error) {
        auto code = p12_errc{};
        (*this)(code);
        if (code == p12_errc{}) good_ = false;
        error = fail(code).value();
        (*this)(error.detail);
    }
    template <class T>
    void operator()(std::optional<T>& value) {
        bool there = false;
        (*this)(there);
        if (good_ && there) (*this)(value.emplace());
    }
    template <class T>
    void operator()(std::vector<T>& list) {
        std::size_t count = 0;
        (*this)(count);
        // Nothing takes less than eight octets.
        if (count > in_.size() / 8) good_ = false;
        for (std::size_t i = 0; good_ && i < count; ++i) (*this)(list.emplace_back());
    }
    template <class T>
    void operator()(T& value) {
        fields(*this, value);
    }

private:
    ByteView octets() {
        std::size_t size = 0;
        (*this)(size);
        if (size > in_.size()) good_ = false;
        if (!good_) return {};
        const auto bytes = in_.first(size);
        in_ = in_.subspan(size);
        return bytes;
    }
    ByteView in_;
    bool good_ = true;
};

} // namespace acredita::p12::wire
