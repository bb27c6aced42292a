// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/letter/document/appearance.hpp"

#include "tools/letter/releaser.hpp"

#include <algorithm>
#include <cstdio>
#include <memory>

#include <pango/pangocairo.h>

namespace acredita::letter {

namespace {

using Surface = std::unique_ptr<cairo_surface_t, Releaser<cairo_surface_destroy>>;
using Pen = std::unique_ptr<cairo_t, Releaser<cairo_destroy>>;
using Layout = std::unique_ptr<PangoLayout, Releaser<g_object_unref>>;
using Font = std::unique_ptr<PangoFontDescription, Releaser<pango_font_description_free>>;
using Path = std::unique_ptr<cairo_path_t, Releaser<cairo_path_destroy>>;

constexpr double inset = 7;                            // between frame and text
constexpr double wanted_size = 8.5, smallest_size = 4; // of the letters, points

Layout layout_of(cairo_t* pen, const std::string& text, double size, bool bold) {
    Layout layout(pango_cairo_create_layout(pen));
    auto* context = pango_layout_get_context(layout.get());
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
    const Font font(pango_font_description_from_string(bold ? "Liberation Sans Bold" : "Liberation Sans"));
    pango_font_description_set_absolute_size(font.get(), size * PANGO_SCALE);
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_text(layout.get(), text.c_str(), static_cast<int>(text.size()));
    return layout;
}

struct Extent {
    double width = 0, height = 0;
};
Extent extent_of(PangoLayout* layout) {
    int width = 0, height = 0;
    pango_layout_get_size(layout, &width, &height);
    return {double(width) / PANGO_SCALE, double(height) / PANGO_SCALE};
}

// The largest size, not above the wanted one, at which every line fits.
double size_for(cairo_t* pen, const std::vector<std::string>& lines, double width, double height) {
    Extent all;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto one = extent_of(layout_of(pen, lines[i], wanted_size, i == 0).get());
        all.width = std::max(all.width, one.width);
        all.height += one.height;
    }
    const double factor = std::min({1.0, (width - 2 * inset) / std::max(all.width, 1.0),
                                    (height - 2 * inset) / std::max(all.height, 1.0)});
    return wanted_size * factor;
}

void number(std::string& out, double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.2f ", value);
    out += text;
}

// cairo counts downwards, PDF upwards.
std::string operators_of(const cairo_path_t& path, double height) {
    std::string out;
    for (int i = 0; i < path.num_data; i += path.data[i].header.length) {
        const auto* at = &path.data[i];
        const auto points = at->header.length - 1;
        for (int n = 1; n <= points; ++n) {
            number(out, at[n].point.x);
            number(out, height - at[n].point.y);
        }
        switch (at->header.type) {
        case CAIRO_PATH_MOVE_TO:
            out += "m\n";
            break;
        case CAIRO_PATH_LINE_TO:
            out += "l\n";
            break;
        case CAIRO_PATH_CURVE_TO:
            out += "c\n";
            break;
        case CAIRO_PATH_CLOSE_PATH:
            out += "h\n";
            break;
        }
    }
    return out;
}

} // namespace

std::string draw_signature(double width, double height, const std::vector<std::string>& lines) {
    const Surface surface(cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, nullptr));
    const Pen pen(cairo_create(surface.get()));
    const auto size = size_for(pen.get(), lines, width, height);
    if (size < smallest_size) return {};
    double top = inset;
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto layout = layout_of(pen.get(), lines[i], size, i == 0);
        cairo_move_to(pen.get(), inset, top);
        pango_cairo_layout_path(pen.get(), layout.get());
        top += extent_of(layout.get()).height;
    }
    const Path path(cairo_copy_path(pen.get()));
    if (path->status != CAIRO_STATUS_SUCCESS) return {};
    std::string out = "q\n0.55 G 0.7 w 0.35 0.35 ";
    number(out, width - 0.7);
    number(out, height - 0.7);
    out += "re S\n0.1 g\n" + operators_of(*path, height) + "f\nQ";
    return out;
}

} // namespace acredita::letter
