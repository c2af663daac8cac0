#include "core/view/model.h"

#include <algorithm>
#include <map>

namespace meerstem::view {
namespace {

class KeptRows final : public Rows {
 public:
  explicit KeptRows(std::vector<Row> rows) : rows_(std::move(rows)) {}
  std::size_t Count() const override { return rows_.size(); }
  std::string Key(std::size_t index) const override { return rows_[index].key; }
  std::vector<Row> Page(Reading&, std::size_t first, std::size_t count) const override {
    const std::size_t start = std::min(first, rows_.size());
    const std::size_t end = std::min(rows_.size(), start + count);
    return {rows_.begin() + static_cast<std::ptrdiff_t>(start), rows_.begin() + static_cast<std::ptrdiff_t>(end)};
  }

 private:
  std::vector<Row> rows_;
};

bool Same(const Cell& a, const Cell& b) {
  return a.value == b.value && a.state == b.state && a.why == b.why && a.parts == b.parts && a.entities == b.entities &&
         a.colour == b.colour && a.glyph == b.glyph;
}

bool Same(const std::vector<Cell>& a, const std::vector<Cell>& b) {
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [](const Cell& x, const Cell& y) { return Same(x, y); });
}

/// One thing with a key, and whether it equals another of the same key.
template <class Thing, class Equal>
void CompareKeyed(const std::vector<Thing>& before, const std::vector<Thing>& after, Patch& patch, Equal equal) {
  std::map<std::string, const Thing*> old;
  for (const auto& thing : before) old.emplace(thing.key, &thing);
  std::vector<std::string> kept_before, kept_after;
  for (const auto& thing : after) {
    const auto found = old.find(thing.key);
    if (found == old.end()) {
      patch.added.push_back(thing.key);
    } else {
      kept_after.push_back(thing.key);
      if (!equal(*found->second, thing)) patch.changed.push_back(thing.key);
      old.erase(found);
    }
  }
  for (const auto& thing : before) {
    if (old.contains(thing.key)) patch.removed.push_back(thing.key);
    else kept_before.push_back(thing.key);
  }
  if (kept_before != kept_after) patch.whole = true;  // The order changed.
}

bool SameColumns(const std::vector<Column>& a, const std::vector<Column>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const Column& x, const Column& y) { return x.id == y.id && x.title == y.title && x.type == y.type; });
}

bool SameHeadings(const std::vector<Heading>& a, const std::vector<Heading>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const Heading& x, const Heading& y) {
    return x.key == y.key && x.label == y.label && x.colour == y.colour && x.note == y.note && x.group == y.group;
  });
}

template <class Grid>
void CompareGrid(const Grid& before, const Grid& after, const std::vector<Heading>& rows, Patch& patch) {
  for (std::size_t i = 0; i < after.cells.size() && i < before.cells.size(); ++i) {
    if (!Same(before.cells[i], after.cells[i])) patch.changed.push_back(rows[i].key);
  }
}

struct Comparison {
  Reading* reading;
  Patch patch;

