#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/message.h"
#include "core/base/value.h"

namespace meerstem {

/// The edge at which messages become language: catalogue, plural forms, decimal sign, dates, sorting.
/// Immutable after Load; safe from several threads.
class Language {
 public:
  /// `tag` is "nl" or "en"; `folder` holds `TAG/DOMAIN.mo` for each binary's domain. A catalogue that is missing
  /// leaves its texts in English.
  static std::shared_ptr<const Language> Load(const std::string& tag, const std::string& folder);
  /// English, without any file: tests and errors before the catalogues are found.
  static std::shared_ptr<const Language> English();
  ~Language();

  const std::string& tag() const;
  std::string operator()(const Message& message) const;
  /// nl: 1.234,5; en: 1,234.5. `decimals` < 0: as many as the value needs, at most 6.
  std::string Number(double value, int decimals = -1) const;
  std::string Number(std::int64_t value) const;
  /// dd/mm/yyyy in both (Belgian).
  std::string Day(Date date) const;
  /// Empty for nothing. Of a real number three decimals, or three figures where it is smaller than 0.1.
  std::string Show(const Value& value) const;
  /// Order of names in this language: < 0, 0, > 0.
  int Compare(std::string_view a, std::string_view b) const;

 private:
  struct Parts;
  explicit Language(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace meerstem
