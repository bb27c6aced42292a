// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/document/colour.hpp"

#include "tools/letter/releaser.hpp"

#include <algorithm>
#include <array>
#include <memory>

#include <lcms2.h>

namespace acredita::letter {

namespace {

struct Close {
    void operator()(void* profile) const noexcept { cmsCloseProfile(profile); }
};

// ICC.1:2010 7.2: date and time of creation at byte 24 in six numbers of two bytes, the platform at 40, the
// profile's identity (MD5) at 84. Fixed, for the letter is the same for the same data.
constexpr std::size_t date_at = 24, platform_at = 40, identity_at = 84, header = 128;
constexpr std::array<std::uint8_t, 12> date{0x07, 0xE4, 0, 1, 0, 1, 0, 0, 0, 0, 0, 0};

} // namespace

Result<Bytes> srgb_profile() {
    const std::unique_ptr<void, Close> profile(cmsCreate_sRGBProfile());
    cmsUInt32Number size = 0;
    if (!profile) return fail(document_errc::not_drawn, "colour");
    cmsSetProfileVersion(profile.get(),
                         2.1); // PDF/A-3, ISO 19005-3 6.2.3: up to ICC.1:2010; older readers too
    if (cmsSaveProfileToMem(profile.get(), nullptr, &size) == 0 || size < header)
        return fail(document_errc::not_drawn, "colour");
    Bytes out(size);
    if (cmsSaveProfileToMem(profile.get(), out.data(), &size) == 0)
        return fail(document_errc::not_drawn, "colour");
    std::ranges::copy(date, out.begin() + date_at);
    std::fill_n(out.begin() + platform_at, 4, std::uint8_t{0});
    std::fill_n(out.begin() + identity_at, 16, std::uint8_t{0});
    return out;
}

} // namespace acredita::letter
