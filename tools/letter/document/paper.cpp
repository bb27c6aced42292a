// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/document/paper.hpp"

#include <algorithm>
#include <utility>

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

namespace acredita::letter {

namespace {

cairo_status_t keep(void* to, const unsigned char* data, unsigned size) {
    auto& bytes = *static_cast<Bytes*>(to);
    bytes.insert(bytes.end(), data, data + size);
    return CAIRO_STATUS_SUCCESS;
}

} // namespace

Paper::Paper(Bytes& out, const std::string& title, const std::string& language)
    : surface_(cairo_pdf_surface_create_for_stream(keep, &out, width, height)) {
    cairo_pdf_surface_set_metadata(surface_.get(), CAIRO_PDF_METADATA_TITLE, title.c_str());
    pen_.reset(cairo_create(surface_.get()));
    // Paper has no pixels: letters stand where their designer put them.
    cairo_font_options_set_hint_style(options_.get(), CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options_.get(), CAIRO_HINT_METRICS_OFF);
    cairo_tag_begin(pen_.get(), "Document", ("lang='" + language + "'").c_str());
}

Paper::~Paper() = default;

Paper::Layout Paper::layout_of(const std::string& text, const Face& face) {
    Layout layout(pango_cairo_create_layout(pen_.get()));
    auto* context = pango_layout_get_context(layout.get());
    pango_cairo_context_set_resolution(context, 72); // units are points
    pango_cairo_context_set_font_options(context, options_.get());
    pango_context_set_round_glyph_positions(context, FALSE);
    const std::unique_ptr<PangoFontDescription, Releaser<pango_font_description_free>> font(
        pango_font_description_from_string(face.font));
    pango_layout_set_font_description(layout.get(), font.get());
    const auto room = face.width > 0 ? face.width : full - face.left;
    pango_layout_set_width(layout.get(), static_cast<int>(room * PANGO_SCALE));
    pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
    pango_layout_set_alignment(layout.get(), face.align);
    pango_layout_set_line_spacing(layout.get(), static_cast<float>(face.line_height));
    pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
    return layout;
}

double Paper::height_of(PangoLayout* layout) const {
    int lines = 0;
    pango_layout_get_size(layout, nullptr, &lines);
    return double(lines) / PANGO_SCALE;
}

void Paper::draw(const char* tag, PangoLayout* layout, const Face& face, double top) {
    cairo_tag_begin(pen_.get(), tag, nullptr);
    cairo_set_source_rgb(pen_.get(), face.grey, face.grey, face.grey);
    cairo_move_to(pen_.get(), margin + face.left, top);
    pango_cairo_show_layout(pen_.get(), layout);
    if (face.rule) {
        cairo_rectangle(pen_.get(), margin, top + height_of(layout) + 7, full, 0.8);
        cairo_fill(pen_.get());
    }
    cairo_tag_end(pen_.get(), tag);
}

void Paper::need(double points) {
    if (top_ + points <= height - margin || top_ <= margin) return;
    cairo_show_page(pen_.get());
    ++page_;
    top_ = margin;
}

void Paper::text(const char* tag, const std::string& text, const Face& face) {
    const auto layout = layout_of(text, face);
    const auto tall = height_of(layout.get());
    need(tall);
    draw(tag, layout.get(), face, top_);
    top_ += tall + face.after + (face.rule ? 8 : 0);
}

void Paper::list(const std::vector<std::pair<std::string, std::string>>& rows, const Face& label,
                 const Face& body) {
    // A list that would end on another sheet is two lists there: a structure element stays on its page.
    bool open = false;
    const auto close = [&] {
        if (std::exchange(open, false)) cairo_tag_end(pen_.get(), "L");
    };
    for (const auto& [name, value] : rows) {
        const auto left = layout_of(name, label);
        const auto right = layout_of(value, body);
        const auto tall = std::max(height_of(left.get()), height_of(right.get()));
        if (top_ + tall > height - margin) {
            close();
            need(tall);
        }
        if (!std::exchange(open, true)) cairo_tag_begin(pen_.get(), "L", nullptr);
        cairo_tag_begin(pen_.get(), "LI", nullptr);
        draw("Lbl", left.get(), label, top_);
        draw("LBody", right.get(), body, top_);
        cairo_tag_end(pen_.get(), "LI");
        top_ += tall + body.after;
    }
    close();
}

void Paper::code(const Squares& squares, double side, const std::string& beside, const Face& face) {
    const auto layout = layout_of(beside, face);
    const auto tall = std::max(side, height_of(layout.get()));
    need(tall);
    const auto unit = side / squares.side;
    cairo_tag_begin(pen_.get(), "Figure", nullptr);
    cairo_set_source_rgb(pen_.get(), 0, 0, 0);
    for (unsigned y = 0; y < squares.side; ++y)
        for (unsigned x = 0; x < squares.side; ++x)
            if (squares.at(x, y)) cairo_rectangle(pen_.get(), margin + x * unit, top_ + y * unit, unit, unit);
    cairo_fill(pen_.get());
    cairo_tag_end(pen_.get(), "Figure");
    draw("P", layout.get(), face, top_);
    top_ += tall + face.after;
}

void Paper::field(std::string name, std::string tooltip, double field_width, double field_height) {
    need(field_height);
    fields_.push_back({std::move(name), std::move(tooltip), page_, margin, top_, field_width, field_height});
    top_ += field_height + 10;
}

Result<void> Paper::finish() {
    cairo_tag_end(pen_.get(), "Document");
    cairo_show_page(pen_.get());
    const auto pen = cairo_status(pen_.get());
    cairo_surface_finish(surface_.get());
    const auto surface = cairo_surface_status(surface_.get());
    for (const auto status : {pen, surface})
        if (status != CAIRO_STATUS_SUCCESS)
            return fail(document_errc::not_drawn, cairo_status_to_string(status));
    if (page_ + 1 > most_pages) return fail(document_errc::too_long);
    return {};
}

} // namespace acredita::letter
