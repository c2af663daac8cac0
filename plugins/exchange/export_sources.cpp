// The facts of an export: variables, cases, and the sources with what was marked in them.
#include <algorithm>
#include <charconv>

#include "core/base/date.h"
#include "core/study/places.h"
#include "core/study/printed.h"
#include "core/study/sources.h"
#include "plugins/exchange/export_writer.h"
#include "plugins/exchange/meta.h"
#include "plugins/exchange/moment.h"

namespace meerstem::exchange {
namespace {

constexpr std::int64_t kNameLength = 100;

const char* SchemaType(const std::string& type) {
  if (type == "boolean") return "Boolean";
  if (type == "integer") return "Integer";
  if (type == "float") return "Float";
  if (type == "date") return "Date";
  if (type == "datetime") return "DateTime";
  return "Text";
}

/// As the schema spells a value of this type; nullopt: it is none.
std::optional<std::string> SchemaValue(const std::string& type, const std::string& value) {
  if (type == "boolean") return value == "true" || value == "false" || value == "1" || value == "0" ? std::optional(value) : std::nullopt;
  if (type == "integer") {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    return error == std::errc() && end == value.data() + value.size() ? std::optional(value) : std::nullopt;
  }
  if (type == "float") {
    double number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number, std::chars_format::fixed);
    return error == std::errc() && end == value.data() + value.size() && std::isdigit(static_cast<unsigned char>(value.back())) ? std::optional(value) : std::nullopt;
  }
  if (type == "date") {
    const auto day = ParseDate(value);
    return day ? std::optional(ToIso(*day)) : std::nullopt;
  }
  if (type == "datetime") {
    const auto moment = ParseMoment(value);
    return moment ? std::optional(ShowMoment(*moment)) : std::nullopt;
  }
  return value;
}

/// How the columns of kMeta are read; `?` is the entity.
std::string MetaQuery(const MetaVariable& meta) {
  const std::string entity = meta.entity, column = meta.column, table = entity == "source" ? "source" : "study_case";
  if (column == "site") return "SELECT site.name FROM " + table + " JOIN site ON site.id = site_id WHERE " + table + ".id = ?";
  if (column == "stakeholder") return "SELECT key FROM source JOIN stakeholder_type ON stakeholder_type.id = stakeholder_id WHERE source.id = ?";
  return "SELECT " + column + " FROM " + table + " WHERE id = ?";
}

Id MetaId(const MetaVariable& meta) { return DerivedId("meta", std::string(meta.entity) + " " + meta.column); }

}  // namespace

void ProjectWriter::Variables() {
  xml_.Open("Variables");
  const auto write = [&](const Id& id, std::string_view name, const std::string& type) {
    xml_.Open("Variable");
    Guid("guid", id);
    xml_.Attribute("name", name);
    xml_.Attribute("typeOfVariable", SchemaType(type));
    for (const auto& kept : kept_["Variable"]) {
      const Element* description = kept.id == id ? kept.element.Child("Description") : nullptr;
      if (description) xml_.Leaf("Description", description->text);
    }
    xml_.Close();
  };
  for (const auto& meta : kMeta) write(MetaId(meta), meta.name, meta.type);
  auto rows = reading_.Query("SELECT id, name, type, entity_kind FROM variable ORDER BY order_key, id");
  while (rows.Step()) {
    ++variables_line_.found;
    if (rows.View(3) == "person") {
      ++variables_line_.dropped;
      variables_line_.remark = Say("the format knows variables of sources and cases, not of people");
      continue;
    }
    ++variables_line_.added;
    write(rows.GetId(0), rows.View(1), rows.Text(2));
  }
  xml_.Close();
  values_line_.found = reading_.Number("SELECT count(*) FROM variable_value");
  values_line_.dropped = values_line_.found;
}

void ProjectWriter::Value(const Id& variable, const std::string& type, const std::string& value) {
  xml_.Open("VariableValue");
  Reference("VariableRef", variable);
  xml_.Open(std::string(SchemaType(type)) + "Value");
  xml_.Text(value);
  xml_.Close();
  xml_.Close();
}

