// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The whole C boundary: Entry<&api::f>::call is the C function for f. The parameter types of f say what has
// to be true before it runs, and the checks are made in the order all clients expect: initialised, arguments,
// slot or session; login, operation and mechanism are f's own. No exception passes, every error becomes a
// CK_RV here and nowhere else.
#pragma once

#include "pkcs11/module/arguments.hpp"
#include "pkcs11/module/lifecycle.hpp"

#include <new>
#include <tuple>

namespace acredita::module {

// --- What a function works on: its first parameter
// -------------------------------------------------------------

struct AtSlot {
    Library& library;
    std::shared_ptr<Slot> slot;
};

// Looks at a session that another thread may be using.
struct SessionView {
    Library& library;
    std::shared_ptr<Session> session;
    CK_SESSION_HANDLE handle;
};

// Uses the session alone.
struct InSession {
    Library& library;
    std::shared_ptr<Session> session;
    std::unique_lock<std::mutex> busy;

    [[nodiscard]] Slot& slot() const noexcept { return *session->slot; }
    // DEVICE_REMOVED if the card went while this call waited: the turn must not reach its successor.
    [[nodiscard]] Result<Turn> turn() const {
        if (!session->alive()) return fail(CKR_DEVICE_REMOVED);
        auto mine = session->slot->turn();
        if (mine && !session->alive()) return fail(CKR_DEVICE_REMOVED);
        return mine;
    }
};

// Goes on with an operation of the session, of kind Op. Bad arguments end it as every other error does (5.2).
template <class Op>
struct During : InSession {
    [[nodiscard]] Result<Op*> operation() const {
        auto* found = std::get_if<Op>(&session->operation);
        if (found == nullptr) return fail(CKR_OPERATION_NOT_INITIALIZED);
        return found;
    }
    [[nodiscard]] Result<void> bad_arguments() const {
        if (operation()) session->operation = {};
        return fail(CKR_ARGUMENTS_BAD);
    }
};

// Begins one. Its only argument that can be bad is the mechanism, and NULL there ends an operation that goes
// on (version 3.0, 5.8.1, 5.10.1, 5.13.1, ...).
template <class Op>
struct Starting : InSession {
    [[nodiscard]] Result<void> bad_arguments() const {
        if (!std::holds_alternative<Op>(session->operation)) return fail(CKR_ARGUMENTS_BAD);
        session->operation = {};
        return {};
    }
};

template <class S>
struct Subject;

template <>
struct Subject<Library&> {
    using C = std::tuple<>;
    static Result<Library*> find(Library& library) { return &library; }
};
template <>
struct Subject<AtSlot&> {
    using C = std::tuple<CK_SLOT_ID>;
    static Result<AtSlot> find(Library& library, CK_SLOT_ID id) {
        ACREDITA_TRY(slot, library.slot(id));
        return AtSlot{library, std::move(slot)};
    }
};
template <>
struct Subject<SessionView&> {
    using C = std::tuple<CK_SESSION_HANDLE>;
    static Result<SessionView> find(Library& library, CK_SESSION_HANDLE handle) {
        ACREDITA_TRY(session, library.session(handle));
        return SessionView{library, std::move(session), handle};
    }
};
template <>
struct Subject<InSession&> {
    using C = std::tuple<CK_SESSION_HANDLE>;
    static Result<InSession> find(Library& library, CK_SESSION_HANDLE handle) {
        ACREDITA_TRY(session, library.session(handle));
        auto busy = std::unique_lock(session->busy);
        return InSession{library, std::move(session), std::move(busy)};
    }
};
template <class S>
struct OfSession {
    using C = std::tuple<CK_SESSION_HANDLE>;
    static Result<S> find(Library& library, CK_SESSION_HANDLE handle) {
        ACREDITA_TRY(in, Subject<InSession&>::find(library, handle));
        return S{std::move(in)};
    }
};
template <class Op>
struct Subject<During<Op>&> : OfSession<During<Op>> {};
template <class Op>
struct Subject<Starting<Op>&> : OfSession<Starting<Op>> {};

// --- The boundary
// ----------------------------------------------------------------------------------------------

template <class F>
CK_RV guarded(F&& f) noexcept try {
    const Result<void> outcome = f();
    return outcome ? CKR_OK : to_rv(outcome.error());
} catch (const std::bad_alloc&) {
    return CKR_HOST_MEMORY;
} catch (...) {
    return CKR_GENERAL_ERROR;
}

namespace detail {

template <auto Impl, class S, class... P>
struct Boundary {
    static constexpr std::size_t subject_size = std::tuple_size_v<typename Subject<S>::C>;
    using All = decltype(std::tuple_cat(typename Subject<S>::C{}, typename Argument<P>::C{}...));

    // Where the arguments of the i-th parameter begin.
    static constexpr std::size_t offset(std::size_t index) {
        constexpr std::size_t sizes[] = {std::tuple_size_v<typename Argument<P>::C>..., 0};
        std::size_t at = subject_size;
        for (std::size_t i = 0; i < index; ++i) at += sizes[i];
        return at;
    }
    template <std::size_t At, class Q>
    static std::optional<Q> pick(const All& all) {
        return [&]<std::size_t... I>(std::index_sequence<I...>) {
            return Argument<Q>::make(std::get<At + I>(all)...);
        }
        (std::make_index_sequence<std::tuple_size_v<typename Argument<Q>::C>>{});
    }
    static auto find_subject(Library& library, const All& all) {
        if constexpr (subject_size == 0)
            return Subject<S>::find(library);
        else
            return Subject<S>::find(library, std::get<0>(all));
    }
    static Result<void> bad_arguments(Library& library, const All& all) {
        if constexpr (requires(std::remove_reference_t<S> & subject) { subject.bad_arguments(); })
            if (auto subject = find_subject(library, all)) return subject->bad_arguments();
        return fail(CKR_ARGUMENTS_BAD);
    }
    static Result<void> run(const All& all) {
        const auto library = lifecycle::current();
        if (!library) return fail(CKR_CRYPTOKI_NOT_INITIALIZED);
        return [&]<std::size_t... I>(std::index_sequence<I...>)->Result<void> {
            const std::tuple<std::optional<P>...> arguments{pick<offset(I), P>(all)...};
            if (!(std::get<I>(arguments).has_value() && ... && true)) return bad_arguments(*library, all);
            ACREDITA_TRY(subject, find_subject(*library, all));
            if constexpr (subject_size == 0)
                return Impl(*subject, *std::get<I>(arguments)...);
            else
                return Impl(subject, *std::get<I>(arguments)...);
        }
        (std::index_sequence_for<P...>{});
    }
};

template <class B, class All>
struct CFunction;
template <class B, class... C>
struct CFunction<B, std::tuple<C...>> {
    static CK_RV call(C... arguments) noexcept {
        return guarded([&] { return B::run(typename B::All{arguments...}); });
    }
};

} // namespace detail

template <auto Impl>
struct Entry;
template <class S, class... P, Result<void> (*Impl)(S, P...)>
struct Entry<Impl>
    : detail::CFunction<detail::Boundary<Impl, S, P...>, typename detail::Boundary<Impl, S, P...>::All> {};

} // namespace acredita::module
