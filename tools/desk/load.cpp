// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/desk/load.hpp"

namespace acredita::desk {
namespace {

office::Facts outcome(const issue::Receipt& receipt) {
    office::Facts facts = {{"key", receipt.certificate.key}, {"profile", receipt.card_profile}};
    if (receipt.resumed) facts["resumed"] = "yes";
    if (receipt.replaced) facts["replaced"] = "yes";
    if (receipt.practice) facts["practice"] = "yes";
    return facts;
}

} // namespace

Result<issue::Receipt> load(const issue::Request& request, issue::People& people, issue::Progress& screen,
                            office::Journal* journal, const office::Facts& visit) {
    JournalledProgress progress(screen, journal);
    JournalledPeople journalled(people, progress);
    progress.begin(visit);
    auto receipt = issue::run(request, journalled, progress);
    if (receipt)
        progress.end(outcome(*receipt));
    else
        progress.failed(receipt.error());
    if (progress.trouble()) return fail(*progress.trouble());
    if (receipt) receipt->journal_head = progress.head();
    return receipt;
}

} // namespace acredita::desk
