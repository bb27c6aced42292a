// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "pkcs11/client/module_file.hpp"
#include "pkcs11/client/sign.hpp"

#include <fstream>

#include <boost/test/unit_test.hpp>
#include <sys/stat.h>
#include <unistd.h>

namespace {

using namespace acredita;
using namespace acredita::client;

// A copy of a module, to be spoilt.
class Copy {
public:
    Copy() {
        auto pattern = (std::filesystem::temp_directory_path() / "acredita-file-XXXXXX").string();
        BOOST_REQUIRE(::mkdtemp(pattern.data()) != nullptr);
        folder_ = pattern;
        std::filesystem::copy_file(AWKWARD_MODULE, file());
        ::chmod(file().c_str(), 0644);
    }
    ~Copy() {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;

    [[nodiscard]] std::filesystem::path file() const { return folder_ / "maker.so"; }
    [[nodiscard]] const std::filesystem::path& folder() const { return folder_; }
    void put(std::streamoff at, char value) const {
        std::fstream stream(file(), std::ios::in | std::ios::out | std::ios::binary);
        stream.seekp(at);
        stream.put(value);
    }
    [[nodiscard]] Bytes sha256() const {
        std::ifstream stream(file(), std::ios::binary);
        const std::string all(std::istreambuf_iterator<char>(stream), {});
        return digest(Hash::sha256, as_bytes(all));
    }

private:
    std::filesystem::path folder_;
};

std::string judged(const std::filesystem::path& file, Custody custody = Custody::person, ByteView pin = {}) {
    const auto checked = check_module_file(file, custody, pin);
    return checked ? "" : error_name(checked.error().code);
}

} // namespace

BOOST_AUTO_TEST_SUITE(the_file_of_a_makers_module)

BOOST_AUTO_TEST_CASE(is_taken_if_it_is_a_module_that_nobody_else_can_write) {
    const Copy copy;
    BOOST_TEST(judged(copy.file()) == "");
    std::filesystem::create_symlink("maker.so", copy.folder() / "link.so");
    BOOST_TEST(check_module_file(copy.folder() / "link.so", Custody::person).value() ==
               std::filesystem::canonical(copy.file()));
}

BOOST_AUTO_TEST_CASE(may_be_missing) { BOOST_TEST(judged("/nowhere/maker.so") == "client.module_not_found"); }

BOOST_AUTO_TEST_CASE(may_be_something_else) {
    const Copy copy;
    BOOST_TEST(judged(copy.folder()) == "client.not_a_module");
    std::ofstream(copy.folder() / "text.so") << "#!/bin/sh\n";
    BOOST_TEST(judged(copy.folder() / "text.so") == "client.not_a_module");
    copy.put(16, 4); // e_type: a core file
    BOOST_TEST(judged(copy.file()) == "client.not_a_module");
}

BOOST_AUTO_TEST_CASE(may_be_built_for_another_machine) {
    const Copy machine;
    machine.put(18, 2); // e_machine: SPARC
    BOOST_TEST(judged(machine.file()) == "client.module_other_machine");
    const Copy width;
    width.put(4, sizeof(void*) == 8 ? 1 : 2); // EI_CLASS
    BOOST_TEST(judged(width.file()) == "client.module_other_machine");
}

BOOST_AUTO_TEST_CASE(is_not_taken_if_others_may_write_it) {
    const Copy copy;
    ::chmod(copy.file().c_str(), 0664);
    BOOST_TEST(judged(copy.file()) == "client.module_unsafe");
    ::chmod(copy.file().c_str(), 0646);
    BOOST_TEST(judged(copy.file()) == "client.module_unsafe");
}

BOOST_AUTO_TEST_CASE(that_a_profile_names_must_lie_where_only_root_writes) {
    const Copy copy;
    BOOST_TEST(judged(copy.file(), Custody::system) == "client.module_unsafe"); // everybody writes in /tmp
}

BOOST_AUTO_TEST_CASE(of_another_user_is_not_taken) {
    if (::geteuid() != 0) {
        BOOST_TEST_MESSAGE("SKIPPED: only root can give a file to somebody else");
        return;
    }
    const Copy copy;
    BOOST_REQUIRE(::chown(copy.file().c_str(), 65534, 65534) == 0);
    BOOST_TEST(judged(copy.file()) == "client.module_unsafe");
}

BOOST_AUTO_TEST_CASE(that_was_replaced_since_it_was_pinned_is_not_taken) {
    const Copy copy;
    const auto pinned = copy.sha256();
    BOOST_TEST(judged(copy.file(), Custody::person, pinned) == "");
    copy.put(9, 1); // padding of the ELF header: it would load as before
    BOOST_TEST(judged(copy.file(), Custody::person, pinned) == "client.module_replaced");
}

BOOST_AUTO_TEST_SUITE_END()
