// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/profile/load_module.hpp"

#include <algorithm>

namespace acredita::profile {

namespace {

constexpr std::size_t most_files = 32;

// No file of a folder that the path itself leaves again, and nothing that means more than its letters.
bool good_path(std::string_view path) {
    return path.size() > 1 && path.size() < 256 && path.front() == '/' && path.back() != '/' &&
           path.find("//") == std::string_view::npos && path.find("/../") == std::string_view::npos &&
           path.find("/./") == std::string_view::npos;
}

template <class E>
bool has_twice(std::span<const E> list) {
    for (auto at = list.begin(); at != list.end(); ++at)
        if (std::find(std::next(at), list.end(), *at) != list.end()) return true;
    return false;
}

bool has(std::span<const WordOf> list, WordOf one) {
    return std::find(list.begin(), list.end(), one) != list.end();
}

} // namespace

MakerModule read_module(TableReader in, Report& report) {
    MakerModule module;
    if (!in.present()) return module;
    std::vector<ModuleFile> files;
    for (auto& row : in.tables("files")) {
        const ModuleFile one{row.text("path", Need::required), row.hex("sha256")};
        if (!one.path.empty() && !good_path(one.path)) row.mistake(profile_errc::out_of_range, "path");
        if (!one.sha256.empty() && one.sha256.size() != 32) row.mistake(profile_errc::out_of_range, "sha256");
        const bool twice = std::any_of(files.begin(), files.end(),
                                       [&](const ModuleFile& other) { return other.path == one.path; });
        if (twice) row.mistake(profile_errc::duplicate, "path");
        row.finish();
        files.push_back(one);
    }
    if (files.empty()) in.mistake(profile_errc::missing_key, "files");
    if (files.size() > most_files) in.mistake(profile_errc::out_of_range, "files");
    module.files = report.arena.keep(std::move(files));
    in.word("import_role", module.import_role);
    module.templates = in.words<TemplateForm>("templates");
    if (has_twice(module.templates)) in.mistake(profile_errc::duplicate, "templates");
    module.public_key_first = in.yes("public_key_first");
    in.number("settle_ms", module.settle_ms, 0, 30000);
    in.word("reset", module.reset);
    module.on_its_word = in.words<WordOf>("on_its_word");
    if (has_twice(module.on_its_word)) in.mistake(profile_errc::duplicate, "on_its_word");
    // Nobody but the module can say these of a card whose commands are not known.
    if (!module.on_its_word.empty() &&
        (!has(module.on_its_word, WordOf::refusal) || !has(module.on_its_word, WordOf::protection)))
        in.mistake(profile_errc::contradiction, "on_its_word");
    in.number("patience_s", module.patience_s, 1, 600);
    in.finish();
    return module;
}

} // namespace acredita::profile
