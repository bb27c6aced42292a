// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/receipt_desk.hpp"

#include "tools/desk/print.hpp"
#include "tools/desk/receipt_page.hpp"
#include "tools/kiosk/controller/trouble.hpp"

namespace acredita::kiosk {
namespace {

Result<Bytes> drawn(const issue::Receipt& receipt, catalogue::Language language) {
    const auto now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    return desk::draw_receipt(receipt, std::nullopt, language, now);
}

} // namespace

ReceiptDesk::ReceiptDesk(Words& words, StickDesk& sticks) : words_(words), sticks_(sticks) {
    connect(&words_, &Words::languageChanged, this, &ReceiptDesk::changed);
    connect(&sticks_, &StickDesk::changed, this, &ReceiptDesk::changed);
}

void ReceiptDesk::hold(const std::optional<issue::Receipt>& receipt) {
    receipt_ = receipt;
    ++visit_;
    busy_ = false;
    done_.clear();
    file_.clear();
    fault_.reset();
    Q_EMIT changed();
}

QVariantMap ReceiptDesk::fault() const {
    return fault_ ? as_map(told(*fault_, words_.language())) : QVariantMap{};
}

QString ReceiptDesk::code() const {
    return receipt_ ? QString::fromStdString(desk::receipt_code(*receipt_)) : QString();
}

bool ReceiptDesk::can_save() const { return receipt_ && !sticks_.sticks().empty() && !sticks_.reading(); }

void ReceiptDesk::begin() {
    busy_ = true;
    done_.clear();
    fault_.reset();
    Q_EMIT changed();
}

void ReceiptDesk::ended(const Result<std::string>& file, const char* done) {
    busy_ = false;
    if (file) {
        done_ = done;
        file_ = QString::fromStdString(*file);
    } else {
        fault_ = file.error();
    }
    Q_EMIT changed();
}

void ReceiptDesk::print() {
    if (busy_ || !receipt_) return;
    begin();
    worker_.run(
        this,
        [receipt = *receipt_, language = words_.language()]() -> Result<std::string> {
            ACREDITA_TRY(page, drawn(receipt, language));
            ACREDITA_CHECK(desk::print_page(page, "Acredita"));
            return std::string();
        },
        [this, visit = visit_](const Result<std::string>& result) {
            if (visit == visit_) ended(result, "printed");
        });
}

void ReceiptDesk::save() {
    if (busy_ || !can_save()) return;
    begin();
    const auto name = words_.text("kiosk.receipt.file").toStdString();
    worker_.run(
        this, [receipt = *receipt_, language = words_.language()] { return drawn(receipt, language); },
        [this, name, visit = visit_](const Result<Bytes>& page) {
            if (visit != visit_) return;
            if (!page) return ended(fail(page.error()), "");
            sticks_.save(name, *page, this, [this, visit](const Result<std::string>& file) {
                if (visit == visit_) ended(file, "saved");
            });
        });
}

} // namespace acredita::kiosk
