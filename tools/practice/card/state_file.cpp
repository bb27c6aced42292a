// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/card/state_file.hpp"

#include "tools/practice/error.hpp"

#include <fstream>

#include <sys/stat.h>

namespace acredita::practice {

Result<std::unique_ptr<StateFile>> StateFile::open(std::filesystem::path path) {
    std::unique_ptr<StateFile> file(new StateFile(std::move(path)));
    std::error_code ignored;
    if (file->path_.empty() || !std::filesystem::exists(file->path_, ignored)) return file;
    std::ifstream in(file->path_, std::ios::binary);
    auto cards = nlohmann::json::parse(in, nullptr, false);
    if (!cards.is_object()) return fail(practice_errc::bad_state, file->path_.string());
    file->cards_ = std::move(cards);
    return file;
}

nlohmann::json StateFile::read(const std::string& card) const {
    const std::scoped_lock lock(mutex_);
    const auto found = cards_.find(card);
    return found == cards_.end() ? nlohmann::json() : *found;
}

// No fsync: the file outlives a killed process, and a practice card need not outlive a power cut.
Result<void> StateFile::write(const std::string& card, nlohmann::json memory) {
    const std::scoped_lock lock(mutex_);
    cards_[card] = std::move(memory);
    if (path_.empty()) return {};
    auto beside = path_;
    beside += ".new";
    {
        const auto before = umask(077);
        std::ofstream out(beside, std::ios::binary | std::ios::trunc);
        umask(before);
        out << cards_.dump(1) << '\n';
        if (!out.flush()) return fail(practice_errc::state_unwritable, beside.string());
    }
    std::error_code error;
    std::filesystem::rename(beside, path_, error);
    if (error) return fail(practice_errc::state_unwritable, path_.string() + ": " + error.message());
    return {};
}

} // namespace acredita::practice
