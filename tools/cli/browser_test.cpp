// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita browser-test: a page on this machine that asks the browser for the card's certificate, so that a
// person sees before they need it that the browser, the module and the card work together.
#include "tools/browser_test/browser.hpp"
#include "tools/browser_test/page.hpp"
#include "tools/browser_test/server.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/dialogue.hpp"
#include "tools/cli/register_options.hpp"
#include "tools/issue/target.hpp"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <iostream>

#include <sys/signalfd.h>

namespace acredita::cli {
namespace {

using browser_test::browser_errc;
using browser_test::Visit;
using Kind = browser_test::Kind;

constexpr unsigned shortest_time = 5;
constexpr unsigned longest_time = 3600;

struct BrowserWish {
    std::string browser = "firefox"; // or "chromium", "none"
    unsigned port = 0;
    unsigned timeout = 180;

    [[nodiscard]] std::optional<Kind> kind() const {
        if (browser == "none") return std::nullopt;
        return browser == "firefox" ? Kind::firefox : Kind::chromium;
    }
};

// Those that a browser can offer. Our own use of the card ends before the browser's begins.
Result<std::vector<Bytes>> certificates_on_card(const Program& program) {
    ACREDITA_TRY(target, issue::find_target(program.choice(), program.reader()));
    ACREDITA_TRY(session, client::Session::open(target.module, target.slot, client::Access::read_only));
    ACREDITA_TRY(entries, client::certificates(session));
    std::vector<Bytes> all;
    for (auto& entry : entries) all.push_back(std::move(entry.der));
    return all;
}

// Firefox starts with a profile of its own here, so only what a policy says counts; Chromium reads the
// person's database as always.
bool module_missing(const Program& program, Kind kind) {
    registration::Places places;
    if (kind == Kind::firefox) {
        places = registration::firefox_policies({}, what_of(program));
    } else {
        RegisterOptions options;
        // Chromium goes by HOME, whoever the system says is at home there.
        if (const char* home = std::getenv("HOME")) options.home = home;
        const auto site = site_of(options);
        if (!site) return false;
        places = registration::nss_database(*site, what_of(program));
    }
    return std::all_of(places.begin(), places.end(), [](const auto& place) {
        const auto state = place->look();
        return state && *state == registration::State::absent;
    });
}

// SIGINT and SIGTERM as something to wait for: the browser and its profile must not stay behind.
class Ending {
public:
    Ending() {
        sigset_t set;
        ::sigemptyset(&set);
        for (const int one : {SIGINT, SIGTERM, SIGHUP}) ::sigaddset(&set, one);
        ::pthread_sigmask(SIG_BLOCK, &set, &before_);
        descriptor_ = browser_test::Descriptor(::signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK));
    }
    // A signal that has been heeded is taken away, or it would end the program before its result is told.
    ~Ending() {
        signalfd_siginfo heeded{};
        while (::read(descriptor_.get(), &heeded, sizeof heeded) > 0) continue;
        ::pthread_sigmask(SIG_SETMASK, &before_, nullptr);
    }
    Ending(const Ending&) = delete;
    Ending& operator=(const Ending&) = delete;
    [[nodiscard]] int descriptor() const noexcept { return descriptor_.get(); }

private:
    sigset_t before_{};
    browser_test::Descriptor descriptor_;
};

Json visit_json(const Visit& visit) {
    Json one = {{"proven", !visit.fault}};
    if (visit.fault) one["fault"] = error_name(fail(*visit.fault).value().code);
    if (visit.certificate) one["certificate"] = certificate_json(*visit.certificate);
    one["signature"] = visit.signature;
    one["connection"] = visit.protocol;
    return one;
}

class Trial {
public:
    Trial(const Program& program, const BrowserWish& wish) : program_(program), wish_(wish) {}

