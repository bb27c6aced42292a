// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/client/route/choice.hpp"

#include "firmware-profiles/profile/family.hpp"
#include "firmware-profiles/profile/match.hpp"

#include <algorithm>

namespace acredita::client {

namespace {

using profile::ModuleFile;
using profile::Profile;

std::optional<Role> role_of(profile::StoresAs role) {
    if (role == profile::StoresAs::so) return Role::administrator;
    if (role == profile::StoresAs::unknown) return std::nullopt;
    return Role::user;
}

KeyTemplate form_of(profile::TemplateForm form) {
    switch (form) {
    case profile::TemplateForm::full:
        return KeyTemplate::full;
    case profile::TemplateForm::no_subject:
        return KeyTemplate::no_subject;
    case profile::TemplateForm::no_protection:
        return KeyTemplate::no_protection;
    case profile::TemplateForm::bare:
        break;
    }
    return KeyTemplate::bare;
}

Restart restart_of(profile::ResetRule rule) {
    if (rule == profile::ResetRule::card) return Restart::card;
    return rule == profile::ResetRule::nothing ? Restart::nothing : Restart::process;
}

Statement statement_of(profile::WordOf word) {
    if (word == profile::WordOf::certificate) return Statement::certificate;
    return word == profile::WordOf::refusal ? Statement::refusal : Statement::protection;
}

Manners manners_of(const Profile& described) {
    const auto& module = described.module;
    Manners manners;
    manners.name = described.title;
    manners.storing_role = role_of(module.import_role);
    manners.stores = module.import_role != profile::StoresAs::nobody;
    manners.public_key_first = module.public_key_first;
    manners.settle = std::chrono::milliseconds(module.settle_ms);
    manners.restart = restart_of(module.reset);
    manners.patience = std::chrono::seconds(module.patience_s);
    if (!module.templates.empty()) {
        manners.templates.clear();
        for (const auto form : module.templates) manners.templates.push_back(form_of(form));
    }
    if (!module.on_its_word.empty()) {
        manners.on_its_word.clear();
        for (const auto word : module.on_its_word) manners.on_its_word.push_back(statement_of(word));
    }
    return manners;
}

Road road_of(const Profile& described, const ModuleFile& file) {
    return {.file = file.path,
            .apart = true,
            .manners = manners_of(described),
            .custody = Custody::system,
            .sha256 = copy(file.sha256),
            .profile = std::string(described.name)};
}

const ModuleFile* installed(const Profile& described) {
    for (const auto& file : described.module.files) {
        std::error_code ignored;
        if (std::filesystem::exists(file.path, ignored)) return &file;
    }
    return nullptr;
}

bool same_file(const ModuleFile& file, const std::filesystem::path& chosen) {
    std::error_code error;
    return chosen == file.path || (std::filesystem::equivalent(chosen, file.path, error) && !error);
}

// One that names the very file comes before one that names a file called so.
const Profile* describing(const Choice& choice, const ModuleFile*& file) {
    const auto find = [&](const auto& fits) -> const Profile* {
        for (const auto& one : choice.makers)
            for (const auto& candidate : one.module.files)
                if (fits(candidate)) {
                    file = &candidate;
                    return &one;
                }
        return nullptr;
    };
    if (const auto* exact = find([&](const ModuleFile& one) { return same_file(one, choice.file); }))
        return exact;
    const auto name = choice.file.filename();
    const auto* alike =
        find([&](const ModuleFile& one) { return std::filesystem::path(one.path).filename() == name; });
    file = nullptr; // what is noted of that file is not about this one
    return alike;
}

// What is said first of a file counts: an administrator who notes a SHA-256 of it must not be outvoted.
void add(std::vector<Road>& roads, const Profile& described) {
    const auto* file = installed(described);
    if (file == nullptr) return;
    const auto twice = [&](const Road& road) { return same_file(*file, road.file); };
    if (std::none_of(roads.begin(), roads.end(), twice)) roads.push_back(road_of(described, *file));
}

// Without a rule about the answer to reset a maker's profile is for those who name its module.
bool by_rule(const Profile& described, ByteView atr) {
    const auto& match = described.match;
    return !(match.atr.empty() && match.historical.empty()) && profile::possible(described, atr);
}

bool by_family(const Profile& described, const profile::Family* family) {
    return family != nullptr && std::find(family->modules.begin(), family->modules.end(), described.title) !=
                                    family->modules.end();
}

} // namespace

Road chosen_road(const Choice& choice) {
    Road road{.file = choice.file, .apart = !is_ours(choice.file)};
    if (!road.apart) {
        road.manners.restart = Restart::card;
        return road;
    }
    const ModuleFile* file = nullptr;
    if (const auto* described = describing(choice, file)) {
        road.manners = manners_of(*described);
        road.profile = described->name;
        if (file != nullptr) road.sha256 = copy(file->sha256);
    }
    return road;
}

std::vector<Road> maker_roads(const Choice& choice, ByteView atr) {
    const auto* family = profile::family_of(profile::built_in_families(), atr);
    std::vector<Road> roads;
    for (const auto& one : choice.makers) {
        if (by_rule(one, atr) || by_family(one, family)) add(roads, one);
    }
    // Whatever the module can do for other cards.
    if (family != nullptr && family->import_never)
        for (auto& road : roads) road.manners.stores = false;
    return roads;
}

std::vector<Road> installed_roads(const Choice& choice) {
    std::vector<Road> roads;
    for (const auto& one : choice.makers) add(roads, one);
    return roads;
}

} // namespace acredita::client
