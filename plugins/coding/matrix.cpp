// coding.matrix: any dimension against any other, in people, sources, quotes or words. What is counted is counted once
// in each cell and once in each total, however many groups it lies in.
#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/base/error.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

/// A dimension as it stands on one side of the matrix.
struct Axis {
  const Dimension* dimension = nullptr;
  Grouping grouping;
  std::vector<std::vector<std::size_t>> groups_of_quote;
  std::vector<bool> heard;                       ///< By group: somebody of it speaks in a source that is counted.
  std::vector<bool> shown;                       ///< By group: false for codes outside the filter.
  std::unordered_map<Id, std::vector<std::size_t>> groups_of_unit;

  bool Holds(const Id& unit, std::size_t group) const {
    const auto found = groups_of_unit.find(unit);
    return found != groups_of_unit.end() && std::find(found->second.begin(), found->second.end(), group) != found->second.end();
  }
};

struct Speaker {
  std::optional<Id> stakeholder;
  std::optional<Id> site;
};

/// Counts of distinct things.
struct Tally {
  std::unordered_set<Id> people;
  std::unordered_set<Id> sources;
  std::unordered_set<Id> quotes;
  std::int64_t words = 0;

  void Add(const QuoteFacts& quote, const std::vector<Id>& speakers) {
    people.insert(speakers.begin(), speakers.end());
    sources.insert(quote.span.source);
    if (quotes.insert(quote.id).second) words += quote.words;
  }
  std::int64_t Of(const std::string& what) const {
    if (what == "people") return static_cast<std::int64_t>(people.size());
    if (what == "sources") return static_cast<std::int64_t>(sources.size());
    return what == "words" ? words : static_cast<std::int64_t>(quotes.size());
  }
};

/// One matrix in the making.
class Counting {
 public:
  Counting(const Registry& registry, Reading& reading, const Arguments& arguments, Job& job)
      : registry_(registry), reading_(reading), arguments_(arguments), job_(job), count_(arguments.Text("count")) {}

  view::Model Make() {
    ChooseKinds();
    LoadQuotes();
    rows_ = Load(arguments_.Text("rows"));
    columns_ = Load(arguments_.Text("columns"));
    LoadSpeakers();
    job_.Progress(0.5);
    Count();
    return Describe();
  }

 private:
  void ChooseKinds() {
    kinds_ = arguments_.Texts("source-kind");
    if (!kinds_.empty()) return;
    for (const auto& choice : SourceKindParameter().choices) {
      // A remark is the registrar's voice about a case, not the voice of the one it is about.
      if (choice.key != "remark" || arguments_.Flag("with-remarks")) kinds_.push_back(choice.key);
    }
  }

  void LoadQuotes() {
    auto rows = reading_.Query("SELECT id, kind FROM source");
    while (rows.Step()) {
      if (std::find(kinds_.begin(), kinds_.end(), rows.Text(1)) != kinds_.end()) sources_.insert(rows.GetId(0));
    }
    QuoteFilter filter;
    filter.codes = arguments_.Entities("code");
    filter.count_words = count_ == "words";
    quotes_ = Quotes(reading_, filter);
    const auto before = quotes_.size();
    std::erase_if(quotes_, [&](const QuoteFacts& quote) { return !sources_.contains(quote.span.source); });
    other_kinds_ = static_cast<std::int64_t>(before - quotes_.size());
    const auto usable = quotes_.size();
    std::erase_if(quotes_, [&](const QuoteFacts& quote) { return !MayUse(reading_, quote.span, Purpose::kAnalysis); });
    withheld_ = static_cast<std::int64_t>(usable - quotes_.size());
  }

  Axis Load(const std::string& id) {
    Axis axis;
    axis.dimension = registry_.FindDimension(id);
    if (!axis.dimension) throw Error(ErrorCode::kUsage, Say("There is no dimension “{0}”.", id));
    axis.grouping = axis.dimension->groups(reading_);
    axis.groups_of_quote = GroupsOfQuotes(*axis.dimension, axis.grouping, quotes_);
    for (const auto& [unit, group] : axis.grouping.members) axis.groups_of_unit[unit].push_back(group);
    axis.heard = Heard(axis);
    axis.shown.assign(axis.grouping.groups.size(), true);
    if (id == "code" && arguments_.Has("code")) {
      const auto below = WithDescendants(reading_, arguments_.Entities("code"));
      for (std::size_t i = 0; i < axis.shown.size(); ++i) {
        axis.shown[i] = std::find(below.begin(), below.end(), axis.grouping.groups[i].entities.front().id) != below.end();
      }
    }
    return axis;
  }

