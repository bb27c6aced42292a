// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/contents.hpp"

#include "tools/p12/authorities.hpp"
#include "tools/p12/checks.hpp"

#include <algorithm>

#include <openssl/x509v3.h>

namespace acredita::p12 {

namespace {

constexpr std::size_t most_keys = 32;
constexpr std::size_t most_certificates = 128;
constexpr std::size_t longest_chain = 16;
constexpr std::size_t most_verifications = 2000; // in all; a file of equal names could ask for a million

// Looks for issuers, with a limit on how many signatures it verifies for one file.
class Issuers {
public:
    bool signed_by(X509* certificate, X509* issuer) {
        auto* key = X509_get0_pubkey(issuer);
        if (key == nullptr || X509_check_issued(issuer, certificate) != X509_V_OK) return false;
        return ++verified_ <= most_verifications && X509_verify(certificate, key) == 1;
    }

private:
    std::size_t verified_ = 0;
};

// The authorities of this program, parsed where the first chain wants them: most backups bring their own.
class Shipped {
public:
    explicit Shipped(const Crypto& crypto) : crypto_(crypto) {}
    const std::vector<Authority>& list() {
        if (!list_) list_ = shipped_authorities(crypto_);
        return *list_;
    }

private:
    const Crypto& crypto_;
    std::optional<std::vector<Authority>> list_;
};

// Goes on with the authorities of this program, where the backup has no issuer.
void complete_chain(Issuers& issuers, X509* certificate, const std::vector<Authority>& shipped,
                    Credential& credential) {
    for (std::size_t step = 0; step < shipped.size(); ++step) {
        const auto issuer = std::ranges::find_if(
            shipped, [&](const Authority& a) { return issuers.signed_by(certificate, a.handle.get()); });
        if (issuer == shipped.end()) return;
        credential.chain.push_back(issuer->facts.der);
        ++credential.chain_shipped;
        certificate = issuer->handle.get();
        if (issuer->facts.self_issued) {
            credential.chain_complete = true;
            return;
        }
    }
}

// Every step goes to a certificate that has not been visited, so that a ring of issuers ends.
void build_chain(Issuers& issuers, std::vector<FoundCertificate>& certificates, std::size_t leaf,
                 Shipped& shipped, Credential& credential) {
    std::vector<bool> visited(certificates.size(), false);
    auto current = leaf;
    visited[leaf] = true;
    while (credential.chain.size() < longest_chain) {
        auto* certificate = certificates[current].handle.get();
        if (certificates[current].facts.self_issued && issuers.signed_by(certificate, certificate)) {
            credential.chain_complete = true;
            return;
        }
        std::size_t next = 0;
        while (next < certificates.size() &&
               (visited[next] || !issuers.signed_by(certificate, certificates[next].handle.get())))
            ++next;
        if (next == certificates.size()) {
            complete_chain(issuers, certificate, shipped.list(), credential);
            return;
        }
        visited[next] = true;
        certificates[next].used = true;
        credential.chain.push_back(certificates[next].facts.der);
        current = next;
    }
}

} // namespace

Result<void> add_key(const Crypto& crypto, ByteView pkcs8, Contents& into) {
    if (into.keys.size() == most_keys) return fail(p12_errc::damaged, "too many keys");
    ACREDITA_TRY(bare, bare_key(pkcs8));
    Result<KeyHandle> handle = plain_rsa_key(crypto, bare.pkcs8.view());
    if (*handle == nullptr) handle = load_key(crypto, bare.pkcs8.view());
    FoundKey found{std::move(bare.pkcs8), nullptr, {}};
    if (handle) {
        found.handle = *std::move(handle);
        found.facts = facts_of(found.handle.get());
    } else if (is(handle.error(), p12_errc::unsupported_key)) {
        found.facts.algorithm = handle.error().detail;
    } else {
        return fail(handle.error());
    }
    const auto same = [&](const FoundKey& other) {
        return other.pkcs8.equals(found.pkcs8.view()) ||
               same_public_key(other.handle.get(), found.handle.get());
    };
    if (std::ranges::none_of(into.keys, same)) into.keys.push_back(std::move(found));
    return {};
}

Result<void> add_certificate(const Crypto& crypto, ByteView der, Contents& into) {
    if (into.certificates.size() == most_certificates)
        return fail(p12_errc::damaged, "too many certificates");
    const auto same = [&](const FoundCertificate& other) { return equal(other.facts.der, der); };
    if (std::ranges::any_of(into.certificates, same)) {
        ++into.repeated_certificates;
        return {};
    }
    ACREDITA_TRY(handle, load_certificate(crypto, der));
    ACREDITA_TRY(facts, describe_certificate(handle.get(), der));
    into.certificates.push_back({std::move(handle), std::move(facts), false});
    return {};
}

void sort_out(const Crypto& crypto, Contents contents, Opened& into) {
    const QuietErrors quiet;
    Issuers issuers;
    Shipped shipped(crypto);
    auto& certificates = contents.certificates;
    into.keys = contents.keys.size();
    into.certificates = certificates.size();
    into.repeated_certificates = contents.repeated_certificates;
    for (auto& key : contents.keys) {
        bool paired = false;
        for (std::size_t i = 0; i < certificates.size(); ++i) {
            if (!same_public_key(key.handle.get(), X509_get0_pubkey(certificates[i].handle.get()))) continue;
            Credential credential{key.pkcs8.clone(), key.facts, certificates[i].facts, {}, false, 0, {}};
            certificates[i].used = paired = true;
            build_chain(issuers, certificates, i, shipped, credential);
            credential.health.faults = key_faults(key.handle.get());
            if (auto tested = self_test(crypto, key.handle.get(), certificates[i].handle.get()); !tested)
                credential.health.self_test = tested.error();
            into.credentials.push_back(std::move(credential));
        }
        if (!paired) into.lone_keys.push_back({std::move(key.pkcs8), key.facts});
    }
    for (auto& certificate : certificates)
        if (!certificate.used) into.lone_certificates.push_back(std::move(certificate.facts));
}

} // namespace acredita::p12
