// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/cms/store.hpp"

#include "tools/letter/errors.hpp"

#include <openssl/err.h>

namespace acredita::letter {

namespace {

constexpr int max_path = 10;
constexpr std::size_t max_name = 200;

} // namespace

Result<StorePtr> store_of(const std::vector<Bytes>& anchors, std::chrono::sys_seconds time) {
    StorePtr store(X509_STORE_new());
    if (!store) return fail(letter_errc::bad_certificate, "no store");
    for (const auto& der : anchors) {
        ACREDITA_TRY(anchor, parse_certificate(der));
        X509_STORE_add_cert(store.get(), anchor.get());
    }
    auto* parameters = X509_STORE_get0_param(store.get());
    X509_VERIFY_PARAM_set_time(parameters, static_cast<std::time_t>(time.time_since_epoch().count()));
    X509_VERIFY_PARAM_set_flags(parameters, X509_V_FLAG_PARTIAL_CHAIN);
    X509_VERIFY_PARAM_set_depth(parameters, max_path);
    ERR_clear_error(); // the same anchor twice is an error to OpenSSL
    return store;
}

Result<OwnedStackPtr> parse_all(const std::vector<Bytes>& certificates) {
    OwnedStackPtr stack(sk_X509_new_null());
    for (const auto& der : certificates) {
        ACREDITA_TRY(parsed, parse_certificate(der));
        if (sk_X509_push(stack.get(), parsed.get()) > 0) static_cast<void>(parsed.release());
    }
    return stack;
}

std::string common_name(const X509* certificate) {
    const auto* name = X509_get_subject_name(certificate);
    const int at = X509_NAME_get_index_by_NID(name, NID_commonName, -1);
    std::string text;
    unsigned char* utf8 = nullptr;
    const int size =
        at < 0 ? -1 : ASN1_STRING_to_UTF8(&utf8, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
    if (size >= 0) text.assign(utf8, utf8 + size);
    OPENSSL_free(utf8);
    if (text.empty()) {
        const std::unique_ptr<char, void (*)(char*)> line(X509_NAME_oneline(name, nullptr, 0),
                                                          [](char* p) { OPENSSL_free(p); });
        if (line) text = line.get();
    }
    std::erase_if(text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
    if (text.size() > max_name) text.resize(max_name);
    ERR_clear_error();
    return text;
}

} // namespace acredita::letter
