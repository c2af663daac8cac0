// The editor's commands: instruments are data, also while they are made. What was answered already is never touched:
// an item or point with answers cannot go, and a new wording can keep the old one under the version it belonged to.
#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/study/deletion.h"
#include "plugins/registrations/common.h"

namespace meerstem::registrations {
namespace {

Parameter LanguageParameter() {
  return {.name = "language", .type = ParameterType::kChoice, .label = Say("Language of the text"),
          .choices = {{"nl", Say("Dutch")}, {"en", Say("English")}, {"fr", Say("French")}, {"de", Say("German")}}, .fallback = "nl"};
}

Parameter ItemParameter(bool required) {
  return {.name = "item", .type = ParameterType::kEntity, .label = Say("Item"), .required = required, .entity_kind = "item"};
}

Localized With(Localized texts, const std::string& language, const std::string& text) {
  const auto there = std::find_if(texts.texts.begin(), texts.texts.end(), [&](const auto& one) { return one.first == language; });
  if (text.empty()) {
    if (there != texts.texts.end()) texts.texts.erase(there);
  } else if (there != texts.texts.end()) {
    there->second = text;
  } else {
    texts.texts.emplace_back(language, text);
  }
  return texts;
}

/// A key names things in files and on the console: no spaces, no =, nothing that a shell or a table would take apart.
void RequireKey(const std::string& key) {
  const bool good = !key.empty() && key.size() <= 64 && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  });
  if (!good) throw Refuse("“{0}” is not a key; a key has up to 64 letters without accents, digits, points, hyphens and underscores.", key);
}

Id InstrumentOfItem(Reading& reading, const Id& item) {
  auto row = reading.Query("SELECT instrument_id FROM item JOIN instrument_domain ON instrument_domain.id = domain_id WHERE item.id = ?", item);
  if (!row.Step()) throw Refuse("This item is no longer in the study.");
  return row.GetId(0);
}

Id DomainNamed(Reading& reading, const Id& instrument, const std::string& key) {
  auto row = reading.Query("SELECT id FROM instrument_domain WHERE instrument_id = ? AND key = ?", instrument, key);
  if (!row.Step()) throw Refuse("The instrument has no domain “{0}”; add it with registrations.add-domain.", key);
  return row.GetId(0);
}

/// “3=Small defects”: a point as the console writes it.
ScalePoint ReadPoint(const std::string& text, const std::string& language) {
  const auto equals = text.find('=');
  const auto number = equals == std::string::npos ? std::string() : Trim(text.substr(0, equals));
  const std::string label = equals == std::string::npos ? std::string() : Trim(text.substr(equals + 1));
  const bool whole = !number.empty() && number.size() <= 4 && number.find_first_not_of("0123456789", number[0] == '-' ? 1 : 0) == std::string::npos && number != "-";
  if (!whole || label.empty()) throw Usage("--point: “{0}” is not value=wording, as in 1=never.", text);
  return {std::stoi(number), {{{language, label}}}};
}

Command NewCommand() {
  Command command;
  command.id = "registrations.new-instrument";
  command.label = Say("New instrument");
  command.help = Say("An empty instrument, about families or about professionals; domains and items follow.");
  command.parameters = {{.name = "key", .type = ParameterType::kText, .label = Say("Key"), .required = true},
                        {.name = "name", .type = ParameterType::kText, .label = Say("Name"), .required = true},
                        {.name = "subject", .type = ParameterType::kChoice, .label = Say("About"), .choices = {{"family", Say("families")}, {"professional", Say("professionals")}}, .fallback = "family"},
                        {.name = "version", .type = ParameterType::kText, .label = Say("Version"), .fallback = "1"},
                        LanguageParameter()};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const std::string key = arguments.Text("key"), version = arguments.Text("version");
    RequireKey(key);
    if (reading.Number("SELECT count(*) FROM instrument WHERE key = ? AND version = ?", key, version) > 0) {
      throw Refuse("The instrument “{0}”, version {1}, is in the study already.", key, version);
    }
    return Simply([=, name = ToJson(With({}, arguments.Text("language"), arguments.Text("name"))), subject = arguments.Text("subject")](Writing& writing, Outcome& outcome) {
      const Id id = writing.NewId();
      writing.Do("INSERT INTO instrument (id, key, version, name, subject) VALUES (?, ?, ?, ?, ?)", id, key, version, name, subject);
      outcome.created.push_back(id);
      outcome.show = view::Target{"registrations.edit-instrument", {{"instrument", id}}};
    });
  };
  return command;
}