void ProjectWriter::ValuesOf(const Id& entity, const char* kind) {
  for (const auto& meta : kMeta) {
    if (std::string_view(meta.entity) != kind) continue;
    auto row = reading_.Query(MetaQuery(meta), entity);
    if (row.Step() && !row.View(0).empty()) Value(MetaId(meta), meta.type, row.Text(0));
  }
  auto rows = reading_.Query(
      "SELECT variable.id, type, value FROM variable_value JOIN variable ON variable.id = variable_id WHERE entity_id = ? AND entity_kind = ? ORDER BY order_key, variable.id", entity, kind);
  while (rows.Step()) {
    const auto value = SchemaValue(rows.Text(1), rows.Text(2));
    if (!value) continue;
    Value(rows.GetId(0), rows.Text(1), *value);
    ++values_line_.added;
    --values_line_.dropped;
  }
}

void ProjectWriter::Cases() {
  // Whose words stay here is known before the sources are written, since cases come first.
  if (ShownText::AnyWithheld(reading_)) {
    auto sources = reading_.Query("SELECT id FROM source");
    while (sources.Step()) {
      const ShownText shown = ShownOf(sources.GetId(0));
      auto quotes = reading_.Query("SELECT quote.id, start, end FROM span JOIN quote ON quote.span_id = span.id WHERE source_id = ?", sources.GetId(0));
      while (quotes.Step()) {
        if (shown.Withheld({quotes.Int(1), quotes.Int(2)})) withheld_.insert(quotes.GetId(0));
      }
    }
    for (const auto& quote : withheld_) known_.erase(quote);
  }
  std::unordered_map<Id, std::string> codes;
  auto rows = reading_.Query("SELECT id, code FROM study_case ORDER BY order_key, id");
  while (rows.Step()) {
    if (cases_line_.found++ == 0) xml_.Open("Cases");
    const Id id = rows.GetId(0);
    xml_.Open("Case");
    Guid("guid", id);
    xml_.Attribute("name", rows.View(1));
    DescriptionOf(id);
    for (auto& kept : kept_["Case"]) {
      if (kept.id != id || !Tidy(kept.element, known_)) continue;
      for (const auto& reference : kept.element.children) xml_.Write(reference);
    }
    ValuesOf(id, "case");
    auto sources = reading_.Query("SELECT DISTINCT source_id FROM source_about WHERE case_id = ? ORDER BY source_id", id);
    while (sources.Step()) Reference("SourceRef", sources.GetId(0));
    auto quotes = reading_.Query("SELECT DISTINCT quote_id FROM quote_about WHERE case_id = ? ORDER BY quote_id", id);
    while (quotes.Step()) {
      if (!withheld_.contains(quotes.GetId(0))) Reference("SelectionRef", quotes.GetId(0));
    }
    xml_.Close();
  }
  cases_line_.added = cases_line_.found;
  if (cases_line_.found > 0) xml_.Close();
}

void ProjectWriter::Sources() {
  std::vector<Outgoing> sources;
  {
    auto rows = reading_.Query("SELECT id, title FROM source ORDER BY order_key, id");
    while (rows.Step()) sources.push_back({rows.GetId(0), rows.Text(1)});
  }
  sources_line_.found = sources_line_.added = static_cast<std::int64_t>(sources.size());
  bool open = false;
  const auto begin = [&] {
    if (!open) xml_.Open("Sources");
    open = true;
  };
  for (std::size_t i = 0; i < sources.size(); ++i) {
    job_.Progress(0.9 * static_cast<double>(i) / static_cast<double>(sources.size()), Say("Writing {0}", sources[i].title));
    if (transcripts_.contains(sources[i].id)) continue;
    begin();
    if (const auto pdf = pdfs_.find(sources[i].id); pdf != pdfs_.end()) PdfOf(sources[i], pdf->second->element);
    else TextOfSource(sources[i], "TextSource", sources[i].id, nullptr);
  }
  for (const char* kind : {"TextSource", "PictureSource", "PDFSource", "AudioSource", "VideoSource"}) {
    for (const auto& kept : kept_[kind]) {
      if (kept.in_study) continue;
      begin();
      ++kept_line_.found;
      ++kept_line_.added;
      Media(kept.element);
    }
  }
  if (open) xml_.Close();
}

