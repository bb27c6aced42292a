// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/register/inspect.hpp"

#include "tools/register/browser.hpp"
#include "tools/register/opensc_start.hpp"

#include <algorithm>

#include <unistd.h>

namespace acredita::registration {
namespace {

bool may_change(const Site& site) { return !site.system() || site.root != "/" || ::geteuid() == 0; }

Repair repair_of(const Error& fault, const Place& place) {
    if (!may_change(place.site())) return Repair::by_hand;
    for (const auto code : {register_errc::not_registered, register_errc::not_allowed, register_errc::stale,
                            register_errc::twice})
        if (is(fault, code)) return Repair::here;
    return is(fault, register_errc::other_module) ? Repair::on_request : Repair::by_hand;
}

bool has(const Places& places, Kind kind) {
    return std::any_of(places.begin(), places.end(),
                       [=](const auto& place) { return place->kind() == kind; });
}

struct Looked {
    Places own;
    Places machine; // of a person's report
};

Looked look(const Site& site, const What& what) {
    Looked looked{places_of(site, what), {}};
    if (!site.system()) looked.machine = places_of(site.machine(), what);
    return looked;
}

// That the machine serves nobody is no fault for a person who is served at home.
bool matters(const Error& fault, const Place& place, const Looked& looked) {
    if (!is(fault, register_errc::not_registered)) return true;
    if (place.kind() != Kind::firefox) return false;
    return firefox_installed(place.site()) && !has(looked.own, Kind::firefox);
}

// A fault that the person's report and the machine's both see is told once.
void add(std::vector<Finding>& findings, Finding one) {
    const auto same = [&](const Finding& other) {
        return other.fault.code == one.fault.code && other.fault.detail == one.fault.detail;
    };
    if (std::none_of(findings.begin(), findings.end(), same)) findings.push_back(std::move(one));
}

void of_places(const Looked& looked, std::vector<Finding>& findings) {
    for (const auto& place : looked.own)
        for (auto& fault : place->faults()) {
            const auto repair = repair_of(fault, *place);
            // Firefox may not be there at all; then its policies serve nobody and are no fault.
            const bool idle = place->site().system() && place->kind() == Kind::firefox &&
                              is(fault, register_errc::not_registered) && !firefox_installed(place->site());
            if (!idle) add(findings, {std::move(fault), repair});
        }
    for (const auto& place : looked.machine)
        for (auto& fault : place->faults())
            if (matters(fault, *place, looked)) add(findings, {std::move(fault), Repair::by_hand});
}

void of_machine(const Site& site, const What& what, const Looked& looked, std::vector<Finding>& findings) {
    std::error_code error;
    if (!std::filesystem::exists(site.at("/usr/sbin/pcscd"), error))
        add(findings, {fail(register_errc::service_missing, "pcscd").value(), Repair::by_hand});
    if (const auto file = opensc_start(site); !file.empty())
        add(findings, {fail(register_errc::other_autostart, file.string()).value(),
                       site.system() ? Repair::by_hand : Repair::on_request});
    for (auto& fault : boxed_browsers(site)) add(findings, {std::move(fault), Repair::by_hand});
    for (const auto* places : {&looked.own, &looked.machine})
        for (auto& fault : browsers_to_restart(site, *places, what.module))
            add(findings, {std::move(fault), Repair::by_hand});
}

bool any(const Place& place, Repair repair) {
    const auto faults = place.faults();
    return std::any_of(faults.begin(), faults.end(),
                       [&](const Error& fault) { return repair_of(fault, place) == repair; });
}

void keep(std::vector<Error>& failed, Result<void> result) {
    if (!result) failed.push_back(std::move(result).error());
}

} // namespace

std::vector<Finding> inspect(const Site& site, const What& what) {
    std::vector<Finding> findings;
    if (auto sound = check_module(what.module); !sound)
        findings.push_back({std::move(sound).error(), Repair::by_hand});
    const auto looked = look(site, what);
    of_places(looked, findings);
    of_machine(site, what, looked, findings);
    return findings;
}

Report repair(const Site& site, const What& what, bool without_opensc) {
    Report report;
    // A path that no program can load is not written anywhere.
    if (check_module(what.module)) {
        for (const auto& place : places_of(site, what)) {
            if (any(*place, Repair::here)) keep(report.failed, place->add());
            if (without_opensc && any(*place, Repair::on_request))
                keep(report.failed, place->remove_others());
        }
        if (without_opensc && !site.system() && !opensc_start(site).empty())
            keep(report.failed, hide_opensc_start(site));
    }
    report.findings = inspect(site, what);
    return report;
}

std::string_view name_of(Repair repair) noexcept {
    switch (repair) {
    case Repair::here:
        return "repair";
    case Repair::on_request:
        return "without-opensc";
    case Repair::by_hand:
        return "by-hand";
    }
    return "?";
}

} // namespace acredita::registration
