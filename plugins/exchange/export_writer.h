#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "core/study/codes.h"
#include "plugins/exchange/export_project.h"
#include "plugins/exchange/kept.h"
#include "plugins/exchange/shown_text.h"
#include "plugins/exchange/xml_writer.h"

namespace meerstem::exchange {

/// A memo on its way out.
struct OutgoingNote {
  Id id;
  std::string name;
  std::string kind;     ///< Stands in the description when it is not the general one.
  std::string text;
  Id author;
  std::optional<std::int64_t> at;  ///< None: it is a part of something else, and has no moment of its own.
};

/// The writing of one project. Counts as it goes.
class ProjectWriter {
 public:
  ProjectWriter(Reading& reading, const ExportOptions& options, Package& package, Job& job, XmlWriter& xml);
  void Write();
  std::vector<Line> Lines(const Registry& registry);

 private:
  void LoadNotes();
  void Users();
  void CodeBook();
  void WriteCodes(const std::vector<Code>& codes, std::size_t& at, int depth);
  void Variables();
  void Cases();
  void Sources();
  void Notes();
  void KeptList(const char* list, const char* kind);

  struct Outgoing {
    Id id;
    std::string title;
  };
  /// The attributes and children that every text shares; `element`: TextSource, Representation or Transcript.
  void TextOfSource(const Outgoing& source, const char* element, const Id& guid, const Element* stub);
  void Selections(const Outgoing& source, const ShownText& shown, const Counting& counting, bool transcript);
  void PdfOf(const Outgoing& source, Element shell);
  ShownText ShownOf(const Id& source) const { return ShownText(reading_, source, options_.purpose, options_.as_stored && options_.as_stored(source)); }
  void Media(Element shell);
  void SourceTail(const Id& source);

  void Guid(const char* attribute, const Id& id) { xml_.Attribute(attribute, ShowGuid(id)); }
  void Stamped(const Id& by, std::int64_t at);
  void Reference(const char* element, const Id& target);
  void NoteRefs(const Id& entity);
  void DescriptionOf(const Id& entity);
  void ValuesOf(const Id& entity, const char* kind);
  void Value(const Id& variable, const std::string& type, const std::string& value);

  Reading& reading_;
  const ExportOptions& options_;
  Package& package_;
  Job& job_;
  XmlWriter& xml_;

  std::map<std::string, std::vector<KeptElement>> kept_;
  std::unordered_map<Id, std::string> titles_;                 ///< Of selections that have one.
  std::unordered_map<Id, const KeptElement*> pdfs_;
  std::unordered_set<Id> transcripts_;                         ///< Sources that stand in a medium.
  std::unordered_set<Id> known_;                               ///< Everything that may be referred to.
  std::vector<OutgoingNote> notes_;
  std::unordered_map<Id, std::vector<Id>> notes_on_;
  std::unordered_map<Id, std::string> descriptions_;
  std::vector<Id> notes_of_study_;
  std::unordered_set<Id> withheld_;                            ///< Quotes that do not go out.

  Line users_line_{.what = Say("Coders")}, codes_line_{.what = Say("Codes")}, variables_line_{.what = Say("Variables")}, values_line_{.what = Say("Values of variables")},
      cases_line_{.what = Say("Cases")}, sources_line_{.what = Say("Texts")}, quotes_line_{.what = Say("Selections")}, codings_line_{.what = Say("Codings")},
      memos_line_{.what = Say("Memos")}, kept_line_{.what = Say("Kept from earlier imports")};
  std::int64_t changed_texts_ = 0, files_ = 0, files_held_ = 0;  ///< PDFs that go out, and that stay for what is printed on them.
};

}  // namespace meerstem::exchange