Command AddDomainCommand() {
  Command command;
  command.id = "registrations.add-domain";
  command.label = Say("Add a domain");
  command.help = Say("A domain of an instrument, asked of the household (or the professional), of each adult or of each child.");
  command.parameters = {InstrumentParameter(),
                        {.name = "key", .type = ParameterType::kText, .label = Say("Key"), .required = true},
                        {.name = "name", .type = ParameterType::kText, .label = Say("Name"), .required = true},
                        {.name = "level", .type = ParameterType::kChoice, .label = Say("Level"),
                         .choices = {{"household", LevelLabel("household")}, {"adult", LevelLabel("adult")}, {"child", LevelLabel("child")}}, .fallback = "household"},
                        LanguageParameter()};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Instrument instrument = GetInstrument(reading, TheInstrument(reading, arguments));
    const std::string key = arguments.Text("key"), level = arguments.Text("level");
    RequireKey(key);
    if (std::any_of(instrument.domains.begin(), instrument.domains.end(), [&](const auto& domain) { return domain.key == key; })) {
      throw Refuse("The instrument has a domain “{0}” already.", key);
    }
    if (instrument.subject == "professional" && level != "household") throw Refuse("An instrument about professionals has no items about adults or children of a family.");
    return Simply([=, id = instrument.id, name = ToJson(With({}, arguments.Text("language"), arguments.Text("name")))](Writing& writing, Outcome& outcome) {
      const Id domain = writing.NewId();
      writing.Do("INSERT INTO instrument_domain (id, instrument_id, level, key, name, order_key) VALUES (?, ?, ?, ?, ?, "
                 "(SELECT ifnull(max(order_key), 0) + 1 FROM instrument_domain WHERE instrument_id = ?2))",
                 domain, id, level, key, name);
      outcome.created.push_back(domain);
    });
  };
  return command;
}

Command AddItemCommand() {
  Command command;
  command.id = "registrations.add-item";
  command.label = Say("Add an item");
  command.help = Say("An item of a domain with its ordered points, from worst to best.");
  command.parameters = {InstrumentParameter(),
                        {.name = "domain", .type = ParameterType::kChoice, .label = Say("Domain"), .required = true, .study_choices = &DomainChoices},
                        {.name = "key", .type = ParameterType::kText, .label = Say("Key"), .required = true},
                        {.name = "name", .type = ParameterType::kText, .label = Say("Name"), .required = true},
                        {.name = "question", .type = ParameterType::kText, .label = Say("Question")},
                        {.name = "point", .type = ParameterType::kText, .label = Say("Points"), .help = Say("value=wording, as in 1=never; may be repeated."), .list = true},
                        {.name = "not-applicable", .type = ParameterType::kBoolean, .label = Say("May be n/a"), .fallback = "no"},
                        LanguageParameter()};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id instrument = TheInstrument(reading, arguments);
    const Id domain = DomainNamed(reading, instrument, arguments.Text("domain"));
    const std::string key = arguments.Text("key"), language = arguments.Text("language");
    RequireKey(key);
    if (GetInstrument(reading, instrument).Find(key)) throw Refuse("The instrument has an item “{0}” already.", key);
    std::vector<ScalePoint> points;
    for (const auto& text : arguments.Texts("point")) {
      points.push_back(ReadPoint(text, language));
      const auto same = std::count_if(points.begin(), points.end(), [&](const ScalePoint& one) { return one.value == points.back().value; });
      if (same > 1) throw Refuse("The value {0} stands there twice.", points.back().value);
    }
    return Simply([=, name = ToJson(With({}, language, arguments.Text("name"))), question = ToJson(With({}, language, arguments.Text("question"))),
                   may = arguments.Flag("not-applicable")](Writing& writing, Outcome& outcome) {
      const Id item = writing.NewId();
      writing.Do("INSERT INTO item (id, domain_id, key, name, question, not_applicable, order_key) VALUES (?, ?, ?, ?, ?, ?, "
                 "(SELECT ifnull(max(order_key), 0) + 1 FROM item WHERE domain_id = ?2))",
                 item, domain, key, name, question, may);
      for (const auto& point : points) writing.Do("INSERT INTO scale_point (id, item_id, value, label) VALUES (?, ?, ?, ?)", writing.NewId(), item, point.value, ToJson(point.label));
      outcome.created.push_back(item);
      outcome.show = view::Target{"registrations.edit-item", {{"item", item}}};
    });
  };
  return command;
}