void ProjectWriter::TextOfSource(const Outgoing& source, const char* element, const Id& guid, const Element* stub) {
  const ShownText shown = ShownOf(source.id);
  const Counting counting(shown.text(), options_.nvivo);
  changed_texts_ += shown.changed();
  const std::string file = ShowGuid(guid) + ".txt";
  package_.Add("sources/" + file, counting.Bytes());
  const bool transcript = std::string_view(element) == "Transcript";
  xml_.Open(element);
  Guid("guid", guid);
  xml_.Attribute("name", source.title);
  xml_.Attribute("plainTextPath", "internal://" + file);
  if (std::string_view(element) != "Representation") DescriptionOf(source.id);
  if (stub && transcript) {
    for (const auto& point : stub->children) {
      std::int64_t position = 0;
      const auto text = point["position"];
      std::from_chars(text.data(), text.data() + text.size(), position);
      Element moved = point;
      if (!text.empty()) moved.Set("position", std::to_string(counting(shown.ToShown({position, position}).start)));
      xml_.Write(moved);
    }
  }
  Selections(source, shown, counting, transcript);
  if (std::string_view(element) == "TextSource") SourceTail(source.id);
  else if (transcript) NoteRefs(source.id);
  xml_.Close();
}

void ProjectWriter::SourceTail(const Id& source) {
  NoteRefs(source);
  ValuesOf(source, "source");
}

void ProjectWriter::Selections(const Outgoing& source, const ShownText& shown, const Counting& counting, bool transcript) {
  struct Quote {
    Id id, by;
    std::int64_t at;
    Range range;
  };
  std::vector<Quote> quotes;
  {
    auto rows = reading_.Query(
        "SELECT quote.id, start, end, created_by, created_at FROM span JOIN quote ON quote.span_id = span.id WHERE source_id = ? ORDER BY start, end, quote.id", source.id);
    while (rows.Step()) quotes.push_back({rows.GetId(0), rows.GetId(3), rows.Int(4), {rows.Int(1), rows.Int(2)}});
  }
  const auto point = [&](const Quote& quote, const char* end) { return DerivedId("sync", ToString(quote.id) + end); };
  if (transcript) {
    for (const auto& quote : quotes) {
      if (shown.Withheld(quote.range)) continue;
      const Range range = shown.ToShown(quote.range);
      for (const auto& [end, position] : {std::pair{"from", range.start}, std::pair{"to", range.end}}) {
        xml_.Open("SyncPoint");
        Guid("guid", point(quote, end));
        xml_.Attribute("position", std::to_string(counting(position)));
        xml_.Close();
      }
    }
  }
  auto codings = reading_.Query(
      "SELECT quote.id, coding.id, code_id, coder_id, coding.at FROM span JOIN quote ON quote.span_id = span.id JOIN coding ON coding.quote_id = quote.id "
      "WHERE source_id = ? ORDER BY start, end, quote.id, coding.id",
      source.id);
  bool more = codings.Step();
  for (const auto& quote : quotes) {
    ++quotes_line_.found;
    if (shown.Withheld(quote.range)) {
      withheld_.insert(quote.id);
      ++quotes_line_.dropped;
      for (; more && codings.GetId(0) == quote.id; more = codings.Step()) {
        ++codings_line_.found;
        ++codings_line_.dropped;
      }
      continue;
    }
    ++quotes_line_.added;
    const Range range = shown.ToShown(quote.range);
    xml_.Open(transcript ? "TranscriptSelection" : "PlainTextSelection");
    Guid("guid", quote.id);
    if (const auto title = titles_.find(quote.id); title != titles_.end()) {
      xml_.Attribute("name", title->second);
    } else {
      const bool cut = range.size() > kNameLength;
      xml_.Attribute("name", std::string(shown.text().Slice({range.start, cut ? range.start + kNameLength : range.end})) + (cut ? "…" : ""));
    }
    if (transcript) {
      Guid("fromSyncPoint", point(quote, "from"));
      Guid("toSyncPoint", point(quote, "to"));
    } else {
      xml_.Attribute("startPosition", std::to_string(counting(range.start)));
      xml_.Attribute("endPosition", std::to_string(counting(range.end)));
    }
    Stamped(quote.by, quote.at);
    DescriptionOf(quote.id);
    for (; more && codings.GetId(0) == quote.id; more = codings.Step()) {
      ++codings_line_.found;
      ++codings_line_.added;
      xml_.Open("Coding");
      Guid("guid", codings.GetId(1));
      Stamped(codings.GetId(3), codings.Int(4));
      Reference("CodeRef", codings.GetId(2));
      xml_.Close();
    }
    NoteRefs(quote.id);
    xml_.Close();
  }
}

