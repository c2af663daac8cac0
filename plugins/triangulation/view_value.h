#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/command/job.h"
#include "core/plugin/registry.h"
#include "core/store/store.h"
#include "core/view/model.h"

/// What a view says, wherever it comes from: the numbers strand reaches this plugin as views of the registry, by id.
namespace meerstem::triangulation {

/// The view as it stands, with settings as "name=value" lines; kept until what it read has changed. kRefused for a view
/// that is not there and for settings that it does not have.
std::shared_ptr<const view::Model> Seen(const Registry& registry, Reading& reading, const std::string& view, const std::string& settings, Job& job);

/// One cell of a view, or the view as a whole.
struct ViewValue {
  view::Cell cell;                    ///< Of the whole: nothing.
  Message what;                       ///< The view, and the cell's row and column.
  Message population;                 ///< Whom it is about: n, rule set ...
  std::string plain;                  ///< The value, neutral in language.
  Id token;                           ///< The same for the same value.
  std::optional<view::Target> target;
};
/// `row` and `column` are keys (a table's column id, a row also by what its first cell says; `total` of a matrix); both
/// empty: the whole. kRefused, with what there is, when one is not there.
ViewValue ValueOf(const Registry& registry, Reading& reading, const std::string& view, const std::string& settings, const std::string& row, const std::string& column,
                  Job& job);

/// Rows of a table of the registry by column id; for views of other plugins that are read as data.
class Cells {
 public:
  explicit Cells(const view::Table& table) : table_(table) {}
  /// nullptr when the table has no such column.
  const view::Cell* Of(const view::Row& row, const std::string& column) const;

 private:
  const view::Table& table_;
};

}  // namespace meerstem::triangulation
