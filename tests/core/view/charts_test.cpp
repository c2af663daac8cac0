// Every kind of chart in every format, at several sizes, with labels as long as Dutch has them.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include "core/view/bitmap.h"
#include "core/view/draw.h"
#include "core/view/writers.h"
#include "tests/support/test_study.h"

namespace meerstem::view {
namespace {

using nlohmann::json;

Cell Count(std::int64_t count, std::int64_t carried = 0) {
  Cell cell{.value = count};
  if (carried > 0) cell.parts = {{"carried", carried}};
  return cell;
}

std::vector<Heading> Named(std::initializer_list<const char*> labels) {
  std::vector<Heading> headings;
  for (const char* label : labels) headings.push_back({.key = std::to_string(headings.size()), .label = Verbatim(std::string(label))});
  return headings;
}

Model Around(Chart chart) {
  Model model{.view = "toy.chart", .title = Say("Debts")};
  model.population = {Say("Families"), {{"n", Say("n"), std::int64_t{56}}, {"from", Say("From"), Date{2022, 2, 1}}, {"until", Say("Until"), Date{2023, 6, 30}}}};
  model.body = std::move(chart);
  return model;
}

Model Shares(ChartKind kind, bool apart = false) {
  Chart chart{.kind = kind, .category_title = Verbatim("Meetmoment"), .value_title = Verbatim("Gezinnen")};
  chart.categories = Named({"Nulmeting", "Opvolgmeting van de gezinnen in budgetbegeleiding", "Niemand"});
  chart.series = Named({"zeer ontoereikend", "ontoereikend", "noch toereikend, noch ontoereikend", "toereikend", "ruim toereikend", "niet van toepassing", "onbekend"});
  chart.cells = {{Count(12), Count(14), Count(6), Count(8), Count(4), Count(3), Count(1)},
                 {Count(8, 6), Count(10), Count(6, 2), Count(12, 12), Count(8), Count(3), Count(1)},
                 {Count(0), Count(0), Count(0), Count(0), Count(0), Count(2), Count(1)}};
  chart.aside = 2;
  chart.negatives = chart.positives = 2;
  chart.neutral_aside = apart;
  return Around(std::move(chart));
}

Model Slopes() {
  Chart chart{.kind = ChartKind::kSlopes, .category_title = Verbatim("Gezin"), .value_title = Verbatim("Criteriascore")};
  chart.series = Named({"Nulmeting", "Opvolgmeting"});
  for (int i = 0; i < 56; ++i) {
    chart.categories.push_back({.key = std::to_string(i), .label = Verbatim("G" + std::to_string(i)), .colour = i % 3 == 0 ? "#009E73" : "#D55E00"});
    chart.cells.push_back({Count(i % 7), Count((i * i) % 7)});
  }
  chart.threshold_after = 2;
  return Around(std::move(chart));
}

Model Alluvial() {
  Chart chart{.kind = ChartKind::kAlluvial, .category_title = Verbatim("Score bij de nulmeting"), .value_title = Verbatim("Score bij de opvolgmeting")};
  chart.categories = Named({"0", "1", "2", "3", "4", "5", "6"});
  chart.series = Named({"0", "1", "2", "3", "4", "5", "6", "niet lang genoeg opgevolgd"});
  for (int i = 0; i < 7; ++i) {
    auto& row = chart.cells.emplace_back();
    for (int j = 0; j < 8; ++j) row.push_back(Count((i * 5 + j * 3) % 7 < 4 ? 0 : (i + j) % 5));
  }
  chart.threshold_after = 2;
  return Around(std::move(chart));
}

Model Histogram() {
  Chart chart{.kind = ChartKind::kHistogram, .category_title = Verbatim("Criteriascore"), .value_title = Verbatim("Aantal gezinnen")};
  chart.categories = Named({"0", "1", "2", "3", "4", "5", "6"});
  chart.series = Named({"Nulmeting", "Opvolgmeting"});
  for (int i = 0; i < 7; ++i) chart.cells.push_back({Count(i * 3), Count(20 - i)});
  chart.threshold_after = 2;
  return Around(std::move(chart));
}

Model Timeline() {
  Chart chart{.kind = ChartKind::kLanes, .category_title = Verbatim("Gebeurtenis"), .value_title = Verbatim("Datum"), .group_title = Verbatim("Soort")};
  chart.series = Named({"van", "tot"});
  const auto add = [&](const char* lane, const char* label, Date from, std::optional<Date> until) {
    chart.categories.push_back({.key = std::to_string(chart.categories.size()), .label = Verbatim(std::string(label)), .group = Verbatim(std::string(lane))});
    chart.cells.push_back({{.value = from}, until ? Cell{.value = *until} : Cell{}});
  };
  add("Begeleiding", "in begeleiding", {2022, 2, 4}, Date{2023, 6, 28});
  for (int month = 0; month < 12; ++month) add("Registraties", month == 0 ? "nulmeting" : "registratie", AddMonths({2022, 2, 4}, month), std::nullopt);
  add("Gesprekken", "gesprek met de gezinscoach over de eerste maanden van de begeleiding", {2023, 6, 14}, std::nullopt);
  return Around(std::move(chart));
}

Model CodeLine() {
  Chart chart{.kind = ChartKind::kLanes, .category_title = Verbatim("Citaat"), .value_title = Verbatim("Plaats in de tekst"), .group_title = Verbatim("Code")};
  chart.series = Named({"begin", "einde"});
  for (int i = 0; i < 40; ++i) {
    chart.categories.push_back({.key = std::to_string(i), .label = Verbatim("citaat " + std::to_string(i)), .group = Verbatim("Vertrouwen/Nabijheid " + std::to_string(i % 6))});
    chart.cells.push_back({Count(i * 137 % 4000), Count(i * 137 % 4000 + 160)});
  }
  return Around(std::move(chart));
}

Model Portrait() {
  Chart chart{.kind = ChartKind::kTiles, .category_title = Verbatim("Fragment"), .value_title = Verbatim("Tekens")};
  chart.series = Named({"Lengte", "Vertrouwen", "Geld"});
  for (int i = 0; i < 30; ++i) {
    chart.categories.push_back({.key = std::to_string(i), .label = Verbatim("fragment " + std::to_string(i))});
    chart.cells.push_back({Count(40 + i * 7), i % 3 == 0 ? Count(40 + i * 7) : Cell{}, i % 4 == 0 ? Count(40 + i * 7) : Cell{}});
  }
  return Around(std::move(chart));
}

Model Network() {
  Chart chart{.kind = ChartKind::kNetwork, .category_title = Verbatim("Code"), .value_title = Verbatim("Samen")};
  chart.categories = chart.series = Named({"Vertrouwen", "Nabijheid", "Lokale inbedding en beleid", "Zelfredzaamheid", "Schulden", "Wonen"});
  for (int i = 0; i < 6; ++i) {
    auto& row = chart.cells.emplace_back();
    for (int j = 0; j < 6; ++j) row.push_back(Count(i == j ? 10 + i : (i * j + i + j) % 5));
  }
  chart.least = 2;
  chart.seed = 11;
  return Around(std::move(chart));
}

Model Boxes() {
  Chart chart{.kind = ChartKind::kBoxes, .category_title = Verbatim("Vak"), .value_title = Verbatim("Leidt tot"), .group_title = Verbatim("Fase")};
  chart.categories = Named({"Coaches met tijd", "Vertrouwen groeit", "Diensten werken samen", "Minder armoede"});
  const char* groups[] = {"Ingezet", "Effect, korte termijn", "Effect, korte termijn", "Impact"};
  for (std::size_t i = 0; i < 4; ++i) chart.categories[i].group = Verbatim(groups[i]);
  chart.categories[1].note = Verbatim("12 citaten van 5 personen");
  chart.series = Named({"Coaches met tijd", "Vertrouwen groeit", "Diensten werken samen", "Minder armoede"});
  chart.cells.assign(4, std::vector<Cell>(4));
  chart.cells[0][1] = chart.cells[0][2] = chart.cells[1][2] = chart.cells[2][3] = chart.cells[3][0] = Count(1);
  return Around(std::move(chart));
}

Model Page() {
  Chart chart{.kind = ChartKind::kPage, .category_title = Verbatim("Bladzijde"), .value_title = Verbatim("Woorden")};
  chart.categories = Named({"Bladzijde 1", "Bladzijde 2", "Bladzijde 3"});
  chart.series = Named({"Woorden", "Citaten"});
  chart.cells.assign(3, {Count(120), Count(2)});
  // Three pixels by four.
  static constexpr char kPng[] = "\211\120\116\107\015\012\032\012\000\000\000\015\111\110\104\122\000\000\000\003\000\000\000\004\010\000\000\000\000\156\106\332\333\000\000\000\014\111\104\101\124\170\234\143\370\317\200\002\001\077\320\007\371\131\320\232\015\000\000\000\000\111\105\116\104\256\102\140\202";
  chart.picture = ReadPng({kPng, sizeof kPng - 1});
  chart.pictured = 1;
  return Around(std::move(chart));
}

const std::vector<Model>& All() {
  static const std::vector<Model> all = {Shares(ChartKind::kStackedShares), Shares(ChartKind::kDiverging), Shares(ChartKind::kDiverging, true), Slopes(), Alluvial(),
                                         Histogram(), Timeline(), CodeLine(), Portrait(), Network(), Page(), Boxes()};
  return all;
}

const Chart& ChartOf(const Model& model) { return std::get<Chart>(model.body); }

class Charts : public ::testing::Test {
 protected:
  std::string As(const Model& model, const std::string& format) { return Write(model, format, *english_, reading_); }
  std::shared_ptr<const Language> english_ = Language::English();
  Database database_{":memory:", Database::Mode::kCreate};
  Reading reading_{database_};
};

TEST_F(Charts, EveryKindIsWrittenInEveryFormat) {
  for (const Model& model : All()) {
    const Chart& chart = ChartOf(model);
    const json parsed = json::parse(As(model, "json"));
    const std::string name = parsed["chart"];
    EXPECT_EQ(parsed["rows"].size(), chart.categories.size()) << name;
    EXPECT_EQ(parsed["row_keys"].size(), chart.categories.size()) << name;
    EXPECT_EQ(parsed["column_keys"].size(), chart.series.size()) << name;
    const std::string csv = As(model, "csv");
    EXPECT_EQ(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')), chart.categories.size() + 1) << name;
    EXPECT_NE(As(model, "html").find("<svg"), std::string::npos) << name;
    EXPECT_NE(As(model, "table").find((*english_)(chart.categories[0].label)), std::string::npos) << name;
    pugi::xml_document document;
    const std::string svg = As(model, "svg");
    ASSERT_TRUE(document.load_string(svg.c_str())) << name;
    EXPECT_FALSE(std::string(document.child("svg").child_value("desc")).empty()) << name;
    EXPECT_EQ(svg, As(model, "svg")) << name << ": the same model gives the same bytes";
    EXPECT_EQ(As(model, "png").substr(1, 3), "PNG") << name;
    EXPECT_EQ(As(model, "pdf").substr(0, 5), "%PDF-") << name;
  }
}

TEST_F(Charts, TheDataKeepWhatDrawingDependsOn) {
  const json shares = json::parse(As(Shares(ChartKind::kDiverging, true), "json"));
  EXPECT_EQ(shares["aside"], 2);
  EXPECT_EQ(shares["negatives"], 2);
  EXPECT_EQ(shares["neutral"], "aside");
  EXPECT_EQ(shares["rows"][1][0], (json{{"value", 8}, {"state", "value"}, {"parts", {{"carried", 6}}}}));
  const json timeline = json::parse(As(Timeline(), "json"));
  EXPECT_EQ(timeline["row_groups"][1], "Registraties");
  EXPECT_EQ(timeline["rows"][0], (json{"2022-02-04", "2023-06-28"}));
  EXPECT_EQ(As(Timeline(), "csv").substr(0, 70), "Gebeurtenis,Soort,van,tot\r\nin begeleiding,Begeleiding,2022-02-04,2023-");
  const json network = json::parse(As(Network(), "json"));
  EXPECT_EQ(network["least"], 2);
  EXPECT_EQ(network["seed"], 11);
  EXPECT_EQ(json::parse(As(Alluvial(), "json"))["threshold_after"], 2);
}

TEST_F(Charts, EveryCellThatCountsCanBePointedAt) {
  for (const Model& model : All()) {
    const Chart& chart = ChartOf(model);
    std::vector<HitArea> hits;
    const double tall = Draw(nullptr, model, *english_, {.width = 700}, &hits);
    std::set<std::pair<std::size_t, std::size_t>> found;
    for (const auto& hit : hits) {
      ASSERT_LT(hit.row, chart.categories.size());
      ASSERT_LT(hit.column, chart.series.size());
      found.insert({hit.row, hit.column});
      EXPECT_GE(hit.area.x, -1);
      EXPECT_LE(hit.area.x + hit.area.width, 701);
      EXPECT_LE(hit.area.y + hit.area.height, tall + 1);
    }
    const auto name = json::parse(As(model, "json"))["chart"].get<std::string>();
    const std::size_t inside = chart.series.size() - chart.aside;
    for (std::size_t i = 0; i < chart.categories.size(); ++i) {
      for (std::size_t s = 0; s < inside; ++s) {
        const auto* count = std::get_if<std::int64_t>(&chart.cells[i][s].value);
        if (!count || *count <= 0 || chart.kind == ChartKind::kLanes || chart.kind == ChartKind::kTiles || chart.kind == ChartKind::kNetwork) continue;
        EXPECT_TRUE(found.contains({i, s})) << name << " " << i << " " << s;
      }
      const bool any = std::any_of(found.begin(), found.end(), [&](const auto& place) { return place.first == i; });
      EXPECT_TRUE(any || chart.kind == ChartKind::kStackedShares || chart.kind == ChartKind::kDiverging) << name << " " << i;
    }
  }
}

TEST_F(Charts, BoxesStandInTheColumnsOfTheirGroupInOrder) {
  const Model model = Boxes();
  std::vector<HitArea> hits;
  Draw(nullptr, model, *english_, {.width = 700}, &hits);
  std::vector<Rectangle> boxes(4);
  for (const auto& hit : hits) {
    if (hit.row == hit.column) boxes[hit.row] = hit.area;
  }
  EXPECT_LT(boxes[0].x + boxes[0].width, boxes[1].x);
  EXPECT_EQ(boxes[1].x, boxes[2].x);
  EXPECT_LT(boxes[1].y + boxes[1].height, boxes[2].y);
  EXPECT_LT(boxes[2].x + boxes[2].width, boxes[3].x);
  EXPECT_GT(boxes[1].height, boxes[2].height) << "its note takes room";
}

TEST_F(Charts, WordsNeverOverlapAndAreNeverCutOff) {
  for (const Model& model : All()) {
    const auto name = json::parse(As(model, "json"))["chart"].get<std::string>();
    for (const double width : {420.0, 700.0, 1100.0}) {
      std::vector<Rectangle> words;
      const double tall = Draw(nullptr, model, *english_, {.width = width, .words = &words});
      ASSERT_GT(words.size(), 4u) << name;
      for (std::size_t i = 0; i < words.size(); ++i) {
        const Rectangle& a = words[i];
        EXPECT_GE(a.x, -0.5) << name << " " << width;
        EXPECT_GE(a.y, -0.5) << name << " " << width;
        EXPECT_LE(a.x + a.width, width + 0.5) << name << " " << width << ": word " << i;
        EXPECT_LE(a.y + a.height, tall + 0.5) << name << " " << width;
        for (std::size_t j = i + 1; j < words.size(); ++j) {
          const Rectangle& b = words[j];
          const double across = std::min(a.x + a.width, b.x + b.width) - std::max(a.x, b.x), down = std::min(a.y + a.height, b.y + b.height) - std::max(a.y, b.y);
          EXPECT_FALSE(across > 0.5 && down > 0.5) << name << " at " << width << ": words " << i << " (" << a.x << "," << a.y << "," << a.width << "x" << a.height << ") and " << j
                                                   << " (" << b.x << "," << b.y << "," << b.width << "x" << b.height << ")";
        }
      }
    }
  }
}

TEST_F(Charts, ABandIsHitWhereItLiesAndNotInTheCornersOfItsBox) {
  const HitArea hit{{0, 0, 10, 10}, 0, 0, {{0, 0}, {10, 8}, {10, 10}, {0, 2}}};
  EXPECT_TRUE(hit.Contains({5, 5}));
  EXPECT_FALSE(hit.Contains({9, 1}));
  EXPECT_FALSE(hit.Contains({1, 9}));
  EXPECT_TRUE((HitArea{{0, 0, 10, 10}, 0, 0}.Contains({9, 1})));
}

TEST_F(Charts, TitleSaysTheDatesAndTheFooterTheNumbers) {
  Model model = Histogram();
  const auto place = [&](const DrawOptions& options) {
    std::vector<Rectangle> words;
    DrawOptions with = options;
    with.words = &words;
    Draw(nullptr, model, *english_, with);
    return words.size();
  };
  const std::size_t whole = place({});
  EXPECT_EQ(whole - place({.title = false}), 3u) << "title, population with dates, footer";
  model.population = {};
  EXPECT_EQ(place({}), whole - 1) << "the footer names the program even when there is nothing to count";
}

}  // namespace
}  // namespace meerstem::view
