#pragma once

#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "plugins/exchange/resolve.h"

namespace meerstem::exchange {

/// One resolving. Every GUID of the file stands for one thing of one kind: the first that claims it; core's memos and
/// values know their owner by id alone, so that two kinds may never share one.
class Resolver {
 public:
  Resolver(Reading& reading, const Project& project, Job& job);
  Resolved Take(const std::string& file);

 private:
  enum class Kind : std::uint8_t { kUser, kCode, kSource, kQuote, kCoding, kCase, kVariable, kMemo };

  /// The id under which a thing of the file comes in, and whether the study has none of it yet. A GUID that is taken by
  /// another kind, or twice in the file, gives way to one made from what `otherwise` says.
  template <class Otherwise>
  std::pair<Id, bool> Claim(Kind kind, Id guid, const Otherwise& otherwise) {
    if (guid.IsNil()) guid = DerivedId(otherwise(), "");
    auto [found, fresh] = claims_.emplace(guid, kind);
    if (!fresh && (found->second != kind || seen_.contains(guid))) {
      Drop("same-guid", otherwise());
      guid = DerivedId(otherwise(), ToString(guid));
      std::tie(found, fresh) = claims_.emplace(guid, kind);
    }
    seen_.insert(guid);
    return {guid, fresh};
  }
  /// What an earlier import found this GUID to be.
  std::optional<Id> Known(const std::string& kind, const Id& guid, Kind as) const;
  void Drop(const std::string& reason, const std::string& where);

  void Users();
  void Codes();
  void ChooseOffsets();
  void Variables();
  void Sources();
  void Cases();
  void Notes();
  void Memos();
  void Kept();

  /// The study's source for this one: itself, or one with the same title and text; nullopt: none.
  std::optional<Id> Existing(const ForeignSource& source) const;
  std::string FreeTitle(const std::string& title, const Id& id);
  Stamp ResearcherOf(const Stamp& stamp, const std::string& where);
  void QuotesOf(const ForeignSource& source, const Id& id, bool fresh);
  void Describe(const std::string& kind, const Id& entity, const std::string& text);
  void NoteOn(const Id& note, const std::string& kind, const Id& entity);
  void ValuesOf(const std::vector<ForeignValue>& values, const std::string& kind, const Id& entity, std::map<std::string, std::string>* meta);
  std::optional<Id> VariableFor(const Id& guid, const std::string& kind);

  /// The study's id for a GUID of the file.
  Id Mapped(const Id& guid) const;
  void Rewrite(Element& element) const;
  void Keep(Element element, bool in_study, Line* line);

  Reading& reading_;
  const Project& project_;
  Job& job_;
  Resolved result_;
  std::map<std::string, Dropped> dropped_;
  std::unordered_map<Id, Kind> claims_;   ///< Of the study and of the file so far.
  std::unordered_set<Id> seen_;           ///< Claimed by this file.
  std::map<std::pair<std::string, Id>, Id> aliases_;
  std::unordered_map<Id, Id> users_, codes_, sources_, selections_, cases_, notes_;
  std::unordered_set<Id> kept_;
  OffsetRule rule_;

  std::map<std::string, Id> titles_;      ///< Of the study and of the file so far.
  std::map<Id, std::vector<std::pair<std::string, Id>>> note_targets_;
  std::unordered_map<Id, const ForeignNote*> notes_by_id_;
  std::map<std::pair<Id, std::string>, Id> variables_;  ///< By GUID and kind of entity.
  std::map<Id, std::pair<std::string, std::string>> meta_;  ///< Of kMeta: entity kind and column.
  Line quotes_{.what = Say("Selections")};
  Line selection_titles_{.what = Say("Titles of selections")};
  Line codings_{.what = Say("Codings")};
  Line values_{.what = Say("Values of variables")};
  Line variable_line_{.what = Say("Variables")};
};

}  // namespace meerstem::exchange
