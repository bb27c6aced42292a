// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Runs a fuzz target without a fuzzer: every file that is named, or lies in a folder that is named, and then
// a number of inputs made from those by chance, the same ones every time.
//
//     TARGET [-runs=N] [-seed=N] [-max_len=N] [FILE|FOLDER]...
#include "tests/fuzz/target.hpp"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>

using acredita::Bytes;

namespace {

using Random = std::mt19937; // the same numbers everywhere

Bytes read(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void collect(const std::filesystem::path& path, std::set<std::filesystem::path>& files) {
    if (!std::filesystem::exists(path)) return;
    if (!std::filesystem::is_directory(path)) {
        files.insert(path);
        return;
    }
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path))
        if (entry.is_regular_file() && entry.path().filename() != "README.md") files.insert(entry.path());
}

std::size_t below(Random& random, std::size_t limit) { return limit == 0 ? 0 : random() % limit; }

void mutate(Bytes& input, Random& random, const std::vector<Bytes>& seeds, std::size_t longest) {
    static constexpr std::uint8_t telling[] = {0x00, 0x01, 0x61, 0x6C, 0x7F, 0x80, 0x81,
                                               0x82, 0x84, 0x90, 0xFE, 0xFF, 0x30, 0x53};
    const auto at = below(random, input.size() + 1);
    const auto place = input.begin() + static_cast<std::ptrdiff_t>(at);
    const auto chance = static_cast<std::uint8_t>(random());
    switch (below(random, 7)) {
    case 0:
        if (at < input.size()) input[at] = chance;
        break;
    case 1:
        if (at < input.size()) input[at] = static_cast<std::uint8_t>(input[at] ^ 1U << (chance & 7U));
        break;
    case 2:
        if (at < input.size()) input[at] = telling[chance % std::size(telling)];
        break;
    case 3:
        input.insert(place, below(random, 16) + 1, chance);
        break;
    case 4:
        input.erase(place, place + static_cast<std::ptrdiff_t>(below(random, input.size() - at + 1)));
        break;
    case 5: { // the end of another
        if (seeds.empty()) break;
        const auto& other = seeds[below(random, seeds.size())];
        const auto from = below(random, other.size() + 1);
        input.erase(place, input.end());
        input.insert(input.end(), other.begin() + static_cast<std::ptrdiff_t>(from), other.end());
        break;
    }
    default: // a part of itself again
        if (at < input.size()) {
            const Bytes part(place,
                             place + static_cast<std::ptrdiff_t>(below(random, input.size() - at) + 1));
            input.insert(input.end(), part.begin(), part.end());
        }
    }
    if (input.size() > longest) input.resize(longest);
}

std::size_t number(std::string_view text) {
    std::size_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// What was being done when a run ends too early lies in a file, as a fuzzer leaves it.
void run(const Bytes& input) {
    if (const char* kept = std::getenv("ACREDITA_FUZZ_LAST"); kept != nullptr) {
        std::ofstream out(kept, std::ios::binary | std::ios::trunc);
        out.write(reinterpret_cast<const char*>(input.data()), static_cast<std::streamsize>(input.size()));
    }
    LLVMFuzzerTestOneInput(input.data(), input.size());
}

} // namespace

int main(int argc, char** argv) {
    std::size_t runs = 0, seed = 1, longest = 4096;
    std::set<std::filesystem::path> files;
    for (const std::string_view argument : std::vector<std::string_view>(argv + 1, argv + argc)) {
        if (argument.starts_with("-runs="))
            runs = number(argument.substr(6));
        else if (argument.starts_with("-seed="))
            seed = number(argument.substr(6));
        else if (argument.starts_with("-max_len="))
            longest = number(argument.substr(9));
        else
            collect(argument, files);
    }
    std::vector<Bytes> seeds;
    for (const auto& file : files) {
        std::printf("%s\n", file.filename().c_str());
        std::fflush(stdout);
        seeds.push_back(read(file));
        run(seeds.back());
    }
    run({});
    Random random(static_cast<Random::result_type>(seed));
    for (std::size_t i = 0; i < runs; ++i) {
        Bytes input = seeds.empty() ? Bytes() : seeds[below(random, seeds.size())];
        for (auto changes = below(random, 8) + 1; changes > 0; --changes)
            mutate(input, random, seeds, longest);
        run(input);
    }
    std::printf("%zu files, %zu inputs by chance\n", files.size(), runs);
    return 0;
}
