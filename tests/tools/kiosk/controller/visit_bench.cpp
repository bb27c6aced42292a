// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/tools/kiosk/controller/visit_bench.hpp"

#include "tools/desk/surroundings.hpp"
#include "tools/stick/folder.hpp"

#include <QDeadlineTimer>

namespace acredita::test {

Kiosk::Kiosk(const std::string& card)
    : folder_(scratch() / "sticks"), practice(std::vector<std::string>{card}) {
    std::filesystem::create_directories(folder_);
    watch = std::make_unique<kiosk::CardWatch>();
    sticks = std::make_unique<kiosk::StickDesk>();
    sticks->open([this](stick::Sticks::Observer observer) {
        return stick::folder_sticks(folder_, std::move(observer));
    });
    replace_load(kiosk::load_card);
}

void Kiosk::replace_load(decltype(kiosk::Jobs::load) load) {
    visit = std::make_unique<kiosk::Visit>(words, *watch, *sticks, idle,
                                           kiosk::Jobs{[] { return desk::module_choice(""); },
                                                       std::move(load),
                                                       kiosk::change_pin,
                                                       kiosk::unblock_pin,
                                                       {}},
                                           true);
}

Kiosk::~Kiosk() {
    visit.reset();
    sticks.reset();
    watch.reset();
    std::filesystem::remove_all(folder_);
}

void Kiosk::plug(const std::string& stick,
                 const std::vector<std::pair<std::string, std::filesystem::path>>& files) {
    const auto made = scratch() / "made" / stick;
    std::filesystem::create_directories(made);
    for (const auto& [name, file] : files) std::filesystem::copy_file(file, made / name);
    std::filesystem::rename(made, folder_ / stick);
}

void Kiosk::pull(const std::string& stick) { std::filesystem::remove_all(folder_ / stick); }

bool Kiosk::comes_true(const std::function<bool()>& what) {
    for (const QDeadlineTimer limit(60'000); !what();) {
        if (limit.hasExpired()) return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 50);
    }
    return true;
}

bool Kiosk::comes(const std::string& wanted) {
    return comes_true([&] { return page() == wanted; });
}

void Kiosk::type(std::string_view text) {
    Typed field(text);
    visit->giveSecret(&field);
}

bool Kiosk::to_password() {
    visit->begin();
    visit->arrive("walk-in");
    if (!comes_true([this] { return visit->ready(); })) return false;
    visit->goOn();
    return comes("password");
}

bool Kiosk::to_person() {
    type(backup().passphrase);
    return comes("person");
}

bool Kiosk::to_pin() {
    visit->agree();
    if (page() != "consent") return false;
    visit->agree();
    return comes("pin");
}

bool Kiosk::to_proven() {
    type(card_pin);
    return comes("proven");
}

} // namespace acredita::test
