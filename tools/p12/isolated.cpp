// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/isolated.hpp"

#include "tools/p12/file.hpp"
#include "tools/p12/reader_process.hpp"
#include "tools/p12/wire.hpp"

namespace acredita::p12::isolated {

namespace {

// What is refused without looking at a single byte, so that no more than that is ever sent.
Result<void> check_file(ByteView file) {
    if (file.size() > largest_file) return fail(p12_errc::too_large, std::to_string(file.size()));
    return {};
}
Result<void> check_passphrase(ByteView passphrase) {
    if (passphrase.size() > reader::most_passphrase) return fail(p12_errc::wrong_password);
    return {};
}

template <class T>
Result<T> answer_of(std::optional<Result<T>> answer) {
    if (!answer) return fail(p12_errc::reader_crashed, "nonsense");
    return *std::move(answer);
}

} // namespace

Session::Session(ReaderProcess process) : process_(std::make_unique<ReaderProcess>(std::move(process))) {}
Session::~Session() = default;
Session::Session(Session&& other) noexcept = default;
Session& Session::operator=(Session&& other) noexcept = default;

Result<Session> Session::start(Options options) {
    ACREDITA_TRY(process, ReaderProcess::start(options));
    return Session(std::move(process));
}

Result<Envelope> Session::sniff(ByteView file) {
    ACREDITA_CHECK(check_file(file));
    ACREDITA_TRY(bytes, process_->ask(reader::Task::sniff, file, {}, nullptr));
    return answer_of(unpack_envelope(bytes.view()));
}

Result<Opened> Session::examine(const Secret& passphrase, const Secret* key_passphrase) {
    ACREDITA_CHECK(check_passphrase(passphrase.view()));
    ACREDITA_TRY(bytes,
                 process_->ask(reader::Task::examine, std::nullopt, passphrase.view(), key_passphrase));
    return answer_of(unpack_opened(bytes.view()));
}

Result<Envelope> sniff(ByteView file, const Options& options) {
    ACREDITA_CHECK(check_file(file));
    ACREDITA_TRY(session, Session::start(options));
    return session.sniff(file);
}

Result<Opened> examine(ByteView file, const Secret& passphrase, const Options& options) {
    ACREDITA_CHECK(check_file(file));
    ACREDITA_CHECK(check_passphrase(passphrase.view()));
    ACREDITA_TRY(process, ReaderProcess::start(options));
    ACREDITA_TRY(bytes, process.ask(reader::Task::examine, file, passphrase.view(), options.key_passphrase));
    return answer_of(unpack_opened(bytes.view()));
}

Result<Opened> open(ByteView file, const Secret& passphrase, const Options& options) {
    ACREDITA_TRY(opened, examine(file, passphrase, options));
    ACREDITA_CHECK(require_credential(opened));
    return std::move(opened);
}

} // namespace acredita::p12::isolated
