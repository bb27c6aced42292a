// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A database of NSS: a folder with cert9.db, key4.db and pkcs11.txt, the list of modules. Read by us, changed
// by NSS's own programs, as the person it belongs to.
#pragma once

#include "tools/register/place.hpp"
#include "tools/register/policies.hpp"

namespace acredita::registration {

// The modules in a pkcs11.txt: blocks of "key=value" lines between empty ones. nullopt: not such a text.
[[nodiscard]] std::optional<std::vector<Device>> modules_in(std::string_view text);

class NssPlace final : public Place {
public:
    // A database of a Firefox profile is there already, and not to be touched while Firefox runs.
    struct Options {
        bool profile = false;
        bool covered = false;
    };
    NssPlace(Kind kind, const Site& site, const std::filesystem::path& folder,
             const std::filesystem::path& module, Options options)
        : Place(kind, site, folder / "pkcs11.txt", module), options_(options) {}

    [[nodiscard]] Result<State> look() const override;
    [[nodiscard]] Result<void> add() const override;
    [[nodiscard]] Result<void> remove() const override;
    [[nodiscard]] Result<void> remove_others() const override;
    [[nodiscard]] std::vector<Error> faults() const override;

private:
    [[nodiscard]] Result<std::vector<Device>> modules() const;
    [[nodiscard]] Result<void> may_change() const;
    [[nodiscard]] Result<void> make() const;
    [[nodiscard]] Result<void> forget(const std::vector<Device>& those) const;
    [[nodiscard]] Result<void> modutil_says(std::vector<std::string> arguments) const;

    Options options_;
};

} // namespace acredita::registration
