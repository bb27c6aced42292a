// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/secrets.hpp"

#include "tools/issue/error.hpp"

#include <cerrno>

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

namespace acredita::cli {
namespace {

using issue::issue_errc;

constexpr std::uint8_t interrupt = 0x03, end_of_input = 0x04, backspace = 0x08, escape = 0x1B, erase = 0x7F;

// /dev/tty without echo and line editing until this ends. Signals keys arrive as bytes, so no handler is
// needed.
class QuietTerminal {
public:
    QuietTerminal() : descriptor_(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)) {
        if (descriptor_ < 0 || ::tcgetattr(descriptor_, &before_) != 0) return;
        termios quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO | ICANON | ISIG);
        quiet.c_cc[VMIN] = 1;
        quiet.c_cc[VTIME] = 0;
        changed_ = ::tcsetattr(descriptor_, TCSAFLUSH, &quiet) == 0;
    }
    ~QuietTerminal() {
        if (changed_) ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    QuietTerminal(const QuietTerminal&) = delete;
    QuietTerminal& operator=(const QuietTerminal&) = delete;

    [[nodiscard]] bool ready() const noexcept { return changed_; }
    void write(std::string_view text) const noexcept {
        while (!text.empty()) {
            const auto done = ::write(descriptor_, text.data(), text.size());
            if (done <= 0) return;
            text.remove_prefix(static_cast<std::size_t>(done));
        }
    }
    // False at the end of the input.
    [[nodiscard]] bool read(std::uint8_t& byte) const noexcept {
        ssize_t got = 0;
        do got = ::read(descriptor_, &byte, 1);
        while (got < 0 && errno == EINTR);
        return got == 1;
    }

private:
    int descriptor_ = -1;
    termios before_{};
    bool changed_ = false;
};

bool continues_character(std::uint8_t byte) noexcept { return (byte & 0xC0U) == 0x80U; }

void take_back(Secret& secret, const QuietTerminal& terminal) {
    if (secret.empty()) return;
    while (secret.size() > 1 && continues_character(secret.view().back())) secret.pop_back();
    secret.pop_back();
    terminal.write("\b \b");
}

Result<Secret> typed(const QuietTerminal& terminal) {
    Secret secret(longest_secret);
    std::uint8_t byte = 0;
    while (terminal.read(byte)) {
        if (byte == '\n' || byte == '\r') {
            terminal.write("\n");
            return secret;
        }
        if (byte == interrupt || byte == end_of_input || byte == escape) break;
        if (byte == erase || byte == backspace) {
            take_back(secret, terminal);
        } else if (byte >= 0x20U && secret.push_back(byte) && !continues_character(byte)) {
            terminal.write("•");
        }
    }
    terminal.write("\n");
    return fail(issue_errc::cancelled);
}

} // namespace

Result<Secret> secret_from_descriptor(int descriptor) {
    Secret secret(longest_secret);
    std::uint8_t byte = 0;
    for (;;) {
        const auto got = ::read(descriptor, &byte, 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return fail(cli_errc::descriptor_unreadable, std::to_string(descriptor));
        if (got == 0 || byte == '\n') break;
        if (!secret.push_back(byte)) return fail(cli_errc::descriptor_unreadable, std::to_string(descriptor));
    }
    if (!secret.empty() && secret.view().back() == '\r') secret.pop_back();
    return secret;
}

Result<Secret> secret_from_terminal(const std::string& prompt, const std::string& option) {
    const QuietTerminal terminal;
    if (!terminal.ready()) return fail(cli_errc::no_terminal, option);
    terminal.write(prompt);
    ACREDITA_TRY(secret, typed(terminal));
    if (secret.empty()) return fail(cli_errc::secret_empty);
    return std::move(secret);
}

Result<Secret> secret_from(int descriptor, const std::string& prompt, const std::string& option) {
    return descriptor >= 0 ? secret_from_descriptor(descriptor) : secret_from_terminal(prompt, option);
}

Result<std::string> answer_from_terminal(const std::string& prompt, const std::string& option) {
    const int descriptor = ::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0) return fail(cli_errc::answer_needed, option);
    std::string line;
    char c = 0;
    if (::write(descriptor, prompt.data(), prompt.size()) < 0) line.clear();
    while (line.size() < 100 && ::read(descriptor, &c, 1) == 1 && c != '\n') line += c;
    ::close(descriptor);
    return line;
}

} // namespace acredita::cli
