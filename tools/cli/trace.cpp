// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita trace FILE -- COMMAND: any program's exchanges with cards, written down without PINs and keys.
#include "tools/trace/trace.hpp"

#include "tools/cli/commands.hpp"

namespace acredita::cli {

void add_trace(CLI::App& app, Program& program) {
    struct Options {
        std::string file;
        std::vector<std::string> command;
    };
    auto options = std::make_shared<Options>();
    auto& command = program.command(app, "trace", "trace", [&program, options] {
        const auto library = trace::find_library();
        if (!library) return program.report(library.error());
        const auto code = trace::run(options->file, options->command, *library);
        return code ? *code : program.report(code.error());
    });
    program.option(command, "FILE", options->file, "trace_file").required();
    program.option(command, "COMMAND", options->command, "trace_command").required();
    command.positionals_at_end();
}

} // namespace acredita::cli
