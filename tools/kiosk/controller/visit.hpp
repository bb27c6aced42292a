// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// One person's visit, from "nobody is here" to "take your card": which page is shown, what stands on it, and
// where each answer leads. Knows no item of the window; the pages know nothing but this.
//
// The job itself (tools/issue) asks its questions from its own thread; each becomes a page here. Nothing here
// waits.
#pragma once

#include "tools/desk/step_times.hpp"
#include "tools/kiosk/controller/card_look.hpp"
#include "tools/kiosk/controller/card_watch.hpp"
#include "tools/kiosk/controller/idle_time.hpp"
#include "tools/kiosk/controller/job.hpp"
#include "tools/kiosk/controller/page.hpp"
#include "tools/kiosk/controller/paper.hpp"
#include "tools/kiosk/controller/stick_desk.hpp"
#include "tools/kiosk/controller/trouble.hpp"
#include "tools/kiosk/controller/words.hpp"
#include "tools/kiosk/controller/worker.hpp"

#include <QElapsedTimer>
#include <QVariantMap>

namespace acredita::kiosk {

// What is done for people once it may be; the program's own jobs, or a test's.
struct Jobs {
    std::function<client::Choice()> choice;
    std::function<Result<Done>(ByteView backup, const VisitFacts&, const Desk&)> load;
    std::function<Result<Done>(const VisitFacts&, const Desk&)> change_pin, unblock_pin;
    // Somebody has come; what the journal is told of it.
    std::function<VisitFacts(const QString& how)> arrive;
};

enum class Purpose { load, change_pin, unblock_pin };

class Visit final : public QObject {
    Q_OBJECT
    Q_PROPERTY(QString page READ page NOTIFY pageChanged)
    Q_PROPERTY(int step READ step NOTIFY pageChanged)
    Q_PROPERTY(int steps READ steps CONSTANT)
    Q_PROPERTY(bool canGoBack READ canGoBack NOTIFY pageChanged)
    Q_PROPERTY(QString purpose READ purpose NOTIFY pageChanged) // "load", "changePin", "unblockPin"
    Q_PROPERTY(bool practice READ practice CONSTANT)
    Q_PROPERTY(bool leaving READ leaving NOTIFY leavingChanged) // "really leave?" is being asked
    Q_PROPERTY(QVariantMap card READ card NOTIFY cardChanged)
    Q_PROPERTY(QVariantMap sheet READ sheet NOTIFY cardChanged) // of a card that cannot be served
    Q_PROPERTY(QVariantList sticks READ sticks NOTIFY sticksChanged)
    Q_PROPERTY(QVariantMap stickTrouble READ stickTrouble NOTIFY sticksChanged) // why none can be seen
    Q_PROPERTY(QVariantList backups READ backups NOTIFY sticksChanged)
    Q_PROPERTY(bool ready READ ready NOTIFY readyChanged) // both are good: the visit can go on
    Q_PROPERTY(QVariantMap question READ question NOTIFY questionChanged)
    Q_PROPERTY(QVariantList progress READ progress NOTIFY progressChanged)
    Q_PROPERTY(QVariantMap receipt READ receipt NOTIFY receiptChanged)
    Q_PROPERTY(QVariantMap trouble READ trouble NOTIFY troubleChanged)
    Q_PROPERTY(QVariantMap away READ away NOTIFY pageChanged)
    Q_PROPERTY(QString outcome READ outcome NOTIFY pageChanged) // takeBack: "loaded", "pin", "nothing"
    Q_PROPERTY(QString notice READ notice NOTIFY noticeChanged)

public:
    Visit(Words& words, CardWatch& watch, StickDesk& sticks, IdleTime& idle, Jobs jobs, bool practice);

    [[nodiscard]] QString page() const { return name(page_); }
    // Of a visit that came to nothing no step is shown at its end.
    [[nodiscard]] int step() const {
        return page_ == Page::take_back && outcome_ != "loaded" ? 0 : step_of(page_);
    }
    [[nodiscard]] static int steps() { return load_steps; }
    [[nodiscard]] bool canGoBack() const;
    [[nodiscard]] QString purpose() const;
    [[nodiscard]] bool practice() const { return practice_; }
    [[nodiscard]] bool leaving() const { return leaving_; }
    [[nodiscard]] QVariantMap card() const;
    [[nodiscard]] QVariantMap sheet() const;
    [[nodiscard]] QVariantList sticks() const;
    [[nodiscard]] QVariantMap stickTrouble() const;
    [[nodiscard]] QVariantList backups() const;
    [[nodiscard]] bool ready() const;
    [[nodiscard]] QVariantMap question() const;
    [[nodiscard]] QVariantList progress() const;
    [[nodiscard]] QVariantMap receipt() const;
    [[nodiscard]] QVariantMap trouble() const;
    [[nodiscard]] QVariantMap away() const;
    [[nodiscard]] QString outcome() const { return outcome_; }
    [[nodiscard]] QString notice() const;
    // Of the job that has just ended.
    [[nodiscard]] const std::vector<desk::TimedStep>& times() const noexcept { return times_; }
    [[nodiscard]] std::string profile() const;

