// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

// Sheets of A4 that are drawn from top to bottom and know what each piece of text is (PDF 1.7, 14.8.4:
// standard structure types). Nothing is drawn outside of a structure element, and nothing that belongs
// together is torn apart by the end of a sheet unless it is longer than one.
//
// Lengths are points (1/72 inch) from the upper left corner.
#pragma once

#include "pcsc/base/bytes.hpp"
#include "tools/letter/document/code.hpp"
#include "tools/letter/document/errors.hpp"
#include "tools/letter/releaser.hpp"

#include <memory>
#include <string>
#include <vector>

#include <cairo.h>
#include <pango/pango.h>

namespace acredita::letter {

// Where an empty signature field goes.
struct FieldPlace {
    std::string name;
    std::string tooltip;
    unsigned page = 0; // from 0
    double left = 0, top = 0, width = 0, height = 0;
};

struct Face {
    const char* font; // as Pango writes it
    double after = 0; // room below
    PangoAlignment align = PANGO_ALIGN_LEFT;
    double left = 0, width = 0; // inside the margins; 0: all there is
    double line_height = 1.25;  // of the font's own
    double grey = 0;            // 0 black
    bool rule = false;          // a line below, from margin to margin
};

class Paper {
public:
    static constexpr double width = 595.276, height = 841.890; // ISO 216
    static constexpr double margin = 62;
    static constexpr double full = width - 2 * margin;
    static constexpr unsigned most_pages = 6;

    Paper(Bytes& out, const std::string& title, const std::string& language);
    ~Paper();
    Paper(const Paper&) = delete;
    Paper& operator=(const Paper&) = delete;

    void text(const char* tag, const std::string& text, const Face& face);
    // Label and body side by side: a row of a list.
    void list(const std::vector<std::pair<std::string, std::string>>& rows, const Face& label,
              const Face& body);
    void space(double points) { top_ += points; }
    // Goes on to a new sheet unless this much is left on this one.
    void need(double points);
    // A figure at the left margin; what is said of it beside it.
    void code(const Squares& squares, double side, const std::string& beside, const Face& face);
    void field(std::string name, std::string tooltip, double field_width, double field_height);

    // Everything drawn so far goes to `out`. not_drawn, too_long.
    [[nodiscard]] Result<void> finish();
    [[nodiscard]] const std::vector<FieldPlace>& fields() const noexcept { return fields_; }
    [[nodiscard]] unsigned pages() const noexcept { return page_ + 1; }

private:
    using Surface = std::unique_ptr<cairo_surface_t, Releaser<cairo_surface_destroy>>;
    using Pen = std::unique_ptr<cairo_t, Releaser<cairo_destroy>>;
    using Layout = std::unique_ptr<PangoLayout, Releaser<g_object_unref>>;

    [[nodiscard]] Layout layout_of(const std::string& text, const Face& face);
    [[nodiscard]] double height_of(PangoLayout* layout) const;
    void draw(const char* tag, PangoLayout* layout, const Face& face, double top);

    using Options = std::unique_ptr<cairo_font_options_t, Releaser<cairo_font_options_destroy>>;

    Options options_{cairo_font_options_create()};
    Surface surface_;
    Pen pen_{};
    double top_ = margin;
    unsigned page_ = 0;
    std::vector<FieldPlace> fields_{};
};

} // namespace acredita::letter
