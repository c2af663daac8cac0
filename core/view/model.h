#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/id.h"
#include "core/base/message.h"
#include "core/base/value.h"
#include "core/command/parameters.h"

typedef struct _cairo_surface cairo_surface_t;

namespace meerstem {
class Reading;
}

/// What can be seen: the small set of kinds in which every plugin describes its screens. The window has one widget
/// for each kind, the console one writer for each kind and format. Nothing here draws.
namespace meerstem::view {

enum class Kind { kTable, kMatrix, kChart, kTree, kCodedText, kProse, kForm };

/// Something of the study that a row, cell, node, span or block stands for.
struct Entity {
  std::string kind;
  Id id;
  auto operator<=>(const Entity&) const = default;
};

/// The view that shows what is behind a thing.
struct Target {
  std::string view;
  Arguments arguments;
  bool operator==(const Target&) const = default;
};

/// A command that is one step away: a button in an empty view, an entry of a context menu.
struct Action {
  Message label;
  std::string command;
  Arguments bound;
};

/// An edit in place: the command, what is bound already, and the parameter that takes the new value.
struct Edit {
  std::string command;
  Arguments bound;
  std::string parameter;
  ParameterType type = ParameterType::kText;
  std::vector<Choice> choices;
};

enum class State {
  kValue,
  kEmpty,          ///< Nothing was entered.
  kSilent,         ///< Asked, and nothing said.
  kNotAsked,
  kUndefined,      ///< A statistic that does not exist here; `why` says why.
  kNotApplicable,
  kUnknown,
  kCarried,        ///< An earlier value that still stands.
  kSuppressed,     ///< Withheld: too few people.
  kStale,          ///< What it rests on has changed.
};

struct Cell {
  Value value;
  State state = State::kValue;
  Message why;                    ///< The reason of a state, or a note on the value.
  std::vector<std::pair<std::string, Value>> parts;  ///< Other counts of the same cell: people, conversations, quotes.
  std::vector<Entity> entities;
  std::optional<Target> target;
  std::optional<Edit> edit;
  std::string colour;             ///< `#RRGGBB` background or swatch; never the only carrier of a meaning.
  std::string glyph;              ///< Stands beside a colour.
  Message alternative;            ///< What a screen reader says, when it is not the value.
};

enum class ColumnType { kText, kInteger, kReal, kPercent, kDate };

struct Column {
  std::string id;
  Message title;
  ColumnType type = ColumnType::kText;
  int width = 0;                  ///< In characters; 0: as its content asks.
};

struct Row {
  std::string key;
  std::vector<Cell> cells;
  std::vector<Entity> entities;
  std::optional<Target> target;
};

/// The rows of a table, pulled in pages. Implementations hold keys, never a connection; Page may be called later with
/// another Reading and must then show what stands there now.
class Rows {
 public:
  virtual ~Rows() = default;
  virtual std::size_t Count() const = 0;
  virtual std::string Key(std::size_t index) const = 0;
  virtual std::vector<Row> Page(Reading& reading, std::size_t first, std::size_t count) const = 0;

