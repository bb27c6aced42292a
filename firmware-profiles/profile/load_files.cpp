// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/profile/load_files.hpp"

#include "firmware-profiles/profile/step_text.hpp"

#include <algorithm>

namespace acredita::profile {

namespace {

// A path is made of identifiers of two bytes.
void check_path(TableReader& in, ByteView path, std::string_view key) {
    if (path.size() % 2 != 0 || path.size() > 16) in.mistake(profile_errc::out_of_range, key);
}

void check_command(TableReader& in, ByteView command, std::string_view key) {
    const bool whole =
        command.size() < 5 || command[4] == 0 || command.size() == 5 || command.size() == 5U + command[4];
    if (!command.empty() && (command.size() < 4 || !whole)) in.mistake(profile_errc::out_of_range, key);
}

std::string_view read_step_text(TableReader& in, std::string_view key, std::size_t bytes, Need need) {
    const auto text = in.text(key, need);
    const auto filled = fill_in(text, {});
    if (!filled || (bytes != 0 && !text.empty() && filled->size() != bytes))
        in.mistake(profile_errc::out_of_range, key);
    return text;
}

Files read_files(TableReader in) {
    Files files;
    files.root = in.hex("root", Need::required);
    check_command(in, files.root, "root");
    files.list = in.hex("list");
    files.private_keys = in.hex("private_keys");
    files.certificates = in.hex("certificates");
    files.skipped = in.hex("skipped");
    for (const auto& [path, key] :
         {std::pair(files.list, "list"), std::pair(files.private_keys, "private_keys"),
          std::pair(files.certificates, "certificates"), std::pair(files.skipped, "skipped")})
        check_path(in, path, key);
    const bool known = !files.private_keys.empty() && !files.certificates.empty();
    if (known == !files.list.empty()) in.mistake(profile_errc::contradiction, "list");
    in.word("paths", files.paths);
    in.word("certificate_form", files.form);
    in.word("pairing", files.pairing);
    files.modulus = read_step_text(in, "modulus", 4, Need::optional);
    if (files.modulus.empty() == (files.pairing == Pairing::modulus))
        in.mistake(profile_errc::contradiction, "modulus");
    files.serial = in.hex("serial");
    check_command(in, files.serial, "serial");
    in.number("chunk", files.chunk, 16, 256);
    in.finish();
    return files;
}

Presentation read_presentation(TableReader in) {
    Presentation presentation;
    in.number("cla", presentation.cla, 0, 0xFF, Need::required);
    presentation.padded = in.yes("padded");
    presentation.tries = in.hex("tries");
    check_command(in, presentation.tries, "tries");
    in.number("tries_at", presentation.tries_at, 0, 255);
    presentation.change = in.yes("change");
    if (presentation.change && !presentation.padded) in.mistake(profile_errc::contradiction, "change");
    in.finish();
    return presentation;
}

PrivateOperation read_operation(TableReader in, Report& report) {
    PrivateOperation operation;
    std::vector<InputRow> inputs;
    for (auto& row : in.tables("inputs")) {
        InputRow one;
        row.word("input", one.input, Need::required);
        row.word("hash", one.hash);
        row.number("algorithm", one.algorithm, 0, 0xFF);
        row.number("max", one.max, 1, 512);
        // Only a DigestInfo says which hash it holds.
        if ((one.input == Input::hash) != (one.hash != HashName::any))
            row.mistake(profile_errc::contradiction, "hash");
        row.finish();
        inputs.push_back(one);
    }
    if (inputs.empty()) in.mistake(profile_errc::missing_key, "inputs");
    std::vector<Step> steps;
    for (auto& row : in.tables("steps")) {
        Step one;
        one.head = read_step_text(row, "head", 4, Need::required);
        one.data = read_step_text(row, "data", 0, Need::optional);
        row.word("expect", one.expect);
        row.finish();
        steps.push_back(one);
    }
    const auto waits = [](const Step& step) { return step.expect != Expect::status; };
    if (steps.empty() || steps.size() > 8 || !waits(steps.back()) ||
        std::any_of(steps.begin(), steps.end() - 1, waits))
        in.mistake(profile_errc::contradiction, "steps");
    operation.inputs = report.arena.keep(std::move(inputs));
    operation.steps = report.arena.keep(std::move(steps));
    operation.envelope = in.hex("envelope");
    if (!operation.envelope.empty() && operation.envelope.size() != 4)
        in.mistake(profile_errc::out_of_range, "envelope");
    in.finish();
    return operation;
}

} // namespace

FileRules read_file_rules(TableReader& root, Report& report, bool wanted) {
    if (!wanted) return {}; // and finish() names the tables nobody asked for
    FileRules rules;
    rules.files = read_files(root.table("files", Need::required));
    rules.presentation = read_presentation(root.table("presentation", Need::required));
    rules.operation = read_operation(root.table("operation", Need::required), report);
    return rules;
}

} // namespace acredita::profile
