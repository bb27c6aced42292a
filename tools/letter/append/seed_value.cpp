// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/append/seed_value.hpp"

#include "tools/letter/append/guard.hpp"

#include <algorithm>

namespace acredita::letter {

namespace {

// Bits of /Ff of a seed value dictionary: the entry is a demand.
enum SeedFlag : long long {
    demand_filter = 1 << 0,
    demand_sub_filter = 1 << 1,
    demand_version = 1 << 2,
    demand_reasons = 1 << 3,
    demand_legal_attestation = 1 << 4,
    demand_revocation = 1 << 5,
    demand_digest = 1 << 6,
    demand_lock_document = 1 << 7,
    demand_appearance = 1 << 8,
};
constexpr long long demands_never_met =
    demand_legal_attestation | demand_revocation | demand_lock_document | demand_appearance;
constexpr int max_listed = 256;

[[nodiscard]] long long flags_of(QPDFObjectHandle dictionary) {
    auto flags = value_of(dictionary, "/Ff");
    return flags.isInteger() ? flags.getIntValue() : 0;
}

// An entry holds one string or name, or an array of them.
[[nodiscard]] bool offers(QPDFObjectHandle entry, const std::string& wanted) {
    if (entry.isName()) return entry.getName() == wanted;
    if (entry.isString()) return entry.getUTF8Value() == wanted;
    if (!entry.isArray()) return false;
    for (int i = 0; i < std::min(entry.getArrayNItems(), max_listed); ++i) {
        auto item = entry.getArrayItem(i);
        if (item.isName() && item.getName() == wanted) return true;
        if (item.isString() && item.getUTF8Value() == wanted) return true;
    }
    return false;
}

[[nodiscard]] bool reason_fits(QPDFObjectHandle reasons, const std::optional<std::string>& reason) {
    // An empty list, or the list (.), means that no reason shall be given.
    if (!reasons.isArray() || reasons.getArrayNItems() == 0) return !reason;
    if (reasons.getArrayNItems() == 1 && offers(reasons, ".")) return !reason;
    return reason && offers(reasons, *reason);
}

[[nodiscard]] tl::unexpected<Error> unmet(std::string entry) {
    return fail(letter_errc::unsupported_seed_value, std::move(entry));
}

} // namespace

Result<void> check_seed_value(QPDFObjectHandle field, const IntendedSignature& intended) {
    return guarded([&]() -> Result<void> {
        auto seed = field.getKey("/SV");
        if (seed.isNull()) return {};
        if (!seed.isDictionary()) return fail(letter_errc::damaged, "/SV");
        const auto flags = flags_of(seed);
        const auto demanded = [&](long long flag, const char* key) {
            return (flags & flag) != 0 && seed.hasKey(key);
        };
        if ((flags & demands_never_met) != 0) return unmet("/Ff");
        if (demanded(demand_filter, "/Filter") && !offers(seed.getKey("/Filter"), "/Adobe.PPKLite"))
            return unmet("/Filter");
        if (demanded(demand_sub_filter, "/SubFilter") &&
            !offers(seed.getKey("/SubFilter"), "/ETSI.CAdES.detached"))
            return unmet("/SubFilter");
        if (demanded(demand_digest, "/DigestMethod") &&
            !offers(seed.getKey("/DigestMethod"), intended.digest))
            return unmet("/DigestMethod");
        if (demanded(demand_reasons, "/Reasons") && !reason_fits(seed.getKey("/Reasons"), intended.reason))
            return unmet("/Reasons");
        if (auto version = seed.getKey("/V");
            demanded(demand_version, "/V") && !(version.isNumber() && version.getNumericValue() <= 3))
            return unmet("/V");
        if (auto level = value_of(seed.getKey("/MDP"), "/P"); level.isInteger() && level.getIntValue() != 0)
            return unmet("/MDP");
        if (flags_of(seed.getKey("/Cert")) != 0) return unmet("/Cert");
        if (flags_of(seed.getKey("/TimeStamp")) != 0) return unmet("/TimeStamp");
        return {};
    });
}

Result<std::string> lock_reference(const StrictPdf& pdf, QPDFObjectHandle field) {
    return guarded([&]() -> Result<std::string> {
        auto lock = field.getKey("/Lock");
        if (lock.isNull()) return std::string();
        // /P, of PDF 2.0, would forbid changes to the whole document: that is a certification.
        if (!value_of(lock, "/P").isNull()) return unmet("/Lock /P");
        auto action = value_of(lock, "/Action");
        auto names = value_of(lock, "/Fields");
        const bool all = has_name(lock, "/Action", "/All");
        if (!all && !has_name(lock, "/Action", "/Include") && !has_name(lock, "/Action", "/Exclude"))
            return fail(letter_errc::damaged, "/Lock");
        if (!all && !names.isArray()) return fail(letter_errc::damaged, "/Lock");
        std::string parameters = "<< /Type /TransformParams /V /1.2 /Action " + action.unparseResolved();
        if (!all) parameters += " /Fields " + names.unparseResolved();
        return " /Reference [ << /Type /SigRef /TransformMethod /FieldMDP /TransformParams " + parameters +
               " >> /Data " + pdf.qpdf().getRoot().unparse() + " >> ]";
    });
}

} // namespace acredita::letter
