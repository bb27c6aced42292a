// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/issue/work.hpp"

namespace acredita::issue {
namespace {

using client::cryptoki_errc;
using reader::reader_errc;

struct Row {
    Step step;
    Note (*run)(Work&);
};

constexpr std::array plan = {
    Row{Step::card, find_card_step},
    Row{Step::capability, check_capability},
    Row{Step::administration, login_administrator},
    Row{Step::envelope, read_envelope},
    Row{Step::open, open_backup},
    Row{Step::destination, choose_destination},
    Row{Step::pin, verify_pin_step},
    Row{Step::store_certificate, store_certificate_step},
    Row{Step::store_key, store_key_step},
    Row{Step::restart, restart_step},
    Row{Step::prove_certificate, prove_certificate},
    Row{Step::prove_refusal, prove_refusal},
    Row{Step::prove_protection, prove_protection},
    Row{Step::prove_signature, prove_signature},
    Row{Step::finish, finish_step},
};
static_assert(plan.size() == all_steps.size());

bool speaks_of_the_card(const Error& error) {
    const auto& category = error.code.category();
    return category == error_category<cryptoki_errc>() || category == error_category<reader_errc>() ||
           category == error_category<client::client_errc>();
}

bool says_removed(const Error& error) {
    return is(error, cryptoki_errc::device_removed) || is(error, cryptoki_errc::token_not_present) ||
           is(error, cryptoki_errc::session_handle_invalid) || is(error, reader_errc::card_removed) ||
           is(error, reader_errc::no_card) || is(error, issue_errc::card_removed);
}

// A card that left, or a service that stopped, shows in many disguises; the reader knows the plain truth.
Error plain(const Work& work, Step step, Error error) {
    if (!work.target.module && !work.target.reader) return error; // nothing was begun yet
    if (says_removed(error)) return fail(issue_errc::card_removed, std::string(name(step))).value();
    if (!speaks_of_the_card(error) || !work.target.reader) return error;
    reader::Context context;
    const auto state = context.state(work.target.reader->name);
    if (!state) return state.error();
    if (!still_there(work.target)) return fail(issue_errc::card_removed, std::string(name(step))).value();
    // A login that this job made and the card has forgotten: it was restarted, or out and in again faster
    // than anybody looks.
    if (is(error, cryptoki_errc::user_not_logged_in))
        return fail(reader_errc::card_reset, error.detail).value();
    return error;
}

} // namespace

Result<Receipt> run(const Request& request, People& people, Progress& progress) {
    Work work{.request = request, .people = people};
    work.receipt.version = request.version;
    work.receipt.office = request.office;
    work.receipt.practice = request.practice;
    work.receipt.started = utc(request.now);
    for (const auto& [step, act] : plan) {
        if (progress.cancelled()) return fail(issue_errc::cancelled, std::string(name(step)));
        progress.started(step);
        auto note = act(work);
        progress.involves({work.holder, work.receipt.card_serial, work.receipt.certificate.fingerprint});
        if (!note) return fail(plain(work, step, std::move(note).error()));
        if (*note)
            progress.finished(step, **note);
        else
            progress.skipped(step);
    }
    return std::move(work.receipt);
}

} // namespace acredita::issue