Command AddPointCommand() {
  Command command;
  command.id = "registrations.add-point";
  command.label = Say("Add a point to a scale");
  command.help = Say("Value and wording; points stand in the order of their values.");
  command.parameters = {ItemParameter(true),
                        {.name = "value", .type = ParameterType::kInteger, .label = Say("Value"), .required = true},
                        {.name = "text", .type = ParameterType::kText, .label = Say("Wording"), .required = true},
                        LanguageParameter()};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id item = *arguments.Entity("item");
    const std::int64_t value = arguments.Int("value");
    if (value < -999 || value > 999) throw Refuse("A point lies between -999 and 999, so {0} cannot be one.", value);
    if (reading.Number("SELECT count(*) FROM scale_point WHERE item_id = ? AND value = ?", item, value) > 0) throw Refuse("The scale has a point {0} already.", value);
    return Simply([=, label = ToJson(With({}, arguments.Text("language"), arguments.Text("text")))](Writing& writing, Outcome& outcome) {
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO scale_point (id, item_id, value, label) VALUES (?, ?, ?, ?)", outcome.created.back(), item, value, label);
    });
  };
  return command;
}

/// What a wording belongs to: a row and a column of JSON texts.
struct Place {
  std::string table, column;
  Id id, instrument;
};

Place ReadPlaceOf(Reading& reading, const Arguments& arguments) {
  const std::string what = arguments.Text("what");
  if (const auto item = arguments.Entity("item")) {
    const Id instrument = InstrumentOfItem(reading, *item);
    if (what == "question") return {"item", "question", *item, instrument};
    if (!arguments.Has("point")) return {"item", "name", *item, instrument};
    auto row = reading.Query("SELECT id FROM scale_point WHERE item_id = ? AND value = ?", *item, arguments.Int("point"));
    if (!row.Step()) throw Refuse("The scale has no point {0}.", arguments.Int("point"));
    return {"scale_point", "label", row.GetId(0), instrument};
  }
  const Id instrument = TheInstrument(reading, arguments);
  if (arguments.Has("domain")) return {"instrument_domain", "name", DomainNamed(reading, instrument, arguments.Text("domain")), instrument};
  return {"instrument", what == "description" ? "description" : "name", instrument, instrument};
}

/// The version that the newest wording took the place of; empty: none did.
std::string VersionBefore(Reading& reading, const Id& instrument) {
  auto row = reading.Query(
      "SELECT former_wording.version FROM former_wording JOIN scale_point ON scale_point.id = scale_point_id JOIN item ON item.id = item_id "
      "JOIN instrument_domain ON instrument_domain.id = domain_id WHERE instrument_id = ? ORDER BY former_wording.id DESC LIMIT 1",
      instrument);
  return row.Step() ? row.Text(0) : std::string();
}

Command WordCommand() {
  Command command;
  command.id = "registrations.word";
  command.label = Say("Change a wording");
  command.help = Say("The name or question of an item, the wording of a point, the name of a domain or instrument, in one language. Recorded values stay as they are; with "
                     "--version the instrument gets that version and the old wording of a point is kept under the old one.");
  command.parameters = {InstrumentParameter(), ItemParameter(false),
                        {.name = "domain", .type = ParameterType::kChoice, .label = Say("Domain"), .study_choices = &DomainChoices},
                        {.name = "point", .type = ParameterType::kInteger, .label = Say("Point")},
                        {.name = "what", .type = ParameterType::kChoice, .label = Say("What"),
                         .choices = {{"name", Say("name or wording")}, {"question", Say("question")}, {"description", Say("description")}}, .fallback = "name"},
                        LanguageParameter(),
                        {.name = "text", .type = ParameterType::kText, .label = Say("Wording")},
                        {.name = "version", .type = ParameterType::kText, .label = Say("New version")}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Place place = ReadPlaceOf(reading, arguments);
    auto row = reading.Query("SELECT " + place.column + " FROM " + place.table + " WHERE id = ?", place.id);
    row.Step();
    const std::string before = row.Text(0);
    const Localized after = With(ReadLocalized(before), arguments.Text("language"), Trim(arguments.Text("text")));
    if (after.texts.empty() && (place.column == "name" || place.column == "label")) throw Refuse("This needs a wording in at least one language.");
    const std::string now = GetInstrument(reading, place.instrument).version, version = Trim(arguments.Text("version"));
    // Several points are worded anew for one version: the first brings the version, all keep what they said before it.
    const std::string former = version.empty() || version != now ? now : VersionBefore(reading, place.instrument);
    const bool keeps = !version.empty() && !former.empty() && place.table == "scale_point" &&
                       reading.Number("SELECT count(*) FROM former_wording WHERE scale_point_id = ? AND version = ?", place.id, former) == 0;
    return Simply([=, text = ToJson(after)](Writing& writing, Outcome& outcome) {
      if (text == before) return;
      writing.Do("UPDATE " + place.table + " SET " + place.column + " = ? WHERE id = ?", text, place.id);
      if (!version.empty() && version != now) writing.Do("UPDATE instrument SET version = ? WHERE id = ?", version, place.instrument);
      if (!keeps) return;
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO former_wording (id, scale_point_id, version, label) VALUES (?, ?, ?, ?)", outcome.created.back(), place.id, former, before);
      outcome.notes.push_back(Say("The earlier wording is kept under version {0}.", former));
    });
  };
  return command;
}