    // What the pages may do.
    Q_INVOKABLE void begin();                       // idle
    Q_INVOKABLE void arrive(const QString& reason); // arrival: how the person came
    Q_INVOKABLE void goOn();                        // bring, away, proven, browser, checklist
    Q_INVOKABLE void takeBackup(int index);         // backups
    Q_INVOKABLE void giveSecret(QObject* field);    // password, pin, puk: a SecretSource
    Q_INVOKABLE void giveNewSecret(QObject* first, QObject* second); // newPin, newPuk: typed twice
    Q_INVOKABLE void choose(int index);                              // choose
    Q_INVOKABLE void agree();                                        // person, consent
    Q_INVOKABLE void answer(bool yes);                               // expired, loss, lastTry
    Q_INVOKABLE void again();                                        // trouble
    // proven: "browser"; idle: "pinMenu", "preflight", "exercises"; pinMenu, trouble: "changePin", "puk"
    Q_INVOKABLE void show(const QString& page);
    Q_INVOKABLE void back();
    Q_INVOKABLE void leave();    // asks first, if something would be lost
    Q_INVOKABLE void stay();     // "no, go on"
    Q_INVOKABLE void leaveNow(); // "yes, leave"

Q_SIGNALS:
    void pageChanged();
    void leavingChanged();
    void cardChanged();
    void sticksChanged();
    void readyChanged();
    void questionChanged();
    void progressChanged();
    void receiptChanged();
    void troubleChanged();
    void noticeChanged();
    // For the desks beside this one (receipt, support, arrivals).
    void loaded(const std::optional<acredita::issue::Receipt>& receipt); // nullopt: forget it
    void troubled(const acredita::Error& error);
    void refused(const std::optional<acredita::kiosk::Paper>& sheet);
    void over(bool served);

private:
    void go(Page page);
    void look(); // what card is there now?
    void card_seen(CardLook seen);
    void card_out();
    void stick_out(const QString& id);
    void things_changed(); // a card or a stick came, went, or was looked at
    void start_load();
    void start_pin(Purpose purpose);
    void start(JobThread::Run run);
    void resume();                          // what was going on before the card left
    [[nodiscard]] bool card_serves() const; // for what the visit is about
    void asked(const Question& question);
    void stepped(issue::Step step, StepState state);
    void ended(const Result<Done>& result);
    void fall(const Error& error); // onto the page of trouble
    void refuse();                 // the card cannot be loaded: its sheet, or what to do about it
    void speak_again();            // another language
    void wipe();
    void take_back();
    void say_goodbye();
    void show_refusal();
    [[nodiscard]] bool all_taken() const;
    [[nodiscard]] std::optional<Paper> refusal_paper() const;
    [[nodiscard]] QVariantMap match(const std::string& holder) const;
    [[nodiscard]] bool no_backup_serves() const; // there are some, and each lacks something
    [[nodiscard]] bool card_good() const { return card_ && !card_->fault; }

    Words& words_;
    CardWatch& watch_;
    StickDesk& sticks_;
    IdleTime& idle_;
    Jobs jobs_;
    bool practice_;

    Page page_ = Page::idle;
    Purpose purpose_ = Purpose::load;
    Page before_away_ = Page::idle;
    bool stick_away_ = false;
    bool leaving_ = false;
    std::uint64_t looks_ = 0; // an answer to an older look is dropped
    bool looking_ = false;
    std::optional<CardLook> card_;
    std::shared_ptr<const ZeroingBytes> chosen_; // the backup, for as long as the visit is about it
    std::string chosen_stick_;
    VisitFacts facts_; // for the journal
    std::optional<Question> question_;
    bool differ_ = false; // what was typed twice
    std::map<issue::Step, StepState> steps_;
    std::vector<desk::TimedStep> times_;
    QElapsedTimer step_began_;
    bool served_ = false;
    QString outcome_;
    std::uint64_t goodbyes_ = 0;
    std::optional<issue::Receipt> receipt_;
    std::optional<Trouble> trouble_;
    bool stick_gone_quietly_ = false;

    JobThread job_;
    Worker card_worker_; // last: joined first
};

} // namespace acredita::kiosk
