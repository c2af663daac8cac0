#include "core/study/crossing_view.h"

#include <algorithm>

namespace meerstem {
namespace {

std::int64_t Count(const Crossed& crossed, const std::string& count) {
  if (count == "sources") return crossed.sources;
  if (count == "quotes") return crossed.quotes;
  if (count == "words") return crossed.words;
  if (count == "cases") return crossed.cases;
  return crossed.people;
}

view::Cell CellOf(const Crossed& crossed, const std::string& count, bool heard, std::optional<view::Target> target) {
  view::Cell cell;
  cell.value = Count(crossed, count);
  if (crossed.quotes > 0) {
    cell.parts = {{"people", crossed.people}, {"conversations", crossed.sources}, {"cases", crossed.cases}, {"quotes", crossed.quotes}};
    if (crossed.words > 0) cell.parts.emplace_back("words", crossed.words);
    cell.target = std::move(target);
    const view::Cell people = PeopleCell(crossed.people, crossed.unnamed);
    cell.why = people.why;
    if (count == "people") {
      cell.value = people.value;
      cell.glyph = people.glyph;
    }
  } else if (heard) {
    cell.state = view::State::kSilent;
    cell.why = Say("Heard, and silent about this.");
  } else {
    cell.state = view::State::kEmpty;
    cell.value = {};
    cell.why = Say("Nobody heard.");
  }
  return cell;
}

view::Heading HeadingOf(const Group& group) {
  return {.key = group.key, .label = group.label, .entities = group.entities, .depth = group.depth, .colour = group.colour, .glyph = group.glyph};
}

Message CountLabel(const std::string& count) {
  for (const auto& choice : CountChoices()) {
    if (choice.key == count) return choice.label;
  }
  return {};
}

}  // namespace

std::vector<Choice> CountChoices() {
  return {{"people", Say("People")}, {"sources", Say("Conversations")}, {"quotes", Say("Quotes")}, {"words", Say("Words")}, {"cases", Say("Cases")}};
}

view::Cell PeopleCell(std::int64_t people, std::int64_t unnamed) {
  if (unnamed == 0) return {.value = people};
  return {.value = std::max<std::int64_t>(people, 1), .why = SayCount("At least: {0} quote has no known speaker.", "At least: {0} quotes have no known speaker.", unnamed), .glyph = "≥"};
}

view::Model ShowCrossing(const Crossing& crossing, const Dimension& rows, const Dimension& columns, const CrossingLook& look) {
  view::Model model;
  view::Matrix matrix;
  matrix.row_title = rows.label;
  matrix.column_title = columns.label;
  const auto target = [&](const Group* row, const Group* column) { return look.target ? look.target(row, column) : std::nullopt; };
  for (const auto& group : crossing.columns) matrix.columns.push_back(HeadingOf(group));
  if (look.not_linked) matrix.columns.push_back({.key = "-", .label = Say("Not linked")});
  const Group outside{.key = "-"};
  for (std::size_t i = 0; i < crossing.rows.size(); ++i) {
    matrix.rows.push_back(HeadingOf(crossing.rows[i]));
    auto& line = matrix.cells.emplace_back();
    for (std::size_t j = 0; j < crossing.columns.size(); ++j) {
      line.push_back(CellOf(crossing.cells[i][j], look.count, crossing.heard[j], target(&crossing.rows[i], &crossing.columns[j])));
      line.back().entities = crossing.rows[i].entities;
    }
    if (look.not_linked) line.push_back(CellOf(crossing.rows_outside[i], look.count, true, target(&crossing.rows[i], &outside)));
    matrix.row_totals.push_back(CellOf(crossing.row_totals[i], look.count, true, target(&crossing.rows[i], nullptr)));
  }
  for (std::size_t j = 0; j < crossing.columns.size(); ++j) {
    matrix.column_totals.push_back(CellOf(crossing.column_totals[j], look.count, crossing.heard[j], target(nullptr, &crossing.columns[j])));
  }
  if (look.not_linked) matrix.column_totals.push_back(CellOf(crossing.outside_total, look.count, true, target(nullptr, &outside)));
  matrix.total = CellOf(crossing.total, look.count, true, std::nullopt);
  model.title = Say("{0} by {1}", rows.label, columns.label);
  model.population.description = Say("{0}; each person, conversation and quote counts once in a cell and once in a total", CountLabel(look.count));
  model.population.facts = {{"quotes", Say("Quotes"), crossing.total.quotes},
                            {"people", Say("People"), crossing.total.people},
                            {"conversations", Say("Conversations"), crossing.total.sources},
                            {"withheld", Say("Left out without consent"), crossing.withheld}};
  if (look.explain_silence && std::any_of(crossing.heard.begin(), crossing.heard.end(), [](bool heard) { return !heard; })) {
    model.notes.push_back(Say("– : nobody of this group was heard; silent: they were heard, and not about this."));
  }
  if (crossing.total.unnamed > 0) {
    model.notes.push_back(SayCount("{0} quote has no known speaker, so the number of people is a lower bound.",
                                   "{0} quotes have no known speaker, so the number of people is a lower bound.", crossing.total.unnamed));
  }
  model.alternative = SayCount("{1} by {2}: {0} quote in all.", "{1} by {2}: {0} quotes in all.", crossing.total.quotes, rows.label, columns.label);
  model.body = std::move(matrix);
  return model;
}

}  // namespace meerstem
