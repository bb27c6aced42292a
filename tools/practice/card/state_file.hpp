// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The memory of all practice cards of a run in one JSON file, replaced whole by rename: a reader of the file
// sees the state after one exchange or after the next, never between.
#pragma once

#include "pcsc/base/error.hpp"

#include <filesystem>
#include <mutex>

#include <nlohmann/json.hpp>

namespace acredita::practice {

class StateFile {
public:
    // An empty path keeps everything in memory. A file that does not exist is an empty state; bad_state
    // otherwise.
    static Result<std::unique_ptr<StateFile>> open(std::filesystem::path path);

    // The memory kept under `card`, null if there is none.
    [[nodiscard]] nlohmann::json read(const std::string& card) const;
    Result<void> write(const std::string& card, nlohmann::json memory);

private:
    explicit StateFile(std::filesystem::path path) : path_(std::move(path)) {}

    std::filesystem::path path_;
    mutable std::mutex mutex_;
    nlohmann::json cards_ = nlohmann::json::object();
};

} // namespace acredita::practice
