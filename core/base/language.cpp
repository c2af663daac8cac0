#include "core/base/language.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <locale>

#include <boost/locale/gnu_gettext.hpp>
#include <unicode/coll.h>

namespace meerstem {
namespace {

using Catalogue = boost::locale::message_format<char>;

/// Digits in threes, from the right.
std::string Grouped(std::string digits, char separator) {
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), 1, separator);
  }
  return digits;
}

/// A real number as one reads it; below what six decimals can say, with a power of ten.
std::string Figures(double value, const Language& language) {
  const double size = std::abs(value);
  const int decimals = size == 0 || size >= 0.1 || !std::isfinite(size) ? 3 : 2 - static_cast<int>(std::floor(std::log10(size)));
  if (decimals <= 6) return language.Number(std::round(value * std::pow(10, decimals)) / std::pow(10, decimals));
  char buffer[64];
  std::string text(buffer, std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific, 2).ptr);
  if (language.tag() == "nl") std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

}  // namespace

struct Language::Parts {
  std::string tag;
  std::locale facets = std::locale::classic();  ///< Owns the catalogue.
  const Catalogue* catalogue = nullptr;
  int domains = 0;
  std::unique_ptr<icu::Collator> collator;

  /// The translation of `id` in the first domain that has it, else nullptr.
  const char* Find(const char* id) const {
    for (int domain = 0; domain < domains; ++domain) {
      if (const char* found = catalogue->get(domain, nullptr, id)) return found;
    }
    return nullptr;
  }
  const char* Find(const char* id, std::int64_t count) const {
    const int n = static_cast<int>(std::min<std::int64_t>(count < 0 ? -count : count, 1'000'000));
    for (int domain = 0; domain < domains; ++domain) {
      if (const char* found = catalogue->get(domain, nullptr, id, n)) return found;
    }
    return nullptr;
  }
};

Language::Language(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Language::~Language() = default;

std::shared_ptr<const Language> Language::English() {
  static const std::shared_ptr<const Language> english = Load("en", "");
  return english;
}

std::shared_ptr<const Language> Language::Load(const std::string& tag, const std::string& folder) {
  namespace fs = std::filesystem;
  auto parts = std::make_unique<Parts>();
  parts->tag = tag == "nl" ? "nl" : "en";
  UErrorCode status = U_ZERO_ERROR;
  parts->collator.reset(icu::Collator::createInstance(icu::Locale(parts->tag.c_str()), status));
  if (U_FAILURE(status)) parts->collator.reset();

  std::vector<std::string> files;
  std::error_code ignored;
  if (!folder.empty()) {
    for (const auto& entry : fs::directory_iterator(fs::path(folder) / parts->tag, ignored)) {
      if (entry.path().extension() == ".mo") files.push_back(entry.path().stem().string());
    }
  }
  std::sort(files.begin(), files.end());
  if (!files.empty()) {
    boost::locale::gnu_gettext::messages_info info;
    info.language = parts->tag;
    info.encoding = "UTF-8";
    info.locale_category = "";
    info.paths = {folder};
    for (const auto& file : files) {
      info.domains.push_back(boost::locale::gnu_gettext::messages_info::domain(file + "/UTF-8"));
    }
    // The library asks for paths of its own making; whatever it asks for, it gets our one file of that domain.
    info.callback = [folder, tag = parts->tag](const std::string& path, const std::string&) {
      const fs::path file = fs::path(folder) / tag / fs::path(path).filename();
      std::ifstream stream(file, std::ios::binary);
      return std::vector<char>(std::istreambuf_iterator<char>(stream), {});
    };
    Catalogue* catalogue = boost::locale::gnu_gettext::create_messages_facet<char>(info);
    parts->facets = std::locale(std::locale::classic(), catalogue);
    parts->catalogue = catalogue;
    parts->domains = static_cast<int>(files.size());
  }
  return std::shared_ptr<const Language>(new Language(std::move(parts)));
}

const std::string& Language::tag() const { return parts_->tag; }

std::string Language::operator()(const Message& message) const {
  if (message.empty()) return {};
  std::string pattern;
  if (!message.plural.empty()) {
    const std::int64_t* count = message.arguments.empty() ? nullptr : std::get_if<std::int64_t>(&message.arguments[0]);
    const std::int64_t n = count ? *count : 0;
    const char* found = parts_->Find(message.id.c_str(), n);
    pattern = found ? found : (n == 1 ? message.id : message.plural);
  } else {
    const char* found = message.id == "{0}" ? nullptr : parts_->Find(message.id.c_str());
    pattern = found ? found : message.id;
  }
  std::string text;
  text.reserve(pattern.size());
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    if (pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}' && pattern[i + 1] >= '0' && pattern[i + 1] <= '9') {
      const auto index = static_cast<std::size_t>(pattern[i + 1] - '0');
      i += 2;
      if (index >= message.arguments.size()) continue;
      const MessageArgument& argument = message.arguments[index];
      if (const auto* words = std::get_if<std::string>(&argument)) text += *words;
      else if (const auto* whole = std::get_if<std::int64_t>(&argument)) text += Number(*whole);
      else if (const auto* real = std::get_if<double>(&argument)) text += Figures(*real, *this);
      else if (const auto* date = std::get_if<Date>(&argument)) text += Day(*date);
      else if (const auto* inner = std::get_if<std::shared_ptr<const Message>>(&argument)) text += (*this)(**inner);
      else if (const auto* localized = std::get_if<Localized>(&argument)) {
        const auto mine = std::find_if(localized->texts.begin(), localized->texts.end(),
                                       [this](const auto& pair) { return pair.first == parts_->tag; });
        if (mine != localized->texts.end()) text += mine->second;
        else if (!localized->texts.empty()) text += localized->texts.front().second;
      }
    } else {
      text += pattern[i];
    }
  }
  return text;
}

