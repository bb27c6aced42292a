// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "firmware-profiles/profile/generate/emit.hpp"

#include "firmware-profiles/profile/generate/spell.hpp"

#include <ostream>

namespace acredita::profile {

namespace {

using acredita::profile::spell; // those below would hide it

std::string spell(const Version& v) {
    return "{" + number(v.major) + "," + number(v.minor) + "," + number(v.patch) + "}";
}

class Emitter : public Lists {
public:
    using Lists::Lists;
    std::string match(const Match& m);
    std::string files(const FileRules& rules);
    std::string module(const MakerModule& m);
    std::string pkcs15(const Pkcs15Table& t);
    std::string place(const Place& p);
    std::string profile(const Profile& p);
};

std::string Emitter::match(const Match& m) {
    const auto atr = rules(m.atr);
    const auto historical = list("ByteView", m.historical, [&](ByteView one) { return bytes(one); });
    const auto answer = bytes(m.answer);
    const auto more = list("ByteView", m.more_aids, [&](ByteView one) { return bytes(one); });
    return "{" + atr + ", " + historical + ", " + bytes(m.aid) + ", " + more + ", " +
           bytes(m.card_historical) + ", " + quoted(m.label_prefix) + ", " + flag(m.no_label) + ", " +
           number(m.answer_tag) + ", " + answer + ", " + flag(m.no_answer) + ", " + flag(m.generic) + ", " +
           number(m.probe_order) + "}";
}

std::string spell(const Transport& t) {
    return "{" + flag(t.extended) + ", " + flag(t.chaining) + ", " + flag(t.chain_after_wrong_length) + ", " +
           number(t.max_command_data) + ", " + number(t.chunk) + ", " + number(t.max_response) + ", " +
           number(t.get_response_cla) + "}";
}

std::string spell(const PinValue& p) {
    return "{" + flag(p.present) + ", " + number(p.reference) + ", {" + number(p.rules.min) + ", " +
           number(p.rules.max) + ", " + flag(p.rules.digits_only) + "}, " + number(p.width) + ", " +
           number(p.filler) + ", " + (p.tries ? number(*p.tries) : "std::nullopt") + ", " +
           flag(p.by_standard) + "}";
}

std::string spell(const KeyAlgorithm& a) {
    return "{{" + spell(a.algorithm.type) + ", " + number(a.algorithm.bits) + "}, " + number(a.id) + ", " +
           flag(a.use) + ", " + flag(a.import) + ", " + flag(a.generate) + ", " + spell(a.since) + "}";
}

std::string spell(const OpenPgpKeys& k) {
    return "{" + number(k.exponent_bits) + ", " + spell(k.format) + ", " + flag(k.public_point) + "}";
}

std::string Emitter::place(const Place& p) {
    return "{" + number(p.key) + ", " + spell(p.purpose) + ", " + number(p.certificate) + ", " +
           spell(p.pin_policy) + ", " + flag(p.for_new_keys) + ", " +
           list("card::Operation", p.operations, [](auto one) { return spell(one); }) + "}";
}

std::string Emitter::files(const FileRules& rules) {
    const auto& f = rules.files;
    const auto& how = rules.operation;
    if (how.steps.empty()) return "{}";
    const auto inputs = list("InputRow", how.inputs, [](const InputRow& row) {
        return "{" + spell(row.input) + ", " + spell(row.hash) + ", " + number(row.algorithm) + ", " +
               number(row.max) + "}";
    });
    const auto steps = list("Step", how.steps, [](const Step& step) {
        return "{" + quoted(step.head) + ", " + quoted(step.data) + ", " + spell(step.expect) + "}";
    });
    std::string out = "{{" + bytes(f.root) + ", " + bytes(f.list) + ", " + bytes(f.private_keys) + ", " +
                      bytes(f.certificates) + ", " + bytes(f.skipped);
    out += ", " + spell(f.paths) + ", " + spell(f.form) + ", " + spell(f.pairing) + ", " + quoted(f.modulus) +
           ", " + bytes(f.serial) + ", " + number(f.chunk) + "}";
    const auto& p = rules.presentation;
    out += ", {" + number(p.cla) + ", " + flag(p.padded) + ", " + bytes(p.tries) + ", " + number(p.tries_at) +
           ", " + flag(p.change) + "}";
    return out + ", {" + inputs + ", " + steps + ", " + bytes(how.envelope) + "}}";
}

std::string Emitter::module(const MakerModule& m) {
    const auto by_word = [](auto one) { return spell(one); };
    const auto files = list("ModuleFile", m.files, [&](const ModuleFile& file) {
        const auto sha256 = bytes(file.sha256);
        return "{" + quoted(file.path) + ", " + sha256 + "}";
    });
    const auto templates = list("TemplateForm", m.templates, by_word);
    const auto words = list("WordOf", m.on_its_word, by_word);
    return "{" + files + ", " + spell(m.import_role) + ", " + templates + ", " + flag(m.public_key_first) +
           ", " + number(m.settle_ms) + ", " + spell(m.reset) + ", " + words + ", " + number(m.patience_s) +
           "}";
}

std::string Emitter::pkcs15(const Pkcs15Table& t) {
    std::string out = "{" + bytes(t.home) + ", " + bytes(t.application_name);
    for (const auto id :
         {t.odf, t.token_info, t.pins, t.private_keys, t.public_keys, t.certificates, t.public_key_files})
        out += ", " + number(id);
    out += ", " + number(t.directory_size) + ", " + bytes(t.open_conditions) + ", " +
           bytes(t.guarded_conditions);
    return out + ", " + bytes(t.home_conditions) + ", " + bytes(t.pin_id) + "}";
}

std::string spell(const Environment& e) {
    return "{" + number(e.rsa_pkcs1) + ", " + number(e.rsa_pss) + ", " + number(e.ecdsa) + ", " +
           number(e.rsa_decrypt) + "}";
}

std::string Emitter::profile(const Profile& p) {
    const auto by_word = [](auto one) { return spell(one); };
    std::string out = "{" + quoted(p.name) + ", " + quoted(p.title) + ", " + spell(p.evidence) + ", " +
                      quoted(p.source) + ",\n     " + match(p.match) + ", " + spell(p.transport);
    out += ",\n     {" + quoted(p.naming.manufacturer) + ", " + quoted(p.naming.model) + ", " +
           spell(p.naming.version) + ", " + list("SerialFrom", p.naming.serial, by_word) + "}";
    out += ",\n     " + spell(p.pin) + ", " + spell(p.puk) + ", " + flag(p.metadata) + ", " +
           spell(p.metadata_since) + ", " + flag(p.logout);
    out += ",\n     {" + spell(p.admin.kind) + ", " + number(p.admin.reference) + ", " +
           list("AdminAlgorithm", p.admin.algorithms,
                [](const AdminAlgorithm& a) { return "{" + number(a.id) + ", " + number(a.key_size) + "}"; });
    out += ", " + bytes(p.admin.factory_sha256) + "}";
    out += ",\n     " + list("KeyAlgorithm", p.algorithms, by_word);
    out += ", " + list("card::Operation", p.operations, by_word);
    out += ", " + list("Place", p.places, [&](const Place& one) { return place(one); });
    out += ",\n     {" + spell(p.import.kind) + ", " + spell(p.import.role) + ", " +
           flag(p.import.pin_policy) + "}";
    out += ", {" + spell(p.generate.kind) + ", " + spell(p.generate.role) + ", " +
           flag(p.generate.pin_policy) + "}";
    out += ", {" + spell(p.deletion.kind) + ", " + spell(p.deletion.since) + ", " + spell(p.deletion.before) +
           ", " + spell(p.deletion.role) + "}";
    out += ", {" + spell(p.objects.directory) + ", " + spell(p.objects.role) + ", " +
           number(p.objects.max_object) + ", " + number(p.objects.max_certificate) + "}";
    out += ", " + spell(p.openpgp);
    out += ", " + list("Quirk", p.quirks, by_word) + ", " + files(p.file_rules);
    out += ", " + module(p.module) + ",\n     " + pkcs15(p.pkcs15) + ", " + spell(p.environment);
    return out + "},\n";
}

} // namespace

void emit(std::ostream& out, std::span<const LoadedProfile> profiles) {
    out << "// Made from firmware-profiles/profiles/*.toml when the project was built.\n"
           "#include \"firmware-profiles/profile/profile.hpp\"\n\nnamespace acredita::profile {\n\nnamespace "
           "{\n\n";
    Emitter emitter(out);
    std::string dialects;
    std::string makers;
    for (const auto& one : profiles) {
        auto& table = one.profile.module.present() ? makers : dialects;
        table += "    " + emitter.profile(one.profile);
    }
    const auto array = [&](const char* name, const std::string& rows) { // an array cannot be empty
        if (rows.empty()) return std::string("constexpr std::span<const Profile> ") + name + ";\n";
        return std::string("constexpr Profile ") + name + "[] = {\n" + rows + "};\n";
    };
    out << '\n'
        << array("profiles", dialects) << '\n'
        << array("makers", makers) << "\n} // namespace\n\n"
        << "std::span<const Profile> built_in() noexcept { return profiles; }\n"
           "std::span<const Profile> built_in_makers() noexcept { return makers; }\n\n"
           "} // namespace acredita::profile\n";
}

} // namespace acredita::profile