  /// A cell without what only a screen needs.
  struct Bare {
    Value value;
    State state = State::kValue;    ///< Another one only where there is no value.
  };
  /// All rows as bare cells, for a file of a million of them. False: these rows know no such short way; pull pages.
  virtual bool Stream(Reading&, const std::function<void(const std::vector<Bare>&)>&) const { return false; }
};

/// Rows that are all at hand.
std::shared_ptr<const Rows> MakeRows(std::vector<Row> rows);

struct Table {
  std::vector<Column> columns;
  std::shared_ptr<const Rows> rows;
};

/// The head of a matrix row or column, of a chart's category or series.
struct Heading {
  std::string key;
  Message label;
  std::vector<Entity> entities;
  std::optional<Target> target;
  int depth = 0;
  std::string colour;
  std::string glyph;
  Message note;                   ///< Beside the label: n, what is left out.
  Message group;                  ///< A chart's category: the lane or column it lies in.
};

struct Matrix {
  Message row_title;
  Message column_title;
  std::vector<Heading> rows;
  std::vector<Heading> columns;
  std::vector<std::vector<Cell>> cells;  ///< [row][column], all of them.
  std::vector<Cell> row_totals;          ///< Empty, or one per row.
  std::vector<Cell> column_totals;       ///< Empty, or one per column.
  std::optional<Cell> total;
  std::optional<std::size_t> threshold_after;  ///< Draw lines after this row and column (a 7 × 7 table's deprivation threshold).
  bool diagonal = false;                 ///< Rows and columns are the same scale: mark where they are equal.
  bool blank_zeros = false;              ///< Draw nothing where the count is 0; the data keep the 0.
  bool bubbles = false;                  ///< Draw a disc in each cell, its area proportional to the count.
  std::vector<Heading> legend;           ///< What the colours and glyphs of the cells mean.
};

/// What every kind draws from the same categories, series and cells, which are also its table.
enum class ChartKind {
  kBars,
  kStackedShares,  ///< Each category's counts as shares of 100 %.
  kLines,
  kDiverging,      ///< Shares laid out from a middle: the first `negatives` series to the left, the last `positives` to the right.
  kSlopes,         ///< One line per category over the series; equal lines lie beside each other and are counted.
  kAlluvial,       ///< Bands from categories to series, as wide as their counts.
  kHistogram,      ///< Columns without gaps, the series below each other on the same axes.
  kLanes,          ///< Each category a point or interval in the lane of its `group`: cells hold from and until, dates or positions.
  kTiles,          ///< Categories in the order of reading, each as long as its first cell, striped by the series that it has, wrapped like a text.
  kNetwork,        ///< Categories are the series: cells tie them, the diagonal is a node's own count.
  kPage,           ///< A page of a file as it was printed: the category `pictured` is `picture`, the others are the pages around it.
  kBoxes,          ///< Categories are the series: boxes in the column of their `group`, their note inside, an arrow to each series with a value.
};

struct Chart {
  ChartKind kind = ChartKind::kBars;
  Message category_title;
  Message value_title;
  Message group_title;                   ///< What Heading::group is.
  std::vector<Heading> categories;
  std::vector<Heading> series;
  std::vector<std::vector<Cell>> cells;  ///< [category][series]; counts also in a chart of shares. A part “carried” is hatched.
  std::vector<Heading> legend;           ///< What the colours of categories and cells mean, where the series do not say it.
  std::size_t aside = 0;                 ///< Shares: the last so many series stand beside the 100 %, as counts.
  std::size_t negatives = 0;             ///< Diverging.
  std::size_t positives = 0;
  bool neutral_aside = false;            ///< Diverging: series between them apart; otherwise half of each on either side.
  std::optional<std::size_t> threshold_after;  ///< Alluvial, histogram: a line after this category and series.
  std::int64_t least = 1;                ///< Network: weaker ties are not drawn.
  std::int64_t seed = 1;                 ///< Network: of the layout, so that it comes out the same.
  std::shared_ptr<cairo_surface_t> picture;  ///< Page.
  std::size_t pictured = 0;
};

struct Node {
  std::string key;
  std::string parent;             ///< Key of the parent, empty at the root. Parents come before their children.
  Message label;
  std::vector<Cell> cells;        ///< As Tree::columns.
  std::vector<Entity> entities;
  std::optional<Target> target;
  std::optional<Edit> rename;
  std::string colour;
};

struct Tree {
  Message label_title;
  std::vector<Column> columns;    ///< Beside the label.
  std::vector<Node> nodes;        ///< In the order in which they are shown.
};

/// A stretch of shown text and the stored range that it stands for.
struct Run {
  enum class Role { kWords, kLabel, kReplaced, kHidden };
  std::string text;
  Range stored;
  Role role = Role::kWords;
};

struct Turn {
  std::string key;
  Range label;
  Range words;
  Message speaker;
  Message stakeholder;
  bool researcher = false;
  std::vector<Entity> entities;   ///< turn, speaker, person
};

/// A coding on the text. `lane` is its stripe in the margin, allocated so that overlapping marks never share one.
struct Mark {
  std::string key;
  Range range;
  Message code;
  std::string colour;
  int lane = 0;
  Message coder;
  std::vector<Entity> entities;   ///< coding, quote, code
};

/// A sign in the margin that something was written about the words there, such as a memo.
struct Badge {
  std::string key;
  Range range;                    ///< Empty at 0: about the whole text.
  Message words;
  std::vector<Entity> entities;
};

/// Where words stand outside their text: a moment of the recording, a page. Small in the margin.
struct PlaceMark {
  Range range;
  Message label;
  std::vector<Entity> entities = {};  ///< page
};

/// How the ends of what a mark stands on are moved: the command, the kind of the mark's entity that goes into
/// `parameter`, and the parameters that take the new ends.
struct EndsEdit {
  std::string command;
  std::string entity_kind;
  std::string parameter;
  std::string start;
  std::string end;
};

struct CodedText {
  Entity source;
  std::vector<Run> runs;          ///< In order; together the whole text.
  std::vector<Turn> turns;
  std::vector<Mark> marks;        ///< By start, longest first.
  std::vector<Badge> badges;      ///< By start.
  std::vector<PlaceMark> places;      ///< By start.
  int lanes = 0;
  std::vector<Action> quick;      ///< At hand under the keys 1 to 9, on the words that are selected.
  std::optional<EndsEdit> ends;
  std::optional<Range> show;      ///< Scroll here and select it.
};

struct Block {
  enum class Kind { kHeading, kParagraph, kQuote, kFigure, kTable };
  std::string key;
  Kind kind = Kind::kParagraph;
  int level = 1;                  ///< Of a heading.
  Message text;
  Message reference;              ///< Of a quote: who, where, when.
  bool marked_up = false;         ///< The text holds *emphasis*, **strong words**, [^footnotes] and [@references], see markup.h.
  std::string anchor;             ///< The name by which a text refers to this figure or table: [@anchor].
  std::int64_t revision = 0;
  State state = State::kValue;
  Message why;
  std::optional<Edit> edit;
  std::vector<Action> actions;
  std::vector<Entity> entities;
  std::optional<Target> target;
  std::shared_ptr<const struct Model> figure;  ///< A view that stands in the text; the block's text is its caption.
};

struct Prose {
  std::vector<Block> blocks;
};

struct Field {
  std::string key;
  std::string section;            ///< Key of a Section.
  Message label;
  Message help;
  ParameterType type = ParameterType::kText;
  std::vector<Choice> choices;
  Cell value;                     ///< As it stands, with its state.
  Message error;
  std::optional<Edit> edit;
  std::vector<Action> actions;    ///< Confirm, not applicable ...
  std::optional<Edit> remark;
  Message remark_text;
  std::vector<Entity> entities;
};

struct Section {
  std::string key;
  Message label;
};

/// A form is a function of its partial values: each edit is a command, after which the form is built again.
struct Form {
  std::vector<Section> sections;
  std::vector<Field> fields;
  std::string next_unanswered;    ///< Key of a field, empty: none left.
  std::vector<Action> actions;
};

/// What may be dropped where: dragging `from` onto `onto` runs `command` with both bound.
/// `from` or `onto` "span" is a place in a text.
struct Drop {
  std::string from;
  std::string onto;
  std::string command;
  std::string from_parameter;
  std::string onto_parameter;
};

struct Fact {
  std::string id;
  Message label;
  Value value;
};

/// Whom the numbers are about; stands with every result.
struct Population {
  Message description;
  std::vector<Fact> facts;        ///< n, missing, rule set, version ...
};

struct Page;                      ///< page.h

using Body = std::variant<Table, Matrix, Chart, Tree, CodedText, Prose, Form>;

/// A view as it stands at one moment.
struct Model {
  std::string view;
  Message title;
  Arguments arguments;
  Population population;
  Body body;
  std::vector<Message> notes;
  Message empty;                  ///< What to say when there is nothing; with `actions` that would fill it.
  std::vector<Action> actions;
  std::vector<Drop> drops;
  Message alternative;            ///< A chart or matrix in one sentence.
  std::shared_ptr<const Page> page;  ///< Of prose: HTML is written as this page, in which a reader filters and follows.
  std::string house_style;        ///< Of prose: a DOCX or ODT file whose styles its export takes.
  std::set<std::string> reads;    ///< Tables it was built from; filled in by the engine.

  Kind kind() const { return static_cast<Kind>(body.index()); }
};

/// Nothing to see: no rows, nodes, blocks, fields or characters.
bool IsEmpty(const Model& model);
const char* KindName(Kind kind);
/// value, empty, silent, not_asked, undefined, n/a, unknown, carried, suppressed, stale.
const char* StateName(State state);
/// The words shown for a state that has no value of its own.
Message StateLabel(State state);

/// What a refresh changes: keys of rows, headings, nodes, marks, blocks or fields. `whole`: shape or columns differ,
/// show everything anew.
struct Patch {
  bool whole = false;
  std::vector<std::string> added;
  std::vector<std::string> removed;
  std::vector<std::string> changed;
  bool empty() const { return !whole && added.empty() && removed.empty() && changed.empty(); }
};
/// `reading` is for the rows of tables; nullptr compares keys only.
Patch Compare(const Model& before, const Model& after, Reading* reading);

}  // namespace meerstem::view
