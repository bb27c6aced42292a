// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tests/fuzz/card_world.hpp"

#include "pcsc/base/tlv.hpp"
#include "tests/pkcs11/module/key_pair.hpp"

#include <map>

#include <nlohmann/json.hpp>
#include <stdlib.h>
#include <unistd.h>
#include <zlib.h>

namespace acredita::fuzz {

namespace {

using practice::piv::PivApplication;

World* world = nullptr;

constexpr const char* firmwares[] = {"5.4", "4.3", "5.7", "pivapplet", "nist", "noimport"};

Bytes pkcs8(const test::KeyPair& pair) {
    const std::unique_ptr<PKCS8_PRIV_KEY_INFO, test::Deleter<&PKCS8_PRIV_KEY_INFO_free>> info(
        EVP_PKEY2PKCS8(pair.key.get()));
    Bytes der(static_cast<std::size_t>(i2d_PKCS8_PRIV_KEY_INFO(info.get(), nullptr)));
    auto* at = der.data();
    i2d_PKCS8_PRIV_KEY_INFO(info.get(), &at);
    return der;
}

Bytes gzip(ByteView plain) {
    Bytes packed(plain.size() + 256);
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
    stream.next_in = const_cast<Bytef*>(plain.data());
    stream.avail_in = static_cast<uInt>(plain.size());
    stream.next_out = packed.data();
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

Bytes object(ByteView certificate, std::uint8_t packed) {
    Bytes content = make_tlv(0x70, certificate);
    append(content, Bytes{0x71, 0x01, packed, 0xFE, 0x00});
    return content;
}

// An RSA key in 9A, a curve's in 9C that asks each time, a packed certificate in 9D and a retired one.
PivApplication filled(std::string_view name, bool extended, bool t0) {
    const auto& firmware = *practice::piv::find_firmware(name);
    practice::piv::Settings settings{.firmware = &firmware, .extended = extended, .t0 = t0};
    settings.fresh.serial = 4711;
    PivApplication card(settings);
    auto memory = card.save();
    const auto key = [&](const char* place, const test::KeyPair& pair, int algorithm, int policy) {
        memory["keys"][place] = {{"algorithm", algorithm},
                                 {"pin_policy", policy},
                                 {"touch_policy", 1},
                                 {"imported", true},
                                 {"der", to_hex(pkcs8(pair))}};
    };
    key("9A", test::rsa_pair(), practice::piv::rsa2048, 2);
    key("9C", test::ec_pair(), practice::piv::p256, 3);
    key("9D", test::office_pair(), practice::piv::rsa2048, 2);
    key("82", test::other_rsa_pair(), practice::piv::rsa2048, 2);
    memory["objects"]["5FC105"] = to_hex(object(test::rsa_pair().certificate, 0));
    memory["objects"]["5FC10A"] = to_hex(object(test::ec_pair().certificate, 0));
    memory["objects"]["5FC10B"] = to_hex(object(gzip(test::office_pair().certificate), 1));
    memory["objects"]["5FC10D"] = to_hex(object(test::other_rsa_pair().certificate, 0));
    memory["objects"]["5FC10C"] = "C10101C20100F300FE00";
    require(card.load(memory).has_value(), "the practice card takes its memory");
    card.reset();
    return card;
}

const PivApplication& prototype(std::uint8_t firmware, bool extended, bool t0) {
    static auto* made = new std::map<unsigned, PivApplication>;
    const auto which = static_cast<unsigned>(firmware % std::size(firmwares));
    const unsigned key = which * 4U + (extended ? 2U : 0U) + (t0 ? 1U : 0U);
    auto found = made->find(key);
    if (found == made->end()) found = made->emplace(key, filled(firmwares[which], extended, t0)).first;
    return found->second;
}

std::filesystem::path cache_folder() {
    static const auto* folder = [] {
        const char* base = ::getenv("TMPDIR");
        auto pattern = std::string(base != nullptr ? base : "/tmp") + "/acredita-fuzz-XXXXXX";
        require(::mkdtemp(pattern.data()) != nullptr, "a temporary folder");
        ::atexit([] { std::filesystem::remove_all(cache_folder().parent_path()); });
        return new std::filesystem::path(std::filesystem::path(pattern) / "acredita");
    }();
    return *folder;
}

// Any error of a line but the one that would hide a want of memory of our own.
tl::unexpected<Error> broken(std::uint8_t how) {
    const auto& rows = ErrorTable<reader::reader_errc>::rows;
    const auto code = rows[how % std::size(rows)].value;
    return fail(code == reader::reader_errc::no_memory ? reader::reader_errc::internal : code);
}

// A long RSA key takes seconds to make, and that is no fault.
bool makes_rsa_key(ByteView command) {
    if (command.size() < 5 || command[1] != 0x47) return false;
    const auto algorithm = find_tlv(command.subspan(5), {0xAC, 0x80});
    return !algorithm || (algorithm->size() == 1 && (*algorithm)[0] < practice::piv::p256) ||
           (algorithm->size() == 1 && (*algorithm)[0] == practice::piv::rsa4096);
}

class WorldChannel final : public Channel {
public:
    Result<ZeroingBytes> transmit(const Frame& frame) override { return world->answer(frame); }
    [[nodiscard]] Protocol protocol() const noexcept override { return world->protocol(); }
};

class WorldLine final : public module::Line {
public:
    WorldLine() : atr_(world->atr()), events_(world->readers.front().events) {}
    Result<std::unique_ptr<Channel>> begin(std::chrono::milliseconds) override {
        world->transaction = 0;
        if (auto error = std::exchange(world->next_begin, std::nullopt)) return fail(std::move(*error));
        if (!world->readers.front().present) return fail(reader::reader_errc::card_removed);
        return std::make_unique<WorldChannel>();
    }
    [[nodiscard]] ByteView atr() const override { return atr_; }
    [[nodiscard]] std::uint16_t events() const override { return static_cast<std::uint16_t>(events_); }

private:
    Bytes atr_;
    decltype(reader::ReaderState::events) events_;
};

// A wait ends with a card that comes or goes; otherwise nobody would ever wake the one who waits.
class WorldWaiter final : public module::Waiter {
public:
    void wait(const std::vector<reader::ReaderState>&, std::chrono::milliseconds) override {
        world->service = true;
        world->readers.front().present ? world->pull() : world->put_in();
    }
};

class WorldSurroundings final : public module::Surroundings {
public:
    Result<std::vector<reader::ReaderState>> readers() override {
        if (!world->service) return fail(reader::reader_errc::service_not_running);
        return world->readers;
    }
    std::unique_ptr<module::Waiter> make_waiter() override { return std::make_unique<WorldWaiter>(); }
    Result<std::unique_ptr<module::Line>> connect(const std::string& name,
                                                  std::chrono::milliseconds) override {
        if (name != world->readers.front().name.text || !world->readers.front().present)
            return fail(reader::reader_errc::no_card);
        return std::make_unique<WorldLine>();
    }
    Result<std::unique_ptr<card::Card>> recognise(Channel& channel, ByteView atr) override {
        return card::recognise(channel, atr, profile::built_in());
    }
    [[nodiscard]] std::filesystem::path cache_folder() const override { return world->cache(); }
};

} // namespace

World::World(Feed feed) : feed_(feed) {
    require(world == nullptr, "one world at a time");
    const auto first = feed_.byte(), second = feed_.byte();
    t0_ = (second & 1U) != 0;
    cached_ = (second & 2U) != 0;
    ending_ = second >> 2U & 7U;
    card_ = std::make_unique<PivApplication>(prototype(first, (second & 0x20U) == 0, t0_));
    readers.push_back({.name = {"Reader 00 00"}, .present = true, .events = 1, .atr = card_->atr()});
    readers.push_back({.name = {"Empty: reader 01 00"}, .present = false, .events = 0, .atr = {}});
    world = this;
}

World::~World() {
    if (cached_) std::filesystem::remove_all(cache_folder());
    world = nullptr;
}

std::filesystem::path World::cache() const { return cached_ ? cache_folder() : std::filesystem::path(); }

void World::pull() {
    readers.front().present = false;
    ++readers.front().events;
    card_->reset();
}

void World::put_in() {
    readers.front().present = true;
    readers.front().atr = card_->atr();
    ++readers.front().events;
}

void World::swap(std::uint8_t firmware) {
    card_ = std::make_unique<PivApplication>(prototype(firmware, !t0_, t0_));
    readers.front().events += 2;
    readers.front().atr = card_->atr();
}

void World::reset_by_others() {
    card_->reset();
    next_begin = fail(reader::reader_errc::card_reset).value();
}

Result<ZeroingBytes> World::truth(const Frame& frame) {
    if (makes_rsa_key(frame.bytes)) return ZeroingBytes{0x6A, 0x80};
    const auto bytes = card_->exchange(frame.bytes);
    return ZeroingBytes(bytes.begin(), bytes.end());
}

Result<ZeroingBytes> World::meddle(std::uint8_t how, const Frame& frame) {
    if (how == static_cast<std::uint8_t>(Meddling::forgetful)) card_->reset();
    if (how == static_cast<std::uint8_t>(Meddling::trust)) trusted_ = feed_.byte();
    if (how == static_cast<std::uint8_t>(Meddling::replace)) {
        const auto bytes = feed_.chunk();
        return ZeroingBytes(bytes.begin(), bytes.end());
    }
    if (how == static_cast<std::uint8_t>(Meddling::broken)) return broken(feed_.byte());
    if (how == static_cast<std::uint8_t>(Meddling::stale)) return last_;
    if (how == static_cast<std::uint8_t>(Meddling::endless)) {
        endless_ = feed_.byte() * 16U;
        return ZeroingBytes{0x2A, 0x61, 0xFF};
    }
    if (how == static_cast<std::uint8_t>(Meddling::gigantic)) {
        ZeroingBytes bytes(65536, feed_.byte());
        bytes.insert(bytes.end(), {0x90, 0x00});
        return bytes;
    }
    ACREDITA_TRY(answer, truth(frame));
    const auto behind_data =
        answer.end() - static_cast<std::ptrdiff_t>(std::min<std::size_t>(2, answer.size()));
    switch (static_cast<Meddling>(how)) {
    case Meddling::status: {
        const auto sw = feed_.word();
        answer.erase(behind_data, answer.end());
        answer.insert(answer.end(), {static_cast<std::uint8_t>(sw >> 8U), static_cast<std::uint8_t>(sw)});
        break;
    }
    case Meddling::cut:
        answer.resize(answer.size() - std::min<std::size_t>(answer.size(), feed_.byte()));
        break;
    case Meddling::change: {
        const auto at = feed_.word();
        const auto value = feed_.byte();
        if (!answer.empty()) answer[at % answer.size()] = value;
        break;
    }
    case Meddling::lengthen: {
        const auto more = feed_.chunk();
        answer.insert(behind_data, more.begin(), more.end());
        break;
    }
    case Meddling::lie: {
        const auto at = feed_.word();
        if (!answer.empty()) answer[at % answer.size()] = (at & 1U) != 0 ? 0x82 : 0xFF;
        break;
    }
    default:
        break;
    }
    return std::move(answer);
}

Result<ZeroingBytes> World::answer(const Frame& frame) {
    require(frame.secret_from + frame.secret_size <= frame.bytes.size(), "a secret lies in its command");
    require(++exchanges <= most_in_call, "a call ends, whatever the card says");
    if (++transaction > most_in_transaction) return fail(reader::reader_errc::timeout);
    if (endless_ > 0) {
        --endless_;
        return ZeroingBytes{0x2A, 0x61, 0xFF};
    }
    const bool over = feed_.empty() && trusted_ == 0 && ending_ >= 4;
    const std::uint8_t how = trusted_ > 0 ? 0 : feed_.byte();
    if (trusted_ > 0) --trusted_;
    if (over && ending_ == 4) return last_;
    if (over && ending_ == 5) return ZeroingBytes{0x2A, 0x61, 0xFF};
    if (over && ending_ == 6) return broken(8); // removed
    if (over) return ZeroingBytes{0x6D, 0x00};
    auto said = how < 0x80 ? truth(frame) : meddle(how, frame);
    if (said) last_ = *said;
    if (record != nullptr && said) record->emplace_back(said->begin(), said->end());
    return said;
}

void World::break_next(std::uint8_t how) { next_begin = broken(how).value(); }

std::unique_ptr<module::Surroundings> make_world() { return std::make_unique<WorldSurroundings>(); }

} // namespace acredita::fuzz
