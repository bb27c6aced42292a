// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Makes what the targets start from: real dialogues with a practice card inside this process, the transcripts
// of the other tests, profiles and certificates, each in the form its target reads. Nothing of it is kept:
//
//     fuzz_seeds SOURCE-FOLDER OUTPUT-FOLDER
#include "firmware-profiles/card/piv_card.hpp"
#include "pcsc/base/tlv.hpp"
#include "pkcs11/module/cache.hpp"
#include "tests/fuzz/host.hpp"
#include "tests/fuzz/seeds_p12.hpp"
#include "tests/pkcs11/module/key_pair.hpp"

#include <fstream>

using namespace acredita;
using namespace acredita::fuzz;

namespace fs = std::filesystem;

namespace {

fs::path output;

void seed(const std::string& target, const std::string& name, ByteView content) {
    fs::create_directories(output / target);
    std::ofstream out(output / target / name, std::ios::binary);
    out << as_text(content);
}

void put(Bytes& to, ByteView part) { // as Feed::chunk reads it
    to.push_back(static_cast<std::uint8_t>(part.size() >> 8U));
    to.push_back(static_cast<std::uint8_t>(part.size()));
    append(to, part);
}

std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

struct Dialogue {
    std::vector<Bytes> commands, answers;
};

// "**" is a byte nobody told.
Dialogue read_transcript(std::string_view text) {
    Dialogue dialogue;
    while (!text.empty()) {
        const auto end = text.find('\n');
        std::string line(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
        for (auto star = line.find("**"); star != std::string::npos; star = line.find("**"))
            line.replace(star, 2, "31");
        if (line.empty() || (line[0] != '>' && line[0] != '<')) continue;
        if (auto bytes = from_hex(std::string_view(line).substr(1)))
            (line[0] == '>' ? dialogue.commands : dialogue.answers).push_back(std::move(*bytes));
    }
    return dialogue;
}

Bytes script(const std::vector<Bytes>& answers, std::uint8_t ending) {
    Bytes bytes{ending};
    for (const auto& answer : answers) put(bytes, answer);
    return bytes;
}

void of_transcripts(const fs::path& source) {
    for (const auto& entry : fs::directory_iterator(source / "tests/transcripts")) {
        const auto name = entry.path().stem().string();
        const auto text = text_of(entry.path());
        const auto dialogue = read_transcript(text);
        seed("transcript", name, concat({Bytes{0}, as_bytes(text)}));
        seed("exchange", name,
             concat({Bytes{0x03, 0xCB, 0x3F, 0xFF, 0x00, 0x05, 0x06}, script(dialogue.answers, 0)}));
        Bytes commands{0};
        for (const auto& command : dialogue.commands) put(commands, command);
        seed("practice_card", name, commands);
        std::size_t i = 0;
        for (const auto& answer : dialogue.answers)
            if (answer.size() > 4) seed("tlv", name + std::to_string(i++), answer);
        if (dialogue.commands.empty() || dialogue.answers.empty()) continue;
        Bytes exchange{1};
        put(exchange, dialogue.commands.front());
        append(exchange, Bytes{0, 2, 0, 3});
        append(exchange, dialogue.answers.front());
        seed("transcript", name + "-exchange", exchange);
    }
}

// As pkcs15-init writes them, and lying.
void of_directories() {
    const std::pair<const char*, const char*> files[] = {
        {"odf", "A80A300804063F0050154401A00A300804063F0050154402A40A300804063F0050154404"},
        {"prkdf", "303B300F0C034B6579030206C00401FF300C0401450303062040020100A11A30183012041030"
                  "3F005015000000000000000000000002020800"},
        {"cdf", "3025300A0C044365727403020640300704 05A1A2A3A4A5A10E300C300A04023401020100 80017F"},
        {"lying", "30827FFF30030C01410000003025300A0C0443657274"},
        {"token", "301B020100040412345678 0C04536F6D65800443617264030205 60"},
    };
    for (const auto& [name, hex] : files)
        if (const auto bytes = from_hex(hex)) seed("pkcs15", name, *bytes);
}

void of_certificates() {
    const std::pair<const char*, const test::KeyPair*> all[] = {
        {"rsa", &test::rsa_pair()}, {"ec", &test::ec_pair()}, {"office", &test::office_pair()}};
    for (const auto& [name, pair] : all) {
        const auto& der = pair->certificate;
        seed("tlv", name, der);
        seed("certificate", std::string(name) + "-object",
             concat({Bytes{0x10}, make_tlv(0x70, der), Bytes{0x71, 0x01, 0x00, 0xFE, 0x00}}));
        seed("certificate", std::string(name) + "-der", concat({Bytes{0x11}, der}));
        if (const auto parts = card::read_certificate(der))
            seed("certificate", std::string(name) + "-key", concat({Bytes{0x02}, parts->spki}));
    }
    seed("certificate", "label", concat({Bytes{0x03}, as_bytes("ESPA\xC3\x91OLA: PRUEBA")}));
    const card::KeySlot place{.reference = 0x9A,
                              .certificate = test::office_pair().certificate,
                              .public_key = test::rsa_pair().public_key,
                              .key_present = card::Known::yes};
    const auto folder = output / "scratch";
    fs::create_directories(folder);
    module::CertificateCache(folder, "card").store(as_bytes("4711"), {place, place});
    const auto file = text_of(folder / "card");
    fs::remove_all(folder);
    seed("cache", "file", concat({Bytes{0}, as_bytes(file)}));
    // Frame, serial number and checksum are the target's own.
    seed("cache", "body", concat({Bytes{1}, as_bytes(file).subspan(30, file.size() - 30 - 32)}));
}

class WorldsCard final : public Channel {
public:
    explicit WorldsCard(World& world) : world_(world) {}
    Result<ZeroingBytes> transmit(const Frame& frame) override { return world_.answer(frame); }
    [[nodiscard]] Protocol protocol() const noexcept override { return world_.protocol(); }

private:
    World& world_;
};

// A dialogue of each firmware, as the target with that profile would hear it.
void of_dialogues() {
    const auto profiles = profile::built_in();
    for (std::uint8_t firmware = 0; firmware < 6; ++firmware) {
        std::vector<Bytes> answers;
        const Bytes kind{firmware, 0};
        World world((Feed(kind)));
        world.record = &answers;
        WorldsCard channel(world);
        auto card = card::recognise(channel, world.atr(), profiles);
        if (!card) continue;
        answers.clear();
        const auto at = static_cast<std::uint8_t>(&(*card)->profile() - profiles.data());
        (*card)->forget();
        (void)(*card)->directory(channel);
        (void)(*card)->identity(channel);
        (void)(*card)->pin_status(channel);
        (void)(*card)->verify_pin(channel, as_bytes("123456"));
        (void)(*card)->operate(channel, 0x9A, {card::KeyType::rsa, 2048}, card::Operation::rsa_raw,
                               Bytes(256, 0x01), {});
        (void)(*card)->slot(channel, 0x9C);
        const Bytes verbs{0, 0, 0, 2, 0, 3, 0, 5, 0, 10, 0x1A, 1, 0x1C};
        Bytes bytes{at, static_cast<std::uint8_t>(verbs.size())};
        append(bytes, verbs);
        append(bytes, script(answers, 0));
        seed("objects", "firmware" + std::to_string(firmware), bytes);
        std::size_t i = 0;
        for (const auto& answer : answers)
            if (answer.size() > 8)
                seed("tlv", "answer" + std::to_string(firmware) + std::to_string(i++), answer);
    }
}

// Every kind of meddling at some exchanges of what every client does, and every kind of ending.
void of_meddling() {
    for (std::uint8_t firmware = 0; firmware < 6; ++firmware)
        seed("card", "firmware" + std::to_string(firmware), Bytes{0, firmware, 0});
    for (std::uint8_t ending = 4; ending < 8; ++ending)
        for (const std::size_t after : {0U, 3U, 9U})
            seed("card", "ending" + std::to_string(ending) + "-" + std::to_string(after),
                 concat({Bytes{0, 0, static_cast<std::uint8_t>(ending << 2U)}, Bytes(after, 0)}));
    for (std::uint8_t how = 0x80; how <= static_cast<std::uint8_t>(Meddling::lie); ++how)
        for (const std::size_t after : {0U, 2U, 4U, 9U, 16U, 24U})
            seed("card", to_hex(Bytes{how}) + "-" + std::to_string(after),
                 concat({Bytes{0, 0, 2}, Bytes(after, 0), Bytes{how, 0x00, 0x04, 0x53, 0x84, 0x90, 0x00}}));
}

void of_calls() {
    seed("host", "nothing", Bytes{0, 0, 1});
    for (unsigned chapter = 0; chapter < 8; ++chapter) {
        Bytes calls{static_cast<std::uint8_t>(chapter % 6), 0, 0};
        for (unsigned which = 0; which < 32; ++which) {
            calls.push_back(static_cast<std::uint8_t>(chapter << 5U | which));
            calls.insert(calls.end(), 6, 0);
        }
        seed("host", "chapter" + std::to_string(chapter), calls);
    }
    // Administration key, then everything that writes; sign in parts; a PIN that is changed.
    seed("host", "store", Bytes{0, 0, 1,    0x20, 0, 0,    0x24, 0, 5, 1, 0x46, 0, 0, 0x46,
                                0, 2, 0x46, 0,    3, 0x4B, 0,    0, 0, 0, 0x49, 0, 0});
    seed("host", "parts", Bytes{0, 0, 0, 0x60, 0, 0, 0, 0x62, 0, 0, 0x62, 0, 0, 0x63, 0, 1, 0x63, 0, 0});
    seed("host", "pin", Bytes{0, 0, 1, 0x20, 0, 0, 0x29, 0, 0, 1, 0x29, 0, 1, 0});
}

void of_commands() {
    const auto import = [] {
        Bytes key = concat(
            {Bytes{0x00, 0xFE, 0x11, 0x9A, 0x25}, make_tlv(0x06, Bytes(32, 0x11)), Bytes{0xAA, 0x01, 0x02}});
        return key;
    }();
    Bytes commands{0, 0xFF, 0x00, 0xFF, 0x01, 0xFF, 0x02};
    put(commands, import);
    put(commands, Bytes{0x00, 0x47, 0x00, 0x9A, 0x05, 0xAC, 0x03, 0x80, 0x01, 0x11, 0x00});
    put(commands, Bytes{0x00, 0xF7, 0x00, 0x9A, 0x00});
    put(commands, concat({Bytes{0x00, 0x87, 0x11, 0x9A, 0x26, 0x7C, 0x24, 0x82, 0x00, 0x81, 0x20},
                          Bytes(32, 7), Bytes{0x00}}));
    put(commands,
        concat({Bytes{0x10, 0xDB, 0x3F, 0xFF, 0x10, 0x5C, 0x03, 0x5F, 0xC1, 0x05, 0x53, 0x09}, Bytes(9, 0)}));
    put(commands, Bytes{0x00, 0xDB, 0x3F, 0xFF, 0x00});
    seed("practice_card", "everything", commands);
}

} // namespace

int main(int argc, char** argv) {
    if (argc != 3) return 2;
    const fs::path source(argv[1]);
    output = argv[2];
    fs::create_directories(output);
    of_transcripts(source);
    of_certificates();
    seeds_of_backups(seed);
    of_directories();
    of_dialogues();
    of_meddling();
    of_calls();
    of_commands();
    seed("configuration", "all",
         as_bytes("# caf\xC3\xA9\n[pin]\nlast_try = \"open\"\nkeypad = false\nremember_seconds = 60\n"
                  "[cache]\ncertificates = false\n"));
    for (const auto& entry : fs::directory_iterator(source / "firmware-profiles/profiles"))
        seed("profile", entry.path().stem().string(), as_bytes(text_of(entry.path())));
    return 0;
}
