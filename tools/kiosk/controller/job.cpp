// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/job.hpp"

#include "tools/desk/administration.hpp"
#include "tools/desk/load.hpp"
#include "tools/desk/pin_visit.hpp"
#include "tools/desk/surroundings.hpp"
#include "tools/kiosk/controller/first_pin.hpp"

namespace acredita::kiosk {
namespace {

// One record at the end, whatever came of it: there is no step in between that could be lost.
Result<Done> recorded(Result<void> done, std::string_view action, const VisitFacts& visit) {
    ACREDITA_TRY(office, desk::open_office("acredita-kiosk"));
    if (office) {
        office::Entry entry{.action = std::string(action), .facts = visit};
        if (!done) entry = desk::failed(std::move(entry), done.error());
        ACREDITA_CHECK(office->journal.append(entry));
    }
    if (!done) return fail(std::move(done.error()));
    return Done{};
}

template <class Act>
Result<Done> pin_job(std::string_view action, const VisitFacts& visit, const Desk& desk, Act act) {
    const auto done = [&]() -> Result<void> {
        ACREDITA_TRY(target, issue::find_target(desk::module_choice(""), ""));
        ACREDITA_TRY(session, client::Session::open(target.module, target.slot, client::Access::read_write));
        PinQuestions people(desk.post);
        const desk::PinChoice choice{.person = {.card = target.token.serial}};
        return act(session, people, choice);
    }();
    return recorded(done, action, visit);
}

} // namespace

Result<Done> load_card(ByteView backup, const VisitFacts& visit, const Desk& desk) {
    ACREDITA_TRY(office, desk::open_office("acredita-kiosk"));
    ACREDITA_TRY(configuration, issue::read_configuration(desk::configuration_file));
    ACREDITA_TRY(key, desk::administration_key(configuration));
    ACREDITA_TRY(so_pin, desk::makers_administration(configuration));
    const Witness witness(desk.people, [&office]() -> Result<void> {
        if (!office) return {};
        const office::Entry seen{.action = "identity",
                                 .facts = {{"document", "original, in force"}, {"holder", "has agreed"}}};
        return office->journal.append(seen).map([](const auto&) {});
    });
    ACREDITA_CHECK(give_first_pin(backup, configuration.puk, desk));
    const bool practice = desk::practising();
    const issue::Request request{
        .module = desk::module_choice(""),
        .backup = backup,
        .administration = std::move(key),
        .allow_factory_key = practice,
        .so_pin = std::move(so_pin),
        .office = configuration.place,
        .version = ACREDITA_VERSION,
        .practice = practice,
    };
    ACREDITA_TRY(receipt,
                 desk::load(request, desk.people, desk.progress, office ? &office->journal : nullptr, visit));
    return Done(std::move(receipt));
}

Result<Done> change_pin(const VisitFacts& visit, const Desk& desk) {
    return pin_job("pin.change", visit, desk, desk::change_pin);
}

Result<Done> unblock_pin(const VisitFacts& visit, const Desk& desk) {
    return pin_job("pin.unblock", visit, desk, desk::unblock_pin);
}

} // namespace acredita::kiosk
