#include "tests/plugins/registrations/small_study.h"

#include "core/base/language.h"
#include "plugins/registrations/part.h"

namespace meerstem::registrations {
namespace {

std::string ItemJson(const std::string& id, bool not_applicable) {
  std::string points;
  for (int i = 1; i <= 5; ++i) {
    points += (i > 1 ? "," : "") + std::string(R"({"value":)") + std::to_string(i) + R"(,"label":{"en":"point )" + std::to_string(i) + R"("}})";
  }
  return R"({"id":")" + id + R"(","name":{"en":")" + id + R"("},"question":{"en":"How is it?"},"not_applicable":)" + (not_applicable ? "true" : "false") +
         R"(,"points":[)" + points + "]}";
}

std::string InstrumentJson() {
  return R"({"format":"meerstem-instrument","format_version":1,"id":"small","version":"1","name":{"en":"Small"},"domains":[)"
         R"({"id":"housing","level":"household","name":{"en":"Housing"},"items":[)" +
         ItemJson("dwelling", false) + R"(]},{"id":"work","level":"adult","name":{"en":"Work"},"items":[)" + ItemJson("employment", true) + "," +
         ItemJson("stress", false) + R"(]},{"id":"school","level":"child","name":{"en":"School"},"items":[)" + ItemJson("school", true) + "]}]}";
}

constexpr const char* kHouseholds =
    "case,site,start,end,member,level,birth_year,joined,left\n"
    "F1,Noord,2022-01-01,,A1,adult,1980,,\n"
    "F1,Noord,2022-01-01,,A2,adult,1982,2022-06-01,\n"
    "F1,Noord,2022-01-01,,K1,child,2015,,\n"
    "F2,Zuid,2022-01-01,2022-12-31,B1,adult,1990,,\n";

}  // namespace

SmallStudy::SmallStudy() : TestStudy({&Register}) {
  Do("registrations.add-instrument", {{"file", folder().Write("small.json", InstrumentJson())}});
  Do("registrations.import-households", {{"file", folder().Write("households.csv", kHouseholds)}});
}

RawArguments SmallStudy::FileOf(const std::string& lines, RawArguments more) {
  more.emplace_back("file", folder().Write("registrations" + std::to_string(++files_) + ".csv", "case,member,item,date,value,remark\n" + lines));
  return more;
}

Outcome SmallStudy::Import(const std::string& lines, RawArguments more) { return Do("registrations.import", FileOf(lines, std::move(more))); }

std::string SmallStudy::ImportRefusal(const std::string& lines, RawArguments more) { return Refusal("registrations.import", FileOf(lines, std::move(more))); }

std::vector<std::string> SmallStudy::History(const std::string& study_case) {
  std::vector<std::string> lines;
  for (const auto& row : Rows(See("registrations.case", {{"case", study_case}}))) {
    std::string line = row.key + ":";
    for (std::size_t i = 3; i < row.cells.size(); ++i) {
      const std::string value = Language::English()->Show(row.cells[i].value);
      const view::State state = row.cells[i].state;
      line += " " + value + (state == view::State::kValue ? "" : state == view::State::kCarried ? "c" : view::StateName(state));
    }
    lines.push_back(line);
  }
  return lines;
}

std::int64_t SmallStudy::Count(const std::string& table) { return store().Read()->Number("SELECT count(*) FROM " + table); }

view::Form SmallStudy::Form(const std::string& registration) {
  return std::get<view::Form>(See("registrations.entry", {{"registration", registration}}).body);
}

view::Field SmallStudy::Field(const std::string& registration, const std::string& key) {
  for (const auto& field : Form(registration).fields) {
    if (field.key == key) return field;
  }
  return {};
}

}  // namespace meerstem::registrations
