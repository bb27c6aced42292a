// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A world of one program for the module's boundary: readers that come and go on command, a card with software
// keys that counts what it is asked, and faults wherever a test wants one. Not a simulation of any firmware:
// the practice cards are that.
#pragma once

#include "pkcs11/module/lifecycle.hpp"
#include "tests/pkcs11/module/key_pair.hpp"

#include <atomic>
#include <deque>
#include <map>
#include <mutex>
#include <set>

namespace acredita::test {

struct World {
    std::mutex mutex{};
    std::vector<reader::ReaderState> readers{};
    std::map<card::KeyReference, card::KeySlot> slots{};
    std::map<card::KeyReference, const KeyPair*> keys{};
    std::set<card::KeyReference> always{}; // keys that want their PIN each time
    std::string pin = "123456", puk = "12345678";
    unsigned tries = 3, puk_tries = 3;
    std::atomic<bool> verified{false}, admin{false}; // another thread may pull the card
    bool recognised = true;
    bool service = true;
    std::atomic<bool> held_elsewhere{false}; // another program has a transaction
    module::Budget budget{};
    std::atomic<bool> thinks{false}; // the next operation takes until this is false again
    std::atomic<bool> thinking{false};
    std::optional<Error> no_readers{}; // what pcscd says instead of a list
    bool channel_outlived_line = false;
    std::vector<std::string> asked{};      // the verbs, in order
    std::deque<Error> begin_errors{};      // for the next transactions
    std::map<std::string, Error> faults{}; // by verb
    std::filesystem::path cache{};
    module::Settings settings{};
    bool untried = false;      // the profile rests on documents alone
    bool standard_pin = false; // and a standard says how its PIN is changed
    bool keypad = false;       // the reader has keys
    std::deque<std::string>
        typed{}; // on them, one after the other; "cancel": that key; nothing: time is over
    std::atomic<bool> hesitates{false};          // the person, as long as this is true
    std::atomic<bool> asking{false};             // the reader waits for the person
    std::chrono::steady_clock::duration later{}; // how far the module's clock is ahead

    [[nodiscard]] std::size_t count(std::string_view verb);
    void ask(std::string_view verb);
    // As another program would: security state and selection are gone, the next begin says so.
    void reset();
    void pull();
    void put_in();
    void count_late(); // the reader's count alone, as pcscd does a moment after it has shown a card
    void give(card::KeyReference place, const KeyPair& pair);
};

extern World* world;
[[nodiscard]] std::unique_ptr<module::Surroundings> make_fake(); // of the present world
[[nodiscard]] std::unique_ptr<card::Card> make_fake_card();

// Fresh world with one reader and a card in it, module initialised; finalised at the end.
struct Initialised {
    Initialised();
    ~Initialised();
    Initialised(const Initialised&) = delete;
    Initialised& operator=(const Initialised&) = delete;
    World own{};
    CK_FUNCTION_LIST* p11 = nullptr;
};

// The same with an open session.
struct Opened : Initialised {
    explicit Opened(CK_FLAGS flags = CKF_SERIAL_SESSION | CKF_RW_SESSION);
    CK_SESSION_HANDLE session = 0;

    CK_RV login(const char* pin = "123456", CK_USER_TYPE user = CKU_USER);
    [[nodiscard]] std::vector<CK_OBJECT_HANDLE> find(std::vector<CK_ATTRIBUTE> wanted);
    [[nodiscard]] CK_OBJECT_HANDLE find_one(CK_OBJECT_CLASS kind);
    [[nodiscard]] std::optional<Bytes> attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type);
    [[nodiscard]] CK_STATE state();
};

inline constexpr const char* admin_key = "010203040506070801020304050607080102030405060708";

template <class T>
[[nodiscard]] CK_ATTRIBUTE attribute_of(CK_ATTRIBUTE_TYPE type, T& value) {
    if constexpr (requires { value.data(); })
        return {type, const_cast<unsigned char*>(reinterpret_cast<const unsigned char*>(value.data())),
                value.size()};
    else
        return {type, &value, sizeof value};
}

} // namespace acredita::test
