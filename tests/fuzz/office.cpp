// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// What an office reads that others wrote: exported journals, lists of appointments, its configuration.
#include "tests/fuzz/target.hpp"
#include "tools/office/appointment_list.hpp"
#include "tools/office/chain.hpp"
#include "tools/office/configuration.hpp"
#include "tools/office/folio.hpp"

using namespace acredita;
using namespace acredita::fuzz;

namespace {

void journal(std::string_view input) {
    static office::Sha256 digest;
    office::Chain chain({{2, office::no_hash}});
    std::int64_t lines = 0;
    while (!input.empty()) {
        const auto line = input.substr(0, input.find('\n'));
        input.remove_prefix(std::min(line.size() + 1, input.size()));
        const auto record = office::parse(line);
        require(record.has_value() == office::read_link(line).has_value(), "both readers agree");
        if (record) {
            auto again = office::serialise(*record, digest);
            require(again.substr(0, again.size() - 75) == line.substr(0, line.size() - 75), "one spelling");
        }
        chain.add(line);
        ++lines;
    }
    const auto report = chain.finish();
    require(report.records == lines && report.faults.size() <= 1000, "a verdict on every line");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = as_text({data, size});
    journal(input);
    if (const auto list = office::read_appointments(input, "Europe/Madrid"))
        for (const auto& one : list->appointments)
            require(one.day.size() == 10 && one.starts.size() == 5 && one.minutes > 0 &&
                        one.minutes <= 1440 && office::is_utf8(one.name) &&
                        one.name.size() <= office::longest_field + 3,
                    "an appointment is one");
    if (const auto read = office::parse_configuration(std::string(input)))
        require(read->kiosks == 1 || read->database.engine == office::Engine::postgresql,
                "several kiosks share a server");
    if (const auto folio = office::read_folio(input)) require(folio->size() == 15, "a folio is one");
    static_cast<void>(office::parse_head(input));
    return 0;
}
