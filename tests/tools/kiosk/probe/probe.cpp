// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A plugin that Qt itself loads into any program with windows (QT_QPA_GENERIC_PLUGINS): so the kiosk is
// measured as it is installed, and has nothing in it for being measured.
//
// It listens on the Unix socket that ACREDITA_PROBE names. A line asks, a line of JSON answers:
//   layout   what is wrong with what is to be seen (layout.hpp)
//   lag      how long events waited for the thread of the windows since it was asked last
#include "tests/tools/kiosk/probe/lag.hpp"
#include "tests/tools/kiosk/probe/layout.hpp"

#include <cstring>

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <QtCore/QJsonDocument>
#include <QtCore/QSocketNotifier>
#include <QtGui/QGenericPlugin>
#include <QtGui/QGuiApplication>

namespace acredita::probe {

class Probe : public QObject {
    Q_OBJECT

public:
    explicit Probe(const QByteArray& path) : server_(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::strncpy(static_cast<char*>(address.sun_path), path.constData(), sizeof address.sun_path - 1);
        if (bind(server_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0 ||
            listen(server_, 4) != 0)
            qFatal("the probe cannot listen on %s", path.constData());
        auto* const notifier = new QSocketNotifier(server_, QSocketNotifier::Read, this);
        connect(notifier, &QSocketNotifier::activated, this, &Probe::answer);
    }
    ~Probe() override { close(server_); }
    Probe(const Probe&) = delete;
    Probe& operator=(const Probe&) = delete;

private:
    // One question a connection. The tests wait for the answer, so nobody else is waiting here.
    void answer() {
        const int client = accept4(server_, nullptr, nullptr, SOCK_CLOEXEC);
        if (client < 0) return;
        char line[32] = {};
        const auto got = read(client, static_cast<char*>(line), sizeof line - 1);
        const auto asked =
            QByteArray(static_cast<char*>(line), got > 0 ? static_cast<qsizetype>(got) : 0).trimmed();
        const auto said =
            QJsonDocument(asked == "lag" ? lag_.take() : layout()).toJson(QJsonDocument::Compact) + '\n';
        for (qsizetype sent = 0; sent < said.size();) {
            const auto now =
                write(client, said.constData() + sent, static_cast<std::size_t>(said.size() - sent));
            if (now <= 0) break;
            sent += now;
        }
        close(client);
    }

    static QJsonObject layout() {
        for (auto* const window : QGuiApplication::topLevelWindows())
            if (auto* const quick = qobject_cast<QQuickWindow*>(window);
                quick != nullptr && quick->isVisible())
                return judge(*quick);
        return {};
    }

    int server_;
    Lag lag_;
};

class Plugin : public QGenericPlugin {
    Q_OBJECT
    Q_PLUGIN_METADATA(IID QGenericPluginFactoryInterface_iid FILE "probe.json")

public:
    QObject* create(const QString&, const QString&) override {
        const auto path = qgetenv("ACREDITA_PROBE");
        return path.isEmpty() ? nullptr : new Probe(path);
    }
};

} // namespace acredita::probe

#include "probe.moc"
