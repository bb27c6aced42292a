// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A process of its own that does one thing at a time when it is told to, and reports. To be made before
// anything else in a test case, while there are no threads to be forked away from.
#pragma once

#include <functional>
#include <string>

#include <sys/types.h>

namespace acredita::test {

// How many of what, in one piece of work.
struct Report {
    long signatures = 0;
    long refusals = 0;   // by codes that what happened to the card explains
    long prompts = 0;    // a login was needed again
    long faults = 0;     // anything else; said on the standard error
    long slowest_ms = 0; // of all calls
    long files = 0;      // open at the end
    long kilobytes = 0;  // resident at the end
};

class OtherProcess {
public:
    using Work = std::function<Report(char command)>;
    // `make` runs in the new process, which sees the practice that will be there when it is first told
    // something.
    explicit OtherProcess(const std::function<Work()>& make);
    ~OtherProcess(); // tests that it ends well
    OtherProcess(const OtherProcess&) = delete;
    OtherProcess& operator=(const OtherProcess&) = delete;

    void tell(char command);
    [[nodiscard]] Report report();
    [[nodiscard]] Report ask(char command) {
        tell(command);
        return report();
    }
    void kill(); // at once, in the middle of whatever it does

private:
    pid_t pid_ = 0;
    int to_ = -1, from_ = -1;
    bool killed_ = false;
};

[[nodiscard]] long open_files();
[[nodiscard]] long resident_kilobytes();
// The number in the environment variable, for the long runs that are asked for by name.
[[nodiscard]] long asked_for(const char* variable, long otherwise);

} // namespace acredita::test
