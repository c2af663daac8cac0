#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/plugin/registry.h"
#include "core/store/store.h"
#include "core/study/coded_study.h"
#include "core/view/model.h"
#include "plugins/themes/themes.h"

/// Who was heard, what they were asked, and what they said of a theme: the difference between silent, not asked and not
/// heard, which every view of themes makes in the same way.
namespace meerstem::themes {

/// One who speaks in one source, the interviewer and whoever withdrew from analysis left out. A source that nobody is
/// known to speak in stands for itself.
struct Speaker {
  Id source;
  std::optional<Id> person;
  std::optional<Id> stakeholder;
  std::optional<Id> site;
  std::string name;             ///< Pseudonym; empty: not known who this is.
  bool conversation = true;     ///< An interview or focus group: only there can one be asked, and be silent.
};

enum class Asked { kUnknown, kNo, kYes };

/// Was a theme asked about in conversations? By the topic guides that were used there: a topic opens the themes that it is
/// linked to and all below them.
class Questions {
 public:
  explicit Questions(Reading& reading);
  Asked Was(const Id& theme, const Id& source) const;
  /// Some guide is in use somewhere.
  bool any() const { return !asked_.empty(); }

 private:
  std::map<Id, std::set<Id>> asked_;    ///< By source: the themes that its guides open.
};

/// The cell of a theme and a group that says nothing of it: nobody heard, silent, or not asked, with the reason.
view::Cell Silence(const Questions& questions, const Id& theme, const std::set<Id>& sources);
/// What the states mean, for below a matrix.
std::vector<Message> SilenceNotes(const Questions& questions);

/// The evidence of a theme in one group of speakers, each thing once.
struct Evidence {
  std::set<Id> people, sources, sites;
  std::int64_t unnamed = 0;     ///< Quotes of which a speaker is not known: people is then a lower bound.
  std::vector<Id> quotes;
  std::int64_t against = 0;     ///< Of the quotes.
};

/// A study as it was heard. Remarks of registrations are left out: they are the registrar's voice.
class Hearing {
 public:
  Hearing(const Registry& registry, Reading& reading);

  const std::vector<Speaker>& speakers() const { return speakers_; }
  const Questions& questions() const { return questions_; }
  std::int64_t withheld() const { return withheld_; }
  const ThemeQuotes& quotes() const { return *quotes_; }
  /// Who speaks in a quote, as places in speakers(); empty: withheld, or nobody but the interviewer.
  const std::vector<std::size_t>& SpeakersOf(const Id& quote) const;
  /// Of the speakers for whom `counts` holds.
  template <class Counts>
  Evidence EvidenceFor(const Id& theme, Counts counts) const {
    Evidence evidence;
    for (const auto& quote : quotes_->Of(theme)) {
      bool said = false, unnamed = false;
      for (const auto index : SpeakersOf(quote)) {
        const Speaker& speaker = speakers_[index];
        if (!counts(speaker)) continue;
        said = true;
        if (speaker.person) evidence.people.insert(*speaker.person);
        else unnamed = true;
        if (speaker.site) evidence.sites.insert(*speaker.site);
        evidence.sources.insert(speaker.source);
      }
      if (!said) continue;
      evidence.unnamed += unnamed;
      evidence.quotes.push_back(quote);
      evidence.against += quotes_->Contradicts(theme, quote);
    }
    return evidence;
  }

 private:
  std::shared_ptr<const ThemeQuotes> quotes_;
  std::vector<Speaker> speakers_;
  std::unordered_map<Id, std::vector<std::size_t>> speakers_of_;
  std::int64_t withheld_ = 0;
  Questions questions_;
};

}  // namespace meerstem::themes
