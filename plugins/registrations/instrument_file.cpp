// Instruments come in as JSON files: checked whole before anything is stored.
#include <algorithm>
#include <filesystem>
#include <set>

#include "core/base/error.h"
#include "core/base/json.h"
#include "core/base/read_file.h"
#include "core/plugin/shipped.h"
#include "plugins/registrations/common.h"

namespace meerstem::registrations {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t kFileLimit = 16u << 20;

struct FileItem {
  std::string key;
  Localized name, question;
  bool not_applicable = false;
  std::vector<ScalePoint> points;
};
struct FileDomain {
  std::string key, level;
  Localized name;
  std::vector<FileItem> items;
};
struct FileOccasion {
  std::string name, rule;
  std::int64_t months = 0;
};
struct FileInstrument {
  std::string key, version, subject = "family";
  Localized name, description;
  std::vector<FileDomain> domains;
  std::vector<FileOccasion> occasions;
};

FileItem ReadItem(const Json& json, std::set<std::string>& keys) {
  FileItem item;
  item.key = json.At("id").Text();
  if (!keys.insert(item.key).second) throw json.At("id").Wrong(Say("the item “{0}” stands in the file twice.", item.key));
  item.name = json.At("name").Texts();
  if (const auto question = json.Maybe("question")) item.question = question->Texts();
  if (const auto may = json.Maybe("not_applicable")) item.not_applicable = may->Flag();
  std::set<std::int64_t> values;
  for (const auto& point : json.At("points").Items()) {
    const auto value = point.At("value").Int(-1000, 1000);
    if (!values.insert(value).second) throw point.Wrong(Say("the value {0} stands there twice.", value));
    item.points.push_back({static_cast<int>(value), point.At("label").Texts()});
  }
  if (item.points.size() < 2) throw json.At("points").Wrong(Say("a scale has at least two points."));
  std::sort(item.points.begin(), item.points.end(), [](const ScalePoint& a, const ScalePoint& b) { return a.value < b.value; });
  return item;
}

FileInstrument ReadInstrument(const std::string& path) {
  const Json json = Json::Parse(ReadFile(path, kFileLimit), fs::path(path).filename().string());
  json.At("format").OneOf({"meerstem-instrument"});
  json.At("format_version").Int(1, 1);
  FileInstrument instrument;
  instrument.key = json.At("id").Text();
  instrument.version = json.At("version").Text();
  instrument.name = json.At("name").Texts();
  if (const auto description = json.Maybe("description")) instrument.description = description->Texts();
  if (const auto subject = json.Maybe("subject")) instrument.subject = subject->OneOf({"family", "professional"});
  if (const auto occasions = json.Maybe("occasions")) {
    for (const auto& node : occasions->Items()) {
      FileOccasion occasion{node.At("name").Text(), node.At("rule").OneOf({"every", "after", "closing"})};
      if (occasion.rule != "closing") occasion.months = node.At("months").Int(occasion.rule == "every" ? 1 : 0, 600);
      instrument.occasions.push_back(std::move(occasion));
    }
  }
  std::set<std::string> domains, items;
  for (const auto& node : json.At("domains").Items()) {
    FileDomain domain;
    domain.key = node.At("id").Text();
    if (!domains.insert(domain.key).second) throw node.At("id").Wrong(Say("the domain “{0}” stands in the file twice.", domain.key));
    domain.level = node.At("level").OneOf({"household", "adult", "child"});
    domain.name = node.At("name").Texts();
    for (const auto& item : node.At("items").Items()) domain.items.push_back(ReadItem(item, items));
    if (instrument.subject == "professional" && domain.level != "household") throw node.At("level").Wrong(Say("an instrument about professionals has the level household only."));
    if (domain.items.empty()) throw node.At("items").Wrong(Say("a domain has at least one item."));
    instrument.domains.push_back(std::move(domain));
  }
  if (instrument.domains.empty()) throw json.At("domains").Wrong(Say("an instrument has at least one domain."));
  return instrument;
}

Id Store(Writing& writing, const FileInstrument& instrument) {
  const Id id = writing.NewId();
  writing.Do("INSERT INTO instrument (id, key, version, name, description, subject) VALUES (?, ?, ?, ?, ?, ?)", id, instrument.key, instrument.version,
             ToJson(instrument.name), ToJson(instrument.description), instrument.subject);
  double occasion_order = 0;
  for (const auto& occasion : instrument.occasions) {
    writing.Do("INSERT INTO instrument_occasion (id, instrument_id, name, rule, months, order_key) VALUES (?, ?, ?, ?, ?, ?)", writing.NewId(), id, occasion.name,
               occasion.rule, occasion.months, ++occasion_order);
  }
  double domain_order = 0;
  for (const auto& domain : instrument.domains) {
    const Id domain_id = writing.NewId();
    writing.Do("INSERT INTO instrument_domain (id, instrument_id, level, key, name, order_key) VALUES (?, ?, ?, ?, ?, ?)", domain_id, id,
               domain.level, domain.key, ToJson(domain.name), ++domain_order);
    double item_order = 0;
    for (const auto& item : domain.items) {
      const Id item_id = writing.NewId();
      writing.Do("INSERT INTO item (id, domain_id, key, name, question, not_applicable, order_key) VALUES (?, ?, ?, ?, ?, ?, ?)", item_id, domain_id,
                 item.key, ToJson(item.name), ToJson(item.question), item.not_applicable, ++item_order);
      for (const auto& point : item.points) {
        writing.Do("INSERT INTO scale_point (id, item_id, value, label) VALUES (?, ?, ?, ?)", writing.NewId(), item_id, point.value, ToJson(point.label));
      }
    }
  }
  return id;
}

}  // namespace

void AddInstrumentCommands(Registry& registry) {
  const std::string folder = registry.data_folder() + "/registrations";
  const Parameter shipped = ShippedParameter(folder, Say("Instrument that comes with Meerstem"));
  Command add;
  add.id = "registrations.add-instrument";
  add.label = Say("Add an instrument");
  add.help = Say("Brings an instrument into the study: levels, domains, items and their ordered points, from a JSON file.");
  add.parameters = {{.name = "file", .type = ParameterType::kFile, .label = Say("Instrument file")}, shipped};
  add.prepare = [folder](Reading& reading, const Arguments& arguments, Job&) {
    if (arguments.Has("file") == arguments.Has("shipped")) {
      throw Usage("Say which instrument: --file with a file, or --shipped with the name of one that comes with Meerstem.");
    }
    const std::string path = arguments.Has("file") ? arguments.Text("file") : folder + "/" + arguments.Text("shipped") + ".json";
    FileInstrument instrument = ReadInstrument(path);
    if (reading.Number("SELECT count(*) FROM instrument WHERE key = ? AND version = ?", instrument.key, instrument.version) > 0) {
      throw Refuse("The instrument “{0}”, version {1}, is in the study already.", instrument.key, instrument.version);
    }
    return Simply([instrument = std::move(instrument)](Writing& writing, Outcome& outcome) {
      outcome.created.push_back(Store(writing, instrument));
      std::int64_t items = 0;
      for (const auto& domain : instrument.domains) items += static_cast<std::int64_t>(domain.items.size());
      outcome.notes.push_back(SayCount("{0} item came in.", "{0} items came in.", items));
      outcome.show = view::Target{"registrations.instrument", {{"instrument", outcome.created.front()}}};
    });
  };
  registry.Add(std::move(add));
}

}  // namespace meerstem::registrations
