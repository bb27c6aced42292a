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
        if (!written) return fail(std::move(written).error());
        ACREDITA_CHECK(std::move(closed));
        saved.name = std::move(*written);
    }
    ACREDITA_TRY(reading, attach(volume, Access::read));
    Entry entry;
    entry.path = saved.name;
    auto back = reading.read(entry);
    if (!back)
        return is(back.error(), stick_errc::pulled) ? fail(std::move(back).error())
                                                    : fail(stick_errc::not_verified, back.error().detail);
    if (!std::ranges::equal(*back, bytes)) return fail(stick_errc::not_verified, "other bytes");
    ACREDITA_CHECK(reading.unmount());
    return saved;
}

} // namespace acredita::stick
