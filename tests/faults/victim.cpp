// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Runs the main job inside a practice and kills itself with SIGKILL when it begins the step with the given
// number.
//   issue_victim MODULE BACKUP STEP
#include "tests/tools/issue/bench.hpp"
#include "tools/p12/file.hpp"

#include <csignal>
#include <cstdlib>

int main(int argc, char** argv) {
    using namespace acredita;
    if (argc != 4) return 2;
    const auto backup = p12::read_file(argv[2]);
    if (!backup) return 2;
    const auto step = static_cast<std::size_t>(std::atoi(argv[3]));
    test::ScriptedPeople people;
    test::RecordedProgress progress;
    progress.at_start = [&](issue::Step now) {
        if (now == issue::all_steps.at(step)) std::raise(SIGKILL);
    };
    const issue::Request request{.module = std::filesystem::path(argv[1]),
                                 .backup = *backup,
                                 .administration = issue::factory_administration_key(),
                                 .allow_factory_key = true};
    return issue::run(request, people, progress) ? 0 : 1;
}
