// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/identity.hpp"

#include "tools/p12/certificate.hpp"
#include "tools/p12/nif.hpp"

#include <algorithm>

#include <openssl/x509v3.h>

namespace acredita::p12 {

namespace {

constexpr std::size_t longest_text = 256;
constexpr std::size_t longest_number = 20;
constexpr const char* fnmt_nif = "1.3.6.1.4.1.5734.1.4";

struct Utf8Releaser {
    void operator()(unsigned char* text) const noexcept { OPENSSL_free(text); }
};

std::string text_of(const ASN1_STRING* value) {
    unsigned char* raw = nullptr;
    const int size = value == nullptr ? -1 : ASN1_STRING_to_UTF8(&raw, value);
    const std::unique_ptr<unsigned char, Utf8Releaser> owner(raw);
    std::string text;
    for (int i = 0; i < size; ++i)
        if (raw[i] >= 0x20 && raw[i] != 0x7F) text += static_cast<char>(raw[i]);
    if (text.size() <= longest_text) return text;
    // Not in the middle of a character.
    auto end = longest_text;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    text.resize(end);
    return text;
}

std::string name_part(const X509_NAME* name, const ASN1_OBJECT* kind) {
    const auto at = X509_NAME_get_index_by_OBJ(name, kind, -1);
    return at < 0 ? std::string() : text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
}

// "IDCES-99999999R" → "99999999R" (ETSI EN 319 412-1 5.1.3: three letters, two of the country, a hyphen).
std::string without_prefix(const std::string& serial) {
    const auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (serial.size() > 6 && serial[5] == '-' && std::all_of(serial.begin(), serial.begin() + 5, upper))
        return serial.substr(6);
    return {};
}

std::optional<std::string> fnmt_alternative(X509* certificate) {
    using Names = Handle<GENERAL_NAMES, GENERAL_NAMES_free>;
    using Object = Handle<ASN1_OBJECT, ASN1_OBJECT_free>;
    const Names names(
        static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
    const Object kind(OBJ_txt2obj(fnmt_nif, 1));
    if (!names || !kind) return std::nullopt;
    for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
        const auto* name = sk_GENERAL_NAME_value(names.get(), i);
        if (name->type != GEN_DIRNAME) continue;
        if (auto text = name_part(name->d.directoryName, kind.get()); !text.empty()) return text;
    }
    return std::nullopt;
}

} // namespace

std::string last_name_part(const X509_NAME* name, int nid) {
    int last = -1;
    for (int at = X509_NAME_get_index_by_NID(name, nid, -1); at >= 0;
         at = X509_NAME_get_index_by_NID(name, nid, at))
        last = at;
    return last < 0 ? std::string() : text_of(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, last)));
}

std::optional<std::string> nif_of(X509* certificate) {
    const QuietErrors quiet;
    const auto* subject = X509_get_subject_name(certificate);
    const auto serial = last_name_part(subject, NID_serialNumber);
    const auto usable = [](const std::string& text) {
        return !text.empty() && text.size() <= longest_number;
    };
    if (auto number = without_prefix(serial); usable(number)) return number;
    if (auto number = fnmt_alternative(certificate); number && usable(*number)) return number;
    if (const auto number = find_nif(serial)) return std::string(*number);
    const auto name = last_name_part(subject, NID_commonName);
    if (const auto number = find_nif(name)) return std::string(*number);
    return std::nullopt;
}

} // namespace acredita::p12