std::string Language::Number(std::int64_t value) const {
  std::string digits = std::to_string(value);
  const bool negative = digits[0] == '-';
  if (negative) digits.erase(0, 1);
  if (digits.size() > 3) digits = Grouped(digits, parts_->tag == "nl" ? '.' : ',');
  return negative ? "-" + digits : digits;
}

std::string Language::Number(double value, int decimals) const {
  if (!std::isfinite(value)) return {};
  char buffer[512];
  const bool trim = decimals < 0;
  const auto [end, error] = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed, trim ? 6 : decimals);
  if (error != std::errc()) return {};
  std::string text(buffer, end);
  if (trim && text.find('.') != std::string::npos) {
    while (text.back() == '0') text.pop_back();
    if (text.back() == '.') text.pop_back();
  }
  const bool negative = text[0] == '-';
  if (negative) text.erase(0, 1);
  const auto point = text.find('.');
  const bool dutch = parts_->tag == "nl";
  std::string whole = Grouped(text.substr(0, point), dutch ? '.' : ',');
  if (point != std::string::npos) whole += (dutch ? ',' : '.') + text.substr(point + 1);
  return negative ? "-" + whole : whole;
}

std::string Language::Day(Date date) const {
  const std::string iso = ToIso(date);
  return iso.substr(8, 2) + "/" + iso.substr(5, 2) + "/" + iso.substr(0, 4);
}

std::string Language::Show(const Value& value) const {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return Number(*whole);
  if (const auto* real = std::get_if<double>(&value)) return Figures(*real, *this);
  if (const auto* words = std::get_if<std::string>(&value)) return *words;
  if (const auto* date = std::get_if<Date>(&value)) return Day(*date);
  if (const auto* message = std::get_if<Message>(&value)) return (*this)(*message);
  return {};
}

int Language::Compare(std::string_view a, std::string_view b) const {
  if (!parts_->collator) return a.compare(b);
  UErrorCode status = U_ZERO_ERROR;
  return parts_->collator->compareUTF8(icu::StringPiece(a.data(), static_cast<int>(a.size())),
                                       icu::StringPiece(b.data(), static_cast<int>(b.size())), status);
}

}  // namespace meerstem