Command SettingCommand() {
  Command command;
  command.id = "registrations.set-item";
  command.label = Say("Whether an item may be n/a");
  command.help = Say("An item that applies to everyone cannot be answered with “not applicable”.");
  command.parameters = {ItemParameter(true), {.name = "not-applicable", .type = ParameterType::kBoolean, .label = Say("May be n/a"), .required = true}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id item = *arguments.Entity("item");
    const bool may = arguments.Flag("not-applicable");
    const auto answers = reading.Number("SELECT count(*) FROM answer WHERE item_id = ? AND status = 'not_applicable'", item);
    if (!may && answers > 0) throw Refuse("{0} answers say “not applicable” already; change those first.", answers);
    return Simply([=](Writing& writing, Outcome&) { writing.Do("UPDATE item SET not_applicable = ?1 WHERE id = ?2 AND not_applicable <> ?1", may, item); });
  };
  return command;
}

Command MoveCommand() {
  Command command;
  command.id = "registrations.move-item";
  command.label = Say("Move an item");
  command.help = Say("One place up or down among the items of its domain.");
  command.parameters = {ItemParameter(true),
                        {.name = "to", .type = ParameterType::kChoice, .label = Say("Where to"), .required = true, .choices = {{"up", Say("up")}, {"down", Say("down")}}}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Id item = *arguments.Entity("item");
    const bool up = arguments.Text("to") == "up";
    std::vector<std::pair<Id, double>> items;
    {
      auto rows = reading.Query("SELECT id, order_key FROM item WHERE domain_id = (SELECT domain_id FROM item WHERE id = ?) ORDER BY order_key, id", item);
      while (rows.Step()) items.emplace_back(rows.GetId(0), rows.Real(1));
    }
    const auto at = static_cast<std::size_t>(std::find_if(items.begin(), items.end(), [&](const auto& one) { return one.first == item; }) - items.begin());
    if (up ? at == 0 : at + 1 >= items.size()) throw Refuse("It stands at the end already.");
    // Between the neighbours beyond: a fractional key, so that no other row changes.
    const double near = items[up ? at - 1 : at + 1].second;
    const bool last = up ? at < 2 : at + 2 >= items.size();
    const double far = last ? near + (up ? -2.0 : 2.0) : items[up ? at - 2 : at + 2].second;
    return Simply([=](Writing& writing, Outcome&) { writing.Do("UPDATE item SET order_key = ? WHERE id = ?", (near + far) / 2, item); });
  };
  return command;
}

Command RemoveCommand() {
  Command command;
  command.id = "registrations.remove-part";
  command.label = Say("Remove a part of an instrument");
  command.help = Say("A point, an item, a domain without items or a whole instrument; refused when answers were recorded with it.");
  command.parameters = {InstrumentParameter(), ItemParameter(false),
                        {.name = "domain", .type = ParameterType::kChoice, .label = Say("Domain"), .study_choices = &DomainChoices},
                        {.name = "point", .type = ParameterType::kInteger, .label = Say("Point")}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const auto item = arguments.Entity("item");
    const Place place = ReadPlaceOf(reading, arguments);
    std::int64_t used = 0;
    if (place.table == "scale_point") used = reading.Number("SELECT count(*) FROM answer WHERE item_id = ? AND value = ?", *item, arguments.Int("point"));
    else if (place.table == "item") used = reading.Number("SELECT count(*) FROM answer WHERE item_id = ?", *item);
    else if (place.table == "instrument_domain") used = reading.Number("SELECT count(*) FROM item WHERE domain_id = ?", place.id);
    else used = reading.Number("SELECT count(*) FROM registration WHERE instrument_id = ?", place.id);
    if (used > 0 && place.table == "instrument_domain") throw Refuse("The domain still has {0} items; remove those first.", used);
    if (used > 0) throw Refuse("{0} answers or registrations were recorded with it, so it stays.", used);
    return Simply([place](Writing& writing, Outcome&) { DeleteEntity(writing, place.table, place.id); });
  };
  return command;
}

}  // namespace

void AddInstrumentEditing(Registry& registry) {
  registry.Add(NewCommand());
  registry.Add(AddDomainCommand());
  registry.Add(AddItemCommand());
  registry.Add(AddPointCommand());
  registry.Add(WordCommand());
  registry.Add(SettingCommand());
  registry.Add(MoveCommand());
  registry.Add(RemoveCommand());
}

}  // namespace meerstem::registrations
