#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/command/parameters.h"
#include "core/store/store.h"
#include "core/view/model.h"

/// The only road from a stored text to the eye: pseudonyms and consent pass through here. Every view and every
/// export that shows words of a source takes them from DisplayText, and asks MayUse first.
namespace meerstem {

enum class Purpose { kScreen, kAnalysis, kExport, kArchive };

/// The words of a range as they may be shown: names of the study's list replaced, speakers' labels by pseudonyms, and the
/// words of those who do not consent to this by […]. Runs keep the stored range that each stretch stands for, so that a
/// selection on screen is a range of the store.
std::vector<view::Run> DisplayRuns(Reading& reading, const SourceSpan& span, Purpose purpose);
std::string DisplayText(Reading& reading, const SourceSpan& span, Purpose purpose);

/// The same for many ranges: what is replaced in a source is looked up once. One thread, for as long as its Reading.
class Displaying {
 public:
  Displaying(Reading& reading, Purpose purpose);
  ~Displaying();
  Displaying(const Displaying&) = delete;
  std::vector<view::Run> Runs(const SourceSpan& span);
  std::string Text(const SourceSpan& span);
  /// The same behind what `out` holds.
  void Append(std::string& out, const SourceSpan& span);
  /// On one line.
  std::string Line(const SourceSpan& span);
  /// Are the words shown as they are stored? Not where a name is replaced, and not where somebody
  /// withdrew.
  bool IsVerbatim(const SourceSpan& span);

 private:
  struct Loaded;
  const Loaded& Load(const Id& source);
  Reading& reading_;
  Purpose purpose_;
  std::map<Id, std::unique_ptr<Loaded>> loaded_;
  std::pair<Id, const Loaded*> last_;  ///< Ranges mostly come source by source.
};

/// Where names of the list stand in a text, by position: each as a whole word, or in its genitive (Jans, Jan's, Joris').
std::vector<Range> ReplacedIn(Reading& reading, const Id& source);

/// A speaker's label as the transcript has it, names of the list replaced but not the label by its person: for the one
/// place where labels are matched to people.
std::string DisplayLabel(Reading& reading, const SourceSpan& label);

/// Words that stand in no source (any more): an earlier text, a translation, a summary; names of the list replaced.
std::string DisplayWords(Reading& reading, std::string_view words);

/// May these words be used for this? On screen the researcher sees everything but the words of those who withdrew;
/// analysis, export and archive ask the consent of every person whose turns the range touches, and of a minor's guardian
/// before anything leaves the house.
bool MayUse(Reading& reading, const SourceSpan& span, Purpose purpose);

/// How a quote is referred to: pseudonym, type, site, date as the study's setting says. The site is left out where
/// fewer than five people of that type speak there, unless the setting insists.
Message Reference(Reading& reading, const SourceSpan& span);

/// May a site be named beside words of that type? Not where fewer than five people of the type speak there, unless the
/// setting insists.
bool MayNameSite(Reading& reading, const std::optional<Id>& site, const std::optional<Id>& stakeholder);

}  // namespace meerstem
