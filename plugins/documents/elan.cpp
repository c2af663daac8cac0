// ELAN's EAF: tiers of annotations between time slots. Tiers that hang on another one (translations, glosses, sounds) say
// the same again and are left out.
#include <map>

#include "core/base/error.h"
#include "plugins/documents/transcript.h"
#include "plugins/documents/xml.h"

namespace meerstem::documents {
namespace {

class ElanReader {
 public:
  void Begin(std::string_view name, const XmlAttributes& attributes) {
    if (depth_++ == 0 && name != "ANNOTATION_DOCUMENT") foreign_ = true;
    if (name == "TIME_SLOT") {
      // A slot without a time lies somewhere between its neighbours; the one before will do.
      if (const auto time = Milliseconds(AttributeOf(attributes, "TIME_VALUE"))) last_ = *time;
      slots_[std::string(AttributeOf(attributes, "TIME_SLOT_ID"))] = last_;
    } else if (name == "TIER") {
      tier_ = AttributeOf(attributes, "TIER_ID");
      const auto participant = AttributeOf(attributes, "PARTICIPANT");
      speaker_ = Trim(participant).empty() ? tier_ : std::string(participant);
      hangs_ = !AttributeOf(attributes, "PARENT_REF").empty();
      if (hangs_) transcript.notes.push_back(Say("The tier “{0}” hangs on another one and was left out.", tier_));
    } else if (name == "ALIGNABLE_ANNOTATION") {
      from_ = Slot(AttributeOf(attributes, "TIME_SLOT_REF1"));
      until_ = Slot(AttributeOf(attributes, "TIME_SLOT_REF2"));
      aligned_ = true;
    } else if (name == "ANNOTATION_VALUE") {
      in_value_ = aligned_ && !hangs_;
      words_.clear();
    }
  }
  void End(std::string_view name) {
    --depth_;
    if (name == "ALIGNABLE_ANNOTATION") aligned_ = false;
    if (name != "ANNOTATION_VALUE" || !in_value_) return;
    in_value_ = false;
    transcript.utterances.push_back({speaker_, from_, std::max(from_, until_), words_});
  }
  void Words(std::string_view words) {
    if (in_value_) words_ += words;
  }
  bool foreign() const { return foreign_; }
  Transcript transcript;

 private:
  static std::optional<std::int64_t> Milliseconds(std::string_view text) {
    if (text.empty() || text.size() > 9) return std::nullopt;
    std::int64_t number = 0;
    for (const char c : text) {
      if (c < '0' || c > '9') return std::nullopt;
      number = number * 10 + (c - '0');
    }
    return number;
  }
  std::int64_t Slot(std::string_view id) const {
    const auto found = slots_.find(std::string(id));
    return found == slots_.end() ? 0 : found->second;
  }
  int depth_ = 0;
  bool foreign_ = false, hangs_ = false, aligned_ = false, in_value_ = false;
  std::map<std::string, std::int64_t> slots_;
  std::string tier_, speaker_, words_;
  std::int64_t last_ = 0, from_ = 0, until_ = 0;
};

}  // namespace

Transcript ParseElan(std::string_view utf8, const std::string& file_name) {
  ElanReader reader;
  const bool whole = ReadXml(utf8, {.begin = [&](std::string_view name, const XmlAttributes& attributes) { reader.Begin(name, attributes); },
                                    .end = [&](std::string_view name) { reader.End(name); },
                                    .text = [&](std::string_view words) { reader.Words(words); }});
  if (!whole || reader.foreign()) throw Refuse("“{0}” is not a whole file of ELAN (.eaf); open it there and save it again.", file_name);
  return std::move(reader.transcript);
}

}  // namespace meerstem::documents
