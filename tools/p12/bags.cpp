// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/bags.hpp"

#include "tools/p12/algorithms.hpp"
#include "tools/p12/errc.hpp"

namespace acredita::p12 {

namespace {

constexpr std::size_t most_bags = 1024;

Result<void> add_certificate(ByteView value, Bags& into) {
    Der wrapped(value);
    ACREDITA_TRY(content, wrapped.take(tag::sequence, "CertBag"));
    Der bag(content);
    ACREDITA_TRY(type, take_oid(bag, "certificate type"));
    if (type != oid::x509_certificate) {
        ++into.skipped;
        return {};
    }
    ACREDITA_TRY(tagged, bag.take(tag::context0, "certificate"));
    Der octets(tagged);
    ACREDITA_TRY(certificate, octets.take(tag::octets, "certificate"));
    into.certificates.push_back(certificate);
    return {};
}

Result<void> add_sealed_key(ByteView value, Bags& into) {
    Der wrapped(value);
    ACREDITA_TRY(whole, wrapped.any("EncryptedPrivateKeyInfo"));
    Der info(whole.value);
    // Some writers put a key in clear under this type when the password is empty.
    if (whole.tag == tag::sequence && info.peek() == tag::integer) {
        into.keys.push_back(whole.whole);
        return {};
    }
    ACREDITA_TRY(algorithm, take_algorithm(info, "key encryption algorithm"));
    ACREDITA_TRY(ciphertext, info.take(tag::octets, "encrypted key"));
    into.sealed_keys.push_back({std::move(algorithm), ciphertext});
    return {};
}

Result<void> add_bag(ByteView content, Bags& into, std::vector<ByteView>& nested) {
    Der bag(content);
    ACREDITA_TRY(type, take_oid(bag, "bag type"));
    ACREDITA_TRY(value, bag.take(tag::context0, "bag value"));
    if (const auto attributes = bag.take(tag::set, "bag attributes"))
        read_attributes(*attributes, into.hints);
    if (type == oid::certificate_bag) return add_certificate(value, into);
    if (type == oid::shrouded_key_bag) return add_sealed_key(value, into);
    if (type == oid::key_bag)
        into.keys.push_back(value);
    else if (type == oid::safe_contents_bag)
        nested.push_back(value);
    else
        ++into.skipped;
    return {};
}

} // namespace

Result<void> collect_bags(ByteView safe_contents, Bags& into) {
    std::vector<ByteView> pending{safe_contents};
    std::size_t count = 0;
    while (!pending.empty()) {
        Der outer(pending.back());
        pending.pop_back();
        ACREDITA_TRY(list, outer.take(tag::sequence, "SafeContents"));
        Der bags(list);
        while (!bags.at_end()) {
            if (++count > most_bags) return fail(p12_errc::damaged, "too many bags");
            ACREDITA_TRY(content, bags.take(tag::sequence, "SafeBag"));
            ACREDITA_CHECK(add_bag(content, into, pending));
        }
    }
    return {};
}

} // namespace acredita::p12
