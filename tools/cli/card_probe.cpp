// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita card probe: a report about a card nobody knows, to be sent to whoever writes profiles, or to draft
// one from. It selects, asks and reads what describes the card, never who holds it: no PIN is presented (an
// empty VERIFY only asks for the counter, ISO 7816-4:2005 7.5.6), of files only the list of a PKCS#15
// directory is read, and bytes that single out this card are hidden.
#include "pcsc/apdu/exchange.hpp"
#include "pcsc/apdu/iso7816.hpp"
#include "pcsc/base/tlv.hpp"
#include "pcsc/reader/transaction.hpp"
#include "tools/cli/card_applications.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/output_file.hpp"
#include "tools/issue/target.hpp"

#include <algorithm>
#include <iostream>

namespace acredita::cli {
namespace {

// Directories of the Spanish university and identity cards, of ISO 7816-15, and of Bit4id's store of objects
// (2FFF).
constexpr std::uint16_t files[] = {0x3F00, 0x2F00, 0x5000, 0x5001, 0x5003, 0x5015, 0x5031, 0x2FFF};
constexpr std::uint16_t directory_file = 0x5031; // EF.ODF, ISO 7816-15:2016 7.5.1
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

// The name of an OpenPGP application ends with the card's serial number (OpenPGP card 3.4, 4.2.1).
void hide_serial(std::string& answer) {
    constexpr std::string_view name = "D27600012401";
    constexpr std::size_t before = 8, serial = 8; // digits: version and manufacturer; number
    for (auto at = answer.find(name); at != std::string::npos; at = answer.find(name, at + 1))
        for (auto i = at + name.size() + before;
             i < std::min(at + name.size() + before + serial, answer.size()); ++i)
            answer[i] = '*';
}

class Probe {
public:
    explicit Probe(Channel& channel) : channel_(channel) {}

    // What the card answered with 9000; nullopt otherwise, and once it has stopped answering: the report ends
    // there.
    std::optional<Bytes> ask(std::string what, CommandApdu command, std::size_t hide_from = SIZE_MAX,
                             std::size_t hide = 0) {
        if (lost_) return std::nullopt;
        const std::uint8_t head[] = {command.cla, command.ins, command.p1, command.p2};
        Line line{std::move(what), to_hex(head), {}, {}};
        if (!command.data.empty()) line.command += " " + to_hex(command.data);
        auto answer = exchange(channel_, command, Transport{});
        if (!answer) {
            lost_ = true;
            return std::nullopt;
        }
        line.word = answer->sw;
        line.answer = to_hex(answer->data);
        for (auto at = hide_from * 2;
             hide_from != SIZE_MAX && at < std::min((hide_from + hide) * 2, line.answer.size()); ++at)
            line.answer[at] = '*';
        hide_serial(line.answer);
        lines_.push_back(std::move(line));
        if (!answer->sw.ok()) return std::nullopt;
        return Bytes(answer->data.begin(), answer->data.end());
    }
    [[nodiscard]] const std::vector<Line>& lines() const noexcept { return lines_; }
    [[nodiscard]] bool lost() const noexcept { return lost_; }

private:
    Channel& channel_;
    std::vector<Line> lines_;
    bool lost_ = false;
};

CommandApdu select_file(ByteView name) {
    return {.cla = 0x00, .ins = 0xA4, .p1 = 0x00, .p2 = 0x00, .data = zeroing(name), .le = 256};
}

std::array<std::uint8_t, 2> name_of(std::uint16_t file) {
    return {static_cast<std::uint8_t>(file >> 8U), static_cast<std::uint8_t>(file)};
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

// Where the keys are listed, and whether that list is open to everybody: one byte of it is asked for, and
// hidden.
void ask_directory(Probe& probe, const std::string& where) {
    const auto name = name_of(directory_file);
    if (!probe.ask(where + " file " + to_hex(name), select_file(name))) return;
    const auto list = probe.ask(where + " directory", iso7816::read_binary(0, 256));
    const auto keys = list ? find_tlv(*list, {0xA0, 0x30, 0x04}) : std::nullopt;
    if (!keys || keys->size() < 2) return;
    if (!probe.ask(where + " list of keys", select_file(keys->last(2)))) return;
    probe.ask(where + " list of keys, first byte", iso7816::read_binary(0, 1), 0, 1);
}

void run(Probe& probe) {
    ask_life_cycle(probe);
    for (const auto file : files) {
        const auto name = name_of(file);
        probe.ask("file " + to_hex(name), select_file(name));
    }
    ask_counters(probe, "MF");
    for (const auto& [name, aid] : card_applications()) {
        const auto bytes = from_hex(aid);
        if (!bytes || !probe.ask(std::string(name), iso7816::select(*bytes))) continue;
        ask_counters(probe, std::string(name));
        ask_directory(probe, std::string(name));
    }
}

Json as_json(ByteView atr, const Probe& probe) {
    Json lines = Json::array();
    for (const auto& line : probe.lines())
        lines.push_back({{"what", line.what},
                         {"command", line.command},
                         {"status", hex(line.word)},
                         {"answer", line.answer}});
    return {{"ok", true},         {"format", "acredita-probe-1"}, {"program", ACREDITA_VERSION},
            {"atr", to_hex(atr)}, {"complete", !probe.lost()},    {"answers", lines}};
}

void print_report(const Program& program, ByteView atr, const Probe& probe) {
    std::cout << "# " << program.say("probe_title") << "\nATR " << to_hex(atr) << '\n';
    for (const auto& line : probe.lines())
        std::cout << line.what << "\n  > " << line.command << "\n  < " << line.answer
                  << (line.answer.empty() ? "" : " ") << hex(line.word) << '\n';
    if (probe.lost()) std::cout << "# " << program.say("probe_ended") << '\n';
}

Result<void> probe_card(const Program& program, const std::filesystem::path& report) {
    ACREDITA_TRY(card, issue::find_card(program.reader()));
    ACREDITA_TRY(connection, reader::Connection::open(card.name));
    auto transaction = reader::Transaction::begin(*connection);
    if (!transaction) return fail(std::move(transaction).error());
    Probe probe(*transaction);
    run(probe);
    const auto json = as_json(connection->atr(), probe);
    if (!report.empty()) ACREDITA_CHECK(write_file(report, as_bytes(json.dump(2) + '\n')));
    if (program.json())
        print(json);
    else
        print_report(program, connection->atr(), probe);
    return {};
}

} // namespace

void add_card_probe(CLI::App& card, Program& program) {
    auto report = std::make_shared<std::filesystem::path>();
    auto& command = program.command(card, "probe", "card_probe", [&program, report] {
        const auto done = probe_card(program, *report);
        return done ? 0 : program.report(done.error());
    });
    program.reader_option(command);
    program.option(command, "--report", *report, "probe_report").type_name("FILE");
}

} // namespace acredita::cli
