// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// The file in which a user's certificates are remembered. The first byte says whether the rest is the file as
// it is or only its body, which then gets a right frame and checksum, because no fuzzer guesses one.
#include "pkcs11/module/cache.hpp"

#include "pcsc/base/tlv.hpp"
#include "pkcs11/module/digest.hpp"
#include "pkcs11/module/object.hpp"
#include "tests/fuzz/target.hpp"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace acredita;
using namespace acredita::fuzz;

namespace {

constexpr std::string_view magic = "ACREDITA-CERTIFICATES-1\n";
const Bytes serial{'4', '7', '1', '1'};

const std::filesystem::path& folder() {
    static const auto* made = [] {
        const char* base = ::getenv("TMPDIR");
        auto pattern = std::string(base != nullptr ? base : "/tmp") + "/acredita-fuzz-XXXXXX";
        require(::mkdtemp(pattern.data()) != nullptr, "a temporary folder");
        ::atexit([] { std::filesystem::remove_all(folder()); });
        return new std::filesystem::path(pattern);
    }();
    return *made;
}

void write(ByteView content) {
    const int file = ::open((folder() / "card").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    require(file >= 0, "a file in the temporary folder");
    require(::write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size()), "written");
    ::close(file);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    Feed feed(data, size);
    const bool framed = feed.flag();
    Bytes content;
    if (framed) append(content, as_bytes(magic));
    if (framed) append_tlv(content, 0x80, serial);
    append(content, feed.rest());
    if (framed) append(content, module::digest(module::Hash::sha256, content));
    write(content);

    const module::CertificateCache cache(folder(), "card");
    const auto slots = cache.load(serial);
    if (!slots) return 0;
    require(slots->size() <= 32, "no more places than a card has");
    for (const auto& slot : *slots)
        if (slot.public_key && slot.public_key->type == card::KeyType::rsa)
            require(slot.public_key->bits > 8 * (slot.public_key->modulus.size() - 1) &&
                        slot.public_key->bits <= 8 * slot.public_key->modulus.size(),
                    "a key is as long as it says");
    for (const auto& slot : *slots)
        for (const auto& object : module::build_objects(slot, {}))
            require(object.attributes.size() <= 8 * content.size() + 8192, "attributes are bounded");
    const module::CertificateCache other(folder(), "again");
    other.store(serial, *slots);
    if (const auto again = other.load(serial)) require(*again == *slots, "what is stored comes back");
    other.drop();
    return 0;
}
