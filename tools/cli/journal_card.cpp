// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// acredita journal checkpoint, which a card signs, and forget, which cannot be undone.
#include "tools/cli/card_login.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/error.hpp"
#include "tools/cli/secrets.hpp"
#include "tools/desk/office.hpp"

#include <iostream>

namespace acredita::cli {
namespace {

struct Options {
    CardKeyOptions card;
    std::string month;
    bool yes = false;
};

struct Release {
    void operator()(EVP_MD_CTX* context) const noexcept { EVP_MD_CTX_free(context); }
};

Result<Bytes> sign(EVP_PKEY* key, ByteView text) {
    const auto refused = [] {
        return fail(office::office_errc::checkpoint_refused, "the card did not sign");
    };
    const std::unique_ptr<EVP_MD_CTX, Release> context(EVP_MD_CTX_new());
    std::size_t size = 0;
    if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1 ||
        EVP_DigestSignUpdate(context.get(), text.data(), text.size()) != 1 ||
        EVP_DigestSignFinal(context.get(), nullptr, &size) != 1)
        return refused();
    Bytes signature(size);
    if (EVP_DigestSignFinal(context.get(), signature.data(), &size) != 1) return refused();
    signature.resize(size);
    return signature;
}

Result<void> checkpoint(const Program& program, const Options& options) {
    desk::guard_process();
    ACREDITA_TRY(office, desk::need_office());
    ACREDITA_TRY(card, find_card_key(program, options.card));
    ACREDITA_CHECK(unlock(program, options.card, card));
    ACREDITA_TRY(head, office->journal.checkpoint(card.entry.der,
                                                  [&](ByteView text) { return sign(card.key.get(), text); }));
    if (program.json())
        print({{"ok", true}, {"head", head.text()}});
    else
        std::cout << program.say("journal_signed") << ' ' << head.text() << '\n';
    return {};
}

Result<void> forget(const Program& program, const Options& options) {
    ACREDITA_TRY(office, desk::need_office());
    if (!options.yes) {
        ACREDITA_TRY(answer, answer_from_terminal(program.say("ask_forget", {{"month", options.month}}) + " ",
                                                  "--yes"));
        if (answer != program.say("yes_word")) return fail(issue::issue_errc::cancelled, options.month);
    }
    const auto now = office::utc_time(office::Clock::now());
    auto names = office->journal.pseudonyms();
    office::Entry entry{.action = "journal.forget", .facts = {{"month", options.month}}};
    auto done = names.destroy(options.month, now.substr(0, 7), now);
    if (!done) entry = desk::failed(std::move(entry), done.error());
    ACREDITA_CHECK(office->journal.append(entry));
    if (!done) return done;
    if (program.json())
        print({{"ok", true}, {"month", options.month}});
    else
        std::cout << program.say("journal_forgotten", {{"month", options.month}}) << '\n';
    return {};
}

} // namespace

void add_journal_card(CLI::App& group, Program& program) {
    auto options = std::make_shared<Options>();
    const auto told = [&program](const Result<void>& done) {
        return done ? 0 : program.report(done.error());
    };
    auto& signing = program.command(group, "checkpoint", "journal_checkpoint", [&program, options, told] {
        return told(checkpoint(program, *options));
    });
    program.reader_option(signing);
    program.module_option(signing);
    program.option(signing, "--certificate", options->card.certificate, "certificate").type_name("N");
    program.flag(signing, "--last-try", options->card.last_try, "last_try");
    program.option(signing, "--pin-fd", options->card.pin_descriptor, "pin_fd").type_name("N");
    auto& forgetting = program.command(group, "forget", "journal_forget",
                                       [&program, options, told] { return told(forget(program, *options)); });
    program.option(forgetting, "MONTH", options->month, "journal_month").required();
    program.flag(forgetting, "--yes", options->yes, "journal_yes");
}

} // namespace acredita::cli
