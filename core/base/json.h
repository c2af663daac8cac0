#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/message.h"

namespace meerstem {

/// A place in a JSON data file, for readers that check what they read: whatever is missing or of another type is
/// refused in one sentence that names the file and the path (`criteria[2].items[0].item`). Cheap to copy; read-only.
class Json {
 public:
  /// `name` is what the sentences call the file. kRefused for anything that is not JSON.
  static Json Parse(const std::string& bytes, const std::string& name);

  /// A member of an object, which must be there.
  Json At(const std::string& key) const;
  /// nullopt when it is absent or null.
  std::optional<Json> Maybe(const std::string& key) const;
  /// The elements of an array.
  std::vector<Json> Items() const;
  /// A text that is not empty.
  std::string Text() const;
  std::int64_t Int(std::int64_t least, std::int64_t most) const;
  bool Flag() const;
  /// A text in several languages, {"nl": "...", "en": "..."}; at least one.
  Localized Texts() const;
  /// The same, or a plain text, which counts as English.
  Localized TextsOrText() const;
  /// A text that is one of `allowed`.
  std::string OneOf(const std::vector<std::string>& allowed) const;
  /// What is wrong here, as a sentence about this place.
  Error Wrong(const Message& what) const;
  const std::string& path() const { return path_; }

 private:
  struct Document;
  Json(std::shared_ptr<const Document> document, const void* node, std::string path)
      : document_(std::move(document)), node_(node), path_(std::move(path)) {}
  std::shared_ptr<const Document> document_;
  const void* node_;
  std::string path_;
};

}  // namespace meerstem