    [[nodiscard]] Result<void> carry_out() {
        const Ending ending; // first: threads that a module starts inherit what it blocks
        ACREDITA_TRY(server, browser_test::Server::open(wish_.port, certificates(),
                                                        [this](Visit& visit) { return welcome(visit); }));
        url_ = server->url();
        remark(program_.say("browser_test.url", {{"url", url_}}));
        std::vector<int> ends{ending.descriptor()};
        std::optional<browser_test::Browser> browser;
        if (const auto kind = wish_.kind()) {
            ACREDITA_TRY(started, browser_test::Browser::start(*kind, url_, server->identity()));
            browser.emplace(std::move(started));
            ends.push_back(browser->ended());
            remark(program_.say("browser_test.close"));
        }
        server->serve(std::chrono::steady_clock::now() + std::chrono::seconds(wish_.timeout), ends,
                      [this](const Visit& visit) { return note(visit); });
        return verdict(*server, browser ? &*browser : nullptr);
    }

    [[nodiscard]] Json json() const {
        Json list = Json::array();
        for (const auto& visit : visits_) list.push_back(visit_json(visit));
        return {{"browser", wish_.browser}, {"url", url_}, {"visits", list}};
    }

private:
    void remark(const std::string& text) const { std::cerr << text << std::endl; }

    // A card that cannot be read is no reason to stop: the page will say what follows from it.
    [[nodiscard]] std::vector<Bytes> certificates() const {
        auto all = certificates_on_card(program_);
        if (!all) {
            const auto told = catalogue::message(all.error(), program_.language());
            remark(told.what + " " + program_.say("browser_test.no_card"));
        } else if (all->empty()) {
            remark(program_.say("no_certificates") + ". " + program_.say("browser_test.no_card"));
        }
        return all ? *std::move(all) : std::vector<Bytes>{};
    }

    [[nodiscard]] std::string welcome(Visit& visit) const {
        const auto kind = wish_.kind();
        if (visit.fault == browser_errc::no_certificate && kind && module_missing(program_, *kind))
            visit.fault = browser_errc::no_module;
        return browser_test::page(visit, program_.language());
    }

    // A page that a person looks at stays until they close the browser; without one of ours the proof is the
    // end.
    [[nodiscard]] bool note(const Visit& visit) {
        visits_.push_back(visit);
        if (visit.fault) {
            const auto told = catalogue::message(fail(*visit.fault).value(), program_.language());
            remark("✗ " + told.what);
        } else {
            remark("✓ " + program_.say("browser_test.proven",
                                       {{"holder", visit.certificate ? visit.certificate->holder : ""},
                                        {"signature", visit.signature}}));
        }
        return visit.fault || wish_.kind();
    }

    // One proof is enough; else what happened last.
    [[nodiscard]] Result<void> verdict(const browser_test::Server& server,
                                       const browser_test::Browser* browser) const {
        for (const auto& visit : visits_)
            if (!visit.fault) return {};
        if (!visits_.empty()) return fail(*visits_.back().fault);
        if (const auto failure = server.last_failure()) return fail(*failure);
        if (browser != nullptr && browser->over())
            if (const int code = browser->exit_code(); code != 0)
                return fail(browser_errc::browser_not_started,
                            std::string(browser_test::name_of(*wish_.kind())) + ", " + std::to_string(code));
        return fail(browser_errc::nobody_came);
    }

    const Program& program_;
    const BrowserWish& wish_;
    std::string url_;
    std::vector<Visit> visits_;
};

int browser_test_command(const Program& program, const BrowserWish& wish) {
    Trial trial(program, wish);
    const auto done = trial.carry_out();
    if (!program.json()) return done ? 0 : program.report(done.error());
    Json result = {{"ok", done.has_value()}};
    if (!done) result["error"] = error_json(program, done.error());
    result.update(trial.json());
    print(result);
    return done ? 0 : static_cast<int>(catalogue::message(done.error(), program.language()).code);
}

} // namespace

void add_browser_test(CLI::App& app, Program& program) {
    auto wish = std::make_shared<BrowserWish>();
    auto& command = program.command(app, "browser-test", "browser_test",
                                    [&program, wish] { return browser_test_command(program, *wish); });
    program.option(command, "--browser", wish->browser, "browser_test_browser")
        .check(CLI::IsMember({"firefox", "chromium", "none"}));
    program.option(command, "--port", wish->port, "browser_test_port").check(CLI::Range(0U, 65535U));
    program.option(command, "--timeout", wish->timeout, "browser_test_timeout")
        .check(CLI::Range(shortest_time, longest_time));
    program.reader_option(command);
    program.module_option(command);
}

} // namespace acredita::cli
