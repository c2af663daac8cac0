// What core itself can do and show: the journal, the study's settings and its researchers.
#include "core/study/core_views.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/clock.h"
#include "core/base/text.h"
#include "core/study/people.h"
#include "core/study/row_words.h"

namespace meerstem {
namespace {

/// A setting that people may change: its values and what it is without one.
struct KnownSetting {
  std::string key;
  Message label;
  Message help;
  ParameterType type = ParameterType::kText;
  std::vector<Choice> choices;
  std::string fallback;
};

std::vector<KnownSetting> KnownSettings() {
  return {
      {"reference", Say("How a quote is referred to"),
       Say("Any of pseudonym, type, site and date, with spaces between."), ParameterType::kText, {},
       "pseudonym type site date"},
      {"reference_small_sites", Say("Name the site where fewer than five people of the type speak"),
       Say("Few people at a site can be recognised by it."), ParameterType::kChoice, {{"yes", Say("Yes")}, {"no", Say("No")}}, "no"},
  };
}

void RequireValid(const KnownSetting& setting, const std::string& value) {
  if (!setting.choices.empty()) {
    std::string keys;
    for (const auto& choice : setting.choices) {
      if (choice.key == value) return;
      keys += (keys.empty() ? "" : ", ") + choice.key;
    }
    throw Refuse("“{0}” cannot be “{1}”; it is one of {2}.", setting.key, value, keys);
  }
  // The reference: a list of known parts, each once.
  static constexpr std::string_view kParts[] = {"pseudonym", "type", "site", "date"};
  std::vector<std::string> seen;
  for (std::size_t start = 0; start < value.size();) {
    const auto end = std::min(value.find(' ', start), value.size());
    std::string part = value.substr(start, end - start);
    start = end + 1;
    if (part.empty()) continue;
    if (std::find(std::begin(kParts), std::end(kParts), part) == std::end(kParts)) {
      throw Refuse("“{0}” is not a part of a reference; there is pseudonym, type, site and date.", part);
    }
    if (std::find(seen.begin(), seen.end(), part) != seen.end()) throw Refuse("“{0}” stands twice in the reference; once is enough.", part);
    seen.push_back(std::move(part));
  }
  if (seen.empty()) throw Refuse("A reference needs at least one of pseudonym, type, site and date.");
}

Command SetCommand() {
  Command command{.id = "study.set", .label = Say("Change a setting"), .help = Say("Settings belong to the study, not to this machine.")};
  Parameter key{.name = "key", .type = ParameterType::kChoice, .label = Say("Setting"), .required = true};
  for (const auto& setting : KnownSettings()) key.choices.push_back({setting.key, setting.label});
  command.parameters = {key, {.name = "value", .type = ParameterType::kText, .label = Say("Value"), .required = true}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const std::string name = arguments.Text("key");
    const auto known = KnownSettings();
    const auto setting = std::find_if(known.begin(), known.end(), [&](const KnownSetting& s) { return s.key == name; });
    if (setting == known.end()) throw Refuse("There is no setting “{0}”.", name);
    const std::string value = Trim(arguments.Text("value"));
    RequireValid(*setting, value);
    const bool same = Setting(reading, name, setting->fallback) == value;
    return Simply([name, value, same](Writing& writing, Outcome&) {
      if (!same) SetSetting(writing, name, value);
    });
  };
  return command;
}

Command AddResearcherCommand() {
  Command command{.id = "study.add-researcher", .label = Say("Add a researcher"), .help = Say("Someone who codes and decides; the console's --as does it too.")};
  command.parameters = {{.name = "name", .type = ParameterType::kText, .label = Say("Name"), .required = true}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const std::string name = Trim(arguments.Text("name"));
    if (name.empty()) throw Refuse("A researcher needs a name.");
    if (reading.Number("SELECT count(*) FROM researcher WHERE name = ?", name) > 0) throw Refuse("There is a researcher named “{0}” already.", name);
    return Simply([name](Writing& writing, Outcome& outcome) {
      const Id id = writing.NewId();
      writing.Do("INSERT INTO researcher (id, name) VALUES (?, ?)", id, name);
      outcome.created.push_back(id);
    });
  };
  return command;
}

View SettingsView() {
  View view{.id = "study.settings", .kind = view::Kind::kForm, .label = Say("Settings of the study"), .help = Say("They travel with the study's file.")};
  view.build = [](Reading& reading, const Arguments&, Job&) {
    view::Form form;
    form.sections.push_back({"quotes", Say("Quotes")});
    for (const auto& setting : KnownSettings()) {
      view::Field field{.key = setting.key, .section = "quotes", .label = setting.label, .help = setting.help, .type = setting.type, .choices = setting.choices};
      field.value.value = Setting(reading, setting.key, setting.fallback);
      field.edit = view::Edit{"study.set", {{"key", setting.key}}, "value", setting.type, setting.choices};
      field.value.edit = field.edit;
      form.fields.push_back(std::move(field));
    }
    view::Model model;
    model.body = std::move(form);
    return model;
  };
  return view;
}

/// The journal's lines by sequence, so that a long history costs nothing until it is looked at.
class JournalRows final : public view::Rows {
 public:
  JournalRows(const Registry& registry, std::vector<std::int64_t> sequences) : registry_(registry), sequences_(std::move(sequences)) {}
  std::size_t Count() const override { return sequences_.size(); }
  std::string Key(std::size_t index) const override { return std::to_string(sequences_[index]); }
  std::vector<view::Row> Page(Reading& reading, std::size_t first, std::size_t count) const override;

