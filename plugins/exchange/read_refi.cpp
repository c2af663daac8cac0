#include "plugins/exchange/read_refi.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <filesystem>

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid.hpp>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/process.h"
#include "core/study/printed.h"
#include "plugins/exchange/moment.h"
#include "plugins/exchange/pdf_pages.h"

namespace meerstem::exchange {
namespace {

constexpr std::size_t kMost = 5'000'000;  ///< Selections or codings; a larger project is no project.

std::optional<std::int64_t> NumberOf(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

std::string TextOf(const Element& element, std::string_view child) {
  const Element* found = element.Child(child);
  return found ? Trim(CleanText(found->text)) : std::string();
}

bool IsMedia(std::string_view name) { return name == "PictureSource" || name == "AudioSource" || name == "VideoSource" || name == "PDFSource"; }

/// The words of a formatted file, for a text that came empty. Empty when pandoc is missing or makes nothing of it.
std::string FromDocx(const std::string& bytes, Job& job) {
  const ProcessLimits limits{.seconds = 60, .output = kLargestFile, .stop = [&job] { return job.cancelled(); }};
  const ProcessResult result = RunProcess({"pandoc", "--sandbox", "--from=docx", "--to=plain", "--wrap=none"}, bytes, limits);
  return result.ok() ? result.out : std::string();
}

class Refi final : public XmlHandler {
 public:
  Refi(ProjectFiles& files, Job& job) : files_(files), job_(job) {}

  Project Take() {
    if (project_.codes.empty() && project_.codebook_only) throw Refuse("“{0}” is a codebook without codes; there is nothing to bring in.", files_.name());
    return std::move(project_);
  }

  void Open(const Element& element) override {
    const std::string parent = path_.empty() ? "" : path_.back();
    path_.push_back(element.name);
    if (path_.size() == 1) {
      Root(element);
    } else if (parent == "Sources" && path_.size() == 3) {
      job_.Progress(0.1, Say("Reading {0}", files_.name()));
      if (element.name == "TextSource") Begin(element, element["name"]);
      media_name_ = element["name"];
    } else if ((parent == "PDFSource" && element.name == "Representation") || ((parent == "AudioSource" || parent == "VideoSource") && element.name == "Transcript")) {
      Begin(element, media_name_.empty() || element.name == "Transcript" ? element["name"] : std::string_view(media_name_));
    }
  }

  bool Close(Element& element) override {
    path_.pop_back();
    const std::string parent = path_.empty() ? "" : path_.back();
    if (element.name == "PlainTextSelection" && InSource(parent)) return TakeSelection(element);
    if (element.name == "PlainTextContent" && current_ && (InSource(parent) || parent == "Transcript") && path_.size() <= 4) {
      if (!current_->text) current_->text = ForeignText(element.text);
      return true;
    }
    if (path_.size() == 2 && parent == "Sources") return EndSource(element);
    if (current_ && (element.name == "Transcript" || (element.name == "Representation" && parent == "PDFSource"))) return EndPart(element);
    if (path_.size() == 2) return EndEntry(element, parent);
    if (path_.size() == 1) return EndSection(element);
    return false;
  }

 private:
  /// A GUID that is none ("c001") still names one thing within its file.
  Id GuidOf(std::string_view text) const {
    if (text.empty()) return {};
    if (const auto id = ParseId(text)) return *id;
    return DerivedId("guid", project_.origin + "/" + project_.name + "/" + std::string(text));
  }

  Stamp StampOf(const Element& element) const {
    Stamp stamp{GuidOf(element["creatingUser"]), ParseMoment(element["creationDateTime"])};
    if (stamp.by.IsNil()) stamp.by = GuidOf(element["modifyingUser"]);
    if (!stamp.at) stamp.at = ParseMoment(element["modifiedDateTime"]);
    return stamp;
  }

  std::vector<Id> References(const Element& element, std::string_view child) const {
    std::vector<Id> ids;
    for (const auto& reference : element.children) {
      if (reference.name == child) ids.push_back(GuidOf(reference["targetGUID"]));
    }
    return ids;
  }

  std::vector<ForeignValue> ValuesOf(const Element& element) const {
    std::vector<ForeignValue> values;
    for (const auto& child : element.children) {
      if (child.name != "VariableValue") continue;
      ForeignValue value;
      for (const auto& part : child.children) {
        if (part.name == "VariableRef") value.variable = GuidOf(part["targetGUID"]);
        else if (part.name.ends_with("Value")) value.value = Trim(CleanText(part.text));
      }
      if (!value.value.empty()) values.push_back(std::move(value));
    }
    return values;
  }

  /// Goes out again as it came; its references in the one form that every reader knows.
  void Keep(Element element, bool in_study = false) {
    Normalise(element);
    project_.kept.push_back({std::move(element), in_study});
  }

  void Normalise(Element& element) const {
    for (auto& [key, value] : element.attributes) {
      if (IsReference(key) && !value.empty()) value = ShowGuid(GuidOf(value));
    }
    for (auto& child : element.children) Normalise(child);
  }

  void Root(const Element& element) {
    if (element.name == "CodeBook") {
      project_.codebook_only = true;
    } else if (element.name != "Project") {
      if (element.name == "html" || element.name == "HTML") throw Refuse("“{0}” is a web page, not a project; perhaps a download that asked to sign in.", files_.name());
      throw Refuse("“{0}” is XML, but no project for exchange (it begins with “{1}”); choose a .qdpx, .qde or .qdc.", files_.name(), element.name);
    }
    project_.name = element["name"];
    project_.origin = Trim(CleanText(element["origin"]));
  }

  bool InSource(const std::string& parent) const { return current_ && (parent == "TextSource" || parent == "Representation"); }

  /// A text begins: what it is called, and its words when a file holds them.
  void Begin(const Element& element, std::string_view title) {
    ForeignSource source{.id = GuidOf(element["guid"])};
    source.title = Trim(CleanText(title));
    const std::string path(element["plainTextPath"]);
    if (const auto bytes = path.empty() ? std::nullopt : files_.Read(path)) {
      source.text = ForeignText(*bytes);
      // A GUID is the package's name for it, not anybody's.
      const std::filesystem::path file = path.substr(path.find("://") == std::string::npos ? 0 : path.find("://") + 3);
      if (!ParseId(file.stem().string())) source.file_name = file.filename().string();
    }
    if (const std::string rich(element["richTextPath"]); !rich.empty()) {
      const bool blank = source.text && Trim(source.text->text().utf8()).empty();
      const auto docx = blank || (!source.text && path.empty()) ? files_.Read(rich) : std::nullopt;
      if (const std::string words = docx ? FromDocx(*docx, job_) : ""; !words.empty()) {
        source.text = ForeignText(words);
        from_docx_ = true;
        project_.Drop("from-docx", source.title);
      } else {
        project_.Drop("formatting", source.title);
      }
    }
    absent_ = !source.text && !path.empty();
    current_ = std::move(source);
  }

  std::vector<ForeignCoding> CodingsOf(const Element& element) {
    std::vector<ForeignCoding> codings;
    for (const auto& child : element.children) {
      if (child.name != "Coding") continue;
      const Stamp stamp = StampOf(child);
      // A coding holds one reference by the standard; some files hold more.
      std::size_t references = 0;
      for (const auto& code : References(child, "CodeRef")) {
        const Id own = GuidOf(child["guid"]);
        codings.push_back({references++ == 0 ? own : DerivedId("coding", ToString(own) + ToString(code)), code, stamp});
      }
      if (references == 0) project_.Drop("no-code", Where());
    }
    return codings;
  }

  /// Notes on a coding come to the selection that it codes.
  std::vector<Id> NotesOf(const Element& element) const {
    std::vector<Id> notes = References(element, "NoteRef");
    for (const auto& child : element.children) {
      if (child.name != "Coding") continue;
      for (const auto& note : References(child, "NoteRef")) notes.push_back(note);
    }
    return notes;
  }

  bool TakeSelection(Element& element) {
    if (absent_) return false;  // Stays in the source that is kept as it is.
    const auto start = NumberOf(element["startPosition"]), end = NumberOf(element["endPosition"]);
    if (!start || !end) {
      project_.Drop("no-position", Where());
      return true;
    }
    AddSelection({.id = GuidOf(element["guid"]), .stamp = StampOf(element), .start = *start, .end = *end, .name = CleanText(element["name"]),
                  .description = TextOf(element, "Description"), .notes = NotesOf(element)},
                 element);
    return true;
  }

  void AddSelection(Selection selection, const Element& element) {
    auto codings = CodingsOf(element);
    if (total_ += 1 + codings.size(); total_ > kMost) throw Refuse("“{0}” holds more than {1} codings, more than a project can; it is not read.", files_.name(), kMost);
    selection.first_coding = static_cast<std::uint32_t>(current_->codings.size());
    selection.codings = static_cast<std::uint32_t>(codings.size());
    for (auto& coding : codings) {
      // A coding without a coder is its selection's maker's.
      if (coding.stamp.by.IsNil()) coding.stamp.by = selection.stamp.by;
      if (!coding.stamp.at) coding.stamp.at = selection.stamp.at;
      current_->codings.push_back(std::move(coding));
    }
    if (from_docx_) project_.Drop("docx-places", Where());
    else current_->selections.push_back(std::move(selection));
  }

  /// A transcript's selections lie between sync points.
  void TranscriptSelections(Element& element) {
    std::map<Id, std::int64_t> places;
    for (const auto& point : element.children) {
      const auto position = NumberOf(point["position"]);
      if (point.name == "SyncPoint" && position) places[GuidOf(point["guid"])] = *position;
    }
    std::vector<Element> rest;
    for (auto& child : element.children) {
      if (child.name != "TranscriptSelection") {
        if (child.name == "SyncPoint") rest.push_back(std::move(child));
        continue;
      }
      const auto from = places.find(GuidOf(child["fromSyncPoint"])), to = places.find(GuidOf(child["toSyncPoint"]));
      if (from == places.end() || to == places.end()) {
        project_.Drop("no-position", Where());
        continue;
      }
      AddSelection({.id = GuidOf(child["guid"]), .stamp = StampOf(child), .start = from->second, .end = to->second, .name = CleanText(child["name"]),
                    .description = TextOf(child, "Description"), .notes = NotesOf(child)},
                   child);
    }
    element.children = std::move(rest);
  }

  std::string Where() const { return current_ ? current_->title : files_.name(); }

  /// The text of a PDF or a transcript is complete; a stub stays behind in its medium.
  bool EndPart(Element& element) {
    if (!current_->text) {
      if (!absent_) project_.Drop("no-text", Where());
      current_.reset();
      from_docx_ = false;
      return false;
    }
    current_->description = TextOf(element, "Description");
    current_->whole = CodingsOf(element);
    current_->notes = References(element, "NoteRef");
    current_->values = ValuesOf(element);
    if (element.name == "Transcript") TranscriptSelections(element);
    else element.children.clear();
    element.Set("inStudy", "true");
    parts_.push_back(std::move(*current_));
    current_.reset();
    from_docx_ = false;
    return false;
  }

  bool EndSource(Element& element) {
    if (IsMedia(element.name)) {
      EndMedia(element);
    } else if (element.name == "TextSource" && current_) {
      EndText(element);
    } else {
      Keep(std::move(element));
    }
    parts_.clear();
    current_.reset();
    absent_ = from_docx_ = false;
    return true;
  }

  void EndText(Element& element) {
    if (!current_->text) {
      project_.Drop(absent_ ? "absent" : "no-text", Where());
      Keep(std::move(element));
      return;
    }
    current_->description = TextOf(element, "Description");
    current_->whole = CodingsOf(element);
    current_->notes = References(element, "NoteRef");
    current_->values = ValuesOf(element);
    project_.sources.push_back(std::move(*current_));
  }

  /// The text of a PDF takes the PDF's own id, by which sets and cases name it.
  void EndMedia(Element& element) {
    const bool pdf = element.name == "PDFSource";
    const bool in_study = pdf && !parts_.empty();
    for (auto& part : parts_) {
      if (pdf) {
        part.id = GuidOf(element["guid"]);
        part.description = TextOf(element, "Description");
        for (auto& coding : CodingsOf(element)) part.whole.push_back(std::move(coding));
        for (const auto& note : References(element, "NoteRef")) part.notes.push_back(note);
        for (auto& value : ValuesOf(element)) part.values.push_back(std::move(value));
        AddFile(std::string(element["path"]), part);
        std::erase_if(element.children, [](const Element& child) { return child.name != "PDFSelection" && child.name != "Representation"; });
      } else if (part.title.empty()) {
        part.title = media_name_;
      }
      project_.sources.push_back(std::move(part));
    }
    Keep(std::move(element), in_study);
  }

  /// The pages that a text was printed on, where the project holds the file.
  void AddFile(const std::string& path, ForeignSource& pdf) {
    auto bytes = files_.ReadSmall(path, kLargestOriginal);
    if (!bytes || !bytes->starts_with("%PDF")) return;
    pdf.pages = PagesIn(pdf.text->text(), PrintedWords(*bytes, job_));
    if (!pdf.pages.empty()) pdf.original = std::move(*bytes);
  }

  /// A child of one of the project's lists.
  bool EndEntry(Element& element, const std::string& list) {
    if (list == "Users") {
      project_.users.push_back({GuidOf(element["guid"]), Trim(CleanText(element["name"]))});
      if (project_.users.back().name.empty()) project_.users.back().name = Trim(CleanText(element["id"]));
    } else if (list == "Variables") {
      const std::string type = LowerAscii(std::string(element["typeOfVariable"]));
      const bool known = type == "text" || type == "boolean" || type == "integer" || type == "float" || type == "date" || type == "datetime";
      project_.variables.push_back({GuidOf(element["guid"]), Trim(CleanText(element["name"])), known ? type : "text"});
      if (element.Child("Description")) Keep(std::move(element), true);
    } else if (list == "Cases") {
      EndCase(element);
    } else if (list == "Notes") {
      EndNote(element);
    } else if (list == "Links" || list == "Sets" || list == "Graphs") {
      // A codebook's sets write `guid` where a project's write `targetGUID`.
      for (auto& member : element.children) {
        for (auto& [key, value] : member.attributes) key = list == "Sets" && key == "guid" ? "targetGUID" : key;
      }
      Keep(std::move(element));
    } else {
      return false;
    }
    return true;
  }

  void EndCase(Element& element) {
    project_.cases.push_back({GuidOf(element["guid"]), Trim(CleanText(element["name"])), TextOf(element, "Description"), ValuesOf(element),
                              References(element, "SourceRef"), References(element, "SelectionRef")});
    if (element.Child("CodeRef")) {
      std::erase_if(element.children, [](const Element& child) { return child.name != "CodeRef"; });
      Keep(std::move(element), true);
    }
  }

  void EndNote(Element& element) {
    ForeignNote note{GuidOf(element["guid"]), Trim(CleanText(element["name"])), {}, TextOf(element, "Description"), StampOf(element)};
    if (const Element* content = element.Child("PlainTextContent")) {
      note.text = Trim(CleanText(content->text));
    } else if (const std::string path(element["plainTextPath"]); !path.empty()) {
      if (const auto bytes = files_.Read(path)) note.text = Trim(ForeignText(*bytes).text().utf8());
      else project_.Drop("note-absent", note.name);
    }
    const auto parts = std::count_if(element.children.begin(), element.children.end(), [](const Element& child) { return child.name == "PlainTextSelection" || child.name == "Coding"; });
    for (std::ptrdiff_t i = 0; i < parts; ++i) project_.Drop("note-codings", note.name);
    project_.notes.push_back(std::move(note));
  }

  /// A child of the root.
  bool EndSection(Element& element) {
    if (element.name == "CodeBook") {
      if (const Element* codes = element.Child("Codes")) Codes(*codes, std::nullopt);
    } else if (element.name == "Codes" && project_.codebook_only) {
      Codes(element, std::nullopt);
    } else if (element.name == "Description") {
      project_.description = Trim(CleanText(element.text));
    } else if (element.name == "NoteRef") {
      project_.notes_of_study.push_back(GuidOf(element["targetGUID"]));
    }
    return true;
  }

  void Codes(const Element& parent, std::optional<std::size_t> index) {
    for (const auto& element : parent.children) {
      if (element.name != "Code") continue;
      ForeignCode code{.id = GuidOf(element["guid"]), .parent = index, .name = Trim(CleanText(element["name"]))};
      if (code.id.IsNil()) code.id = GuidOf("code " + std::to_string(project_.codes.size()) + " " + code.name);
      code.colour = element["color"];
      code.description = TextOf(element, "Description");
      code.codable = element["isCodable"] != "false" && element["isCodable"] != "0";
      code.notes = References(element, "NoteRef");
      project_.codes.push_back(std::move(code));
      Codes(element, project_.codes.size() - 1);
    }
  }

  ProjectFiles& files_;
  Job& job_;
  Project project_;
  std::vector<std::string> path_;
  std::optional<ForeignSource> current_;
  bool absent_ = false;      ///< The current text names a file that is not there.
  bool from_docx_ = false;   ///< Its words are those of the formatted file: places do not fit them.
  std::string media_name_;
  std::vector<ForeignSource> parts_;
  std::size_t total_ = 0;
};

}  // namespace

bool IsReference(std::string_view attribute) {
  static constexpr std::array kReferences = {"guid", "targetGUID", "originGUID", "representedGUID", "creatingUser", "modifyingUser", "sourceVertex", "targetVertex", "fromSyncPoint", "toSyncPoint"};
  return std::find(kReferences.begin(), kReferences.end(), attribute) != kReferences.end();
}

std::string ShowGuid(const Id& id) {
  std::string text = ToString(id);
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'a' && c <= 'f' ? static_cast<char>(c - 32) : c; });
  return text;
}

Id DerivedId(const std::string& kind, const std::string& from) {
  static const boost::uuids::uuid kSpace = {{0x6d, 0x65, 0x65, 0x72, 0x73, 0x74, 0x65, 0x6d, 0x2d, 0x65, 0x78, 0x63, 0x68, 0x61, 0x6e, 0x67}};
  const std::string name = kind + " " + from;
  const boost::uuids::uuid made = boost::uuids::name_generator_sha1(kSpace)(name.data(), name.size());
  Id id;
  std::copy(made.begin(), made.end(), id.bytes.begin());
  return id;
}

Project ReadRefi(ProjectFiles& files, Job& job) {
  Refi refi(files, job);
  ReadXml(files.Xml(), files.name(), refi);
  return refi.Take();
}

}  // namespace meerstem::exchange
