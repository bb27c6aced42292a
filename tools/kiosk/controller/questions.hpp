// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The questions of a job as pages: the job's thread puts one and sleeps until the window has the answer.
//
// A passphrase that opened the backup is kept, locked, until the visit ends or another backup is chosen: a
// job that begins again because the card was out for a moment does not ask its holder twice. What was agreed
// to is kept likewise, for that certificate alone. A PIN is never kept here, but one that the holder has
// just given the card (hand-over) answers the first question for it, once.
#pragma once

#include "tools/issue/error.hpp"
#include "tools/issue/people.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <variant>
#include <vector>

namespace acredita::kiosk {

struct Question {
    enum class Kind { passphrase, choose, review, expired, overwrite, last_try, pin, look_at_reader };
    Kind kind{};
    unsigned wrong_before = 0;                             // passphrase
    std::vector<issue::CertificateSummary> certificates{}; // choose; one: review, expired
    issue::Loss loss{};                                    // overwrite
    issue::PinQuestion pin{};                              // last_try, pin
    bool again = false;                                    // look_at_reader
};

struct Agreed {};
using Answer = std::variant<Agreed, Secret, std::size_t, bool, Error>;

class Questions final : public issue::People {
public:
    using Ask = std::function<void(Question)>; // from the job's thread

    explicit Questions(Ask ask) : ask_(std::move(ask)) {}

    // From the window's thread. An answer nobody waits for is dropped.
    void answer(Answer answer);
    // Whoever waits, and every question from now on, gets this error; begin() opens anew.
    void close(Error why);
    void begin();
    // The visit is over: everything kept is wiped.
    void forget();
    void use_pin(Secret pin); // for the next question for it

    [[nodiscard]] Result<Secret> passphrase(unsigned wrong_before) override;
    [[nodiscard]] Result<std::size_t> choose(std::span<const issue::CertificateSummary> list) override;
    [[nodiscard]] Result<void> review(const issue::CertificateSummary& chosen) override;
    [[nodiscard]] Result<bool> allow_expired(const issue::CertificateSummary& chosen) override;
    [[nodiscard]] Result<bool> allow_overwrite(const issue::Loss& loss) override;
    [[nodiscard]] Result<bool> allow_last_try(const issue::PinQuestion& question) override;
    [[nodiscard]] Result<Secret> pin(const issue::PinQuestion& question) override;
    void look_at_reader(bool again) override;

private:
    [[nodiscard]] Answer put(Question question);
    template <class T>
    [[nodiscard]] Result<T> wanted(Answer answer);

    Ask ask_;
    std::mutex guard_;
    std::condition_variable answered_;
    bool waiting_ = false;
    std::optional<Answer> answer_;
    std::optional<Error> closed_;

    Secret passphrase_, pin_;
    std::optional<std::size_t> choice_;
    std::string reviewed_, expired_; // fingerprints
};

} // namespace acredita::kiosk