 private:
  const Registry& registry_;
  std::vector<std::int64_t> sequences_;
};

Message KindLabel(const JournalEntry& entry) {
  if (entry.kind == "undo") return Say("undone");
  if (entry.kind == "redo") return Say("done again");
  return entry.state == "undone" ? Say("done, taken back") : Say("done");
}

/// "coding: 3 added; quote: 1 removed", in the words of the registry; nothing changed: empty.
Message ChangedWords(const Registry& registry, const std::string& entities, bool undone) {
  const auto json = nlohmann::json::parse(entities, nullptr, false);
  Message words;
  if (!json.is_object()) return words;
  for (const auto& [table, counts] : json.items()) {
    if (!counts.is_object()) continue;
    const Message label = RowsLabel(registry, table);
    const auto tell = [&](const char* name, const auto& sentence) {
      const auto count = counts.value(name, std::int64_t{0});
      if (count > 0) words = words.empty() ? sentence(count) : Say("{0}; {1}", words, sentence(count));
    };
    tell(undone ? "delete" : "insert", [&](std::int64_t count) { return Say("{0}: {1} added", label, count); });
    tell("update", [&](std::int64_t count) { return Say("{0}: {1} changed", label, count); });
    tell(undone ? "insert" : "delete", [&](std::int64_t count) { return Say("{0}: {1} removed", label, count); });
  }
  return words;
}

std::vector<view::Row> JournalRows::Page(Reading& reading, std::size_t first, std::size_t count) const {
  std::vector<view::Row> rows;
  for (std::size_t i = first; i < std::min(first + count, sequences_.size()); ++i) {
    const auto entry = Store::Entry(reading, sequences_[i]);
    if (!entry) continue;
    view::Row row{.key = std::to_string(entry->sequence)};
    auto name = reading.Query("SELECT name FROM researcher WHERE id = ?", entry->actor);
    view::Cell who{.state = entry->actor.IsNil() ? view::State::kEmpty : view::State::kUnknown};
    if (name.Step()) who = {.value = name.Text(0), .entities = {{"researcher", entry->actor}}};
    row.cells = {{.value = entry->sequence}, {.value = ToIsoTime(entry->at)}, std::move(who), {.value = entry->label},
                 {.value = entry->command},  {.value = KindLabel(*entry)},    {.value = ChangedWords(registry_, entry->entities, entry->kind == "undo")}};
    rows.push_back(std::move(row));
  }
  return rows;
}

View JournalView(const Registry& registry) {
  View view{.id = "study.journal", .kind = view::Kind::kTable, .label = Say("Journal"), .help = Say("Who did what and when, newest first; it holds no words of a text.")};
  view.build = [&whole = registry.whole()](Reading& reading, const Arguments&, Job&) {
    std::vector<std::int64_t> sequences;
    auto rows = reading.Query("SELECT seq FROM journal ORDER BY seq DESC");
    while (rows.Step()) sequences.push_back(rows.Int(0));
    view::Model model;
    model.body = view::Table{{{"entry", Say("No."), view::ColumnType::kInteger},
                              {"time", Say("Time")},
                              {"who", Say("Who")},
                              {"what", Say("What")},
                              {"command", Say("Command")},
                              {"kind", Say("Done or undone")},
                              {"changed", Say("Changed")}},
                             std::make_shared<JournalRows>(whole, std::move(sequences))};
    model.empty = Say("Nothing was done yet.");
    return model;
  };
  return view;
}

}  // namespace

void RegisterCoreViews(Registry& registry) {
  registry.Add(SetCommand());
  registry.Add(AddResearcherCommand());
  registry.Add(JournalView(registry));
  registry.Add(SettingsView());
}

}  // namespace meerstem
