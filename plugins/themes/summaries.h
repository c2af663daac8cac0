#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/plugin/registry.h"
#include "core/store/store.h"
#include "plugins/themes/hearing.h"

/// The framework matrix: for each theme and each case or person a summary in the researcher's words, tied to its quotes.
namespace meerstem::themes {

/// What the rows of a framework are: "case" or "person".
struct Framework {
  std::string subject;

  /// The row that the arguments name; kUsage when they name none, or both a case and a person.
  static std::pair<Framework, Id> Named(const Arguments& arguments);
  std::string table() const { return subject + "_summary"; }
  std::string links() const { return subject + "_summary_quote"; }
  std::string column() const { return subject + "_id"; }
};

struct SummaryLink {
  std::optional<Id> quote;      ///< nullopt: it is gone.
  Id seen;                      ///< Hash of the words that it had.
};
struct Summary {
  std::string text;             ///< Of several rows, which merging people can leave, one below the other.
  std::vector<SummaryLink> links;
};

/// Everything behind a framework: its rows, their quotes per theme, and what was written.
class FrameworkStudy {
 public:
  FrameworkStudy(const Registry& registry, Reading& reading, Framework framework);

  struct Row {
    Id id;
    std::string name;
    std::string group;          ///< A person's type, a case's site.
    std::optional<Id> stakeholder, site;
    std::set<Id> sources;       ///< The conversations in which they were heard.
  };
  const Framework& framework() const { return framework_; }
  const Hearing& hearing() const { return hearing_; }
  /// Those who were heard or spoken about in conversations.
  const std::vector<Row>& rows() const { return rows_; }
  const Row* RowOf(const Id& id) const;
  const std::vector<Id>& QuotesOf(const Id& theme, const Id& row) const;
  const Summary* SummaryOf(const Id& theme, const Id& row) const;

  /// The cell as a framework shows it: the summary, stale or withheld when what it rests on is; otherwise why it is empty.
  view::Cell CellOf(Reading& reading, const Id& theme, const Row& row) const;
  /// What became of a link: empty Message when it stands as it was.
  Message Changed(Reading& reading, const Id& theme, const Id& row, const SummaryLink& link) const;

 private:
  void ReadPeople(Reading& reading);
  void ReadCases(Reading& reading);
  Framework framework_;
  Hearing hearing_;
  std::vector<Row> rows_;
  std::map<std::pair<Id, Id>, std::vector<Id>> quotes_;     ///< By theme and row.
  std::map<std::pair<Id, Id>, Summary> summaries_;
};

void RegisterSummaryCommands(Registry& registry);

}  // namespace meerstem::themes
