// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/renewal/record.hpp"

namespace acredita::renewal {
namespace {

void put(office::Facts& facts, const char* name, std::string text) {
    if (!text.empty()) facts[name] = std::move(text);
}

std::string joined(const std::vector<std::string>& lines) {
    std::string text;
    for (const auto& line : lines) text += (text.empty() ? "" : "\n") + line;
    return text;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

class Reader {
public:
    explicit Reader(const office::Facts& facts) : facts_(facts) {}
    [[nodiscard]] std::string text(const char* name) const {
        const auto found = facts_.find(name);
        return found == facts_.end() ? std::string() : found->second;
    }
    Bytes bytes(const char* name) {
        auto read = from_hex(text(name));
        sound_ = sound_ && read;
        return read ? std::move(*read) : Bytes{};
    }
    template <class T>
    T known(std::optional<T> value) {
        sound_ = sound_ && value;
        return value.value_or(T{});
    }
    [[nodiscard]] bool sound() const noexcept { return sound_; }

private:
    const office::Facts& facts_;
    bool sound_ = true;
};

} // namespace

office::Facts facts_of(const Record& r) {
    office::Facts facts;
    facts["path"] = name(r.path);
    facts["policy"] = name(r.policy);
    facts["old_key"] = r.old_on_card ? "card" : "backup";
    put(facts, "old_certificate", to_hex(r.old_certificate));
    put(facts, "e_mail", r.contact.email);
    put(facts, "phone", r.contact.phone);
    put(facts, "fax", r.contact.fax);
    put(facts, "user", r.user);
    put(facts, "language", r.language);
    put(facts, "new_certificate", to_hex(r.new_certificate));
    put(facts, "new_key", to_hex(r.new_key));
    put(facts, "new_identifier", to_hex(r.new_identifier));
    put(facts, "request", to_hex(r.request));
    if (r.place) facts["place"] = to_hex({&*r.place, 1});
    put(facts, "folio", r.folio);
    put(facts, "nonce", to_hex(r.nonce));
    put(facts, "first_issued", r.first_issued);
    put(facts, "second_issued", r.second_issued);
    put(facts, "first_signed", to_hex(r.first_signed));
    put(facts, "portals", joined(r.portals));
    return facts;
}

Result<Record> record_of(const office::Facts& facts) {
    Reader in(facts);
    Record r;
    r.path = in.known(path_named(in.text("path")));
    r.policy = in.known(policy_named(in.text("policy")));
    r.old_on_card = in.text("old_key") == "card";
    r.old_certificate = in.bytes("old_certificate");
    r.contact = {in.text("e_mail"), in.text("phone"), in.text("fax")};
    r.user = in.text("user");
    r.language = in.text("language");
    r.new_certificate = in.bytes("new_certificate");
    r.new_key = in.bytes("new_key");
    r.new_identifier = in.bytes("new_identifier");
    r.request = in.bytes("request");
    if (const auto place = in.bytes("place"); !place.empty()) r.place = place.front();
    r.folio = in.text("folio");
    r.nonce = in.bytes("nonce");
    r.first_issued = in.text("first_issued");
    r.second_issued = in.text("second_issued");
    r.first_signed = in.bytes("first_signed");
    r.portals = split(in.text("portals"));
    if (!in.sound() || r.old_certificate.empty()) return fail(renewal_errc::record_damaged);
    return r;
}

} // namespace acredita::renewal
