// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/practice.hpp"

#include <array>
#include <cstdlib>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace acredita::kiosk {
namespace {

// `card`: the number of its reader, as tools/practice/kiosk.sh puts them; `stick`: a folder of the kit.
struct Exercise {
    const char* key; // kiosk.exercise.<key>.title, .story, .hint
    int card;
    const char* stick;
};
constexpr std::array all_exercises = {
    Exercise{"first", 0, "good"},          Exercise{"factory", 1, "good"}, Exercise{"certificate", 0, "cer"},
    Exercise{"no_application", 2, "good"}, Exercise{"two", 0, "two"},      Exercise{"cut", 0, "cut"},
    Exercise{"expired", 0, "expired"},     Exercise{"empty", 0, "empty"},  Exercise{"last_try", 3, "good"},
    Exercise{"blocked", 4, "good"},
};

// One line, one answer; nobody waits for more than a few seconds.
bool said(const std::filesystem::path& control, const std::string& line) {
    const int channel = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (channel < 0) return false;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    control.string().copy(address.sun_path, sizeof address.sun_path - 1);
    const timeval patience{10, 0};
    ::setsockopt(channel, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    const auto whole = line + "\n";
    std::array<char, 256> answer{};
    const bool ok =
        ::connect(channel, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
        ::send(channel, whole.data(), whole.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(whole.size()) &&
        ::recv(channel, answer.data(), answer.size(), 0) > 1 && answer[0] == 'o';
    ::close(channel);
    return ok;
}

const Exercise* at(int index) {
    return index < 0 || index >= static_cast<int>(all_exercises.size())
               ? nullptr
               : &all_exercises[static_cast<std::size_t>(index)];
}

} // namespace

std::optional<PracticePlaces> PracticePlaces::from_environment() {
    const auto value = [](const char* name) { return std::getenv(name); };
    const char* const control = value("ACREDITA_PRACTICE_CONTROL");
    const char* const kit = value("ACREDITA_PRACTICE_KIT");
    const char* const sticks = value("ACREDITA_PRACTICE_STICKS");
    if (control == nullptr || kit == nullptr || sticks == nullptr) return std::nullopt;
    return PracticePlaces{control, kit, sticks};
}

Practice::Practice(Words& words, PracticePlaces places) : words_(words), places_(std::move(places)) {
    connect(&words_, &Words::languageChanged, this, &Practice::changed);
}

Practice::~Practice() {
    moveStick(false);
    moveCard(false);
}

QVariantList Practice::exercises() const {
    QVariantList list;
    for (const auto& one : all_exercises) {
        const auto key = "kiosk.exercise." + std::string(one.key);
        list.push_back(QVariantMap{{"key", one.key},
                                   {"title", words_.say(key + ".title")},
                                   {"story", words_.say(key + ".story")},
                                   {"hint", words_.say(key + ".hint")}});
    }
    return list;
}

void Practice::choose(int index) {
    if (at(index) == nullptr) return;
    moveStick(false);
    moveCard(false);
    exercise_ = index;
    Q_EMIT changed();
}

void Practice::moveCard(bool in) {
    const auto* const exercise = at(exercise_);
    if (exercise == nullptr || in == card_in_) return;
    card_in_ = in;
    tell((in ? "insert " : "remove ") + std::to_string(exercise->card));
    Q_EMIT changed();
}

void Practice::moveStick(bool in) {
    const auto* const exercise = at(exercise_);
    if (exercise == nullptr || in == stick_in_) return;
    std::error_code failed;
    const auto& from_folder = in ? places_.kit : places_.sticks;
    const auto& to_folder = in ? places_.sticks : places_.kit;
    std::filesystem::rename(from_folder / exercise->stick, to_folder / exercise->stick, failed);
    if (failed) return;
    stick_in_ = in;
    Q_EMIT changed();
}

// A hand is quicker than pcscd; the window waits for neither.
void Practice::tell(const std::string& line) {
    worker_.run(
        this, [control = places_.control, line] { return said(control, line); }, [](bool) {});
}

} // namespace acredita::kiosk