  void operator()(const Table& before, const Table& after) {
    if (!SameColumns(before.columns, after.columns)) {
      patch.whole = true;
      return;
    }
    std::vector<Row> old(before.rows->Count()), now(after.rows->Count());
    for (std::size_t i = 0; i < old.size(); ++i) old[i].key = before.rows->Key(i);
    for (std::size_t i = 0; i < now.size(); ++i) now[i].key = after.rows->Key(i);
    if (reading && now.size() <= 500) {
      now = after.rows->Page(*reading, 0, now.size());
      old = before.rows->Page(*reading, 0, old.size());
    }
    CompareKeyed(old, now, patch, [](const Row& x, const Row& y) { return Same(x.cells, y.cells); });
  }
  void operator()(const Matrix& before, const Matrix& after) {
    patch.whole = before.bubbles != after.bubbles || !SameHeadings(before.rows, after.rows) || !SameHeadings(before.columns, after.columns) ||
                  !SameHeadings(before.legend, after.legend);
    if (!patch.whole) CompareGrid(before, after, after.rows, patch);
  }
  void operator()(const Chart& before, const Chart& after) {
    patch.whole = before.kind != after.kind || before.neutral_aside != after.neutral_aside || !SameHeadings(before.categories, after.categories) ||
                  !SameHeadings(before.series, after.series) || !SameHeadings(before.legend, after.legend);
    if (!patch.whole) CompareGrid(before, after, after.categories, patch);
  }
  void operator()(const Tree& before, const Tree& after) {
    CompareKeyed(before.nodes, after.nodes, patch, [](const Node& x, const Node& y) {
      return x.parent == y.parent && x.label == y.label && x.colour == y.colour && Same(x.cells, y.cells);
    });
  }
  void operator()(const CodedText& before, const CodedText& after) {
    const bool same_text = before.source == after.source &&
                           std::equal(before.runs.begin(), before.runs.end(), after.runs.begin(), after.runs.end(),
                                      [](const Run& x, const Run& y) { return x.text == y.text && x.stored == y.stored && x.role == y.role; }) &&
                           std::equal(before.turns.begin(), before.turns.end(), after.turns.begin(), after.turns.end(),
                                      [](const Turn& x, const Turn& y) { return x.key == y.key && x.speaker == y.speaker && x.stakeholder == y.stakeholder; }) &&
                           std::equal(before.places.begin(), before.places.end(), after.places.begin(), after.places.end(),
                                      [](const PlaceMark& x, const PlaceMark& y) { return x.range == y.range && x.label == y.label; });
    if (!same_text) {
      patch.whole = true;
      return;
    }
    CompareKeyed(before.marks, after.marks, patch, [](const Mark& x, const Mark& y) {
      return x.range == y.range && x.code == y.code && x.colour == y.colour && x.lane == y.lane && x.coder == y.coder;
    });
    CompareKeyed(before.badges, after.badges, patch, [](const Badge& x, const Badge& y) { return x.range == y.range && x.words == y.words; });
  }
  void operator()(const Prose& before, const Prose& after) {
    CompareKeyed(before.blocks, after.blocks, patch, [](const Block& x, const Block& y) {
      return x.kind == y.kind && x.level == y.level && x.text == y.text && x.reference == y.reference && x.revision == y.revision && x.state == y.state;
    });
  }
  void operator()(const Form& before, const Form& after) {
    CompareKeyed(before.fields, after.fields, patch, [](const Field& x, const Field& y) {
      return Same(x.value, y.value) && x.label == y.label && x.error == y.error && x.remark_text == y.remark_text && x.choices.size() == y.choices.size();
    });
  }
  template <class A, class B>
  void operator()(const A&, const B&) {
    patch.whole = true;
  }
};

}  // namespace

std::shared_ptr<const Rows> MakeRows(std::vector<Row> rows) { return std::make_shared<KeptRows>(std::move(rows)); }

bool IsEmpty(const Model& model) {
  struct Visit {
    bool operator()(const Table& t) const { return !t.rows || t.rows->Count() == 0; }
    bool operator()(const Matrix& m) const { return m.rows.empty() || m.columns.empty(); }
    bool operator()(const Chart& c) const { return c.categories.empty() || c.series.empty(); }
    bool operator()(const Tree& t) const { return t.nodes.empty(); }
    bool operator()(const CodedText& t) const { return t.runs.empty(); }
    bool operator()(const Prose& p) const { return p.blocks.empty(); }
    bool operator()(const Form& f) const { return f.fields.empty(); }
  };
  return std::visit(Visit{}, model.body);
}

const char* KindName(Kind kind) {
  switch (kind) {
    case Kind::kTable: return "table";
    case Kind::kMatrix: return "matrix";
    case Kind::kChart: return "chart";
    case Kind::kTree: return "tree";
    case Kind::kCodedText: return "coded_text";
    case Kind::kProse: return "prose";
    case Kind::kForm: return "form";
  }
  return "";
}

const char* StateName(State state) {
  switch (state) {
    case State::kValue: return "value";
    case State::kEmpty: return "empty";
    case State::kSilent: return "silent";
    case State::kNotAsked: return "not_asked";
    case State::kUndefined: return "undefined";
    case State::kNotApplicable: return "n/a";
    case State::kUnknown: return "unknown";
    case State::kCarried: return "carried";
    case State::kSuppressed: return "suppressed";
    case State::kStale: return "stale";
  }
  return "";
}

Message StateLabel(State state) {
  switch (state) {
    case State::kValue: return {};
    case State::kEmpty: return Say("empty");
    case State::kSilent: return Say("silent");
    case State::kNotAsked: return Say("not asked");
    case State::kUndefined: return Say("undefined");
    case State::kNotApplicable: return Say("n/a");
    case State::kUnknown: return Say("unknown");
    case State::kCarried: return Say("carried");
    case State::kSuppressed: return Say("suppressed");
    case State::kStale: return Say("stale");
  }
  return {};
}

Patch Compare(const Model& before, const Model& after, Reading* reading) {
  Comparison comparison{reading, {}};
  std::visit(comparison, before.body, after.body);
  return comparison.patch;
}

}  // namespace meerstem::view
