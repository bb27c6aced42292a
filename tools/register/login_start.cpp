// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Everybody's NSS database: nobody but its owner may write it, so a start at login (XDG Desktop Application
// Autostart) lets each person register the module in their own. It looks at Firefox's profiles too: a profile
// that remembers the module at an older path keeps that path whatever the policy says (measured with Firefox
// ESR 153).
#include "tools/register/file.hpp"
#include "tools/register/places.hpp"

namespace acredita::registration {
namespace {

class LoginStart final : public Place {
public:
    LoginStart(const Site& site, const What& what)
        : Place(Kind::nss, site, "/etc/xdg/autostart/acredita-register.desktop", what.module),
          program_(what.program) {}

    Result<State> look() const override {
        ACREDITA_TRY(text, read_file(site(), file()));
        if (!text) return State::absent;
        return *text == content() ? State::present : State::amiss;
    }
    Result<void> add() const override { return replace_file(site(), file(), content()); }
    Result<void> remove() const override { return remove_file(site(), file()); }

    std::vector<Error> faults() const override {
        const auto state = look();
        if (!state) return {state.error()};
        if (*state == State::absent) return {fail(register_errc::not_registered, file().string()).value()};
        if (*state == State::amiss) return {fail(register_errc::stale, file().string()).value()};
        return {};
    }

private:
    [[nodiscard]] std::string content() const {
        return "[Desktop Entry]\nType=Application\nName=Acredita\nNoDisplay=true\n"
               "Comment=Lets the browsers of this person use smart cards\n"
               "Comment[es]=Permite que los navegadores de esta persona usen tarjetas\nExec=" +
               program_.string() + " register --nss --firefox --module " + module().string() + "\n";
    }

    std::filesystem::path program_;
};

} // namespace

Places login_start(const Site& site, const What& what) {
    Places places;
    places.push_back(std::make_unique<LoginStart>(site, what));
    return places;
}

} // namespace acredita::registration
