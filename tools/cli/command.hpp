// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The frame of the command line: one command a file, each with a function that adds it to the parser.
//
// A command is added with its options and says what to run; main() runs the one that was chosen and returns its exit
// code.
#pragma once

#include <CLI/App.hpp>
#include <functional>

namespace acredita::cli {

// What was chosen on the command line. A command's callback sets it; its value is the exit code of the program.
using Chosen = std::function<int()>;

// Adds a command to the parser. Whatever the options write into must live as long as the callback: share it.
using AddCommand = void (*)(CLI::App& app, Chosen& chosen);

void add_practice(CLI::App& app, Chosen& chosen);

} // namespace acredita::cli
