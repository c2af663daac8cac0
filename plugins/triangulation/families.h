#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/command/job.h"
#include "core/plugin/registry.h"
#include "core/study/instruments.h"
#include "core/view/model.h"

/// Families as the numbers tell them: outcome, scores and the dates of baseline and follow-up come from whoever registers
/// those dimensions; what changed in the answers between the two dates is read here.
namespace meerstem::triangulation {

struct Family {
  Id study_case;
  std::string code, site;
  std::optional<Id> site_id;
  std::optional<Date> baseline, follow_up;
  std::optional<std::int64_t> before, after;  ///< Exact scores.
  std::string outcome;                        ///< Key in the dimension; empty: none.
  /// Criteria gained: above 0 is worse.
  std::optional<std::int64_t> change() const { return before && after ? std::optional(*after - *before) : std::nullopt; }
};

struct Families {
  std::vector<Family> list;                   ///< In the order of cases.
  std::unordered_map<Id, std::size_t> places;
  std::vector<Group> outcomes;                ///< Of the dimension, in its order.
  view::Population population;                ///< Of the scores: n, rule set, version.
  const Family* Find(const Id& study_case) const;
  const Group* Outcome(const std::string& key) const;
};
std::shared_ptr<const Families> FamiliesOf(const Registry& registry, Reading& reading, Job& job);

/// The groups of a dimension, kept until what they rest on has changed.
std::shared_ptr<const Grouping> GroupsOf(Reading& reading, const Dimension& dimension);
/// The groups alone, without looking at what lies in them where the dimension can do without.
std::vector<Group> GroupNames(Reading& reading, const Dimension& dimension);

/// One answer that is not at follow-up what it was at baseline.
struct AnswerChange {
  AnswerKey key;
  int before = 0, after = 0;
  Date since;                                 ///< When what stands at follow-up was entered.
  bool carried = false;                       ///< Not entered at follow-up itself.
  int points() const { return after - before; }  ///< Below 0 is worse.
};
/// By case, most decline first; cases without a change are not there.
using Changes = std::unordered_map<Id, std::vector<AnswerChange>>;
std::shared_ptr<const Changes> ChangesOf(const Registry& registry, Reading& reading, Job& job);

/// The items of the study's instruments by id.
class Items {
 public:
  explicit Items(Reading& reading);
  const Item* Find(const Id& id) const;
  const InstrumentDomain* DomainOf(const Item& item) const;
  const std::vector<Instrument>& instruments() const { return instruments_; }

 private:
  std::vector<Instrument> instruments_;
  std::unordered_map<Id, const Item*> items_;
  std::unordered_map<Id, const InstrumentDomain*> domains_;
};

/// The outcome as a cell: words, colour, glyph; empty with the reason where there is none.
view::Cell OutcomeCell(const Families& families, const Family& family);
/// “4 → 5”, or what is missing of it.
view::Cell ScoresCell(const Family& family);
/// Whom a result on these families is about: their number beside what the scores rest on.
view::Population About(const Families& families, Message description, std::int64_t n);
/// Without scores there is nothing to say; the sentence, and the command that would change it.
void SayNoScores(const Registry& registry, view::Model& model);
/// `--outcome` over the groups of the dimension, with better, same and worse as sums of them.
Parameter OutcomeParameter(const Registry& registry);
bool Wanted(const Family& family, const std::string& outcome);

}  // namespace meerstem::triangulation
