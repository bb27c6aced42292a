// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// All commands of the program; each is added by the function of its own file.
#pragma once

#include "tools/cli/program.hpp"

namespace acredita::cli {

void add_readers(CLI::App& app, Program& program);
void add_card(CLI::App& app, Program& program);
void add_card_prepare(CLI::App& card, Program& program);
void add_card_probe(CLI::App& card, Program& program);
void add_p12(CLI::App& app, Program& program);
void add_p12_inspect(CLI::App& group, Program& program);
void add_p12_recipe(CLI::App& group, Program& program);
void add_issue(CLI::App& app, Program& program);
void add_pin(CLI::App& app, Program& program);
void add_pin_hand_over(CLI::App& group, Program& program);
void add_letter(CLI::App& app, Program& program);
void add_letter_make(CLI::App& group, Program& program);
void add_letter_sign(CLI::App& group, Program& program);
void add_letter_verify(CLI::App& group, Program& program);
void add_portals(CLI::App& app, Program& program);
void add_appointments(CLI::App& app, Program& program);
void add_journal(CLI::App& app, Program& program);
void add_journal_card(CLI::App& group, Program& program);
void add_journal_read(CLI::App& group, Program& program);
void add_profile(CLI::App& app, Program& program);
void add_renew(CLI::App& app, Program& program);
void add_renew_status(CLI::App& group, Program& program);
void add_renew_start(CLI::App& group, Program& program);
void add_renew_letter(CLI::App& group, Program& program);
void add_renew_receive(CLI::App& group, Program& program);
void add_renew_finish(CLI::App& group, Program& program);
void add_renew_abandon(CLI::App& group, Program& program);
void add_register(CLI::App& app, Program& program);
void add_doctor(CLI::App& app, Program& program);
void add_doctor_browsers(CLI::App& doctor, Program& program);
void add_browser_test(CLI::App& app, Program& program);
void add_trace(CLI::App& app, Program& program);
void add_practice(CLI::App& app, Program& program);

} // namespace acredita::cli
