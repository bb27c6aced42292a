// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita-kiosk: the window of the office.
#include "tools/desk/receipt_page.hpp"
#include "tools/desk/surroundings.hpp"
#include "tools/issue/administration.hpp"
#include "tools/kiosk/controller/arrival_desk.hpp"
#include "tools/kiosk/controller/browser_desk.hpp"
#include "tools/kiosk/controller/chime.hpp"
#include "tools/kiosk/controller/paper_desk.hpp"
#include "tools/kiosk/controller/practice.hpp"
#include "tools/kiosk/controller/preflight_desk.hpp"
#include "tools/kiosk/controller/support_desk.hpp"
#include "tools/kiosk/controller/visit.hpp"
#include "tools/kiosk/secret/register.hpp"
#include "tools/kiosk/view/register.hpp"
#include "tools/stick/folder.hpp"
#include "tools/stick/udisks.hpp"

#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQmlContext>
#include <cstdlib>

namespace {

using namespace acredita;

// In practice mode a folder plays the sticks.
Result<std::unique_ptr<stick::Sticks>> plugged_in(bool optical, stick::Sticks::Observer observer) {
    stick::UDisksOptions real;
    real.optical = optical;
    if (!desk::practising()) return stick::udisks_sticks(real, std::move(observer));
    const char* const folder = std::getenv("ACREDITA_PRACTICE_STICKS");
    return stick::folder_sticks(folder == nullptr ? "" : folder, std::move(observer));
}

// In practice mode it is nobody's.
QVariantMap about_office(const issue::Configuration& configured) {
    if (desk::practising() && configured.place.empty())
        return {{"address", "Edificio 3, planta baja, despacho 12"},
                {"hours", "9:00 – 14:00"},
                {"phone", "900 000 000"},
                {"mail", "oficina@universidad.example"},
                {"support", "900 000 001"}};
    const auto& kiosk = configured.kiosk;
    return {{"name", kiosk::from(configured.place)}, {"contact", kiosk::from(configured.contact)},
            {"address", kiosk::from(kiosk.address)}, {"hours", kiosk::from(kiosk.hours)},
            {"phone", kiosk::from(kiosk.phone)},     {"mail", kiosk::from(kiosk.mail)},
            {"web", kiosk::from(kiosk.web)},         {"support", kiosk::from(kiosk.support)}};
}

kiosk::Paper receipt_paper(const issue::Receipt& receipt) {
    const auto draw = [receipt](catalogue::Language language) {
        const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
        return desk::draw_receipt(receipt, std::nullopt, language, now);
    };
    return {draw, "kiosk.receipt.file", desk::receipt_code(receipt)};
}

} // namespace

int main(int count, char** arguments) {
    desk::guard_process();
    QGuiApplication program(count, arguments);
    QGuiApplication::setApplicationName("acredita-kiosk");
    const auto configuration =
        issue::read_configuration(desk::configuration_file).value_or(issue::Configuration{});
    kiosk::Words words(catalogue::language_from_environment());
    kiosk::CardWatch watch;
    kiosk::StickDesk sticks;
    sticks.open([optical = configuration.kiosk.discs](stick::Sticks::Observer observer) {
        return plugged_in(optical, std::move(observer));
    });
    kiosk::IdleTime idle(configuration.kiosk.idle, configuration.kiosk.countdown);
    program.installEventFilter(&idle);
    kiosk::ArrivalDesk arrivals(words);
    kiosk::PreflightDesk preflight(words);
    kiosk::PaperDesk papers(words, sticks);
    kiosk::SupportDesk support(words, sticks);
    kiosk::BrowserDesk browser(words);
    kiosk::Visit visit(words, watch, sticks, idle,
                       kiosk::Jobs{[] { return desk::module_choice(""); }, kiosk::load_card,
                                   kiosk::change_pin, kiosk::unblock_pin,
                                   [&arrivals](const QString& how) { return arrivals.arrive(how); }},
                       desk::practising());
    QObject::connect(&visit, &kiosk::Visit::loaded, &papers, [&papers](const auto& receipt) {
        papers.hold(receipt ? std::optional(receipt_paper(*receipt)) : std::nullopt);
    });
    QObject::connect(&visit, &kiosk::Visit::refused, &papers, &kiosk::PaperDesk::hold);
    QObject::connect(&visit, &kiosk::Visit::over, &arrivals, &kiosk::ArrivalDesk::leave);
    QObject::connect(&visit, &kiosk::Visit::over, &support, &kiosk::SupportDesk::forget);
    QObject::connect(&visit, &kiosk::Visit::over, &browser, &kiosk::BrowserDesk::forget);
    QObject::connect(&visit, &kiosk::Visit::troubled, &support,
                     [&](const Error& error) { support.take(error, visit.times(), visit.profile()); });
    arrivals.refresh();
    preflight.run();

    std::optional<kiosk::Practice> practice;
    if (desk::practising())
        if (auto places = kiosk::PracticePlaces::from_environment())
            practice.emplace(words, *std::move(places));

    kiosk::register_secret_types();
    kiosk::register_view_types();
    kiosk::Chime chime;
    QQmlApplicationEngine engine;
    engine.rootContext()->setContextProperty("words", &words);
    engine.rootContext()->setContextProperty("visit", &visit);
    engine.rootContext()->setContextProperty("browser", &browser);
    engine.rootContext()->setContextProperty("arrivals", &arrivals);
    engine.rootContext()->setContextProperty("preflight", &preflight);
    engine.rootContext()->setContextProperty("papers", &papers);
    engine.rootContext()->setContextProperty("support", &support);
    engine.rootContext()->setContextProperty("chime", &chime);
    engine.rootContext()->setContextProperty("idleTime", &idle);
    engine.rootContext()->setContextProperty("office", about_office(configuration));
    engine.rootContext()->setContextProperty("practice", practice ? &*practice : nullptr);
    engine.addImportPath("qrc:/qt/qml");
    engine.load(QUrl("qrc:/qt/qml/Acredita/Kiosk/view/Main.qml"));
    if (engine.rootObjects().isEmpty()) return 1;
    return QGuiApplication::exec();
}