  /// Which groups have somebody who speaks in what is counted. A grouping of quotes says nothing about who was heard.
  std::vector<bool> Heard(const Axis& axis) {
    const std::size_t groups = axis.grouping.groups.size();
    if (axis.dimension->unit == "quote") return std::vector<bool>(groups, true);
    std::vector<QuoteFacts> voices;
    auto rows = reading_.Query(
        "SELECT DISTINCT source.id, person.id, ifnull(person.stakeholder_id, source.stakeholder_id), ifnull(person.site_id, source.site_id), "
        "membership.case_id, source_about.case_id FROM source LEFT JOIN speaker ON speaker.source_id = source.id LEFT JOIN person ON person.id = speaker.person_id "
        "LEFT JOIN stakeholder_type type ON type.id = person.stakeholder_id LEFT JOIN membership ON membership.person_id = person.id AND membership.role <> 'coach' "
        "LEFT JOIN source_about ON source_about.source_id = source.id WHERE ifnull(type.researcher, 0) = 0");
    while (rows.Step()) {
      if (!sources_.contains(rows.GetId(0))) continue;
      QuoteFacts voice;
      voice.span.source = rows.GetId(0);
      const auto put = [&](int column, std::vector<Id>& ids) {
        if (const auto id = rows.MaybeId(column)) ids.push_back(*id);
      };
      put(1, voice.people);
      put(2, voice.stakeholders);
      put(3, voice.sites);
      put(4, voice.cases);
      put(5, voice.cases);
      voices.push_back(std::move(voice));
    }
    std::vector<bool> heard(groups, false);
    for (const auto& of : GroupsOfQuotes(*axis.dimension, axis.grouping, voices)) {
      for (const auto group : of) heard[group] = true;
    }
    return heard;
  }

  void LoadSpeakers() {
    auto rows = reading_.Query("SELECT id, stakeholder_id, site_id FROM person");
    while (rows.Step()) speakers_[rows.GetId(0)] = {rows.MaybeId(1), rows.MaybeId(2)};
  }

  /// Whether a person who speaks in a quote is one of the people of this group: of the two speakers of a quote, only
  /// the coach counts in the coaches' column.
  bool Belongs(const Axis& axis, std::size_t group, const Id& person) const {
    const std::string& unit = axis.dimension->unit;
    if (unit == "person") return axis.Holds(person, group);
    const auto found = speakers_.find(person);
    if (found == speakers_.end()) return true;
    if (unit == "stakeholder" && found->second.stakeholder) return axis.Holds(*found->second.stakeholder, group);
    if (unit == "site" && found->second.site) return axis.Holds(*found->second.site, group);
    return true;
  }

  void Count() {
    const std::size_t height = rows_.grouping.groups.size(), width = columns_.grouping.groups.size();
    cells_.assign(height, std::vector<Tally>(width));
    row_totals_.resize(height);
    column_totals_.resize(width);
    for (std::size_t i = 0; i < quotes_.size(); ++i) {
      bool placed = false;
      for (const auto row : rows_.groups_of_quote[i]) {
        if (!rows_.shown[row]) continue;
        for (const auto column : columns_.groups_of_quote[i]) {
          if (!columns_.shown[column]) continue;
          std::vector<Id> people;
          for (const auto& person : quotes_[i].people) {
            if (Belongs(rows_, row, person) && Belongs(columns_, column, person)) people.push_back(person);
          }
          placed = true;
          for (Tally* tally : {&cells_[row][column], &row_totals_[row], &column_totals_[column], &total_}) tally->Add(quotes_[i], people);
        }
      }
      outside_ += !placed;
    }
  }

  /// Binds one side of a cell to the list of quotes behind it: by its own filter where there is one, by --in else.
  void Bind(const Axis& axis, std::size_t group, Arguments& arguments) const {
    const Group& of = axis.grouping.groups[group];
    const bool native = of.entities.size() == 1 &&
                        (of.entities[0].kind == "code" || of.entities[0].kind == "stakeholder" || of.entities[0].kind == "site" ||
                         of.entities[0].kind == "source" || of.entities[0].kind == "case") &&
                        !arguments.Has(of.entities[0].kind);
    if (native) arguments.Set(of.entities[0].kind, of.entities[0].id);
    else arguments.Add("in", axis.dimension->id + "=" + of.key);
  }

  view::Target Behind(std::optional<std::size_t> row, std::optional<std::size_t> column) const {
    Arguments arguments;
    // With several codes asked for, a code on an axis narrows the quotes further, which only --in can say.
    for (const auto& code : arguments_.Entities("code")) arguments.Add("code", code);
    for (const auto& kind : kinds_) arguments.Add("source-kind", kind);
    if (row) Bind(rows_, *row, arguments);
    if (column) Bind(columns_, *column, arguments);
    return {"coding.retrieve", std::move(arguments)};
  }

