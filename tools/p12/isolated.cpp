// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/p12/isolated.hpp"

#include "tools/p12/file.hpp"
#include "tools/p12/reader_process.hpp"
#include "tools/p12/wire.hpp"

namespace acredita::p12::isolated {

namespace {

// What is refused without looking at a single byte, so that no more than that is ever sent.
Result<void> check_sizes(ByteView file, ByteView passphrase) {
    if (file.size() > largest_file) return fail(p12_errc::too_large, std::to_string(file.size()));
    if (passphrase.size() > reader::most_passphrase) return fail(p12_errc::wrong_password);
    return {};
}

template <class T>
Result<T> answer_of(std::optional<Result<T>> answer) {
    if (!answer) return fail(p12_errc::reader_crashed, "nonsense");
    return *std::move(answer);
}

} // namespace

Result<Envelope> sniff(ByteView file, const Options& options) {
    ACREDITA_CHECK(check_sizes(file, {}));
    ACREDITA_TRY(process, ReaderProcess::start(options));
    ACREDITA_TRY(bytes, process.ask(reader::Task::sniff, file, {}));
    return answer_of(unpack_envelope(bytes.view()));
}

Result<Opened> examine(ByteView file, const Secret& passphrase, const Options& options) {
    ACREDITA_CHECK(check_sizes(file, passphrase.view()));
    ACREDITA_TRY(process, ReaderProcess::start(options));
    ACREDITA_TRY(bytes, process.ask(reader::Task::examine, file, passphrase.view()));
    return answer_of(unpack_opened(bytes.view()));
}

Result<Opened> open(ByteView file, const Secret& passphrase, const Options& options) {
    ACREDITA_TRY(opened, examine(file, passphrase, options));
    ACREDITA_CHECK(require_credential(opened));
    return std::move(opened);
}

} // namespace acredita::p12::isolated
