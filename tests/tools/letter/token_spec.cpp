// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The same signatures with keys that live behind PKCS#11: SoftHSM2 through libp11, watched by OpenSC's spy,
// whose log tells how often the key was really used.
#include "tests/tools/letter/fixtures.hpp"

#include <algorithm>
#include <sstream>

#include <boost/test/unit_test.hpp>
#include <libp11.h>
#include <stdlib.h>

using namespace acredita;
using namespace acredita::letter;
using namespace acredita::letter::test;

namespace {

constexpr const char* pin = "123456"; // of the test's own token
constexpr const char* softhsm = "/usr/lib/softhsm/libsofthsm2.so";

[[nodiscard]] std::string spy() {
    for (const char* path :
         {"/usr/lib/x86_64-linux-gnu/pkcs11-spy.so", "/usr/lib/aarch64-linux-gnu/pkcs11-spy.so"})
        if (fs::exists(path)) return path;
    return {};
}

// A token with both test keys, opened through libp11.
class Token {
public:
    Token() {
        fs::create_directory(scratch_ / "tokens");
        spill(scratch_ / "softhsm.conf",
              "directories.tokendir = " + (scratch_ / "tokens").string() + "\nlog.level = ERROR\n");
        ::setenv("SOFTHSM2_CONF", (scratch_ / "softhsm.conf").c_str(), 1);
        ::setenv("PKCS11SPY", softhsm, 1);
        ::setenv("PKCS11SPY_OUTPUT", (scratch_ / "spy.log").c_str(), 1);
        must(run(std::string("softhsm2-util --init-token --free --label letras --pin ") + pin +
                 " --so-pin 12345678"));
        import(rsa(), "01");
        import(ec(), "02");
        context_.reset(PKCS11_CTX_new());
        if (PKCS11_CTX_load(context_.get(), spy().c_str()) != 0) throw std::runtime_error("module");
        if (PKCS11_enumerate_slots(context_.get(), &slots_, &count_) != 0) throw std::runtime_error("slots");
        auto* slot = PKCS11_find_token(context_.get(), slots_, count_);
        if (slot == nullptr || PKCS11_login(slot, 0, pin) != 0) throw std::runtime_error("login");
        if (PKCS11_enumerate_keys(slot->token, &keys_, &key_count_) != 0) throw std::runtime_error("keys");
    }
    ~Token() {
        PKCS11_release_all_slots(context_.get(), slots_, count_);
        PKCS11_CTX_unload(context_.get());
    }
    Token(const Token&) = delete;
    Token& operator=(const Token&) = delete;

    [[nodiscard]] KeyPtr key(std::uint8_t id) const {
        for (unsigned i = 0; i < key_count_; ++i)
            if (keys_[i].id_len == 1 && keys_[i].id[0] == id)
                return KeyPtr(PKCS11_get_private_key(&keys_[i]));
        throw std::runtime_error("no such key");
    }
    // How often C_Sign was called so far, multipart signing included.
    [[nodiscard]] int signs() const {
        std::istringstream log(slurp(scratch_ / "spy.log"));
        int count = 0;
        for (std::string line; std::getline(log, line);)
            if (line.ends_with(": C_Sign") || line.ends_with(": C_SignFinal")) ++count;
        return count;
    }

private:
    static void must(const Ran& ran) {
        if (ran.code != 0) throw std::runtime_error(ran.output);
    }
    void import(const Identity& identity, const std::string& id) {
        write_key(scratch_ / "key.pem", identity.key.get());
        must(run("softhsm2-util --import " + (scratch_ / "key.pem").string() + " --token letras --label k" +
                 id + " --id " + id + " --pin " + pin));
    }

    Scratch scratch_;
    std::unique_ptr<PKCS11_CTX, Releaser<PKCS11_CTX_free>> context_;
    PKCS11_SLOT* slots_ = nullptr;
    unsigned count_ = 0;
    PKCS11_KEY* keys_ = nullptr;
    unsigned key_count_ = 0;
};

} // namespace

BOOST_AUTO_TEST_SUITE(signing_with_a_token)

BOOST_AUTO_TEST_CASE(rsa_pss_and_ec_keys_behind_pkcs11_sign_with_exactly_one_c_sign_each) {
    const Token token;
    const Scratch scratch;
    spill(scratch / "0.pdf", to_pdf(simple_letter()));
    SignOptions pss;
    pss.pss = true;
    const std::vector<std::tuple<std::uint8_t, const Identity*, SignOptions>> cases{
        {1, &rsa(), {}}, {2, &ec(), {}}, {1, &rsa(), pss}};
    std::size_t n = 0;
    for (const auto& [id, identity, options] : cases) {
        const auto from = scratch / (std::to_string(n) + ".pdf");
        const auto to = scratch / (std::to_string(n + 1) + ".pdf");
        const auto key = token.key(id);
        auto signer = identity->signer();
        signer.key = key.get();
        const int before = token.signs();
        const auto report = sign_pdf(from, to, signer, options);
        if (!report) BOOST_FAIL(describe(report.error()));
        BOOST_TEST(token.signs() - before == 1);
        BOOST_TEST(report->key_uses == 1);
        BOOST_TEST(openssl_accepts(scratch, to, n));
        BOOST_TEST(slurp(to).starts_with(slurp(from)));
        ++n;
    }
    BOOST_TEST(qpdf_is_content(scratch / "3.pdf"));
    for (const auto& verdict : verified(scratch / "3.pdf").signatures) BOOST_TEST(verdict.sound());
}

BOOST_AUTO_TEST_CASE(a_token_key_with_another_certificate_is_refused_before_it_is_used) {
    const Token token;
    const Scratch scratch;
    spill(scratch / "a.pdf", to_pdf(simple_letter()));
    const auto key = token.key(1);
    const auto other = make_identity(KeyKind::rsa2048, "OTRA");
    auto signer = other.signer();
    signer.key = key.get();
    const int before = token.signs();
    const auto report = sign_pdf(scratch / "a.pdf", scratch / "b.pdf", signer, {});
    BOOST_REQUIRE(!report);
    BOOST_TEST(is(report.error(), letter_errc::key_mismatch));
    BOOST_TEST(token.signs() == before);
    BOOST_TEST(!fs::exists(scratch / "b.pdf"));
}

BOOST_AUTO_TEST_SUITE_END()
