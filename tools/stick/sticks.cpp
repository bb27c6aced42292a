// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/stick/sticks.hpp"

#include "tools/stick/saving.hpp"
#include "tools/stick/shown.hpp"

#include <algorithm>

namespace acredita::stick {

Result<Mounted> Sticks::mount(const std::string& volume) { return attach(volume, Access::read); }

Result<Sticks::Saved> Sticks::save(const std::string& volume, std::string_view name, ByteView bytes) {
    if (!suitable_name(name)) return fail(stick_errc::name_unsuitable, shown(name));
    // What could not be read back could not be verified.
    if (bytes.size() > largest_file) return fail(stick_errc::too_large, std::to_string(bytes.size()));
    Saved saved;
    {
        ACREDITA_TRY(writing, attach(volume, Access::save));
        auto written = write_new(writing, name, bytes);
        auto closed = writing.unmount();
        // "Pulled" says that nothing was changed; here that is not so.
        const auto half = [](Error error) {
            return is(error, stick_errc::pulled) ? fail(stick_errc::save_failed, "pulled")
                                                 : fail(std::move(error));
        };
        if (!written) return half(std::move(written).error());
        if (!closed) return half(std::move(closed).error());
        saved.name = std::move(*written);
    }
    auto reading = attach(volume, Access::read);
    if (!reading) return fail(stick_errc::not_verified, error_name(reading.error().code));
    Entry entry;
    entry.path = saved.name;
    const auto back = reading->read(entry);
    if (!back) return fail(stick_errc::not_verified, error_name(back.error().code));
    if (!std::ranges::equal(*back, bytes)) return fail(stick_errc::not_verified, "other bytes");
    return saved;
}

} // namespace acredita::stick
