// coding.cooccurrence and coding.cooccurrence-pairs: which codes stand together, as a matrix of the codes that do most,
// and as a list of all pairs.
#include <algorithm>
#include <numeric>

#include "core/base/error.h"
#include "plugins/coding/cooccurrence.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

using Unit = Cooccurrence::Unit;
constexpr std::int64_t kMostCodes = 150;
constexpr std::int64_t kMostNodes = 60;  ///< More names than this cover each other.

Unit UnitOf(const std::string& name) {
  if (name == "turn") return Unit::kTurn;
  if (name == "paragraph") return Unit::kParagraph;
  return name == "near" ? Unit::kWords : Unit::kOverlap;
}

/// What both views are asked, and what comes of it.
struct Counted {
  std::shared_ptr<const CodedStudy> study;
  Unit unit;
  std::int64_t words;
  bool with_remarks;
  bool has_remarks;
  std::unique_ptr<Cooccurrence> counts;
  std::vector<std::uint32_t> codes;  ///< Those asked for that stand somewhere, in the codebook's order.

  const std::string& Path(std::uint32_t code) const { return study->codes->Of(code)->path; }

  /// The query that finds the quotes behind a pair.
  view::Target Behind(std::uint32_t a, std::uint32_t b) const {
    const std::string sign = unit == Unit::kOverlap ? " overlaps " : unit == Unit::kTurn ? " near(turn) " : unit == Unit::kParagraph ? " near(paragraph) " : " near(" + std::to_string(words) + ") ";
    const std::string one = "only " + AsName(Path(a)), other = "only " + AsName(Path(b));
    std::string expression = one + sign + other + " or " + other + sign + one;
    if (a == b) expression = one;
    if (!with_remarks && has_remarks) expression = "(" + expression + ") and source-kind != remark";
    return {"coding.query", {{"expression", expression}}};
  }

  Message Counts() const {
    switch (unit) {
      case Unit::kOverlap:
        return Say("Quotes with one of two codes that share words with a quote of the other.");
      case Unit::kWords:
        return Say("Quotes with one of two codes from which at most {0} words lie between it and a quote of the other.", words);
      case Unit::kTurn:
        return Say("Turns in which quotes of both codes stand.");
      default:
        return Say("Paragraphs in which quotes of both codes stand.");
    }
  }
};