  view::Cell CellOf(const Tally& tally, std::optional<std::size_t> row, std::optional<std::size_t> column) const {
    view::Cell cell{.value = tally.Of(count_)};
    cell.parts = {{"people", tally.Of("people")}, {"sources", tally.Of("sources")}, {"quotes", tally.Of("quotes")}};
    if (!tally.quotes.empty()) {
      cell.target = Behind(row, column);
    } else if (row && column) {
      const bool heard = rows_.heard[*row] && columns_.heard[*column];
      cell.state = heard ? view::State::kSilent : view::State::kNotAsked;
      cell.why = heard ? Say("They were heard, but nothing they said stands here.") : Say("Nobody of this group was heard.");
    }
    return cell;
  }

  std::vector<view::Heading> Headings(const Axis& axis) const {
    std::vector<view::Heading> headings;
    for (std::size_t i = 0; i < axis.grouping.groups.size(); ++i) {
      if (!axis.shown[i]) continue;
      const Group& group = axis.grouping.groups[i];
      view::Heading heading{group.key, group.label, group.entities, {}, group.depth, group.colour, group.glyph, {}};
      if (!axis.heard[i]) heading.note = Say("nobody heard");
      headings.push_back(std::move(heading));
    }
    return headings;
  }

  view::Model Describe() const {
    view::Matrix matrix;
    matrix.row_title = rows_.dimension->label;
    matrix.column_title = columns_.dimension->label;
    matrix.rows = Headings(rows_);
    matrix.columns = Headings(columns_);
    for (std::size_t row = 0; row < cells_.size(); ++row) {
      if (!rows_.shown[row]) continue;
      auto& line = matrix.cells.emplace_back();
      for (std::size_t column = 0; column < column_totals_.size(); ++column) {
        if (columns_.shown[column]) line.push_back(CellOf(cells_[row][column], row, column));
      }
      matrix.row_totals.push_back(CellOf(row_totals_[row], row, std::nullopt));
    }
    for (std::size_t column = 0; column < column_totals_.size(); ++column) {
      if (columns_.shown[column]) matrix.column_totals.push_back(CellOf(column_totals_[column], std::nullopt, column));
    }
    matrix.total = CellOf(total_, std::nullopt, std::nullopt);
    view::Model model;
    model.title = Say("{0} by {1}", rows_.dimension->label, columns_.dimension->label);
    model.population.description = Say("Quotes in which others than the interviewer speak. Totals count everything once.");
    model.population.facts = {{"quotes", Say("Quotes"), total_.Of("quotes")},
                              {"people", Say("People"), total_.Of("people")},
                              {"sources", Say("Sources"), total_.Of("sources")},
                              {"withheld", Say("Quotes left out for want of consent"), withheld_},
                              {"other_kinds", Say("Quotes in other kinds of sources"), other_kinds_},
                              {"outside", Say("Quotes outside these rows and columns"), outside_}};
    model.alternative = Say("{0} by {1}: {2} quotes of {3} people in {4} sources.", rows_.dimension->label, columns_.dimension->label, total_.Of("quotes"),
                            total_.Of("people"), total_.Of("sources"));
    model.empty = Say("One of the two has no groups yet, so that there is nothing to set against each other.");
    model.body = std::move(matrix);
    return model;
  }

  const Registry& registry_;
  Reading& reading_;
  const Arguments& arguments_;
  Job& job_;
  std::string count_;
  std::vector<std::string> kinds_;
  std::unordered_set<Id> sources_;
  std::vector<QuoteFacts> quotes_;
  std::unordered_map<Id, Speaker> speakers_;
  Axis rows_, columns_;
  std::vector<std::vector<Tally>> cells_;
  std::vector<Tally> row_totals_, column_totals_;
  Tally total_;
  std::int64_t withheld_ = 0, other_kinds_ = 0, outside_ = 0;
};

}  // namespace

void RegisterMatrix(Registry& registry) {
  View view{.id = "coding.matrix", .kind = view::Kind::kMatrix, .label = Say("Matrix"), .help = Say("Any grouping against any other: in how many people, conversations, quotes or words.")};
  view.key = "Ctrl+Shift+M";
  Parameter rows = DimensionParameter(registry, "rows", Say("Rows"), "code");
  Parameter columns = DimensionParameter(registry, "columns", Say("Columns"), "stakeholder");
  Parameter count{.name = "count", .type = ParameterType::kChoice, .label = Say("Count"), .fallback = "people"};
  count.choices = {{"people", Say("People")}, {"sources", Say("Conversations")}, {"quotes", Say("Quotes")}, {"words", Say("Words")}};
  for (Parameter* parameter : {&rows, &columns, &count}) parameter->live = true;
  view.parameters = {rows, columns, count, FilterParameter("code", "code", Say("Code")), SourceKindParameter(),
                     FlagParameter("with-remarks", Say("Registration remarks too"))};
  view.build = [&registry = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    return Counting(registry, reading, arguments, job).Make();
  };
  registry.Add(std::move(view));
}

}  // namespace meerstem::coding
