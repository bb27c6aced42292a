// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/online/http.hpp"

#include "pcsc/base/owned.hpp"

#include <algorithm>

#include <curl/curl.h>

namespace acredita::letter {

namespace {

constexpr std::size_t max_headers = std::size_t{64} * 1024;
constexpr std::size_t max_url = 2048;

using Handle = Owned<CURL, curl_easy_cleanup>;
using Headers = Owned<curl_slist, curl_slist_free_all>;

// Bytes up to a limit; one more ends the transfer.
struct Bounded {
    std::size_t limit;
    bool keep;
    std::size_t seen = 0;
    Bytes bytes{};
};

std::size_t take(char* data, std::size_t one, std::size_t count, void* to) {
    auto& into = *static_cast<Bounded*>(to);
    const auto size = one * count;
    if (size > into.limit - into.seen) return 0;
    into.seen += size;
    if (into.keep) append(into.bytes, as_bytes(std::string_view(data, size)));
    return size;
}

// libcurl once a process, before anything of it is used.
bool ready() {
    static const bool done = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return done;
}

void set(CURL* curl, CURLoption option, const auto& value) {
    static_cast<void>(curl_easy_setopt(curl, option, value));
}

void bound(CURL* curl, const HttpRequest& request, Bounded& answer, Bounded& headers) {
    const auto milliseconds = static_cast<long>(request.time.count());
    set(curl, CURLOPT_NOSIGNAL, 1L);
    set(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    set(curl, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
    set(curl, CURLOPT_MAXREDIRS, 3L);
    set(curl, CURLOPT_FOLLOWLOCATION, request.body ? 0L : 1L);
    set(curl, CURLOPT_TIMEOUT_MS, milliseconds);
    set(curl, CURLOPT_CONNECTTIMEOUT_MS, std::min(milliseconds, 10000L));
    set(curl, CURLOPT_WRITEFUNCTION, take);
    set(curl, CURLOPT_WRITEDATA, static_cast<void*>(&answer));
    set(curl, CURLOPT_HEADERFUNCTION, take);
    set(curl, CURLOPT_HEADERDATA, static_cast<void*>(&headers));
    set(curl, CURLOPT_USERAGENT, "Acredita");
    set(curl, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
}

// The type alone, in small letters: "application/timestamp-reply".
std::string type_of(CURL* curl) {
    const char* text = nullptr;
    static_cast<void>(curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &text));
    std::string type = text == nullptr ? std::string() : std::string(text);
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' ')) type.pop_back();
    std::ranges::transform(type, type.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return type;
}

} // namespace

tl::expected<Bytes, std::string> http(const HttpRequest& request) {
    const auto host = request.url.find("://");
    const bool plain = request.url.size() <= max_url && host != std::string::npos &&
                       request.url.substr(0, request.url.find('/', host + 3)).find('@') == std::string::npos;
    if (!plain) return tl::unexpected(std::string("not an address that can be asked"));
    const Handle curl(ready() ? curl_easy_init() : nullptr);
    if (!curl) return tl::unexpected(std::string("no network library"));
    Bounded answer{.limit = request.max_size, .keep = true};
    Bounded heads{.limit = max_headers, .keep = false};
    bound(curl.get(), request, answer, heads);
    set(curl.get(), CURLOPT_URL, request.url.c_str());
    if (!request.authorities.empty()) set(curl.get(), CURLOPT_CAINFO, request.authorities.c_str());
    Headers own;
    if (request.body) {
        own.reset(curl_slist_append(nullptr, ("Content-Type: " + request.content_type).c_str()));
        // No waiting for "100 Continue": the question is small.
        own.reset(curl_slist_append(own.release(), "Expect:"));
        set(curl.get(), CURLOPT_HTTPHEADER, own.get());
        set(curl.get(), CURLOPT_POST, 1L);
        set(curl.get(), CURLOPT_POSTFIELDSIZE, static_cast<long>(request.body->size()));
        set(curl.get(), CURLOPT_POSTFIELDS, reinterpret_cast<const char*>(request.body->data()));
    }
    const auto done = curl_easy_perform(curl.get());
    if (done == CURLE_WRITE_ERROR) return tl::unexpected(std::string("the answer is too large"));
    if (done != CURLE_OK) return tl::unexpected(std::string(curl_easy_strerror(done)));
    long status = 0;
    static_cast<void>(curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status));
    if (status != 200) return tl::unexpected("HTTP " + std::to_string(status));
    if (!request.wanted_type.empty() && type_of(curl.get()) != request.wanted_type)
        return tl::unexpected("the answer is not " + request.wanted_type);
    return std::move(answer.bytes);
}

} // namespace acredita::letter
