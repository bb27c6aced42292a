// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Sticks that are loop devices, for tests within tests/support/own_sticks.sh.
#pragma once

#include "tests/tools/stick/stick_folder.hpp"

#include <cstdio>
#include <cstdlib>
#include <random>

#include <boost/test/unit_test.hpp>

namespace acredita::test {

namespace fs = std::filesystem;

// What a command of the shell said; it must succeed.
inline std::string said(const std::string& command) {
    FILE* out = ::popen(command.c_str(), "r");
    std::string text;
    for (int c = std::fgetc(out); c != EOF; c = std::fgetc(out)) text += static_cast<char>(c);
    const int code = ::pclose(out);
    BOOST_REQUIRE_MESSAGE(code == 0, command << ": " << text);
    while (text.ends_with('\n')) text.pop_back();
    return text;
}
inline void run(const std::string& command) { (void)said(command + " 2>&1"); }

// One way of making a stick: its file system, the program that makes it, and the mount(8) type to fill it.
struct Form {
    std::string file_system;
    std::string make;
    std::string type;
    std::string name; // gives an image its label
    friend std::ostream& operator<<(std::ostream& out, const Form& form) { return out << form.file_system; }
};
inline const std::vector<Form> forms{{"ntfs", "mkntfs -F -q -L FILL", "ntfs-3g", "ntfslabel -f"},
                                     {"vfat", "mkfs.vfat -n FILL", "vfat", "fatlabel"},
                                     {"exfat", "mkfs.exfat -L FILL", "exfat", "exfatlabel"}};

inline bool mountable(const Form& form) {
    if (form.type == "ntfs-3g") return fs::exists("/bin/ntfs-3g") || fs::exists("/usr/bin/ntfs-3g");
    return std::system(
               ("modprobe -q " + form.type + " 2>/dev/null; grep -qw " + form.type + " /proc/filesystems")
                   .c_str()) == 0;
}

// A stick with a backup on it. Plugged in when it is made, pulled when it ends. Each has a label of its own:
// what UDisks still tells of the one before is no answer.
class LoopStick {
public:
    // `spoil` is done to the image ($IMAGE) before it is plugged in.
    explicit LoopStick(const Form& form, const std::string& spoil = "true") : label_(unheard_of()) {
        run("truncate -s 16M " + image().string());
        run(form.make + " " + image().string());
        run("mkdir -p /mnt/fill && mount -t " + form.type + " -o loop " + image().string() + " /mnt/fill");
        put("/mnt/fill/FNMT/copia.p12", "the backup");
        put("/mnt/fill/carta.pdf", "a letter");
        put("/mnt/fill/grande.p12", std::string(8'000'000, 'x'));
        run("umount /mnt/fill");
        // The loop device it was filled through was seen as well: only now it gets the name it is known by.
        run(form.name + " " + image().string() + " " + label_);
        run("IMAGE=" + image().string() + "; " + spoil);
        plug();
    }
    // Without a file system.
    explicit LoopStick(std::size_t bytes) : label_(unheard_of()) {
        run("truncate -s " + std::to_string(bytes) + " " + image().string());
        plug();
    }
    LoopStick(const LoopStick&) = delete;
    LoopStick& operator=(const LoopStick&) = delete;
    ~LoopStick() { pull(); }
    void plug() { device_ = said("losetup --find --show " + image().string()); }
    void pull() {
        if (!device_.empty()) run("losetup --detach " + device_);
        device_.clear();
    }
    const std::string& device() const { return device_; }
    const std::string& label() const { return label_; }
    fs::path image() const { return fs::path(std::getenv("ACREDITA_IMAGES")) / label_; }

private:
    // Loop devices are seen by every UDisks of this PC, those of other tests too.
    static std::string unheard_of() {
        static const auto base = std::random_device()() % 1'000'000;
        static int made = 0;
        return "M" + std::to_string(base) + "X" + std::to_string(++made);
    }

    std::string label_;
    std::string device_;
};

} // namespace acredita::test
