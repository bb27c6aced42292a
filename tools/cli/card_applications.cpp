// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/cli/card_applications.hpp"

#include "pcsc/apdu/exchange.hpp"
#include "pcsc/apdu/iso7816.hpp"
#include "pcsc/reader/transaction.hpp"

namespace acredita::cli {
namespace {

// The Spanish ones as their cards' public traces show them.
constexpr CardApplication known[] = {
    {"PIV", "A000000308000010000100"},
    {"OpenPGP", "D27600012401"},
    {"GIDS", "A000000397425446590201"},
    {"PKCS#15", "A000000063504B43532D3135"},
    {"IsoApplet", "F276A288BCFBA69D34F31001"},
    {"Classic (Gemalto)", "A000000018434D00"},
    {"Classic (TUI) 0E", "A0000000180E000001634200"},
    {"Classic (TUI) 0F", "A0000000180F000001634200"},
    {"Classic (TUI) 0C", "A0000000180C000001634200"},
    {"IAS-ECC", "A00000001840000001634200"},
    {"IDPrime", "A000000018800000000662"},
    {"CNS", "A000000055010200"},
    {"DNIe / CERES", "4D61737465722E46696C65"},
    {"EMV PSE", "315041592E5359532E4444463031"},
    {"FIDO", "A0000006472F0001"},
    {"GlobalPlatform", "A000000151000000"},
    {"Visa card manager", "A000000003000000"},
};

} // namespace

std::span<const CardApplication> card_applications() noexcept { return known; }

Result<std::vector<std::string_view>> applications_on(const reader::ReaderName& reader) {
    ACREDITA_TRY(connection, reader::Connection::open(reader));
    auto transaction = reader::Transaction::begin(*connection);
    if (!transaction) return fail(std::move(transaction).error());
    std::vector<std::string_view> found;
    for (const auto& [name, aid] : known) {
        ACREDITA_TRY(bytes, from_hex(aid));
        ACREDITA_TRY(answer, exchange(*transaction, iso7816::select(bytes), Transport{}));
        if (answer.sw.ok()) found.push_back(name);
    }
    return found;
}

} // namespace acredita::cli
