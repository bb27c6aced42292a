// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A visit without a window: what a person's hands would do, and waiting for what then comes.
#pragma once

#include "tests/support/practice.hpp"
#include "tools/kiosk/controller/secret_source.hpp"
#include "tools/kiosk/controller/visit.hpp"

#include <QCoreApplication>

namespace acredita::test {

// What was typed into a field.
class Typed final : public QObject, public kiosk::SecretSource {
    Q_OBJECT
    Q_INTERFACES(acredita::kiosk::SecretSource)

public:
    explicit Typed(std::string_view text) : secret_(as_bytes(text)) {}
    [[nodiscard]] Secret take() override { return std::move(secret_); }

private:
    Secret secret_;
};

inline constexpr std::string_view card_pin = "271828";

class Kiosk {
public:
    // The card is in the reader at first.
    explicit Kiosk(const std::string& card = "piv:pin=271828,puk=31415926");
    ~Kiosk();
    Kiosk(const Kiosk&) = delete;
    Kiosk& operator=(const Kiosk&) = delete;

    // Files by the name they have on the stick.
    void plug(const std::string& stick,
              const std::vector<std::pair<std::string, std::filesystem::path>>& files);
    void pull(const std::string& stick);
    // From now on this is what a load does. Before the visit begins.
    void replace_load(decltype(kiosk::Jobs::load) load);

    // Until the page is there, or a minute has passed: then false.
    [[nodiscard]] bool comes(const std::string& page);
    [[nodiscard]] bool comes_true(const std::function<bool()>& what);
    [[nodiscard]] std::string page() const { return visit->page().toStdString(); }
    void type(std::string_view text);

    // The steps of a load, each until the page after it.
    [[nodiscard]] bool to_password(); // card and stick are there
    [[nodiscard]] bool to_person();
    [[nodiscard]] bool to_pin();
    [[nodiscard]] bool to_proven();

private:
    int count_ = 1;
    std::array<char, 8> name_{"kiosk"};
    char* arguments_ = name_.data();
    QCoreApplication program_{count_, &arguments_};
    std::filesystem::path folder_;

public:
    Practice practice;
    kiosk::Words words{catalogue::Language::spanish};
    std::unique_ptr<kiosk::CardWatch> watch;
    std::unique_ptr<kiosk::StickDesk> sticks;
    kiosk::IdleTime idle{std::chrono::seconds(600), std::chrono::seconds(60)};
    std::unique_ptr<kiosk::Visit> visit;
};

} // namespace acredita::test
