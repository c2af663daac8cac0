// Transcriber's TRS: turns of one or several speakers, with the moments at which a stretch begins.
#include <charconv>
#include <map>

#include "core/base/error.h"
#include "plugins/documents/transcript.h"
#include "plugins/documents/xml.h"

namespace meerstem::documents {
namespace {

class TranscriberReader {
 public:
  void Begin(std::string_view name, const XmlAttributes& attributes) {
    if (depth_++ == 0 && name != "Trans") foreign_ = true;
    if (name == "Speaker") {
      speakers_[std::string(AttributeOf(attributes, "id"))] = AttributeOf(attributes, "name");
    } else if (name == "Turn") {
      in_turn_ = true;
      from_ = Time(AttributeOf(attributes, "startTime"), from_);
      until_ = Time(AttributeOf(attributes, "endTime"), from_);
      who_.clear();
      std::string_view ids = AttributeOf(attributes, "speaker");
      while (!ids.empty()) {
        const auto space = std::min(ids.find(' '), ids.size());
        if (space > 0) who_.push_back(Name(ids.substr(0, space)));
        ids.remove_prefix(std::min(ids.size(), space + 1));
      }
      speaker_ = who_.empty() ? std::string() : who_.front();
    } else if (in_turn_ && name == "Sync") {
      Close(Time(AttributeOf(attributes, "time"), from_));
    } else if (in_turn_ && name == "Who") {
      const std::string_view number = AttributeOf(attributes, "nb");
      std::size_t nth = 0;
      std::from_chars(number.data(), number.data() + number.size(), nth);
      Close(from_);
      if (nth >= 1 && nth <= who_.size()) speaker_ = who_[nth - 1];
    } else if (in_turn_ && (name == "Event" || name == "Comment")) {
      const auto description = AttributeOf(attributes, "desc");
      if (!description.empty() && AttributeOf(attributes, "extent") != "end") words_ += " [" + std::string(description) + "] ";
    }
  }
  void End(std::string_view name) {
    --depth_;
    if (name != "Turn") return;
    Close(until_);
    in_turn_ = false;
  }
  void Words(std::string_view words) {
    if (in_turn_) words_ += words;
  }
  bool foreign() const { return foreign_; }
  Transcript transcript;

 private:
  std::string Name(std::string_view id) const {
    const auto found = speakers_.find(std::string(id));
    return found == speakers_.end() || found->second.empty() ? std::string(id) : found->second;
  }
  static std::int64_t Time(std::string_view text, std::int64_t fallback) { return ReadTime(text).value_or(fallback); }
  void Close(std::int64_t until) {
    if (!Trim(words_).empty()) transcript.utterances.push_back({speaker_, from_, std::max(from_, until), words_});
    words_.clear();
    from_ = until;
  }
  int depth_ = 0;
  bool foreign_ = false;
  bool in_turn_ = false;
  std::map<std::string, std::string> speakers_;
  std::vector<std::string> who_;
  std::string speaker_;
  std::string words_;
  std::int64_t from_ = 0;
  std::int64_t until_ = 0;
};

}  // namespace

Transcript ParseTranscriber(std::string_view utf8, const std::string& file_name) {
  TranscriberReader reader;
  const bool whole = ReadXml(utf8, {.begin = [&](std::string_view name, const XmlAttributes& attributes) { reader.Begin(name, attributes); },
                                    .end = [&](std::string_view name) { reader.End(name); },
                                    .text = [&](std::string_view words) { reader.Words(words); }});
  if (!whole || reader.foreign()) throw Refuse("“{0}” is not a whole file of Transcriber (.trs); open it there and save it again.", file_name);
  return std::move(reader.transcript);
}

}  // namespace meerstem::documents
