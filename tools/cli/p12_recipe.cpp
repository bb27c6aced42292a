// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita p12 recipe: how to make the backup again in a given program, on the screen or as a page to print.
#include "tools/cli/commands.hpp"
#include "tools/cli/output_file.hpp"
#include "tools/diagnosis/sheet.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

struct Options {
    std::string name;
    std::filesystem::path pdf;
};

void print_page(const diagnosis::Page& page) {
    std::cout << page.heading << '\n' << page.title << "\n\n";
    unsigned number = 0;
    for (const auto& step : page.steps) std::cout << "  " << ++number << ". " << step << '\n';
    std::cout << "\n  ✓ " << page.done << "\n  ! " << page.trouble << '\n';
    for (const auto& note : page.notes) std::cout << "\n  " << note << '\n';
}

Json page_json(const diagnosis::Page& page, std::string_view name) {
    return {{"ok", true},        {"recipe", name},          {"title", page.title}, {"steps", page.steps},
            {"done", page.done}, {"trouble", page.trouble}, {"notes", page.notes}};
}

int recipe(const Program& program, const Options& options) {
    const auto chosen = diagnosis::recipe_named(options.name);
    const auto page = diagnosis::page_of(*chosen, program.language());
    if (!options.pdf.empty()) {
        const auto drawn = diagnosis::draw_sheet(page, program.language());
        if (!drawn) return program.report(drawn.error());
        if (const auto written = write_file(options.pdf, *drawn); !written)
            return program.report(written.error());
    }
    if (program.json())
        print(page_json(page, options.name));
    else if (options.pdf.empty())
        print_page(page);
    else
        std::cout << options.pdf.string() << '\n';
    return 0;
}

} // namespace

void add_p12_recipe(CLI::App& group, Program& program) {
    auto options = std::make_shared<Options>();
    auto& command = program.command(group, "recipe", "p12_recipe",
                                    [&program, options] { return recipe(program, *options); });
    std::vector<std::string> names;
    for (const auto one : diagnosis::all_recipes()) names.emplace_back(diagnosis::name_of(one));
    auto& name = program.option(command, "NAME", options->name, "recipe");
    name.required();
    name.check(CLI::IsMember(names));
    name.type_name("windows|firefox|chrome|macos|fnmt");
    program.option(command, "--pdf", options->pdf, "recipe_pdf").type_name("FILE");
}

} // namespace acredita::cli
