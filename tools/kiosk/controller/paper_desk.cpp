// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/paper_desk.hpp"

#include "tools/desk/print.hpp"
#include "tools/kiosk/controller/trouble.hpp"

namespace acredita::kiosk {
PaperDesk::PaperDesk(Words& words, StickDesk& sticks) : words_(words), sticks_(sticks) {
    connect(&words_, &Words::languageChanged, this, &PaperDesk::changed);
    connect(&sticks_, &StickDesk::changed, this, &PaperDesk::changed);
}

void PaperDesk::hold(const std::optional<Paper>& paper) {
    paper_ = paper;
    ++visit_;
    busy_ = false;
    done_.clear();
    file_.clear();
    fault_.reset();
    Q_EMIT changed();
}

QVariantMap PaperDesk::fault() const {
    return fault_ ? as_map(told(*fault_, words_.language())) : QVariantMap{};
}

QString PaperDesk::code() const { return paper_ ? QString::fromStdString(paper_->code) : QString(); }

bool PaperDesk::can_save() const { return paper_ && !sticks_.sticks().empty() && !sticks_.reading(); }

void PaperDesk::begin() {
    busy_ = true;
    done_.clear();
    fault_.reset();
    Q_EMIT changed();
}

void PaperDesk::ended(const Result<std::string>& file, const char* done) {
    busy_ = false;
    if (file) {
        done_ = done;
        file_ = QString::fromStdString(*file);
    } else {
        fault_ = file.error();
    }
    Q_EMIT changed();
}

void PaperDesk::print() {
    if (busy_ || !paper_) return;
    begin();
    worker_.run(
        this,
        [draw = paper_->draw, language = words_.language()]() -> Result<std::string> {
            ACREDITA_TRY(page, draw(language));
            ACREDITA_CHECK(desk::print_page(page, "Acredita"));
            return std::string();
        },
        [this, visit = visit_](const Result<std::string>& result) {
            if (visit == visit_) ended(result, "printed");
        });
}

void PaperDesk::save() {
    if (busy_ || !can_save()) return;
    begin();
    const auto name = words_.say(paper_->file).toStdString();
    worker_.run(
        this, [draw = paper_->draw, language = words_.language()] { return draw(language); },
        [this, name, visit = visit_](const Result<Bytes>& page) {
            if (visit != visit_) return;
            if (!page) return ended(fail(page.error()), "");
            sticks_.save(name, *page, this, [this, visit](const Result<std::string>& file) {
                if (visit == visit_) ended(file, "saved");
            });
        });
}

} // namespace acredita::kiosk
