// SPDX-FileCopyrightText: Acredita contributors
// SPDX-License-Identifier: LGPL-2.1-or-later

#include "tools/practice/samples/letter.hpp"

#include "pcsc/base/owned.hpp"
#include "tools/practice/error.hpp"

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

namespace acredita::practice {

namespace {

// A4 in points, and the margins of an office letter.
constexpr double width = 595.276;
constexpr double height = 841.890;
constexpr double margin = 71;

constexpr const char* text =
    "<b>UNIVERSIDAD DE PRÁCTICAS</b>\nOficina de acreditación\n\n\n"
    "<b>Carta de muestra, sin valor alguno</b>\n\n"
    "Doña LUCÍA MUESTRA PRÁCTICA, con NIF 00000000T, solicita la renovación del certificado que lleva su "
    "tarjeta "
    "universitaria y declara que los datos que figuran en él siguen siendo los suyos.\n\n"
    "Esta carta se firma con la clave de la tarjeta. Ni la persona, ni la universidad, ni la autoridad que "
    "emite el "
    "certificado existen: sirve solo para hacer prácticas.\n\n\n"
    "En Ninguna Parte, a la fecha de la firma.\n";

using Surface = Owned<cairo_surface_t, cairo_surface_destroy>;
using Pen = Owned<cairo_t, cairo_destroy>;
using Layout = Owned<PangoLayout, g_object_unref>;
using Font = Owned<PangoFontDescription, pango_font_description_free>;

} // namespace

Result<void> write_sample_letter(const std::filesystem::path& file) {
    const Surface page(cairo_pdf_surface_create(file.c_str(), width, height));
    cairo_pdf_surface_set_metadata(page.get(), CAIRO_PDF_METADATA_TITLE, "Carta de muestra");
    const Pen pen(cairo_create(page.get()));
    const Layout layout(pango_cairo_create_layout(pen.get()));
    const Font font(pango_font_description_from_string("Sans 11"));
    pango_layout_set_font_description(layout.get(), font.get());
    pango_layout_set_width(layout.get(), static_cast<int>((width - 2 * margin) * PANGO_SCALE));
    pango_layout_set_markup(layout.get(), text, -1);
    cairo_move_to(pen.get(), margin, margin);
    pango_cairo_show_layout(pen.get(), layout.get());
    cairo_show_page(pen.get());
    cairo_surface_finish(page.get());
    if (cairo_surface_status(page.get()) != CAIRO_STATUS_SUCCESS)
        return fail(practice_errc::sample_failed, cairo_status_to_string(cairo_surface_status(page.get())));
    return {};
}

} // namespace acredita::practice
