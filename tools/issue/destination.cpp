// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Where key and certificate will lie. Places are looked at in the card's own order: one that holds our
// certificate, or our key alone because the card ends a certificate when its key comes, is where an
// interrupted run goes on; the first free one takes a new key. Only if none is free
// is something overwritten: the certificate that ends first, as the one least missed, and a person must say
// so who has seen what is lost.
#include "tools/issue/stored.hpp"

namespace acredita::issue {
namespace {

using client::Destination;

bool is_free(const Destination& place) {
    return place.certificate.empty() && !place.key_present.value_or(false);
}

Loss loss_of(const Work& work, const Destination& place) {
    Loss loss{.place = place.place, .certificate = std::nullopt, .key = place.key_present.value_or(true)};
    if (auto summary = summarise(place.certificate, work.request.now)) loss.certificate = *std::move(summary);
    return loss;
}

// Nobody can say what a key without a readable certificate is for: the last to go.
bool less_missed(const Loss& one, const Loss& other) {
    if (!one.certificate || !other.certificate) return one.certificate && !other.certificate;
    return one.certificate->not_after < other.certificate->not_after;
}

Result<void> ask_to_overwrite(Work& work, const Loss& loss) {
    ACREDITA_TRY(allowed, work.people.allow_overwrite(loss));
    if (!allowed) return fail(issue_errc::overwrite_refused, to_hex({&loss.place, 1}));
    work.receipt.replaced = loss.certificate ? loss.certificate->fingerprint : "";
    return {};
}

// Modules without our vendor object choose the place themselves and tell nothing about it.
Result<void> look_for_earlier_run(Work& work) {
    ACREDITA_TRY(certificates, stored_certificates(work));
    for (const auto object : certificates) {
        ACREDITA_TRY(der, client::certificate_der(*work.session, object));
        if (der != work.chosen->leaf.der) continue;
        work.certificate_there = true;
        work.certificate = object;
    }
    work.receipt.resumed = work.certificate_there;
    return {};
}

// The place of the card's own key. A certificate of another key must not be there.
Note choose_given(Work& work, std::uint8_t name) {
    ACREDITA_TRY(place, client::destination_at(*work.session, name));
    work.certificate_there = work.receipt.resumed = place.certificate == work.chosen->leaf.der;
    if (!work.certificate_there && !place.certificate.empty())
        ACREDITA_CHECK(ask_to_overwrite(work, loss_of(work, place)));
    work.place.place = work.receipt.place = name;
    return to_hex({&name, 1});
}

} // namespace

Note choose_destination(Work& work) {
    ACREDITA_TRY(facts, client::card_facts(*work.session, client::Ask::destination));
    if (!work.facts.vendor_object || !facts.places || facts.places->empty()) {
        ACREDITA_CHECK(look_for_earlier_run(work));
        return nothing_to_do;
    }
    if (work.request.place) return choose_given(work, *work.request.place);
    std::optional<Loss> least;
    for (const auto name : *facts.places) {
        ACREDITA_TRY(place, client::destination_at(*work.session, name));
        const bool ours = place.certificate == work.chosen->leaf.der;
        const bool waiting = place.certificate.empty() && !place.key.empty() && place.key == work.place.id;
        if (ours || waiting || is_free(place)) {
            work.place.place = work.receipt.place = name;
            work.certificate_there = ours;
            work.receipt.resumed = ours || waiting;
            return to_hex({&name, 1});
        }
        auto loss = loss_of(work, place);
        if (!least || less_missed(loss, *least)) least = std::move(loss);
    }
    ACREDITA_CHECK(ask_to_overwrite(work, *least));
    work.place.place = work.receipt.place = least->place;
    return to_hex({&least->place, 1});
}

} // namespace acredita::issue
