// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Numbers given out to C callers instead of pointers. A number is never used twice in the life of a map, so a
// stale handle is refused and never means something else. Guarded by whoever owns the map.
#pragma once

#include <map>
#include <memory>
#include <utility>

namespace acredita::module {

template <class T>
class HandleMap {
public:
    unsigned long add(std::shared_ptr<T> value) {
        items_.emplace(++last_, std::move(value));
        return last_;
    }
    [[nodiscard]] std::shared_ptr<T> find(unsigned long handle) const {
        const auto found = items_.find(handle);
        return found == items_.end() ? nullptr : found->second;
    }
    std::shared_ptr<T> take(unsigned long handle) {
        auto node = items_.extract(handle);
        return node ? std::move(node.mapped()) : nullptr;
    }
    void replace(unsigned long handle, std::shared_ptr<T> value) { items_[handle] = std::move(value); }
    template <class Predicate>
    void erase_if(Predicate&& predicate) {
        std::erase_if(items_, [&](const auto& item) { return predicate(item.first, *item.second); });
    }
    [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }
    void clear() noexcept { items_.clear(); }
    [[nodiscard]] auto begin() const noexcept { return items_.begin(); }
    [[nodiscard]] auto end() const noexcept { return items_.end(); }

private:
    std::map<unsigned long, std::shared_ptr<T>> items_;
    unsigned long last_ = 0;
};

} // namespace acredita::module
