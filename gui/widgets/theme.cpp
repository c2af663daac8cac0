#include "gui/widgets/theme.h"

#include <algorithm>
#include <cmath>

#include <wx/dcmemory.h>
#include <wx/settings.h>

#include "gui/widgets/strings.h"

namespace meerstem::gui {
namespace {

double Luminance(const wxColour& colour) {
  const auto linear = [](unsigned char channel) {
    const double c = channel / 255.0;
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.Red()) + 0.7152 * linear(colour.Green()) + 0.0722 * linear(colour.Blue());
}

}  // namespace

Theme Theme::Current() {
  Theme theme;
  theme.text = wxSystemSettings::GetColour(wxSYS_COLOUR_LISTBOXTEXT);
  theme.background = wxSystemSettings::GetColour(wxSYS_COLOUR_LISTBOX);
  theme.dark = Luminance(theme.background) < Luminance(theme.text);
  theme.selection = wxSystemSettings::GetColour(wxSYS_COLOUR_HIGHLIGHT);
  theme.selection_text = wxSystemSettings::GetColour(wxSYS_COLOUR_HIGHLIGHTTEXT);
  theme.quiet = Blend(theme.background, theme.text, 0.68);
  theme.raised = Blend(theme.background, theme.text, theme.dark ? 0.10 : 0.05);
  theme.line = Blend(theme.background, theme.text, 0.22);
  theme.accent = theme.selection;
  theme.warning = theme.dark ? wxColour(255, 150, 120) : wxColour(168, 40, 20);
  return theme;
}

wxColour ParseColour(const std::string& text) {
  wxColour colour;
  if (text.size() == 7 && text[0] == '#') colour.Set(ToWx(text));
  return colour;
}

wxColour Blend(const wxColour& under, const wxColour& over, double share) {
  const auto mix = [share](unsigned char a, unsigned char b) {
    return static_cast<unsigned char>(std::lround(a + (b - a) * share));
  };
  return {mix(under.Red(), over.Red()), mix(under.Green(), over.Green()), mix(under.Blue(), over.Blue())};
}

wxColour ReadableOn(const wxColour& background) { return Luminance(background) > 0.18 ? wxColour(0, 0, 0) : wxColour(255, 255, 255); }

const wxFont& DesktopFont() {
  static const wxFont font = wxSystemSettings::GetFont(wxSYS_DEFAULT_GUI_FONT);
  return font;
}

wxFont ZoomedFont(double zoom) {
  wxFont font = DesktopFont();
  font.SetFractionalPointSize(font.GetFractionalPointSize() * zoom);
  return font;
}

void ApplyFont(wxWindow* window, double zoom) {
  const wxFont base = ZoomedFont(zoom);
  wxFont font = base;
  const wxFont own = window->GetFont();
  if (own.IsOk()) {
    font.SetWeight(own.GetWeight());
    font.SetStyle(own.GetStyle());
  }
  window->SetFont(font);
  for (wxWindow* child : window->GetChildren()) ApplyFont(child, zoom);
  window->InvalidateBestSize();
}

wxBitmap Swatch(const wxColour& colour, int size) {
  wxImage image(size, size);
  const wxColour border = Blend(colour, ReadableOn(colour), 0.35);
  for (int y = 0; y < size; ++y) {
    for (int x = 0; x < size; ++x) {
      const bool edge = x == 0 || y == 0 || x == size - 1 || y == size - 1;
      const wxColour& c = edge ? border : colour;
      image.SetRGB(x, y, c.Red(), c.Green(), c.Blue());
    }
  }
  return wxBitmap(image);
}

}  // namespace meerstem::gui
