// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What one opening costs a program that runs already, for tests/bench/p12.py: median milliseconds of wall
// clock and of CPU, the process that reads backups included.
//   p12_opening_cost FILE PASSWORD RUNS here|isolated|ready
// ready: the process was started beforehand, while the person looked for the stick; its start counts as CPU
// alone.
#include "tools/p12/file.hpp"
#include "tools/p12/isolated.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string_view>
#include <thread>

#include <sys/resource.h>

namespace {

using namespace acredita;

double cpu(int whose) {
    rusage used{};
    (void)getrusage(whose, &used);
    const auto milliseconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) * 1e3 + static_cast<double>(t.tv_usec) / 1e3;
    };
    return milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
}

double median(std::vector<double> of) {
    std::sort(of.begin(), of.end());
    return of[of.size() / 2];
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 5) return 2;
    const auto file = p12::read_file(argv[1]);
    if (!file) return 2;
    const Secret password(as_bytes(std::string_view(argv[2])));
    const std::string_view place(argv[4]);
    const auto open = [&](std::optional<p12::isolated::Session>& session) {
        if (place == "here") return p12::open(*file, password);
        if (place == "isolated") return p12::isolated::open(*file, password);
        if (!session || !session->sniff(*file))
            return Result<p12::Opened>(fail(p12::p12_errc::reader_unavailable));
        auto opened = session->examine(password);
        session.reset();
        return opened;
    };
    std::vector<double> wall;
    std::vector<double> used;
    for (int i = 0; i < std::atoi(argv[3]); ++i) {
        const auto before = cpu(RUSAGE_SELF) + cpu(RUSAGE_CHILDREN);
        std::optional<p12::isolated::Session> session;
        if (place == "ready") {
            auto started = p12::isolated::Session::start();
            if (!started) return 2;
            session = *std::move(started);
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        const auto start = std::chrono::steady_clock::now();
        const auto opened = open(session);
        wall.push_back(
            std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
        used.push_back(cpu(RUSAGE_SELF) + cpu(RUSAGE_CHILDREN) - before);
        if (!opened && !is(opened.error(), p12::p12_errc::wrong_password)) return 1;
    }
    std::printf("%.3f %.3f\n", median(wall), median(used));
    return 0;
}
