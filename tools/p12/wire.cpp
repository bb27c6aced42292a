// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/wire.hpp"

#include "tools/p12/wire_archive.hpp"

namespace acredita::p12 {

// Not in an unnamed namespace: the archives find these by the namespace of the type.
template <class Archive>
static void fields(Archive& io, AttributeHints& x) {
    io(x.provider_name), io(x.time_identifier), io(x.counted_identifier), io(x.digest_identifier);
    io(x.keys_in_attributes);
}
template <class Archive>
static void fields(Archive& io, Protection& x) {
    io(x.algorithm), io(x.iterations), io(x.refusal);
}
template <class Archive>
static void fields(Archive& io, Envelope& x) {
    io(x.armoured), io(x.indefinite), io(x.trailing), io(x.mac), io(x.mac_algorithm), io(x.mac_iterations);
    io(x.mac_salt), io(x.safes), io(x.keys), io(x.plain_keys), io(x.visible_certificates), io(x.hints);
    io(x.refusal);
}
template <class Archive>
static void fields(Archive& io, KeyFacts& x) {
    io(x.type), io(x.bits), io(x.algorithm);
}
template <class Archive>
static void fields(Archive& io, KeyUsage& x) {
    io(x.stated), io(x.digital_signature), io(x.non_repudiation), io(x.key_encipherment), io(x.key_agreement);
    io(x.certificate_sign);
}
template <class Archive>
static void fields(Archive& io, Certificate& x) {
    io(x.der), io(x.subject_cn), io(x.shown_name), io(x.issuer_cn), io(x.serial_hex), io(x.nif_masked);
    io(x.not_before), io(x.not_after), io(x.key), io(x.usage), io(x.authority), io(x.self_issued),
        io(x.policies), io(x.extended_uses), io(x.on_qualified_device);
    io(x.issuer_organisation), io(x.public_key_hash);
}
template <class Archive>
static void fields(Archive& io, KeyHealth& x) {
    io(x.faults), io(x.self_test);
}
template <class Archive>
static void fields(Archive& io, Credential& x) {
    io(x.pkcs8), io(x.key), io(x.leaf), io(x.chain), io(x.chain_complete), io(x.chain_shipped), io(x.health);
}
template <class Archive>
static void fields(Archive& io, LoneKey& x) {
    io(x.pkcs8), io(x.key);
}
template <class Archive>
static void fields(Archive& io, Opened& x) {
    io(x.envelope), io(x.form), io(x.credentials), io(x.lone_keys), io(x.lone_certificates), io(x.keys);
    io(x.certificates), io(x.repeated_certificates), io(x.locked_keys), io(x.locked_safes), io(x.first_lock);
    io(x.warnings);
}

namespace {

template <class T>
ZeroingBytes pack_any(const Result<T>& answer) {
    wire::Writer io;
    io(answer.has_value());
    if (answer)
        io(*answer);
    else
        io(answer.error());
    return io.take();
}

template <class T>
std::optional<Result<T>> unpack_any(ByteView bytes) {
    wire::Reader io(bytes);
    bool has_value = false;
    io(has_value);
    if (!has_value) {
        Error error;
        io(error);
        if (!io.ended_well()) return std::nullopt;
        return Result<T>(fail(std::move(error)));
    }
    T value;
    io(value);
    if (!io.ended_well()) return std::nullopt;
    return Result<T>(std::move(value));
}

} // namespace

ZeroingBytes pack(const Result<Envelope>& answer) { return pack_any(answer); }
ZeroingBytes pack(const Result<Opened>& answer) { return pack_any(answer); }
std::optional<Result<Envelope>> unpack_envelope(ByteView bytes) { return unpack_any<Envelope>(bytes); }
std::optional<Result<Opened>> unpack_opened(ByteView bytes) { return unpack_any<Opened>(bytes); }

} // namespace acredita::p12
