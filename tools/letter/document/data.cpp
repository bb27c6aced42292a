// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/document/data.hpp"

#include "tools/letter/digest.hpp"
#include "tools/letter/document/dates.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

namespace acredita::letter {

namespace {

using nlohmann::json;

std::string lower_hex(ByteView bytes) {
    auto text = to_hex(bytes);
    std::ranges::transform(text, text.begin(),
                           [](char c) { return c >= 'A' && c <= 'F' ? char(c + 32) : c; });
    return text;
}

json key_of(const KeyMark& key) {
    return {{"alg", key.algorithm}, {"bits", key.bits}, {"spki_sha256", lower_hex(key.fingerprint)}};
}

Result<KeyMark> mark_of(const KeyFacts& key) {
    ACREDITA_TRY(fingerprint, digest_of(EVP_sha256(), key.spki));
    return KeyMark{key.algorithm, key.bits, std::move(fingerprint)};
}

// Takes members off an object one by one; what is left over or of another form is a mistake.
class Reader {
public:
    explicit Reader(json object) : object_(std::move(object)) {}

    std::string text(const char* name, std::size_t most = 200) {
        const auto value = take(name);
        if (!value.is_string() || value.get_ref<const std::string&>().size() > most) return wrong(name), "";
        return value.get<std::string>();
    }
    unsigned number(const char* name) {
        const auto value = take(name);
        if (!value.is_number_unsigned() || value.get<std::uint64_t>() > 100000) return wrong(name), 0U;
        return value.get<unsigned>();
    }
    Bytes bytes(const char* name, std::size_t size) {
        auto read = from_hex(text(name));
        if (!read || read->size() != size) return wrong(name), Bytes{};
        return std::move(*read);
    }
    json object(const char* name) {
        auto value = take(name);
        if (!value.is_object()) wrong(name);
        return value.is_object() ? value : json::object();
    }
    [[nodiscard]] bool has(const char* name) const { return object_.contains(name); }
    void wrong(const char* name) {
        if (wrong_.empty()) wrong_ = name;
    }
    [[nodiscard]] std::string mistake() const {
        if (!wrong_.empty() || object_.empty()) return wrong_;
        return object_.begin().key().substr(0, 40);
    }

private:
    json take(const char* name) {
        const auto found = object_.find(name);
        if (found == object_.end()) return wrong(name), json();
        auto value = *found;
        object_.erase(found);
        return value;
    }

    json object_;
    std::string wrong_;
};

KeyMark read_key(Reader& all, const char* name) {
    Reader in(all.object(name));
    KeyMark key{in.text("alg", 20), in.number("bits"), in.bytes("spki_sha256", 32)};
    if (!in.mistake().empty()) all.wrong(name);
    return key;
}

} // namespace

Result<LetterData> data_of(const Letter& letter, std::string_view template_name) {
    ACREDITA_TRY(previous, mark_of(letter.previous));
    ACREDITA_TRY(renewed, mark_of(letter.renewed));
    return LetterData{letter.signs,
                      letter.folio,
                      std::string(template_name),
                      iso_time(letter.issued),
                      iso_time(letter.expires),
                      letter.person.nif,
                      letter.office.name,
                      std::move(previous),
                      std::move(renewed),
                      letter.nonce,
                      letter.previous_letter};
}

std::string write_data(const LetterData& data) {
    json out = {{"v", 1},
                {"tipo", "carta-renovacion"},
                {"seq", data.signs == Signs::previous ? 1 : 2},
                {"folio", data.folio},
                {"plantilla", data.template_name},
                {"emitida", data.issued},
                {"caduca", data.expires},
                {"titular", {{"id", data.holder}}},
                {"claveAnterior", key_of(data.previous)},
                {"claveNueva", key_of(data.renewed)},
                {"firmaCon", data.signs == Signs::previous ? "anterior" : "nueva"},
                {"oficina", data.office},
                {"nonce", lower_hex(data.nonce)}};
    if (!data.previous_letter.empty()) out["cartaPrevia"] = lower_hex(data.previous_letter);
    return out.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<LetterData> read_data(std::string_view text) {
    if (text.size() > largest_data) return fail(document_errc::bad_value, "size");
    auto parsed = json::parse(text, nullptr, false);
    if (!parsed.is_object()) return fail(document_errc::bad_value, "JSON");
    Reader in(std::move(parsed));
    LetterData data;
    if (in.number("v") != 1) in.wrong("v");
    if (in.text("tipo") != "carta-renovacion") in.wrong("tipo");
    const auto sequence = in.number("seq");
    data.signs = sequence == 1 ? Signs::previous : Signs::renewed;
    if (sequence != 1 && sequence != 2) in.wrong("seq");
    data.folio = in.text("folio", 64);
    data.template_name = in.text("plantilla", 64);
    data.issued = in.text("emitida", 20);
    data.expires = in.text("caduca", 20);
    Reader holder(in.object("titular"));
    data.holder = holder.text("id", 64);
    if (!holder.mistake().empty()) in.wrong("titular");
    data.previous = read_key(in, "claveAnterior");
    data.renewed = read_key(in, "claveNueva");
    if (in.text("firmaCon") != (data.signs == Signs::previous ? "anterior" : "nueva")) in.wrong("firmaCon");
    data.office = in.text("oficina");
    data.nonce = in.bytes("nonce", 16);
    if (in.has("cartaPrevia")) data.previous_letter = in.bytes("cartaPrevia", 32);
    if (const auto mistake = in.mistake(); !mistake.empty()) return fail(document_errc::bad_value, mistake);
    // One spelling only: a name twice, an order or a number written otherwise is not ours.
    if (write_data(data) != text) return fail(document_errc::bad_value, "canonical");
    return data;
}

} // namespace acredita::letter
