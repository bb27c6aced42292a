// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita readers: which card readers there are and what is in them. No exchange with any card.
#include "pcsc/reader/context.hpp"
#include "tools/cli/commands.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

std::string_view state_word(const reader::ReaderState& state) {
    if (state.unavailable) return "reader_unavailable";
    if (!state.present) return "reader_empty";
    if (state.mute) return "reader_mute";
    return state.exclusive ? "reader_exclusive" : "reader_card";
}

Json as_json(const reader::ReaderState& state) {
    return {{"name", state.name.text}, {"card", state.present},        {"mute", state.mute},
            {"in_use", state.in_use},  {"exclusive", state.exclusive}, {"unavailable", state.unavailable},
            {"events", state.events},  {"atr", to_hex(state.atr)}};
}

int readers(const Program& program) {
    reader::Context context;
    const auto all = context.snapshot();
    if (!all) return program.report(all.error());
    if (program.json()) {
        Json list = Json::array();
        for (const auto& state : *all) list.push_back(as_json(state));
        print({{"ok", true}, {"readers", list}});
        return 0;
    }
    if (all->empty()) return program.report(fail(reader::reader_errc::no_reader).value());
    for (const auto& state : *all) {
        std::cout << state.name.text << "\n    " << program.say(state_word(state)) << '\n';
        if (!state.atr.empty()) std::cout << "    ATR " << to_hex(state.atr) << '\n';
    }
    return 0;
}

} // namespace

void add_readers(CLI::App& app, Program& program) {
    program.command(app, "readers", "readers", [&program] { return readers(program); });
}

} // namespace acredita::cli
