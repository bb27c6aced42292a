// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The main job killed with SIGKILL at the beginning of each step: nothing is lost, no try is spent, the next
// run completes.
#include "tests/tools/issue/bench.hpp"
#include "tools/practice/run.hpp"

#include <fstream>

#include <boost/test/unit_test.hpp>

namespace {

using namespace acredita;

std::filesystem::path backup_file() {
    const auto file = test::scratch() / "killed.p12";
    const auto& bytes = test::usual_backup().file;
    std::ofstream(file, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    return file;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_job_that_is_killed)

BOOST_AUTO_TEST_CASE(at_any_step_is_completed_by_the_next_run) {
    const auto file = backup_file();
    unsigned killed = 0, tries_spent = 0, completed = 0;
    for (std::size_t step = 0; step < issue::all_steps.size(); ++step) {
        test::Bench bench;
        const auto code =
            practice::run_inside(bench.practice(), {ISSUE_VICTIM, practice::Session::module().string(),
                                                    file.string(), std::to_string(step)});
        BOOST_REQUIRE(code.has_value());
        killed += *code == 128 + 9 ? 1U : 0U;
        tries_spent += bench.tries() == 3U ? 0U : 1U;
        const auto receipt = bench.run();
        BOOST_TEST_MESSAGE(issue::name(issue::all_steps.at(step))
                           << ": " << (receipt ? "completed" : describe(receipt.error())));
        completed += receipt ? 1U : 0U;
    }
    BOOST_TEST_MESSAGE("steps " << issue::all_steps.size() << ", killed " << killed << ", tries spent "
                                << tries_spent << ", next run completes " << completed);
    BOOST_TEST(killed == issue::all_steps.size());
    BOOST_TEST(tries_spent == 0U);
    BOOST_TEST(completed == issue::all_steps.size());
}

BOOST_AUTO_TEST_SUITE_END()