Counted Count(Reading& reading, const Arguments& arguments, Job& job) {
  Counted counted;
  counted.study = CodedStudyOf(reading);
  counted.unit = UnitOf(arguments.Text("unit"));
  counted.words = arguments.Int("words");
  if (counted.words < 0 || counted.words > 10'000) throw Refuse("--words: from 0 to 10000 words can lie between, not {0}.", counted.words);
  counted.with_remarks = arguments.Flag("with-remarks");
  const auto& sources = counted.study->frame->sources;
  counted.has_remarks = std::any_of(sources.begin(), sources.end(), [](const auto& source) { return source.kind == "remark"; });
  counted.counts = std::make_unique<Cooccurrence>(reading, *counted.study, counted.unit, counted.words, counted.with_remarks, job);
  const auto asked = arguments.Entities("code");
  const auto under = counted.study->codes->Under(asked);
  for (const auto code : counted.study->codes->number) {
    if ((asked.empty() || under[code]) && counted.counts->Own(code) > 0) counted.codes.push_back(code);
  }
  return counted;
}

void Describe(const Counted& counted, view::Model& model) {
  model.population.description = counted.Counts();
  model.population.facts = {{"codes", Say("Codes"), static_cast<std::int64_t>(counted.codes.size())},
                            {"remarks", Say("Registration remarks counted"), counted.with_remarks ? Say("yes") : Say("no")},
                            {"withheld", Say("Quotes left out for want of consent"), counted.counts->withheld()}};
  model.notes.push_back(Say("Codes count as such, without those below them. Jaccard: of what stands under either code, the part that stands together; from 0 to 1."));
  if (counted.unit == Unit::kTurn || counted.unit == Unit::kParagraph) model.notes.push_back(Say("Behind a count stand the quotes that meet there."));
  model.empty = Say("Nothing is coded yet, or nothing of these codes.");
}

view::Cell PairCell(const Counted& counted, std::uint32_t a, std::uint32_t b, bool jaccard) {
  const auto both = static_cast<std::int64_t>(counted.counts->Both(a, b));
  const double share = counted.counts->Jaccard(a, b);
  view::Cell cell;
  if (jaccard) cell = {.value = share, .parts = {{"count", both}}};
  else cell = {.value = both, .parts = {{"jaccard", share}}};
  if (both > 0) cell.target = counted.Behind(a, b);
  return cell;
}

/// The codes that stand most with others, when there are more than `most`; the model says so.
std::vector<std::uint32_t> Foremost(const Counted& counted, std::int64_t most, view::Model& model) {
  auto shown = counted.codes;
  if (static_cast<std::int64_t>(shown.size()) <= most) return shown;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> weight;
  for (const auto code : shown) {
    std::uint64_t sum = 0;
    for (const auto other : shown) sum += other == code ? 0 : counted.counts->Both(code, other);
    weight.emplace_back(sum, code);
  }
  std::stable_sort(weight.begin(), weight.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::set<std::uint32_t> kept;
  for (std::size_t i = 0; i < static_cast<std::size_t>(most); ++i) kept.insert(weight[i].second);
  std::erase_if(shown, [&](std::uint32_t code) { return !kept.contains(code); });
  model.notes.push_back(Say("Of {0} codes the {1} are shown that stand most with others; the list of pairs has all.", counted.codes.size(), most));
  return shown;
}

view::Model BuildNetwork(Reading& reading, const Arguments& arguments, Job& job) {
  const std::int64_t most = arguments.Int("most"), least = arguments.Int("least");
  if (most < 2 || most > kMostNodes) throw Refuse("--most: a network shows from 2 to {0} codes, not {1}; all pairs stand in the list of pairs.", kMostNodes, most);
  if (least < 1) throw Refuse("--least: a tie is at least 1, not {0}.", least);
  Counted counted = Count(reading, arguments, job);
  view::Model model;
  Describe(counted, model);
  view::Chart chart{.kind = view::ChartKind::kNetwork, .category_title = Say("Code"), .value_title = Say("Together"), .least = least, .seed = arguments.Int("seed")};
  auto shown = Foremost(counted, most, model);
  const std::size_t before = shown.size();
  std::erase_if(shown, [&](std::uint32_t code) {
    return std::none_of(shown.begin(), shown.end(), [&](std::uint32_t other) { return other != code && counted.counts->Both(code, other) >= static_cast<std::uint64_t>(least); });
  });
  for (const auto code : shown) {
    const Code& of = *counted.study->codes->Of(code);
    chart.categories.push_back({.key = of.path, .label = Verbatim(of.name), .entities = {{"code", of.id}}, .target = RetrieveOf(of.id), .colour = of.colour,
                                .note = Say("n = {0}", counted.counts->Own(code))});
    auto& line = chart.cells.emplace_back();
    for (const auto other : shown) {
      if (other == code) line.push_back({.value = static_cast<std::int64_t>(counted.counts->Own(code)), .target = RetrieveOf(of.id)});
      else line.push_back(PairCell(counted, code, other, false));
    }
  }
  chart.series = chart.categories;
  model.body = std::move(chart);
  model.population.facts.push_back({"least", Say("Ties of at least"), least});
  model.population.facts.push_back({"seed", Say("Seed of the layout"), arguments.Int("seed")});
  model.population.facts.push_back({"loose", Say("Codes without such a tie, not drawn"), static_cast<std::int64_t>(before - shown.size())});
  if (!counted.codes.empty()) model.empty = Say("No two codes stand together {0} times or more.", least);
  return model;
}

view::Model BuildMatrix(Reading& reading, const Arguments& arguments, Job& job) {
  const std::int64_t most = arguments.Int("most");
  if (most < 2 || most > kMostCodes) throw Refuse("--most: a matrix shows from 2 to {0} codes, not {1}; all pairs stand in the list of pairs.", kMostCodes, most);
  Counted counted = Count(reading, arguments, job);
  view::Model model;
  Describe(counted, model);
  const auto shown = Foremost(counted, most, model);
  const bool jaccard = arguments.Text("show") == "jaccard";
  view::Matrix matrix;
  matrix.row_title = matrix.column_title = Say("Code");
  for (const auto code : shown) {
    const Code& of = *counted.study->codes->Of(code);
    view::Heading heading{.key = of.path, .label = Verbatim(of.path), .entities = {{"code", of.id}}, .target = RetrieveOf(of.id), .colour = of.colour};
    heading.note = Say("n = {0}", counted.counts->Own(code));
    matrix.rows.push_back(heading);
    matrix.columns.push_back(std::move(heading));
  }
  for (const auto a : shown) {
    auto& line = matrix.cells.emplace_back();
    for (const auto b : shown) {
      if (a == b) line.push_back({.state = view::State::kNotApplicable, .why = Say("The code itself.")});
      else line.push_back(PairCell(counted, a, b, jaccard));
    }
  }
  model.body = std::move(matrix);
  return model;
}

/// Pairs by number, the cells made when they are looked at.
class PairRows final : public view::Rows {
 public:
  PairRows(std::shared_ptr<const Counted> counted, std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs) : counted_(std::move(counted)), pairs_(std::move(pairs)) {}
  std::size_t Count() const override { return pairs_.size(); }
  std::string Key(std::size_t index) const override {
    const auto& codes = *counted_->study->codes;
    return ToString(codes.Of(pairs_[index].first)->id) + "+" + ToString(codes.Of(pairs_[index].second)->id);
  }
  std::vector<view::Row> Page(Reading&, std::size_t first, std::size_t count) const override {
    std::vector<view::Row> rows;
    const auto& codes = *counted_->study->codes;
    for (std::size_t i = first; i < pairs_.size() && i - first < count; ++i) {
      const auto [a, b] = pairs_[i];
      view::Row row{.key = Key(i), .cells = {}, .entities = {{"code", codes.Of(a)->id}, {"code", codes.Of(b)->id}}, .target = counted_->Behind(a, b)};
      row.cells = {{.value = counted_->Path(a), .colour = codes.Of(a)->colour},
                   {.value = counted_->Path(b), .colour = codes.Of(b)->colour},
                   {.value = static_cast<std::int64_t>(counted_->counts->Both(a, b))},
                   {.value = counted_->counts->Jaccard(a, b)},
                   {.value = static_cast<std::int64_t>(counted_->counts->Own(a))},
                   {.value = static_cast<std::int64_t>(counted_->counts->Own(b))}};
      rows.push_back(std::move(row));
    }
    return rows;
  }

 private:
  std::shared_ptr<const Counted> counted_;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs_;
};

view::Model BuildPairs(Reading& reading, const Arguments& arguments, Job& job) {
  auto counted = std::make_shared<Counted>(Count(reading, arguments, job));
  view::Model model;
  Describe(*counted, model);
  struct Pair {
    std::uint32_t a, b, together;
  };
  std::vector<Pair> pairs;
  const auto& codes = counted->codes;
  std::uint32_t highest = 0;
  for (std::size_t a = 0; a < codes.size(); ++a) {
    for (std::size_t b = a + 1; b < codes.size(); ++b) {
      const auto together = counted->counts->Both(codes[a], codes[b]);
      if (together > 0) pairs.push_back({codes[a], codes[b], together});
      highest = std::max(highest, together);
    }
  }
  // By count in steps, not by comparing: there may be half a million pairs.
  std::vector<std::size_t> place(highest + 2, 0);
  for (const auto& pair : pairs) ++place[highest - pair.together + 1];
  std::partial_sum(place.begin(), place.end(), place.begin());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> sorted(pairs.size());
  for (const auto& pair : pairs) sorted[place[highest - pair.together]++] = {pair.a, pair.b};
  model.population.facts.push_back({"pairs", Say("Pairs"), static_cast<std::int64_t>(sorted.size())});
  model.body = view::Table{{{"a", Say("Code")},
                            {"b", Say("With")},
                            {"together", Say("Together"), view::ColumnType::kInteger},
                            {"jaccard", Say("Jaccard"), view::ColumnType::kReal},
                            {"n_a", Say("n of the first"), view::ColumnType::kInteger},
                            {"n_b", Say("n of the second"), view::ColumnType::kInteger}},
                           std::make_shared<PairRows>(std::move(counted), std::move(sorted))};
  return model;
}

std::vector<Parameter> CommonParameters() {
  Parameter unit{.name = "unit", .type = ParameterType::kChoice, .label = Say("Together when"), .fallback = "overlap"};
  unit.choices = {{"overlap", Say("They share words")}, {"near", Say("Few words lie between")}, {"turn", Say("In the same turn")}, {"paragraph", Say("In the same paragraph")}};
  Parameter words{.name = "words", .type = ParameterType::kInteger, .label = Say("Words between, at most"), .fallback = "20"};
  unit.live = words.live = true;
  return {unit, words, FilterParameter("code", "code", Say("Code")), FlagParameter("with-remarks", Say("Registration remarks too"))};
}

}  // namespace

void RegisterCooccurrence(Registry& registry) {
  View matrix{.id = "coding.cooccurrence", .kind = view::Kind::kMatrix, .label = Say("Co-occurrence"), .help = Say("Which codes stand together, and how much: overlapping, near each other, in one turn or paragraph.")};
  matrix.parameters = CommonParameters();
  Parameter show{.name = "show", .type = ParameterType::kChoice, .label = Say("Show"), .fallback = "count"};
  show.choices = {{"count", Say("How often")}, {"jaccard", Say("Jaccard")}};
  Parameter most{.name = "most", .type = ParameterType::kInteger, .label = Say("Codes, at most"), .fallback = "40"};
  show.live = most.live = true;
  matrix.parameters.push_back(show);
  matrix.parameters.push_back(most);
  matrix.build = BuildMatrix;
  registry.Add(std::move(matrix));
  View pairs{.id = "coding.cooccurrence-pairs", .kind = view::Kind::kTable, .label = Say("Pairs of codes"), .help = Say("All pairs of codes that stand together, the most frequent first.")};
  pairs.parameters = CommonParameters();
  pairs.build = BuildPairs;
  registry.Add(std::move(pairs));
  View network{.id = "coding.cooccurrence-network", .kind = view::Kind::kChart, .label = Say("Network of codes"), .help = Say("Codes that stand together as a network: thick ties stand together often, large nodes stand often.")};
  network.parameters = CommonParameters();
  Parameter nodes{.name = "most", .type = ParameterType::kInteger, .label = Say("Codes, at most"), .fallback = "25"};
  Parameter least{.name = "least", .type = ParameterType::kInteger, .label = Say("Ties of at least"), .fallback = "2"};
  Parameter seed{.name = "seed", .type = ParameterType::kInteger, .label = Say("Seed of the layout"), .fallback = "1"};
  for (Parameter* parameter : {&nodes, &least, &seed}) {
    parameter->live = true;
    network.parameters.push_back(*parameter);
  }
  network.build = BuildNetwork;
  registry.Add(std::move(network));
}

}  // namespace meerstem::coding
