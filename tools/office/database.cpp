// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/office/database.hpp"

#include "tools/office/engine.hpp"
#include "tools/office/schema.hpp"

#include <algorithm>
#include <deque>

#include <soci/soci.h>

namespace acredita::office {

struct Database::Session {
    Connection connection{};
    soci::session soci{};
    bool connected = false;
    unsigned depth = 0; // of write() inside of write()
};

namespace {

// Everything SOCI does can throw; nothing gets past here but memory that has run out.
template <class Work>
auto guarded(bool& connected, Work&& work) -> Result<std::invoke_result_t<Work>> {
    try {
        if constexpr (std::is_void_v<std::invoke_result_t<Work>>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (const soci::soci_error& error) {
        auto told = what_happened(error);
        if (is(told, office_errc::database_unreachable)) connected = false;
        return fail(std::move(told));
    }
}

// Values and columns where SOCI finds them as long as the statement lives.
class Exchange {
public:
    Exchange(soci::session& session, const std::vector<Value>& values, std::string_view kinds)
        : statement_(session), kinds_(kinds) {
        for (const auto& value : values) {
            if (const auto* whole = std::get_if<std::int64_t>(&value))
                statement_.exchange(soci::use(numbers_.emplace_back(*whole)));
            else
                statement_.exchange(soci::use(texts_.emplace_back(text(value))));
        }
        for (const char kind : kinds) {
            if (kind == 'i')
                statement_.exchange(soci::into(numbers_.emplace_back(0)));
            else
                statement_.exchange(soci::into(texts_.emplace_back()));
        }
        first_number_ =
            numbers_.size() - static_cast<std::size_t>(std::count(kinds.begin(), kinds.end(), 'i'));
        first_text_ = texts_.size() - static_cast<std::size_t>(std::count(kinds.begin(), kinds.end(), 't'));
    }
    soci::statement& prepared(const std::string& sql) {
        statement_.alloc();
        statement_.prepare(sql);
        statement_.define_and_bind();
        return statement_;
    }
    [[nodiscard]] Row row() const {
        Row row;
        row.reserve(kinds_.size());
        auto a_number = first_number_, a_text = first_text_;
        for (const char kind : kinds_) {
            if (kind == 'i')
                row.emplace_back(static_cast<std::int64_t>(numbers_[a_number++]));
            else
                row.emplace_back(texts_[a_text++]);
        }
        return row;
    }

private:
    std::deque<long long> numbers_;
    std::deque<std::string> texts_;
    soci::statement statement_;
    std::string_view kinds_;
    std::size_t first_number_ = 0, first_text_ = 0;
};

Result<void> check(const std::vector<Value>& values) {
    for (const auto& value : values)
        if (const auto* written = std::get_if<std::string>(&value);
            written != nullptr && written->find('\0') != std::string::npos)
            return fail(office_errc::text_refused, "NUL");
    return {};
}

} // namespace

Database::Database(std::unique_ptr<Session> session) noexcept : session_(std::move(session)) {}
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;
Database::~Database() = default;

Engine Database::engine() const noexcept { return session_->connection.engine; }

Result<Database> Database::open(const Connection& connection) {
    Database database(std::make_unique<Session>());
    database.session_->connection = connection;
    ACREDITA_CHECK(database.connect());
    ACREDITA_CHECK(migrate(database));
    return database;
}

Result<void> Database::connect() {
    if (session_->connected) return {};
    if (session_->depth > 0) return fail(office_errc::database_unreachable, "lost in a transaction");
    ACREDITA_CHECK(prepare_place(session_->connection));
    auto& soci = session_->soci;
    auto opened = guarded(session_->connected, [&] {
        soci.close();
        open_session(soci, session_->connection);
        for (const auto& setting : settings_of(session_->connection)) soci << setting;
    });
    // A server that is not there, or does not want us, has no error number: libpq only has words for it.
    if (!opened && is(opened.error(), office_errc::database_trouble) && engine() == Engine::postgresql)
        return fail(office_errc::database_unreachable, opened.error().detail);
    if (!opened) return opened;
    session_->connected = true;
    return {};
}

Result<std::int64_t> Database::run(const std::string& sql, const std::vector<Value>& values) {
    ACREDITA_CHECK(check(values));
    ACREDITA_CHECK(connect());
    return guarded(session_->connected, [&] {
        Exchange exchange(session_->soci, values, {});
        auto& statement = exchange.prepared(sql);
        statement.execute(true);
        return static_cast<std::int64_t>(statement.get_affected_rows());
    });
}

Result<std::vector<Row>> Database::rows(const std::string& sql, std::string_view kinds,
                                        const std::vector<Value>& values) {
    ACREDITA_CHECK(check(values));
    ACREDITA_CHECK(connect());
    return guarded(session_->connected, [&] {
        std::vector<Row> found;
        Exchange exchange(session_->soci, values, kinds);
        auto& statement = exchange.prepared(sql);
        statement.execute(false);
        while (statement.fetch()) found.push_back(exchange.row());
        return found;
    });
}

Result<void> Database::purge(const std::string& table) {
    ACREDITA_CHECK(connect());
    return guarded(session_->connected, [&] {
        for (const auto& statement : purge_of(engine(), table)) session_->soci << statement;
    });
}

void Database::undo(Session& session) {
    // Where it cannot be undone there is no transaction any more: the engine has done it itself, or is gone.
    static_cast<void>(guarded(session.connected, [&] { session.soci << "ROLLBACK"; }));
}

Result<void> Database::Transaction::begin() {
    auto& session = *database_.session_;
    ACREDITA_CHECK(database_.connect());
    if (session.depth == 0) {
        auto begun = guarded(session.connected, [&] {
            for (const auto& statement : begin_of(session.connection.engine)) session.soci << statement;
        });
        if (!begun) {
            if (session.connected) undo(session);
            return begun;
        }
    }
    ++session.depth;
    open_ = true;
    return {};
}

Result<void> Database::Transaction::commit() {
    auto& session = *database_.session_;
    if (session.depth == 1) // if this fails the transaction is still open, and undone below
        ACREDITA_CHECK(guarded(session.connected, [&] { session.soci << "COMMIT"; }));
    open_ = false;
    --session.depth;
    return {};
}

Database::Transaction::~Transaction() {
    if (!open_) return;
    auto& session = *database_.session_;
    if (--session.depth > 0 || !session.connected) return; // the outermost one undoes all
    undo(session);
}

} // namespace acredita::office
