// Pictures of charts and matrices: the drawing of the window on a surface of its own. No dates in them, so that the
// same study gives the same bytes.
#include <cmath>
#include <map>

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include "core/base/error.h"
#include "core/view/draw.h"
#include "core/view/grid.h"

namespace meerstem::view {
namespace {

constexpr double kMargin = 16;
constexpr double kPixels = 2;  ///< Per point, so that a PNG is sharp in print.

cairo_status_t Append(void* bytes, const unsigned char* data, unsigned int size) {
  static_cast<std::string*>(bytes)->append(reinterpret_cast<const char*>(data), size);
  return CAIRO_STATUS_SUCCESS;
}

void Require(cairo_status_t status) {
  if (status != CAIRO_STATUS_SUCCESS) throw Refuse("The picture could not be made ({0}); choose another format.", std::string(cairo_status_to_string(status)));
}

void Paint(cairo_surface_t* surface, const Model& model, const Language& language, const DrawOptions& options) {
  cairo_t* canvas = cairo_create(surface);
  cairo_set_source_rgb(canvas, 1, 1, 1);
  cairo_paint(canvas);
  cairo_translate(canvas, kMargin, kMargin);
  Draw(canvas, model, language, options);
  cairo_show_page(canvas);
  const cairo_status_t status = cairo_status(canvas);
  cairo_destroy(canvas);
  cairo_surface_finish(surface);
  cairo_surface_destroy(surface);
  Require(status);
}

/// Cairo counts its surfaces over the whole life of the process; the picture counts its own.
std::string Renumbered(const std::string& svg) {
  constexpr std::string_view kName = "surface";
  std::map<std::string, std::size_t> numbers;
  std::string out;
  std::size_t at = 0;
  for (std::size_t found; (found = svg.find(kName, at)) != std::string::npos;) {
    std::size_t end = found + kName.size();
    out.append(svg, at, end - at);
    const std::size_t digits = end;
    while (end < svg.size() && svg[end] >= '0' && svg[end] <= '9') ++end;
    const bool named = end > digits && found > 0 && (svg[found - 1] == '"' || svg[found - 1] == '#');
    const std::string number = svg.substr(digits, end - digits);
    out += named ? std::to_string(numbers.emplace(number, numbers.size() + 1).first->second) : number;
    at = end;
  }
  return out.append(svg, at);
}

/// Cairo writes glyphs as shapes; what the picture says in words has to be put in.
std::string Described(std::string svg, const Model& model, const Language& language) {
  const auto element = svg.find("<svg");
  const auto end = element == std::string::npos ? std::string::npos : svg.find('>', element);
  if (end == std::string::npos) return svg;
  const std::string words = "\n<title>" + Escape(language(model.title)) + "</title>\n<desc>" + Escape(AlternativeText(model, language)) + "</desc>";
  svg.insert(end + 1, words);
  svg.insert(end, " role=\"img\" xml:lang=\"" + language.tag() + "\"");
  return svg;
}

DrawOptions OptionsOf(const Model& model, const Language& language) {
  DrawOptions options;
  options.width = NaturalWidth(model, language, options);
  return options;
}

}  // namespace

PictureSize SizeOfPicture(const Model& model, const Language& language) {
  const DrawOptions options = OptionsOf(model, language);
  return {std::ceil(options.width + 2 * kMargin), std::ceil(Draw(nullptr, model, language, options) + 2 * kMargin)};
}

std::string WritePicture(const Model& model, const std::string& format, const Language& language) {
  const auto [width, height] = SizeOfPicture(model, language);
  const DrawOptions options = OptionsOf(model, language);
  std::string bytes;
  if (format == "svg") {
    cairo_surface_t* surface = cairo_svg_surface_create_for_stream(Append, &bytes, width, height);
    Paint(surface, model, language, options);
    return Described(Renumbered(bytes), model, language);
  }
  if (format == "pdf") {
    cairo_surface_t* surface = cairo_pdf_surface_create_for_stream(Append, &bytes, width, height);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, language(model.title).c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_SUBJECT, AlternativeText(model, language).c_str());
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
    Paint(surface, model, language, options);
    return bytes;
  }
  if (width * kPixels > 32000 || height * kPixels > 32000) throw Refuse("The picture is too large for PNG; choose svg or pdf.");
  cairo_surface_t* surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, static_cast<int>(width * kPixels), static_cast<int>(height * kPixels));
  Require(cairo_surface_status(surface));
  cairo_surface_set_device_scale(surface, kPixels, kPixels);
  cairo_surface_reference(surface);
  cairo_t* canvas = cairo_create(surface);
  cairo_set_source_rgb(canvas, 1, 1, 1);
  cairo_paint(canvas);
  cairo_translate(canvas, kMargin, kMargin);
  Draw(canvas, model, language, options);
  cairo_destroy(canvas);
  const cairo_status_t status = cairo_surface_write_to_png_stream(surface, Append, &bytes);
  cairo_surface_destroy(surface);
  cairo_surface_destroy(surface);
  Require(status);
  return bytes;
}

}  // namespace meerstem::view