void ProjectWriter::PdfOf(const Outgoing& source, Element shell) {
  Id representation = DerivedId("representation", ToString(source.id));
  if (const Element* text = shell.Child("Representation")) representation = ParseId((*text)["guid"]).value_or(representation);
  std::erase_if(shell.children, [](const Element& child) { return child.name != "PDFSelection"; });
  for (auto& selection : shell.children) {
    const Id id = ParseId(selection["guid"]).value_or(Id{});
    if (reading_.Number("SELECT count(*) FROM quote WHERE id = ?", id) == 0) continue;
    // The same selection stands in the text: it holds the codes that it still has there.
    std::erase_if(selection.children, [&](const Element& child) {
      const Element* code = child.Child("CodeRef");
      return withheld_.contains(id) || (code && reading_.Number("SELECT count(*) FROM coding WHERE quote_id = ? AND code_id = ?", id, ParseId((*code)["targetGUID"]).value_or(Id{})) == 0);
    });
  }
  Tidy(shell, known_);
  xml_.Open("PDFSource");
  Guid("guid", source.id);
  xml_.Attribute("name", source.title);
  bool with_file = false;
  if (const auto pdf = OriginalOf(reading_, source.id)) {
    // Nothing withheld or replaced in the text, nor hidden in what only the pages show, such as a head.
    with_file = !ShownOf(source.id).changed() && HidesNobody(reading_, *pdf, job_);
    if (with_file) {
      const std::string file = ShowGuid(source.id) + ".pdf";
      package_.Add("sources/" + file, *pdf);
      xml_.Attribute("path", "internal://" + file);
      ++files_;
    } else {
      ++files_held_;
    }
  }
  for (const auto& [key, value] : shell.attributes) {
    if (key == "guid" || key == "name" || value.starts_with("internal://") || (with_file && key == "path")) continue;
    xml_.Attribute(key, value);
  }
  DescriptionOf(source.id);
  for (const auto& selection : shell.children) xml_.Write(selection);
  TextOfSource(source, "Representation", representation, nullptr);
  SourceTail(source.id);
  xml_.Close();
}

void ProjectWriter::Media(Element shell) {
  Tidy(shell, known_);
  xml_.Open(shell.name);
  for (const auto& [key, value] : shell.attributes) {
    // The study keeps no files of media, so that a path into the package leads nowhere.
    if (key == "path" && value.starts_with("internal://")) continue;
    xml_.Attribute(key, value);
  }
  for (const auto& child : shell.children) {
    if (child["inStudy"] != "true") {
      xml_.Write(child);
      continue;
    }
    const Id id = ParseId(child["guid"]).value_or(Id{});
    auto row = reading_.Query("SELECT title FROM source WHERE id = ?", id);
    if (row.Step()) TextOfSource({id, row.Text(0)}, child.name.c_str(), id, &child);
  }
  xml_.Close();
}

}  // namespace meerstem::exchange
