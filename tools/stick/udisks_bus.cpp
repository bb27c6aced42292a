// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/stick/udisks_bus.hpp"

#include <array>

namespace acredita::stick {

namespace {

const std::string service = "org.freedesktop.UDisks2";
const std::string service_path = "/org/freedesktop/UDisks2";
const std::string prefix = "org.freedesktop.UDisks2.";

struct Meaning {
    std::string_view name;
    stick_errc code;
};

// The names alone are kept: UDisks' sentences tell the label, which may be a person's name.
Error named(const sdbus::Error& error) {
    static constexpr std::array meanings{
        Meaning{"org.freedesktop.UDisks2.Error.NotAuthorized", stick_errc::mount_refused},
        Meaning{"org.freedesktop.UDisks2.Error.NotAuthorizedCanObtain", stick_errc::mount_refused},
        Meaning{"org.freedesktop.UDisks2.Error.NotAuthorizedDismissed", stick_errc::mount_refused},
        Meaning{"org.freedesktop.DBus.Error.AccessDenied", stick_errc::mount_refused},
        Meaning{"org.freedesktop.UDisks2.Error.DeviceBusy", stick_errc::in_use},
        Meaning{"org.freedesktop.UDisks2.Error.AlreadyMounted", stick_errc::in_use},
        Meaning{"org.freedesktop.UDisks2.Error.MountedByOtherUser", stick_errc::in_use},
        Meaning{"org.freedesktop.UDisks2.Error.AlreadyUnmounting", stick_errc::in_use},
        Meaning{"org.freedesktop.UDisks2.Error.OptionNotPermitted", stick_errc::flags_missing},
        Meaning{"org.freedesktop.UDisks2.Error.Failed", stick_errc::mount_failed},
        Meaning{"org.freedesktop.UDisks2.Error.NotSupported", stick_errc::mount_failed},
        Meaning{"org.freedesktop.UDisks2.Error.Cancelled", stick_errc::mount_failed},
        Meaning{"org.freedesktop.UDisks2.Error.Timedout", stick_errc::mount_failed},
        // The object was there a moment ago.
        Meaning{"org.freedesktop.DBus.Error.UnknownObject", stick_errc::pulled},
        Meaning{"org.freedesktop.DBus.Error.UnknownMethod", stick_errc::pulled},
        Meaning{"org.freedesktop.DBus.Error.UnknownInterface", stick_errc::pulled},
    };
    for (const auto& meaning : meanings)
        if (meaning.name == error.getName()) return fail(meaning.code, error.getName()).value();
    return fail(stick_errc::service_unavailable, error.getName()).value();
}

// The library tells faults by throwing; nothing of it leaves this file.
template <class Work>
auto caught(Work work) -> Result<decltype(work())> {
    try {
        if constexpr (std::is_void_v<decltype(work())>) {
            work();
            return {};
        } else {
            return work();
        }
    } catch (const sdbus::Error& error) {
        return fail(named(error));
    }
}

// No window of polkit's opens to ask for a password: the answer is yes or no.
const Properties no_questions() { return {{"auth.no_user_interaction", true}}; }

} // namespace

UDisksBus::UDisksBus(std::unique_ptr<sdbus::IConnection> connection) : connection_(std::move(connection)) {}

Result<UDisksBus> UDisksBus::open() {
    return caught([] { return UDisksBus(sdbus::createSystemBusConnection()); });
}

Result<Objects> UDisksBus::objects(std::chrono::milliseconds patience) {
    return caught([&] {
        std::map<sdbus::ObjectPath, std::map<std::string, Properties>> found;
        sdbus::createProxy(*connection_, service, service_path)
            ->callMethod("GetManagedObjects")
            .onInterface("org.freedesktop.DBus.ObjectManager")
            .withTimeout(patience)
            .storeResultsTo(found);
        Objects objects;
        for (auto& [path, interfaces] : found)
            for (auto& [name, properties] : interfaces)
                if (name.starts_with(prefix))
                    objects[path][name.substr(prefix.size())] = std::move(properties);
        return objects;
    });
}

Result<std::string> UDisksBus::mount(const std::string& block, const std::string& options,
                                     std::chrono::milliseconds patience) {
    return caught([&] {
        auto arguments = no_questions();
        arguments["options"] = options;
        std::string point;
        sdbus::createProxy(*connection_, service, block)
            ->callMethod("Mount")
            .onInterface(prefix + "Filesystem")
            .withTimeout(patience)
            .withArguments(arguments)
            .storeResultsTo(point);
        return point;
    });
}

Result<void> UDisksBus::call(const std::string& object, const std::string& interface,
                             const std::string& method, std::chrono::milliseconds patience) {
    return caught([&] {
        sdbus::createProxy(*connection_, service, object)
            ->callMethod(method)
            .onInterface(prefix + interface)
            .withTimeout(patience)
            .withArguments(no_questions())
            .storeResultsTo();
    });
}

Result<void> UDisksBus::unmount(const std::string& block, std::chrono::milliseconds patience) {
    auto done = call(block, "Filesystem", "Unmount", patience);
    if (!done && done.error().detail == prefix + "Error.NotMounted") return {};
    return done;
}

Result<void> UDisksBus::power_off(const std::string& drive, std::chrono::milliseconds patience) {
    return call(drive, "Drive", "PowerOff", patience);
}

Result<void> UDisksBus::eject(const std::string& drive, std::chrono::milliseconds patience) {
    return call(drive, "Drive", "Eject", patience);
}

Result<void> UDisksBus::follow() {
    const auto note = [dirty = dirty_.get()](sdbus::Message&) { *dirty = true; };
    const std::string ours = "type='signal',sender='" + service + "',";
    return caught([&] {
        slots_.push_back(
            connection_->addMatch(ours + "interface='org.freedesktop.DBus.ObjectManager'", note));
        slots_.push_back(connection_->addMatch(ours + "interface='org.freedesktop.DBus.Properties'", note));
        // UDisks began or ended.
        slots_.push_back(connection_->addMatch("type='signal',sender='org.freedesktop.DBus',member="
                                               "'NameOwnerChanged',arg0='" +
                                                   service + "'",
                                               note));
    });
}

Result<bool> UDisksBus::changed() {
    return caught([&] {
        while (connection_->processPendingRequest()) {
        }
        return std::exchange(*dirty_, false);
    });
}

} // namespace acredita::stick
