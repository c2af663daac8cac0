#include "core/view/writers.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "core/base/error.h"
#include "core/base/process.h"
#include "core/view/draw.h"
#include "core/view/width.h"
#include "tests/support/test_study.h"

namespace meerstem::view {
namespace {

using nlohmann::json;

Cell Of(Value value, State state = State::kValue) { return {.value = std::move(value), .state = state}; }

class Writers : public ::testing::Test {
 protected:
  std::string As(const Model& model, const std::string& format, const char* tag = "en") {
    return Write(model, format, *Language::Load(tag, ""), reading_);
  }
  Database database_{":memory:", Database::Mode::kCreate};
  Reading reading_{database_};
};

Model TableOf(std::vector<Column> columns, std::vector<std::vector<Cell>> cells) {
  std::vector<Row> rows;
  for (auto& row : cells) rows.push_back({std::to_string(rows.size()), std::move(row), {}, {}});
  Model model{.view = "toy.table", .title = Say("Toys")};
  model.body = Table{std::move(columns), MakeRows(std::move(rows))};
  return model;
}

Model StatesTable() {
  std::vector<std::vector<Cell>> rows;
  for (int state = 0; state <= static_cast<int>(State::kStale); ++state) {
    const auto each = static_cast<State>(state);
    rows.push_back({Of(std::string(StateName(each))), Of(std::monostate(), each), Of(std::int64_t{1234}, each)});
  }
  return TableOf({{"state", Say("State")}, {"none", Say("None")}, {"some", Say("Some"), ColumnType::kInteger}}, std::move(rows));
}

Model ToyMatrix() {
  Matrix matrix{.row_title = Say("Theme"), .column_title = Say("Outcome")};
  matrix.rows = {{.key = "r1", .label = Verbatim("Vertrouwen in de coach & het gezin")}, {.key = "r2", .label = Verbatim("Geld")}};
  matrix.columns = {{.key = "c1", .label = Verbatim("Left")}, {.key = "c2", .label = Verbatim("Same")}};
  Cell rich = Of(std::int64_t{3});
  rich.parts = {{"people", std::int64_t{3}}, {"quotes", std::int64_t{7}}};
  rich.colour = "#0072B2";
  rich.glyph = "▲";
  matrix.cells = {{rich, Of(std::monostate(), State::kSilent)}, {Of(std::int64_t{5}, State::kSuppressed), Of(std::int64_t{1})}};
  matrix.row_totals = {Of(std::int64_t{3}), Of(std::int64_t{1})};
  matrix.column_totals = {Of(std::int64_t{3}), Of(std::int64_t{1})};
  matrix.total = Of(std::int64_t{4});
  matrix.threshold_after = 0;
  Model model{.view = "toy.matrix", .title = Say("Themes & outcomes")};
  model.population = {Say("Families"), {{"n", Say("n"), std::int64_t{90}}}};
  model.body = std::move(matrix);
  model.notes = {Say("▲ more than expected")};
  return model;
}

Model ToyChart(ChartKind kind) {
  Chart chart{.kind = kind, .category_title = Say("Item"), .value_title = Say("Share of families")};
  chart.categories = {{.key = "a", .label = Verbatim("Betaalbaarheid van de woning"), .note = Say("n = 10")}, {.key = "b", .label = Verbatim("Schulden")}};
  chart.series = {{.key = "1", .label = Say("poor")}, {.key = "2", .label = Say("good")}};
  chart.cells = {{Of(std::int64_t{4}), Of(std::int64_t{6})}, {Of(std::monostate(), State::kNotAsked), Of(std::monostate(), State::kNotAsked)}};
  Model model{.view = "toy.chart", .title = Say("Debts <now>")};
  model.body = std::move(chart);
  return model;
}

Model ToyProse() {
  Prose prose;
  prose.blocks = {{.key = "1", .kind = Block::Kind::kHeading, .level = 1, .text = Verbatim("Vertrouwen")},
                  {.key = "2", .text = Verbatim("1. geen lijst, *geen* nadruk, <b>geen</b> code.")},
                  {.key = "3", .kind = Block::Kind::kQuote, .text = Verbatim("Ze bleef komen.\nOok in augustus."), .reference = Say("{0}, {1}", "Samira", Date{2023, 6, 14})},
                  {.key = "4", .kind = Block::Kind::kHeading, .level = 2, .text = Verbatim("Nabij")},
                  {.key = "5", .kind = Block::Kind::kQuote, .text = Verbatim("Geheim"), .state = State::kSuppressed, .why = Say("no consent")},
                  {.key = "6", .kind = Block::Kind::kFigure, .figure = std::make_shared<Model>(ToyChart(ChartKind::kStackedShares))}};
  Model model{.view = "toy.prose", .title = Say("Chapter")};
  model.body = std::move(prose);
  return model;
}

Model ToyText() {
  CodedText text{.source = {"source", Id{}}};
  text.runs = {{"Anja: ", {0, 6}, Run::Role::kLabel}, {"Ik ken ", {6, 13}}, {"[coach]", {13, 18}, Run::Role::kReplaced}, {" goed.", {18, 24}}};
  text.turns = {{.key = "t", .label = {0, 6}, .words = {6, 24}, .speaker = Verbatim("Anja"), .stakeholder = Say("Family")}};
  text.marks = {{.key = "m", .range = {6, 13}, .code = Verbatim("Vertrouwen/Nabij"), .colour = "#0072B2"}};
  Model model{.view = "toy.text", .title = Say("Interview")};
  model.body = std::move(text);
  return model;
}

Model ToyForm() {
  Form form;
  form.sections = {{"s", Say("Money")}};
  form.fields = {{.key = "debts", .section = "s", .label = Say("Debts"), .type = ParameterType::kChoice, .choices = {{"1", Say("growing")}},
                  .value = Of(std::string("1"), State::kCarried), .error = Say("Look again.")}};
  Model model{.view = "toy.form", .title = Say("Entry")};
  model.body = std::move(form);
  return model;
}

Model ToyTree() {
  Tree tree{.label_title = Say("Code"), .columns = {{"n", Say("Quotes"), ColumnType::kInteger}}};
  tree.nodes = {{.key = "a", .label = Verbatim("Vertrouwen"), .cells = {Of(std::int64_t{2})}},
                {.key = "b", .parent = "a", .label = Verbatim("Nabij"), .cells = {Of(std::int64_t{1})}}};
  Model model{.view = "toy.tree", .title = Say("Codebook")};
  model.body = std::move(tree);
  return model;
}

TEST_F(Writers, EveryKindHasTheFormatsOfTheContract) {
  EXPECT_EQ(FormatsOf(Kind::kTable), (std::vector<std::string>{"table", "csv", "json", "html", "xlsx", "svg", "png", "pdf", "docx", "odt"}));
  EXPECT_EQ(FormatsOf(Kind::kMatrix), (std::vector<std::string>{"table", "csv", "json", "html", "xlsx", "svg", "png", "pdf", "docx", "odt"}));
  EXPECT_EQ(FormatsOf(Kind::kChart), (std::vector<std::string>{"table", "csv", "json", "html", "xlsx", "svg", "png", "pdf", "docx", "odt"}));
  EXPECT_EQ(FormatsOf(Kind::kTree), (std::vector<std::string>{"table", "csv", "json", "html", "docx", "odt"}));
  EXPECT_EQ(FormatsOf(Kind::kProse), (std::vector<std::string>{"table", "csv", "json", "html", "md", "docx", "odt", "pdf"}));
  for (const Model& model : {StatesTable(), ToyMatrix(), ToyChart(ChartKind::kBars), ToyTree(), ToyText(), ToyProse(), ToyForm()}) {
    for (const auto& format : FormatsOf(model.kind())) {
      // By way of programs that are tried below.
      if (format == "docx" || format == "odt" || (model.kind() == Kind::kProse && format == "pdf")) continue;
      EXPECT_FALSE(As(model, format).empty()) << model.view << " " << format;
    }
    const json parsed = json::parse(As(model, "json"));
    EXPECT_EQ(parsed["view"], model.view);
    EXPECT_EQ(parsed["kind"], KindName(model.kind()));
    EXPECT_TRUE(parsed["population"].is_object() && parsed["notes"].is_array());
  }
  try {
    As(ToyForm(), "xlsx");
    FAIL() << "a form is no sheet";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kUsage);
  }
}

TEST_F(Writers, CsvKnowsEveryState) {
  EXPECT_EQ(As(StatesTable(), "csv"),
            "state,none,some,some:state\r\n"
            "value,,1234,\r\nempty,empty,1234,empty\r\nsilent,silent,1234,silent\r\nnot_asked,not_asked,1234,not_asked\r\n"
            "undefined,undefined,1234,undefined\r\nn/a,n/a,1234,n/a\r\nunknown,unknown,1234,unknown\r\ncarried,carried,1234,carried\r\n"
            "suppressed,suppressed,suppressed,suppressed\r\nstale,stale,1234,stale\r\n");
}

TEST_F(Writers, CsvQuotesAndGuards) {
  const Model model = TableOf({{"a", Say("A")}, {"b", Say("B"), ColumnType::kReal}, {"c", Say("C"), ColumnType::kDate}},
                              {{Of(std::string("zei: \"ja\", dan\nniet")), Of(-1.5), Of(Date{2023, 2, 1})},
                               {Of(std::string("=1+1")), Of(0.1), Of(std::monostate())},
                               {Of(std::string("-nee")), Of(std::int64_t{-2}), Of(std::monostate())}});
  EXPECT_EQ(As(model, "csv", "nl"), "a,b,c\r\n\"zei: \"\"ja\"\", dan\nniet\",-1.5,2023-02-01\r\n'=1+1,0.1,\r\n'-nee,-2,\r\n");
}

TEST_F(Writers, JsonCells) {
  const json parsed = json::parse(As(StatesTable(), "json", "nl"));
  EXPECT_EQ(parsed["columns"][2], (json{{"id", "some"}, {"title", "Some"}, {"type", "integer"}}));
  EXPECT_EQ(parsed["rows"][0], (json{"value", nullptr, 1234}));
  EXPECT_EQ(parsed["rows"][5][1], (json{{"value", nullptr}, {"state", "n/a"}}));
  EXPECT_EQ(parsed["rows"][7][2], (json{{"value", 1234}, {"state", "carried"}}));
  EXPECT_EQ(parsed["rows"][8][2], (json{{"value", nullptr}, {"state", "suppressed"}})) << "a suppressed value never leaves";
}

TEST_F(Writers, JsonOfTheOtherKinds) {
  const json matrix = json::parse(As(ToyMatrix(), "json"));
  EXPECT_EQ(matrix["row_labels"][1], "Geld");
  EXPECT_EQ(matrix["column_labels"], (json{"Left", "Same"}));
  EXPECT_EQ(matrix["rows"][0][0], (json{{"value", 3}, {"state", "value"}, {"parts", {{"people", 3}, {"quotes", 7}}}}));
  EXPECT_EQ(matrix["total"], 4);
  EXPECT_EQ(matrix["population"]["n"], 90);
  const json tree = json::parse(As(ToyTree(), "json"));
  EXPECT_EQ(tree["rows"][1], (json{{"key", "b"}, {"parent", "a"}, {"label", "Nabij"}, {"cells", {1}}}));
  const json text = json::parse(As(ToyText(), "json"));
  EXPECT_EQ(text["runs"][2], (json{{"text", "[coach]"}, {"start", 13}, {"end", 18}, {"role", "replaced"}}));
  EXPECT_EQ(text["marks"][0]["code"], "Vertrouwen/Nabij");
  const json prose = json::parse(As(ToyProse(), "json"));
  EXPECT_EQ(prose["blocks"][2]["reference"], "Samira, 14/06/2023");
  EXPECT_EQ(prose["blocks"][4]["text"], "");
  EXPECT_EQ(prose["blocks"][5]["figure"]["view"], "toy.chart");
  const json form = json::parse(As(ToyForm(), "json"));
  EXPECT_EQ(form["fields"][0]["value"], (json{{"value", "1"}, {"state", "carried"}}));
}

TEST_F(Writers, TextAlignsByDisplayWidth) {
  EXPECT_EQ(DisplayWidth("abc"), 3);
  EXPECT_EQ(DisplayWidth("e\u0301"), 1);
  EXPECT_EQ(DisplayWidth("👩‍👩‍👧"), 2);
  EXPECT_EQ(DisplayWidth("日本"), 4);
  EXPECT_EQ(FitWidth("日本語", 4), "日…");
  const Model model = TableOf({{"a", Say("A")}, {"b", Say("B"), ColumnType::kReal}}, {{Of(std::string("👩‍👩‍👧 x")), Of(1234.5)}, {Of(std::string("e\u0301te\u0301")), Of(2.0)}});
  EXPECT_EQ(As(model, "table", "nl"), "Toys\n\nA           B\n────  ───────\n👩‍👩‍👧 x  1.234,5\ne\u0301te\u0301         2\n");
}

TEST_F(Writers, TextIsCutOnlyForTheTerminal) {
  const std::string words(200, 'x');
  const Model model = TableOf({{"a", Say("A")}}, {{Of(words)}});
  EXPECT_EQ(As(model, "table").find(words), std::string::npos);
  EXPECT_NE(As(model, "table").find("…"), std::string::npos);
  for (const char* format : {"csv", "json", "html"}) EXPECT_NE(As(model, format).find(words), std::string::npos) << format;
}

TEST_F(Writers, TablesArePulledByPages) {
  struct Counted final : Rows {
    std::size_t Count() const override { return 2500; }
    std::string Key(std::size_t index) const override { return std::to_string(index); }
    std::vector<Row> Page(Reading&, std::size_t first, std::size_t count) const override {
      largest = std::max(largest, count);
      std::vector<Row> rows;
      for (std::size_t i = first; i < std::min(first + count, Count()); ++i) rows.push_back({Key(i), {Of(static_cast<std::int64_t>(i))}, {}, {}});
      return rows;
    }
    mutable std::size_t largest = 0;
  };
  auto rows = std::make_shared<Counted>();
  Model model{.view = "toy.many", .title = Say("Many")};
  model.body = Table{{{"n", Say("n"), ColumnType::kInteger}}, rows};
  EXPECT_EQ(json::parse(As(model, "json"))["rows"].size(), 2500u);
  EXPECT_EQ(rows->largest, 1000u);
}

TEST_F(Writers, HtmlIsOneAccessiblePage) {
  const std::string page = As(ToyMatrix(), "html", "nl");
  EXPECT_NE(page.find("<html lang=\"nl\">"), std::string::npos);
  EXPECT_NE(page.find("<th scope=\"col\""), std::string::npos);
  EXPECT_NE(page.find("<th scope=\"row\">Vertrouwen in de coach &amp; het gezin</th>"), std::string::npos);
  EXPECT_NE(page.find("data-state=\"silent\""), std::string::npos);
  EXPECT_NE(page.find("background:#0072B2;color:#fff"), std::string::npos);
  EXPECT_EQ(page.find(">5<"), std::string::npos) << "a suppressed value never leaves";
  const std::string chart = As(ToyChart(ChartKind::kLines), "html");
  EXPECT_NE(chart.find("<desc>"), std::string::npos);
  EXPECT_NE(chart.find("Debts &lt;now&gt;"), std::string::npos);
}

TEST_F(Writers, SvgIsWellFormedAndDescribed) {
  for (const Model& model : {ToyMatrix(), ToyChart(ChartKind::kBars), ToyChart(ChartKind::kStackedShares), ToyChart(ChartKind::kLines)}) {
    const std::string svg = As(model, "svg");
    pugi::xml_document document;
    ASSERT_TRUE(document.load_string(svg.c_str())) << model.view;
    EXPECT_EQ(std::string(document.child("svg").child_value("title")), (*Language::English())(model.title));
    EXPECT_FALSE(std::string(document.child("svg").child_value("desc")).empty());
    EXPECT_TRUE(svg == As(model, "svg")) << model.view << ": the same model gives the same bytes";
    EXPECT_EQ(As(model, "png").substr(1, 3), "PNG");
    const std::string pdf = As(model, "pdf");
    EXPECT_EQ(pdf.substr(0, 5), "%PDF-");
    EXPECT_EQ(pdf.find("CreationDate (D:20"), std::string::npos);
  }
}

TEST_F(Writers, DrawingMeasuresWhatItDrawsAndKnowsItsCells) {
  std::vector<HitArea> hits;
  const auto english = Language::English();
  const double tall = Draw(nullptr, ToyMatrix(), *english, {}, &hits);
  EXPECT_EQ(hits.size(), 4u);
  EXPECT_GT(tall, 100);
  for (const auto& hit : hits) EXPECT_LE(hit.area.x + hit.area.width, 800.5);
  EXPECT_GT(Draw(nullptr, ToyMatrix(), *english, {.width = 260}), Draw(nullptr, ToyMatrix(), *english, {.width = 800})) << "long labels wrap";
  EXPECT_GT(Draw(nullptr, ToyMatrix(), *english, {.font_size = 22}), tall);
  EXPECT_LT(Draw(nullptr, ToyMatrix(), *english, {.title = false}), tall);
}

TEST_F(Writers, MarkdownSaysTheWordsAndNothingElse) {
  const std::string text = As(ToyProse(), "md", "nl");
  EXPECT_NE(text.find("# Vertrouwen\n"), std::string::npos);
  EXPECT_NE(text.find("1\\. geen lijst, \\*geen\\* nadruk, \\<b\\>geen\\</b\\> code."), std::string::npos);
  EXPECT_NE(text.find("> Ze bleef komen.\\\n> Ook in augustus.\n>\n> — Samira, 14/06/2023\n"), std::string::npos);
  EXPECT_EQ(text.find("Geheim"), std::string::npos);
}

TEST_F(Writers, OfficeDocumentsHaveRealHeadingsAndQuotes) {
  testing::TestFolder folder;
  for (const std::string format : {"docx", "odt"}) {
    const std::string file = folder.Write("chapter." + format, As(ToyProse(), format, "nl"));
    const ProcessResult back = RunProcess({"pandoc", "--from=" + format, "--to=json", file}, {});
    ASSERT_TRUE(back.ok()) << back.err;
    const json document = json::parse(back.out);
    int headings = 0, quotes = 0;
    for (const auto& block : document["blocks"]) {
      headings += block["t"] == "Header";
      if (block["t"] == "BlockQuote") {
        ++quotes;
        EXPECT_NE(block.dump().find("Samira"), std::string::npos);
      }
    }
    EXPECT_EQ(headings, 2) << format;
    // Pandoc's own reader knows the style of a quotation in docx only.
    if (format == "docx") EXPECT_EQ(quotes, 1);
    else EXPECT_NE(RunProcess({"unzip", "-p", file, "content.xml"}, {}).out.find("Quotations"), std::string::npos);
    EXPECT_EQ(back.out.find("Geheim"), std::string::npos);
  }
}

/// A paragraph with markup, a figure and a table that it refers to.
Model MarkedText() {
  Prose prose;
  prose.blocks.push_back({.key = "p", .text = Verbatim("Zie [@wie]: *echt* waar.[^Volgens **Ann**.]"), .marked_up = true});
  Block figure{.key = "f", .kind = Block::Kind::kFigure, .text = Verbatim("Getekend")};
  figure.figure = std::make_shared<Model>(ToyChart(ChartKind::kBars));
  Block table{.key = "t", .kind = Block::Kind::kTable, .text = Verbatim("Wie gehoord is"), .anchor = "wie"};
  table.figure = std::make_shared<Model>(ToyMatrix());
  prose.blocks.push_back(std::move(figure));
  prose.blocks.push_back(std::move(table));
  Model model{.view = "toy.report", .title = Say("Toys")};
  model.body = std::move(prose);
  return model;
}

TEST_F(Writers, FootnotesCaptionsAndReferencesAreRealOnes) {
  testing::TestFolder folder;
  for (const std::string format : {"docx", "odt"}) {
    const std::string file = folder.Write("report." + format, As(MarkedText(), format));
    const std::string back = RunProcess({"pandoc", "--from=" + format, "--to=json", file}, {}).out;
    for (const char* sign : {"\"Note\"", "\"Emph\"", "\"Strong\"", "\"Table\"", "\"Image\""}) EXPECT_NE(back.find(sign), std::string::npos) << format << " " << sign;
    const std::string text = RunProcess({"pandoc", "--from=" + format, "--to=plain", "--wrap=none", file}, {}).out;
    EXPECT_NE(text.find("Zie table 1: "), std::string::npos) << text;
    EXPECT_NE(text.find("Table 1. Wie gehoord is"), std::string::npos) << text;
    EXPECT_NE(text.find("Figure 1. Getekend"), std::string::npos) << text;
    const std::string names = RunProcess({"unzip", "-l", file}, {}).out;
    EXPECT_NE(names.find(".svg"), std::string::npos) << "figures are vectors";
  }
  const std::string html = As(MarkedText(), "html");
  EXPECT_NE(html.find("<em>echt</em> waar.<sup><a id=\"ref-1\""), std::string::npos);
  EXPECT_NE(html.find("<li id=\"note-1\">Volgens <strong>Ann</strong>."), std::string::npos);
  EXPECT_NE(html.find("<figcaption>Figure 1. Getekend</figcaption>"), std::string::npos);
  EXPECT_NE(As(MarkedText(), "md").find("*echt* waar.[^1]"), std::string::npos);
}

TEST_F(Writers, ATextOfSeveralChaptersHasATableOfContents) {
  Model model = MarkedText();
  auto& blocks = std::get<Prose>(model.body).blocks;
  blocks.insert(blocks.begin(), {.key = "one", .kind = Block::Kind::kHeading, .text = Verbatim("Wie *er* was & bleef"), .marked_up = true});
  blocks.push_back({.key = "two", .kind = Block::Kind::kHeading, .text = Verbatim("Slot")});
  testing::TestFolder folder;
  const std::pair<const char*, const char*> parts[] = {{"docx", "word/document.xml"}, {"odt", "content.xml"}};
  for (const auto& [format, part] : parts) {
    const std::string xml = RunProcess({"unzip", "-p", folder.Write(std::string("book.") + format, As(model, format)), part}, {}).out;
    for (const char* expected : {"Contents", "Wie er was &amp; bleef", "heading-1", "heading-2"}) EXPECT_NE(xml.find(expected), std::string::npos) << format << " " << expected;
  }
  const std::string page = RunProcess({"unzip", "-p", folder.path("book.docx"), "word/document.xml"}, {}).out;
  EXPECT_NE(page.find("w:w=\"11906\""), std::string::npos) << "A4";
}

TEST_F(Writers, APictureStaysWithinItsPage) {
  Model wide = ToyMatrix();
  auto& matrix = std::get<Matrix>(wide.body);
  for (int i = 0; i < 40; ++i) {
    matrix.columns.push_back({"more" + std::to_string(i), Verbatim("een lange kop")});
    for (auto& row : matrix.cells) row.push_back(Of(std::int64_t{i}));
  }
  Prose prose;
  prose.blocks.push_back({.key = "f", .kind = Block::Kind::kFigure, .text = Verbatim("Breed"), .figure = std::make_shared<Model>(std::move(wide))});
  Model model{.view = "toy.wide", .title = Say("Toys")};
  model.body = std::move(prose);
  testing::TestFolder folder;
  const std::string content = RunProcess({"unzip", "-p", folder.Write("wide.odt", As(model, "odt")), "content.xml"}, {}).out;
  constexpr std::string_view kWidth = "svg:width=\"";
  const auto at = content.find(kWidth);
  ASSERT_NE(at, std::string::npos);
  EXPECT_NEAR(std::stod(content.substr(at + kWidth.size())), 16 / 2.54, 0.01) << content.substr(at, 40) << " is not the width between the margins, in inches";
}

TEST_F(Writers, ATextAsPdfOrASentenceThatSaysWhatIsMissing) {
  try {
    EXPECT_EQ(As(MarkedText(), "pdf").substr(0, 5), "%PDF-");
  } catch (const Error& error) {
    EXPECT_NE((*Language::English())(error.message()).find("libreoffice-writer-nogui"), std::string::npos);
  }
}

TEST_F(Writers, ADisplayIsATextOfItsOwn) {
  testing::TestFolder folder;
  for (const Model& model : {StatesTable(), ToyMatrix(), ToyChart(ChartKind::kBars), ToyTree()}) {
    for (const std::string format : {"docx", "odt"}) {
      const std::string file = folder.Write("one." + format, As(model, format));
      const std::string back = RunProcess({"pandoc", "--from=" + format, "--to=json", file}, {}).out;
      EXPECT_NE(back.find(model.kind() == Kind::kChart ? "\"Image\"" : "\"Table\""), std::string::npos) << model.view << " " << format;
      const std::string text = RunProcess({"pandoc", "--from=" + format, "--to=plain", "--wrap=none", "--standalone", file}, {}).out, title = (*Language::English())(model.title);
      EXPECT_NE(text.find(title), std::string::npos) << text;
      EXPECT_EQ(text.find(title), text.rfind(title)) << "the title stands there once: " << text;
      if (model.kind() == Kind::kMatrix) {
        EXPECT_NE(text.find("Vertrouwen in de coach"), std::string::npos) << "rows have their names: " << text;
      }
    }
  }
  std::vector<std::vector<Cell>> many(2001, {Of(std::int64_t{1})});
  try {
    As(TableOf({{"a", Say("A")}}, std::move(many)), "docx");
    FAIL() << "nobody reads so many rows in a text";
  } catch (const Error& error) {
    EXPECT_EQ(error.code(), ErrorCode::kRefused);
  }
}

TEST_F(Writers, XlsxKeepsNumbersAndHidesTheSuppressed) {
  testing::TestFolder folder;
  const std::string file = folder.Write("states.xlsx", As(StatesTable(), "xlsx"));
  const ProcessResult sheet = RunProcess({"unzip", "-p", file, "xl/worksheets/sheet1.xml"}, {});
  if (sheet.missing) GTEST_SKIP() << "unzip is not here";
  EXPECT_NE(sheet.out.find("<v>1234</v>"), std::string::npos);
  EXPECT_NE(sheet.out.find("r=\"C10\""), std::string::npos);
}

}  // namespace
}  // namespace meerstem::view
