// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/browser_test/page.hpp"

#include "tools/catalogue/catalogue.hpp"

namespace acredita::browser_test {

namespace {

constexpr std::size_t longest_shown = 200;

// Colours have a contrast of 7:1 and more, in light and dark; nothing is said by colour alone.
constexpr std::string_view style = R"(
:root{color-scheme:light dark;--paper:#fbfaf7;--ink:#1c1b19;--quiet:#4d4a45;--line:#d8d3c8;--good:#0b5a32;--bad:#8c1d18}
@media(prefers-color-scheme:dark){:root{--paper:#191817;--ink:#f3f0ea;--quiet:#c3beb4;--line:#4a4741;--good:#7fdca6;--bad:#ffb4ab}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.125rem/1.6 system-ui,"DejaVu Sans",sans-serif}
main{max-width:44rem;margin:0 auto;padding:clamp(1.5rem,6vw,5rem) 1.5rem}
header{display:flex;gap:1.25rem;align-items:center;padding-bottom:1.5rem;border-bottom:2px solid var(--line)}
.mark{flex:none;width:4rem;height:4rem;border-radius:50%;display:grid;place-items:center;font-size:2rem;line-height:1;
color:var(--paper);background:var(--mark)}
.good{--mark:var(--good)}.bad{--mark:var(--bad)}
h1{margin:0;font-size:clamp(1.6rem,4.5vw,2.4rem);line-height:1.2;text-wrap:balance}
.name{font-size:1.4rem;font-weight:600;margin:2rem 0 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.4rem 1.5rem;margin:1.5rem 0}
dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
@media(max-width:34rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.75rem}}
.todo{border-left:.35rem solid var(--mark);padding:.25rem 0 .25rem 1.25rem;margin:2rem 0}
.todo p{margin:.25rem 0}.todo strong{display:block}
a{display:inline-block;margin-top:1rem;padding:.7rem 1.6rem;border:2px solid var(--ink);border-radius:.5rem;color:var(--ink);
text-decoration:none;font-weight:600}
a:hover,a:focus-visible{background:var(--ink);color:var(--paper)}a:focus-visible{outline:3px solid var(--good);outline-offset:3px}
footer{margin-top:3rem;padding-top:1rem;border-top:1px solid var(--line);color:var(--quiet);font-size:.95rem}
)";

// Names in a stranger's certificate may be of any length.
std::string shortened(std::string_view text) {
    if (text.size() <= longest_shown) return escaped(text);
    auto end = longest_shown;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
    return escaped(text.substr(0, end)) + "…";
}

class Writer {
public:
    explicit Writer(catalogue::Language language) : language_(language) {}

    [[nodiscard]] std::string say(std::string_view key) const {
        return escaped(catalogue::text("browser.page." + std::string(key), language_));
    }
    void add(std::string_view html) { html_ += html; }
    void fact(std::string_view key, std::string_view value) {
        if (!value.empty()) html_ += "<dt>" + say(key) + "</dt><dd>" + shortened(value) + "</dd>\n";
    }
    [[nodiscard]] std::string take() { return std::move(html_); }

private:
    catalogue::Language language_;
    std::string html_;
};

void add_head(Writer& out, catalogue::Language language, std::string_view title, bool good) {
    out.add("<!doctype html>\n<html lang=\"");
    out.add(catalogue::tag(language));
    out.add("\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" "
            "content=\"width=device-width,initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n<title>");
    out.add(title);
    out.add("</title>\n<style>");
    out.add(style);
    out.add("</style>\n</head>\n<body>\n<main class=\"");
    out.add(good ? "good" : "bad");
    out.add("\">\n<header><span class=\"mark\" aria-hidden=\"true\">");
    out.add(good ? "✓" : "!");
    out.add("</span><h1>");
}

void add_certificate(Writer& out, const Visit& visit) {
    if (!visit.certificate) return;
    const auto& shown = *visit.certificate;
    out.add("<p class=\"name\">" + shortened(shown.holder) + "</p>\n<dl>\n");
    out.fact("nif", shown.masked_id);
    out.fact("issuer", shown.issuer);
    out.fact("expiry", shown.not_after.substr(0, 10));
    out.fact("key", shown.key);
    out.fact("signature", visit.signature);
    out.fact("connection", visit.protocol);
    out.add("</dl>\n");
}

} // namespace

std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&#39;";
            break;
        default:
            out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
        }
    }
    return out;
}

std::string page(const Visit& visit, catalogue::Language language) {
    Writer out(language);
    const bool good = !visit.fault;
    if (good) {
        add_head(out, language, out.say("works"), true);
        out.add(out.say("works") + "</h1></header>\n");
        add_certificate(out, visit);
        out.add("<div class=\"todo\"><p><strong>" + out.say("signed") + "</strong></p><p>" + out.say("next") +
                "</p></div>\n");
    } else {
        const auto told = catalogue::message(fail(*visit.fault).value(), language);
        add_head(out, language, escaped(told.what), false);
        out.add(escaped(told.what) + "</h1></header>\n<div class=\"todo\"><p>" + escaped(told.means) +
                "</p><p><strong>" + escaped(told.action) + "</strong></p></div>\n");
        add_certificate(out, visit);
    }
    out.add("<a href=\"/\">" + out.say("again") + "</a>\n<footer>" + out.say("footer"));
    if (!good) {
        const auto error = fail(*visit.fault).value();
        out.add(" · " + out.say("code") + " " + std::to_string(catalogue::message(error, language).code) +
                ", " + error_name(error.code));
    }
    out.add("</footer>\n</main>\n</body>\n</html>\n");
    return out.take();
}

} // namespace acredita::browser_test
