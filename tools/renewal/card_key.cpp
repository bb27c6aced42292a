// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A key made by the card, and the request for its certificate. PKCS#10 v1.7 (RFC 2986).
#include "pkcs11/client/openssl_error.hpp"
#include "pkcs11/client/sign.hpp"
#include "tools/issue/certificate.hpp"
#include "tools/renewal/card_work.hpp"

#include <openssl/rand.h>

namespace acredita::renewal {
namespace {

using client::fail_openssl;
using client::Hash;
using client::Scheme;
using Request = Owned<X509_REQ, X509_REQ_free>;
using Algorithm = Owned<X509_ALGOR, X509_ALGOR_free>;
using BitString = Owned<ASN1_BIT_STRING, ASN1_BIT_STRING_free>;

Result<Bytes> der_of(int size, const auto& write) {
    if (size <= 0) return fail_openssl("i2d");
    Bytes der(static_cast<std::size_t>(size));
    auto* at = der.data();
    if (write(&at) != size) return fail_openssl("i2d");
    return der;
}

Result<Bytes> spki_of(const EVP_PKEY* key) {
    return der_of(i2d_PUBKEY(key, nullptr), [&](unsigned char** at) { return i2d_PUBKEY(key, at); });
}

// r || s as tokens give it becomes the SEQUENCE that X.509 wants (RFC 5480 appendix A).
Result<Bytes> as_sequence(ByteView raw) {
    const auto half = static_cast<int>(raw.size() / 2);
    client::EcdsaSignature pair(ECDSA_SIG_new());
    client::BigNumber r(BN_bin2bn(raw.data(), half, nullptr)), s(BN_bin2bn(raw.data() + half, half, nullptr));
    if (!pair || !r || !s || ECDSA_SIG_set0(pair.get(), r.release(), s.release()) != 1)
        return fail_openssl("ECDSA_SIG_set0");
    return der_of(i2d_ECDSA_SIG(pair.get(), nullptr),
                  [&](unsigned char** at) { return i2d_ECDSA_SIG(pair.get(), at); });
}

struct Suite {
    Hash hash;
    int nid;
};
Suite suite_of(const EVP_PKEY* key, Scheme scheme) {
    if (scheme != Scheme::ecdsa) return {Hash::sha256, NID_sha256WithRSAEncryption};
    if (EVP_PKEY_get_bits(key) > 256) return {Hash::sha384, NID_ecdsa_with_SHA384};
    return {Hash::sha256, NID_ecdsa_with_SHA256};
}

Result<Request> unsigned_request(EVP_PKEY* key, ByteView certificate) {
    const auto* at = certificate.data();
    const client::Certificate named(d2i_X509(nullptr, &at, static_cast<long>(certificate.size())));
    Request request(X509_REQ_new());
    if (!named || !request || X509_REQ_set_version(request.get(), 0) != 1 ||
        X509_REQ_set_subject_name(request.get(), X509_get_subject_name(named.get())) != 1 ||
        X509_REQ_set_pubkey(request.get(), key) != 1)
        return fail_openssl("X509_REQ");
    return request;
}

Result<void> put_signature(X509_REQ* request, Suite suite, Scheme scheme, const Bytes& signature) {
    const Algorithm algorithm(X509_ALGOR_new());
    BitString bits(ASN1_BIT_STRING_new());
    // RSA has a NULL parameter, ECDSA none (RFC 4055 section 5, RFC 5758 section 3.2).
    const int parameter = scheme == Scheme::ecdsa ? V_ASN1_UNDEF : V_ASN1_NULL;
    if (!algorithm || !bits ||
        X509_ALGOR_set0(algorithm.get(), OBJ_nid2obj(suite.nid), parameter, nullptr) != 1 ||
        ASN1_BIT_STRING_set(bits.get(), const_cast<unsigned char*>(signature.data()),
                            static_cast<int>(signature.size())) != 1 ||
        X509_REQ_set1_signature_algo(request, algorithm.get()) != 1)
        return fail_openssl("X509_REQ_set1_signature_algo");
    bits->flags &= ~(ASN1_STRING_FLAG_BITS_LEFT | 0x07);
    bits->flags |= ASN1_STRING_FLAG_BITS_LEFT; // no unused bits at the end
    X509_REQ_set0_signature(request, bits.release());
    return {};
}

Result<Bytes> signed_request(Card& card, client::Session& session, client::Object private_key, EVP_PKEY* key,
                             ByteView certificate) {
    ACREDITA_TRY(scheme, client::usual_scheme(key));
    const auto suite = suite_of(key, scheme);
    ACREDITA_TRY(request, unsigned_request(key, certificate));
    ACREDITA_TRY(to_sign, der_of(i2d_re_X509_REQ_tbs(request.get(), nullptr),
                                 [&](unsigned char** at) { return i2d_re_X509_REQ_tbs(request.get(), at); }));
    const auto digest = client::digest(suite.hash, to_sign);
    const Secret* pin = card.pin.empty() ? nullptr : &card.pin;
    ACREDITA_TRY(raw, client::sign_digest(session, private_key, scheme, suite.hash, digest, pin));
    Bytes signature = std::move(raw);
    if (scheme == Scheme::ecdsa) {
        ACREDITA_TRY(sequence, as_sequence(signature));
        signature = std::move(sequence);
    }
    ACREDITA_CHECK(put_signature(request.get(), suite, scheme, signature));
    if (X509_REQ_verify(request.get(), key) != 1) return fail(issue::issue_errc::proof_signature);
    return der_of(i2d_X509_REQ(request.get(), nullptr),
                  [&](unsigned char** at) { return i2d_X509_REQ(request.get(), at); });
}

// The identifier that every program derives from a key, on both halves; or what the module keeps instead.
Result<Bytes> named(client::Session& session, const client::KeyPair& pair, const Bytes& identifier) {
    Bytes wanted = identifier;
    CK_ATTRIBUTE attribute{CKA_ID, wanted.data(), wanted.size()};
    for (const auto object : {pair.public_key, pair.private_key})
        static_cast<void>(session.functions().C_SetAttributeValue(session.handle(), object, &attribute, 1));
    return client::attribute(session, pair.private_key, CKA_ID);
}

} // namespace

Result<NewKey> make_key(Card& card, client::KeyKind kind, std::optional<std::uint8_t> place,
                        ByteView certificate) {
    ACREDITA_TRY(session, session_on(card, client::Access::read_write));
    ACREDITA_CHECK(become_storer(card, session));
    Bytes first_name(20); // until the key itself can name it
    if (RAND_bytes(first_name.data(), static_cast<int>(first_name.size())) != 1)
        return fail_openssl("RAND_bytes");
    ACREDITA_TRY(pair,
                 client::generate_key_pair(session, kind, {.id = first_name, .label = {}, .place = place}));
    ACREDITA_TRY(key, client::public_key(session, pair.public_key));
    NewKey made;
    ACREDITA_TRY(identifier, issue::key_identifier(key.get()));
    made.identifier = std::move(identifier);
    ACREDITA_TRY(spki, spki_of(key.get()));
    made.spki = std::move(spki);
    ACREDITA_TRY(name, named(session, pair, made.identifier));
    ACREDITA_CHECK(session.logout());
    ACREDITA_CHECK(become_holder(card, session));
    ACREDITA_TRY(private_key, client::find_one(session, client::ObjectClass::private_key, name));
    ACREDITA_TRY(request, signed_request(card, session, private_key, key.get(), certificate));
    made.request = std::move(request);
    ACREDITA_CHECK(session.logout());
    return made;
}

Result<bool> discard_key(Card& card, ByteView identifier, std::optional<std::uint8_t> place) {
    ACREDITA_CHECK(
        issue::begin_afresh(card.target)); // who has listed certificates is told of their keys alone
    ACREDITA_TRY(session, session_on(card, client::Access::read_write));
    ACREDITA_CHECK(become_storer(card, session));
    auto found = place ? keys_at(session, *place)
                       : client::find_by_id(session, client::ObjectClass::private_key, identifier);
    if (!found) return fail(std::move(found).error());
    bool gone = false;
    for (const auto key : *found) {
        ACREDITA_TRY(id, client::attribute(session, key, CKA_ID));
        if (!equal(id, identifier)) continue;
        ACREDITA_CHECK(client::destroy(session, key));
        gone = true;
    }
    ACREDITA_CHECK(session.logout());
    session.close();
    ACREDITA_CHECK(issue::restart_card(card.target));
    return gone;
}

} // namespace acredita::renewal
