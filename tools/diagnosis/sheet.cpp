// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/diagnosis/sheet.hpp"

#include "pcsc/base/owned.hpp"
#include "tools/diagnosis/error.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

namespace acredita::diagnosis {
namespace {

// A4 in points (ISO 216), and margins that every office printer keeps.
constexpr double width = 595.276, height = 841.890, margin = 56;
constexpr double indent = 30; // of a step behind its number
constexpr double full = width - 2 * margin;

using Surface = Owned<cairo_surface_t, cairo_surface_destroy>;
using Pen = Owned<cairo_t, cairo_destroy>;
using Layout = Owned<PangoLayout, g_object_unref>;
using Font = Owned<PangoFontDescription, pango_font_description_free>;

cairo_status_t append(void* to, const unsigned char* data, unsigned size) {
    auto& bytes = *static_cast<Bytes*>(to);
    bytes.insert(bytes.end(), data, data + size);
    return CAIRO_STATUS_SUCCESS;
}

class Sheet {
public:
    Sheet(Bytes& out, const Page& page, catalogue::Language language)
        : surface_(cairo_pdf_surface_create_for_stream(append, &out, width, height)) {
        cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE,
                                       (page.heading + ": " + page.title).c_str());
        pen_.reset(cairo_create(surface_.get()));
        cairo_tag_begin(pen_.get(), "Document",
                        language == catalogue::Language::spanish ? "lang='es'" : "lang='en'");
    }

    void heading(const std::string& text) { block("H1", "Sans Bold 19", text, 4); }
    void title(const std::string& text) {
        block("H2", "Sans 14", text, 10);
        cairo_set_line_width(pen_.get(), 1.2);
        cairo_move_to(pen_.get(), margin, top_);
        cairo_line_to(pen_.get(), width - margin, top_);
        cairo_stroke(pen_.get());
        top_ += 16;
    }
    void steps(const std::vector<std::string>& all) {
        cairo_tag_begin(pen_.get(), "L", nullptr);
        unsigned number = 0;
        for (const auto& text : all) {
            cairo_tag_begin(pen_.get(), "LI", nullptr);
            const auto before = top_;
            block("Lbl", "Sans Bold 13", std::to_string(++number), 0);
            top_ = before;
            block("LBody", "Sans 13", text, 11, indent);
            cairo_tag_end(pen_.get(), "LI");
        }
        cairo_tag_end(pen_.get(), "L");
    }
    void paragraph(const std::string& text, const char* font = "Sans 11") { block("P", font, text, 11); }
    void framed(const std::string& text) {
        const auto before = top_;
        top_ += 10;
        block("P", "Sans 11", text, 10, 12, 12);
        cairo_set_line_width(pen_.get(), 0.8);
        cairo_rectangle(pen_.get(), margin, before, full, top_ - before);
        cairo_stroke(pen_.get());
        top_ += 14;
    }

    [[nodiscard]] Result<void> finish() {
        cairo_tag_end(pen_.get(), "Document");
        cairo_show_page(pen_.get());
        const auto pen = cairo_status(pen_.get());
        cairo_surface_finish(surface_.get());
        const auto surface = cairo_surface_status(surface_.get());
        for (const auto status : {pen, surface})
            if (status != CAIRO_STATUS_SUCCESS)
                return fail(diagnosis_errc::no_page, cairo_status_to_string(status));
        if (top_ > height - margin) return fail(diagnosis_errc::too_long);
        return {};
    }

private:
    void block(const char* tag, const char* font_name, const std::string& text, double gap, double left = 0,
               double right = 0) {
        cairo_tag_begin(pen_.get(), tag, nullptr);
        const Layout layout(pango_cairo_create_layout(pen_.get()));
        pango_cairo_context_set_resolution(pango_layout_get_context(layout.get()), 72); // units are points
        const Font font(pango_font_description_from_string(font_name));
        pango_layout_set_font_description(layout.get(), font.get());
        pango_layout_set_width(layout.get(), static_cast<int>((full - left - right) * PANGO_SCALE));
        pango_layout_set_line_spacing(layout.get(), 1.15F);
        pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
        cairo_move_to(pen_.get(), margin + left, top_);
        pango_cairo_show_layout(pen_.get(), layout.get());
        int lines = 0;
        pango_layout_get_size(layout.get(), nullptr, &lines);
        top_ += double(lines) / PANGO_SCALE + gap;
        cairo_tag_end(pen_.get(), tag);
    }

    Surface surface_;
    Pen pen_{};
    double top_ = margin;
};

} // namespace

Result<Bytes> draw_sheet(const Page& page, catalogue::Language language) {
    Bytes out;
    Sheet sheet(out, page, language);
    sheet.heading(page.heading);
    sheet.title(page.title);
    for (const auto& text : page.lead) sheet.paragraph(text, "Sans 12");
    sheet.steps(page.steps);
    sheet.framed(page.done);
    sheet.paragraph(page.trouble);
    for (const auto& note : page.notes) sheet.paragraph(note);
    ACREDITA_CHECK(sheet.finish());
    return out;
}

} // namespace acredita::diagnosis
