// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/kiosk/controller/chime.hpp"

#include <QProcess>
#include <QStandardPaths>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace acredita::kiosk {
namespace {

constexpr unsigned rate = 22'050;
constexpr double loudness = 0.25;
constexpr unsigned soft = rate / 100; // samples at either end

QString player() { return QStandardPaths::findExecutable("aplay"); }

std::vector<Note> notes_of(const QString& what) {
    if (what == "done") return {{523.25, 120}, {659.25, 120}, {783.99, 220}};
    if (what == "trouble") return {{329.63, 200}, {246.94, 300}};
    return {{587.33, 120}};
}

} // namespace

std::vector<char> samples_of(const std::vector<Note>& notes, unsigned samples_a_second) {
    std::vector<char> bytes;
    for (const auto& note : notes) {
        const auto count = samples_a_second * note.length / 1000;
        for (unsigned n = 0; n < count; ++n) {
            const double swell =
                std::min({1.0, static_cast<double>(n) / soft, static_cast<double>(count - n) / soft});
            const double turn = 2 * std::numbers::pi * note.pitch * n / samples_a_second;
            const auto value = static_cast<std::int16_t>(std::sin(turn) * swell * loudness * 32767);
            bytes.push_back(static_cast<char>(value & 0xFF));
            bytes.push_back(static_cast<char>(value >> 8));
        }
    }
    return bytes;
}

void Chime::turn(bool on) {
    if (on == on_) return;
    on_ = on;
    Q_EMIT changed();
    play("step");
}

bool Chime::possible() { return !player().isEmpty(); }

void Chime::play(const QString& what) {
    if (!on_ || !possible()) return;
    auto* const process = new QProcess(this); // NOLINT: Qt's ownership, it goes when it has played
    connect(process, &QProcess::finished, process, &QObject::deleteLater);
    connect(process, &QProcess::errorOccurred, process, &QObject::deleteLater);
    process->setStandardOutputFile(QProcess::nullDevice());
    process->setStandardErrorFile(QProcess::nullDevice());
    process->start(player(),
                   {"-q", "-t", "raw", "-f", "S16_LE", "-c", "1", "-r", QString::number(rate), "-"});
    const auto bytes = samples_of(notes_of(what), rate);
    process->write(bytes.data(), static_cast<qint64>(bytes.size()));
    process->closeWriteChannel();
}

} // namespace acredita::kiosk
