// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/dialogue.hpp"

#include <csignal>
#include <cstdlib>
#include <iostream>

#include <unistd.h>

namespace acredita::cli {
namespace {

// Set by Ctrl-C; the second one ends the program at once, which the next run survives.
volatile std::sig_atomic_t asked_to_stop = 0;
void ask_to_stop(int) { asked_to_stop = 1; }

void listen(void (*handler)(int)) {
    struct sigaction action {};
    action.sa_handler = handler;
    action.sa_flags = handler == SIG_DFL ? 0 : static_cast<int>(SA_RESETHAND);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(signal, &action, nullptr);
}

} // namespace

ScreenProgress::ScreenProgress(const Program& program)
    : program_(program), live_(::isatty(STDERR_FILENO) != 0 && std::getenv("TERM") != nullptr) {
    asked_to_stop = 0;
    listen(ask_to_stop);
}

ScreenProgress::~ScreenProgress() {
    make_room();
    listen(SIG_DFL);
}

std::string ScreenProgress::words(issue::Step step) const {
    return catalogue::text("step." + std::string(issue::name(step)), program_.language());
}

void ScreenProgress::started(issue::Step step) {
    if (!live_) return;
    std::cerr << "  · " << words(step) << "…" << std::flush;
    unfinished_ = true;
}

void ScreenProgress::finished(issue::Step step, std::string_view note) {
    make_room();
    std::cerr << (live_ ? "  \033[32m✓\033[0m " : "  ✓ ") << words(step);
    if (!note.empty()) std::cerr << (live_ ? "  \033[2m" : "  ") << note << (live_ ? "\033[0m" : "");
    std::cerr << std::endl;
}

void ScreenProgress::skipped(issue::Step) { make_room(); }

bool ScreenProgress::cancelled() { return asked_to_stop != 0; }

void ScreenProgress::make_room() noexcept {
    if (unfinished_) std::cerr << "\r\033[K" << std::flush;
    unfinished_ = false;
}

void ScreenProgress::remark(const std::string& text) {
    make_room();
    std::cerr << text << std::endl;
}

} // namespace acredita::cli
