#include "gui/shell/tr.h"

namespace meerstem::gui {
namespace {

std::shared_ptr<const Language>& Current() {
  static std::shared_ptr<const Language> language = Language::English();
  return language;
}

}  // namespace

std::shared_ptr<const Language> CurrentLanguage() { return Current(); }
void SetCurrentLanguage(std::shared_ptr<const Language> language) { Current() = std::move(language); }

wxString Shown(const Message& message) { return message.empty() ? wxString() : ToWx((*Current())(message)); }

wxString Plain(const wxString& text) {
  wxString plain = text;
  plain.Replace(wxASCII_STR("&"), wxASCII_STR("&&"));
  return plain;
}

}  // namespace meerstem::gui
