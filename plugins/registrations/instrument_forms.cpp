// The editor in the window: an instrument, and one of its items, as forms.
#include <algorithm>
#include <set>

#include "core/base/error.h"
#include "core/base/text.h"
#include "plugins/registrations/common.h"
#include "plugins/registrations/occasions.h"

namespace meerstem::registrations {
namespace {

/// Dutch and English, and every other language that the instrument speaks.
std::vector<std::string> Languages(const Instrument& instrument) {
  std::vector<std::string> languages = {"nl", "en"};
  const auto add = [&](const Localized& texts) {
    for (const auto& [tag, text] : texts.texts) {
      if (std::find(languages.begin(), languages.end(), tag) == languages.end()) languages.push_back(tag);
    }
  };
  add(instrument.name);
  for (const auto& item : instrument.items) add(item.name);
  return languages;
}

std::string TextIn(const Localized& texts, const std::string& language) {
  for (const auto& [tag, text] : texts.texts) {
    if (tag == language) return text;
  }
  return {};
}

/// A field for one text in one language.
view::Field TextField(const std::string& key, const std::string& section, const Message& label, const std::string& text, const std::string& language, Arguments bound) {
  bound.Set("language", language);
  view::Field field{.key = key + "/" + language, .section = section, .label = Say("{0} ({1})", label, language), .type = ParameterType::kText};
  field.value = text.empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = text};
  field.edit = view::Edit{"registrations.word", std::move(bound), "text", ParameterType::kText, {}};
  return field;
}

void AddTexts(view::Form& form, const std::string& key, const std::string& section, const Message& label, const Localized& texts, const Instrument& instrument, const Arguments& bound) {
  for (const auto& language : Languages(instrument)) form.fields.push_back(TextField(key, section, label, TextIn(texts, language), language, bound));
}

view::Model EditItem(Reading& reading, const Arguments& arguments, Job&) {
  const Id id = *arguments.Entity("item");
  auto of = reading.Query("SELECT instrument_id FROM item JOIN instrument_domain ON instrument_domain.id = domain_id WHERE item.id = ?", id);
  if (!of.Step()) throw Refuse("This item is no longer in the study.");
  const Instrument instrument = GetInstrument(reading, of.GetId(0));
  const Item& item = *instrument.Find(id);
  view::Form form;
  const std::string version = Trim(arguments.Text("new-version"));
  form.sections = {{"item", Say("Item")}, {"points", Say("Points")}};
  AddTexts(form, "name", "item", Say("Name"), item.name, instrument, {{"item", id}});
  AddTexts(form, "question", "item", Say("Question"), item.question, instrument, {{"item", id}, {"what", std::string("question")}});
  view::Field may{.key = "not-applicable", .section = "item", .label = Say("May be n/a"), .type = ParameterType::kBoolean};
  may.value.value = std::int64_t{item.not_applicable};
  may.edit = view::Edit{"registrations.set-item", {{"item", id}}, "not-applicable", ParameterType::kBoolean, {}};
  form.fields.push_back(std::move(may));
  for (const auto& point : item.points) {
    const Arguments bound{{"item", id}, {"point", std::int64_t{point.value}}};
    Arguments worded = bound;
    if (!version.empty()) worded.Set("version", version);
    const std::size_t first = form.fields.size();
    AddTexts(form, std::to_string(point.value), "points", Say("Point {0}", point.value), point.label, instrument, worded);
    auto former = reading.Query("SELECT former_wording.version, former_wording.label FROM former_wording JOIN scale_point ON scale_point.id = scale_point_id WHERE item_id = ? AND value = ? "
                                "ORDER BY former_wording.id DESC",
                                id, point.value);
    if (former.Step()) form.fields[first].help = Say("In version {0}: {1}", former.Text(0), ReadLocalized(former.Text(1)));
    form.fields.back().actions = {{Say("Remove this point"), "registrations.remove-part", bound}};
  }
  form.actions = {{Say("Add a point"), "registrations.add-point", {{"item", id}}},
                  {Say("Move up"), "registrations.move-item", {{"item", id}, {"to", std::string("up")}}},
                  {Say("Move down"), "registrations.move-item", {{"item", id}, {"to", std::string("down")}}},
                  {Say("Remove this item"), "registrations.remove-part", {{"item", id}}}};
  view::Model model;
  model.title = Say("Item: {0}", item.name);
  model.population.description = Say("{0}, level {1}", item.key, LevelLabel(item.level, instrument.subject));
  model.population.facts = {{"instrument", Say("Instrument"), instrument.key},
                            {"version", Say("Version"), instrument.version},
                            {"answers", Say("Answers recorded"), reading.Number("SELECT count(*) FROM answer WHERE item_id = ? AND status <> 'remark'", id)}};
  model.notes = {version.empty() ? Say("A new wording leaves recorded values as they are. Name a new version first (new-version) to keep the old wording of a point under the version it belonged to.")
                                 : Say("Points that are worded now are of version {0}; what they said before is kept under the version before it.", version)};
  model.body = std::move(form);
  return model;
}

view::Model EditInstrument(Reading& reading, const Arguments& arguments, Job&) {
  view::Model model;
  const auto id = AnInstrument(reading, arguments);
  if (!id) {
    model.body = view::Form{};
    SayNoInstrument(model);
    model.actions.push_back({Say("New instrument"), "registrations.new-instrument", {}});
    return model;
  }
  const Instrument instrument = GetInstrument(reading, *id);
  view::Form form;
  form.sections = {{"instrument", Say("Instrument")}, {"occasions", Say("When it is due")}, {"domains", Say("Domains")}};
  AddTexts(form, "name", "instrument", Say("Name"), instrument.name, instrument, {{"instrument", *id}});
  for (const auto& occasion : OccasionsOf(reading, *id)) {
    view::Field field{.key = ToString(occasion.id), .section = "occasions", .label = Verbatim(occasion.name), .type = ParameterType::kText};
    field.value.value = RuleInWords(occasion);
    field.actions = {{Say("Remove this occasion"), "registrations.remove-occasion", {{"occasion", occasion.id}}}};
    form.fields.push_back(std::move(field));
  }
  for (const auto& domain : instrument.domains) {
    const Arguments bound{{"instrument", *id}, {"domain", domain.key}};
    AddTexts(form, domain.key, "domains", Say("{0}, level {1}", domain.key, LevelLabel(domain.level, instrument.subject)), domain.name, instrument, bound);
    form.fields.back().actions = {{Say("Add an item"), "registrations.add-item", bound}, {Say("Remove this domain"), "registrations.remove-part", bound}};
  }
  form.actions = {{Say("Add a domain"), "registrations.add-domain", {{"instrument", *id}}},
                  {Say("Add an occasion"), "registrations.add-occasion", {{"instrument", *id}}},
                  {Say("Remove this instrument"), "registrations.remove-part", {{"instrument", *id}}}};
  model.title = Say("Edit instrument: {0}", instrument.name);
  model.population.description = instrument.subject == "professional" ? Say("About professionals") : Say("About families");
  model.population.facts = {{"instrument", Say("Instrument"), instrument.key},
                            {"version", Say("Version"), instrument.version},
                            {"items", Say("Items"), static_cast<std::int64_t>(instrument.items.size())},
                            {"registrations", Say("Registrations"), reading.Number("SELECT count(*) FROM registration WHERE instrument_id = ?", *id)}};
  model.notes = {Say("Items are edited one by one: open one from the instrument's tree.")};
  model.body = std::move(form);
  return model;
}

}  // namespace

void AddInstrumentForms(Registry& registry) {
  View item;
  item.id = "registrations.edit-item";
  item.kind = view::Kind::kForm;
  item.label = Say("Edit an item");
  item.help = Say("Name, question and points of an item, in every language.");
  item.parameters = {{.name = "item", .type = ParameterType::kEntity, .label = Say("Item"), .required = true, .entity_kind = "item"},
                     {.name = "new-version", .type = ParameterType::kText, .label = Say("New wordings are of version"), .live = true}};
  item.in_navigator = false;
  item.build = &EditItem;
  registry.Add(std::move(item));

  View instrument;
  instrument.id = "registrations.edit-instrument";
  instrument.kind = view::Kind::kForm;
  instrument.label = Say("Edit an instrument");
  instrument.help = Say("Names, domains and occasions of an instrument.");
  instrument.parameters = {InstrumentParameter()};
  instrument.build = &EditInstrument;
  registry.Add(std::move(instrument));
}

}  // namespace meerstem::registrations
