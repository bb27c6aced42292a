// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// A place where programs look for PKCS#11 modules, and the same few verbs for each. A place is looked at
// before it is changed (register_here, unregister_here), so a second run changes nothing and writes nothing.
#pragma once

#include "pcsc/base/error.hpp"
#include "tools/register/error.hpp"
#include "tools/register/site.hpp"

#include <memory>
#include <string_view>
#include <vector>

namespace acredita::registration {

enum class Kind { firefox, nss, p11_kit };

enum class State {
    absent,
    present, // once, under our name, at the module's path
    covered, // not here, because the machine's own registration already serves this person
    amiss,   // twice, at another path or under another name
};

class Place {
public:
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    virtual ~Place() = default;

    [[nodiscard]] Kind kind() const noexcept { return kind_; }
    // The file that tells: as seen from the site's root.
    [[nodiscard]] const std::filesystem::path& file() const noexcept { return file_; }
    [[nodiscard]] const Site& site() const noexcept { return site_; }

    [[nodiscard]] virtual Result<State> look() const = 0;
    // Afterwards look() says `present`; whatever else is in the file stays.
    [[nodiscard]] virtual Result<void> add() const = 0;
    // Afterwards look() says `absent`.
    [[nodiscard]] virtual Result<void> remove() const = 0;
    // Everything that keeps this place from doing its work: ours and others'.
    [[nodiscard]] virtual std::vector<Error> faults() const = 0;
    // Takes the modules away that serve the same cards.
    [[nodiscard]] virtual Result<void> remove_others() const { return {}; }

protected:
    Place(Kind kind, Site site, std::filesystem::path file, std::filesystem::path module)
        : kind_(kind), site_(std::move(site)), file_(std::move(file)), module_(std::move(module)) {}
    [[nodiscard]] const std::filesystem::path& module() const noexcept { return module_; }

private:
    Kind kind_;
    Site site_;
    std::filesystem::path file_;
    std::filesystem::path module_;
};

using Places = std::vector<std::unique_ptr<Place>>;

struct Change {
    State before;
    bool changed; // or, in a trial, would be
};

// `trial`: say what would be done.
[[nodiscard]] Result<Change> register_here(const Place& place, bool trial);
[[nodiscard]] Result<Change> unregister_here(const Place& place, bool trial);

[[nodiscard]] std::string_view name_of(Kind kind) noexcept;
[[nodiscard]] std::string_view name_of(State state) noexcept;

} // namespace acredita::registration
