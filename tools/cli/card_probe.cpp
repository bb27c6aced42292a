// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita card probe: a report about a card nobody knows, to be sent to whoever writes profiles. It selects,
// asks and reads what describes the card, never who holds it: no PIN is presented (an empty VERIFY only asks
// for the counter, ISO 7816-4:2005 7.5.6), no file is read, and of the chip's life-cycle data the bytes that
// single out this chip are hidden.
#include "pcsc/apdu/exchange.hpp"
#include "pcsc/apdu/iso7816.hpp"
#include "pcsc/reader/transaction.hpp"
#include "tools/cli/commands.hpp"
#include "tools/issue/target.hpp"

#include <algorithm>
#include <iostream>

namespace acredita::cli {
namespace {

struct Named {
    std::string_view name;
    std::string_view hex;
};

// Applications by their registered identifiers; the Spanish ones as their cards' public traces show them.
constexpr Named applications[] = {
    {"PIV", "A000000308000010000100"},
    {"OpenPGP", "D27600012401"},
    {"GIDS", "A000000397425446590201"},
    {"PKCS#15", "A000000063504B43532D3135"},
    {"IsoApplet", "F276A288BCFBA69D34F31001"},
    {"Classic (Gemalto)", "A000000018434D00"},
    {"Classic (TUI)", "A0000000180C000001634200"},
    {"IAS-ECC", "A00000001800000109"},
    {"CNS", "A000000055010200"},
    {"DNIe / CERES", "4D61737465722E46696C65"},
    {"EMV PSE", "315041592E5359532E4444463031"},
    {"FIDO", "A0000006472F0001"},
    {"GlobalPlatform", "A000000151000000"},
    {"Visa card manager", "A000000003000000"},
};
// Directories of the Spanish university and identity cards, by file identifier.
constexpr std::uint16_t files[] = {0x3F00, 0x5000, 0x5001, 0x5003, 0x5015, 0x5031};
constexpr std::uint8_t pin_references[] = {0x00, 0x01, 0x80, 0x81, 0x82};

struct Line {
    std::string what;
    std::string command;
    StatusWord word;
    std::string answer;
};

std::string hex(StatusWord word) {
    const std::uint8_t bytes[] = {word.sw1(), word.sw2()};
    return to_hex(bytes);
}

class Probe {
public:
    explicit Probe(Channel& channel) : channel_(channel) {}

    // False once the card stops answering: the report ends there.
    bool ask(std::string what, CommandApdu command, std::size_t hide_from = SIZE_MAX, std::size_t hide = 0) {
        if (lost_) return false;
        const std::uint8_t head[] = {command.cla, command.ins, command.p1, command.p2};
        Line line{std::move(what), to_hex(head), {}, {}};
        if (!command.data.empty()) line.command += " " + to_hex(command.data);
        auto answer = exchange(channel_, command, Transport{});
        if (!answer) {
            lost_ = true;
            return false;
        }
        line.word = answer->sw;
        line.answer = to_hex(answer->data);
        for (auto at = hide_from * 2;
             hide_from != SIZE_MAX && at < std::min((hide_from + hide) * 2, line.answer.size()); ++at)
            line.answer[at] = '*';
        lines_.push_back(std::move(line));
        return lines_.back().word.ok();
    }
    [[nodiscard]] const std::vector<Line>& lines() const noexcept { return lines_; }
    [[nodiscard]] bool lost() const noexcept { return lost_; }

private:
    Channel& channel_;
    std::vector<Line> lines_;
    bool lost_ = false;
};

CommandApdu select_file(std::uint16_t file) {
    const std::uint8_t name[] = {static_cast<std::uint8_t>(file >> 8U), static_cast<std::uint8_t>(file)};
    return {.cla = 0x00, .ins = 0xA4, .p1 = 0x00, .p2 = 0x00, .data = zeroing(name), .le = 256};
}

void ask_counters(Probe& probe, const std::string& where) {
    for (const auto reference : pin_references)
        probe.ask(where + " PIN " + to_hex({&reference, 1}), iso7816::verify_status(reference));
}

// CPLC, GlobalPlatform 2.3 appendix: bytes 12 to 17 behind the tag are the chip's serial number and batch.
void ask_life_cycle(Probe& probe) {
    constexpr std::size_t header = 3, serial = 12, serial_size = 6;
    for (const std::uint8_t cla : {std::uint8_t{0x00}, std::uint8_t{0x80}})
        probe.ask("CPLC", {.cla = cla, .ins = 0xCA, .p1 = 0x9F, .p2 = 0x7F, .data = {}, .le = 256},
                  header + serial, serial_size);
}

void run(Probe& probe) {
    ask_life_cycle(probe);
    for (const auto file : files) {
        const std::uint8_t name[] = {static_cast<std::uint8_t>(file >> 8U), static_cast<std::uint8_t>(file)};
        probe.ask("file " + to_hex(name), select_file(file));
    }
    ask_counters(probe, "MF");
    for (const auto& [name, aid] : applications) {
        const auto bytes = from_hex(aid);
        if (bytes && probe.ask(std::string(name), iso7816::select(*bytes)))
            ask_counters(probe, std::string(name));
    }
}

void print_report(const Program& program, ByteView atr, const Probe& probe) {
    if (program.json()) {
        Json lines = Json::array();
        for (const auto& line : probe.lines())
            lines.push_back({{"what", line.what},
                             {"command", line.command},
                             {"status", hex(line.word)},
                             {"answer", line.answer}});
        print({{"ok", true},
               {"format", "acredita-probe-1"},
               {"atr", to_hex(atr)},
               {"complete", !probe.lost()},
               {"answers", lines}});
        return;
    }
    std::cout << "# " << program.say("probe_title") << "\nATR " << to_hex(atr) << '\n';
    for (const auto& line : probe.lines())
        std::cout << line.what << "\n  > " << line.command << "\n  < " << line.answer
                  << (line.answer.empty() ? "" : " ") << hex(line.word) << '\n';
    if (probe.lost()) std::cout << "# " << program.say("probe_ended") << '\n';
}

Result<void> probe_card(const Program& program) {
    ACREDITA_TRY(card, issue::find_card(program.reader()));
    ACREDITA_TRY(connection, reader::Connection::open(card.name));
    auto transaction = reader::Transaction::begin(*connection);
    if (!transaction) return fail(std::move(transaction).error());
    Probe probe(*transaction);
    run(probe);
    print_report(program, connection->atr(), probe);
    return {};
}

} // namespace

void add_card_probe(CLI::App& card, Program& program) {
    auto& command = program.command(card, "probe", "card_probe", [&program] {
        const auto done = probe_card(program);
        return done ? 0 : program.report(done.error());
    });
    program.reader_option(command);
}

} // namespace acredita::cli
