#include "plugins/registrations/import_reader.h"

#include <algorithm>
#include <charconv>

#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/text.h"
#include "core/study/sources.h"

namespace meerstem::registrations {
namespace {

const std::vector<std::string> kLong = {"case", "item", "date", "value"};

bool IsOneOf(const std::string& folded, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return FoldText(word) == folded; });
}

bool SaysNotApplicable(const std::string& folded) {
  static const std::vector<std::string> kWords = {"n/a", "n.v.t.", "nvt", "not applicable", "niet van toepassing"};
  return IsOneOf(folded, kWords);
}

bool SaysUnknown(const std::string& folded) {
  static const std::vector<std::string> kWords = {"unknown", "onbekend", "weet niet"};
  return IsOneOf(folded, kWords);
}

/// “3”, “3,0” or “3.0”: a whole number, however a spreadsheet wrote it.
std::optional<int> WholeNumber(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc()) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (text.size() > 1 && (text.front() == '.' || text.front() == ',') && text.find_first_not_of('0', 1) == std::string_view::npos) return number;
  return text.empty() ? std::optional(number) : std::nullopt;
}

bool HasPoint(const Item& item, int value) {
  return std::any_of(item.points.begin(), item.points.end(), [&](const ScalePoint& point) { return point.value == value; });
}

/// The point that is worded like this, in any language; “3. Small defects” too. Where several are, the one of this number.
std::optional<int> WordedPoint(const Item& item, const std::string& folded, std::optional<int> number = std::nullopt) {
  std::optional<int> found;
  for (const auto& point : item.points) {
    for (const auto& [language, label] : point.label.texts) {
      const std::string words = FoldText(label);
      if (folded != words && folded != std::to_string(point.value) + ". " + words) continue;
      if (!found || point.value == number) found = point.value;
    }
  }
  return found;
}

}  // namespace

ImportReader::ImportReader(Reading& reading, Import& import, const Mapping& mapping, bool repeats_are_copies)
    : reading_(reading), import_(import), mapping_(mapping), copies_(repeats_are_copies) {
  for (const auto& item : import_.instrument.items) items_[item.key] = &item;
  auto rows = reading_.Query("SELECT id, code, site_id FROM study_case WHERE subject = ?", import_.instrument.subject);
  while (rows.Step()) cases_[rows.Text(1)] = {rows.GetId(0), rows.Text(1), rows.MaybeId(2), {}};
}

void ImportReader::Read(const std::string& path, const std::string& programs, Job& job) {
  TableFile file(path, mapping_, {"case", "date"}, {"member", "occasion", "item", "value", "status", "remark", "registrar"}, programs, job);
  FindItems(file);
  if (item_columns_.empty()) {
    file.Require(kLong);
    value_column_ = ColumnOf(mapping_, file.columns(), "value");
  }
  for (std::int64_t count = 0; file.Next(); ++count) {
    if (count % 1000 == 0) job.Progress(0, Say("Reading the table"));
    TakeRow(file);
  }
  import_.columns = file.columns();
  double done = 0;
  for (auto& [code, dates] : lines_) {
    job.Progress(done++ / static_cast<double>(lines_.size()), Say("Comparing with the study"));
    ResolveCase(cases_.at(code), dates);
    dates.clear();
  }
  std::stable_sort(import_.bad.begin(), import_.bad.end(), [](const BadRow& a, const BadRow& b) { return a.line < b.line; });
  import_.notes = file.notes();
}

/// A table is wide when it is said to be, or when it names no item but has columns of items.
void ImportReader::FindItems(TableFile& file) {
  const bool is_long = file.Has("item") && file.Has("value");
  if (mapping_.shape == "long" || (mapping_.shape.empty() && is_long)) return;
  const auto& columns = file.columns();
  const auto named = [&](const std::string& name) {
    const auto found = std::find_if(columns.begin(), columns.end(), [&, folded = FoldText(name)](const TableColumn& column) { return FoldText(column.name) == folded; });
    return found == columns.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - columns.begin()));
  };
  for (const auto& item : import_.instrument.items) {
    auto column = ColumnOf(mapping_, columns, item.key);
    if (!column) {
      std::string underscored = item.key;
      std::replace(underscored.begin(), underscored.end(), '.', '_');
      column = named(underscored);
    }
    for (std::size_t i = 0; !column && i < columns.size(); ++i) {
      for (const auto& [language, name] : item.name.texts) {
        if (!columns[i].label.empty() && FoldText(columns[i].label) == FoldText(name)) column = i;
      }
    }
    if (!column) continue;
    file.Reads(*column);
    const auto remark = named(item.key + ".remark");
    if (remark) file.Reads(*remark);
    item_columns_.push_back({&item, *column, remark});
  }
  if (mapping_.shape == "wide" && item_columns_.empty()) {
    throw Refuse("No column is named after an item of “{0}”; say with --map which column is which, as in {1}=Q1.", import_.instrument.key,
                 import_.instrument.items.empty() ? std::string("item") : import_.instrument.items.front().key);
  }
}

void ImportReader::TakeRow(const TableFile& file) {
  try {
    CaseFacts& study_case = CaseOf(file.Get("case"));
    const auto date = file.Day("date");
    if (!date) throw Refuse("“{0}” is not a date; write 2023-06-14 or 14/06/2023.", file.Get("date"));
    Dates& dates = lines_[study_case.code][*date];
    if (dates.occasion.empty()) dates.occasion = file.Get("occasion");
    if (dates.registrar.empty()) dates.registrar = file.Get("registrar");
    if (!item_columns_.empty()) return TakeWide(file, study_case, *date, dates);
    const TableCell& value = file.Cell(*value_column_);
    Line line{.number = file.line(), .value_text = value.text, .remark = CleanText(file.Get("remark"))};
    const std::string& key = file.Get("item");
    if (key.empty()) {
      if (!line.value_text.empty() || !line.remark.empty()) throw Refuse("the item is missing.");
    } else {
      const auto item = items_.find(key);
      if (item == items_.end()) throw Refuse("“{0}” has no item “{1}”.", import_.instrument.key, key);
      line.item = item->second;
      line.member = MemberOf(file.Get("member"), study_case, *date, *line.item);
      ReadValue(value, &file.columns()[*value_column_], line);
      if (const std::string& status = file.Get("status"); !status.empty()) ApplyStatus(FoldText(status), line);
    }
    dates.lines.push_back(std::move(line));
  } catch (const Error& error) {
    if (error.code() != ErrorCode::kRefused) throw;
    NoteBadRow(import_.bad, {file.line(), file.Get("case"), file.Get("member"), file.Get("item"), file.Get("date"), file.Get("value"), error.message()});
  }
}

void ImportReader::TakeWide(const TableFile& file, CaseFacts& study_case, Date date, Dates& dates) {
  // The registration itself, also when every cell is empty.
  dates.lines.push_back({.number = file.line()});
  static const std::string kNone;
  for (const auto& [item, column, remark] : item_columns_) {
    const TableCell& cell = file.Cell(column);
    const std::string& words = remark ? file.Cell(*remark).text : kNone;
    if (cell.text.empty() && words.empty()) continue;
    try {
      Line line{.number = file.line(), .item = item, .value_text = cell.text, .remark = CleanText(words)};
      line.member = MemberOf(file.Get("member"), study_case, date, *item);
      ReadValue(cell, &file.columns()[column], line);
      dates.lines.push_back(std::move(line));
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kRefused) throw;
      NoteBadRow(import_.bad, {file.line(), study_case.code, file.Get("member"), item->key, ToIso(date), cell.text, error.message()});
    }
  }
}

ImportReader::CaseFacts& ImportReader::CaseOf(const std::string& code) {
  const auto found = cases_.find(code);
  if (found == cases_.end()) {
    if (import_.instrument.subject == "professional") throw Refuse("there is no professional “{0}” in the study; add them with registrations.add-case.", code);
    throw Refuse("there is no case “{0}” in the study; import the families first.", code);
  }
  return found->second;
}

const Member* ImportReader::MemberOf(const std::string& name, CaseFacts& study_case, Date date, const Item& item) {
  if (item.level == "household") {
    if (!name.empty()) throw Refuse("“{0}” is about the household; the member must be empty.", item.key);
    return nullptr;
  }
  if (name.empty()) throw Refuse("“{0}” is about one member of the family; the member is missing.", item.key);
  if (study_case.members.empty()) study_case.members = MembersOf(reading_, study_case.id);
  const auto member = std::find_if(study_case.members.begin(), study_case.members.end(),
                                   [&](const Member& m) { return (m.code == name || m.name == name) && m.role == item.level; });
  if (member == study_case.members.end()) throw Refuse("{0} has no {1} “{2}”.", study_case.code, item.level == "adult" ? Say("adult") : Say("child"), name);
  if (!member->PresentOn(date)) throw Refuse("{0} was not a member of {1} on {2}.", name, study_case.code, date);
  return &*member;
}

void ImportReader::ReadValue(const TableCell& cell, const TableColumn* column, Line& line) const {
  const std::string folded = FoldText(cell.text);
  const Item& item = *line.item;
  // A file may count its points otherwise and say in its value labels what they mean.
  std::string meant;
  if (column) {
    if (const auto label = column->labels.find(cell.text); label != column->labels.end()) meant = FoldText(label->second);
  }
  const bool not_applicable = SaysNotApplicable(folded) || SaysNotApplicable(meant) || IsOneOf(folded, mapping_.not_applicable);
  if (folded == "=") {
    line.status = "=";
  } else if (not_applicable) {
    if (!item.not_applicable) throw Refuse("“{0}” applies to everyone; it cannot be “not applicable”.", item.key);
    line.status = "not_applicable";
  } else if (cell.missing || SaysUnknown(folded) || SaysUnknown(meant) || IsOneOf(folded, mapping_.unknown)) {
    line.status = "unknown";
  } else if (folded.empty()) {
    if (line.remark.empty()) throw Refuse("the value is missing; write a point of the scale, n/a, unknown or = for confirmed unchanged.");
    line.status = "remark";
  } else if (const auto point = PointOf(folded, meant, item)) {
    line.status = "rated";
    line.value = point;
  } else if (item.points.empty()) {
    throw Refuse("“{0}” has no points yet.", item.key);
  } else {
    throw Refuse("“{0}” is not a point of “{1}”, which goes from {2} to {3}; or write n/a, unknown or =.", cell.text, item.key, item.points.front().value,
                 item.points.back().value);
  }
}

/// The point that a value means: what its label says goes before its number.
std::optional<int> ImportReader::PointOf(const std::string& folded, const std::string& meant, const Item& item) {
  const auto number = WholeNumber(folded);
  const auto worded = meant.empty() ? std::nullopt : WordedPoint(item, meant, number);
  if (worded) return worded;
  if (number && HasPoint(item, *number)) return number;
  return WordedPoint(item, folded);
}

/// A long table may say how each answer came about; only what goes with its value is believed.
void ImportReader::ApplyStatus(const std::string& status, Line& line) const {
  static const char* const kKnown[] = {"rated", "confirmed", "copied", "not_applicable", "unknown", "remark"};
  const auto known = std::find_if(std::begin(kKnown), std::end(kKnown), [&](const char* one) { return status == one; });
  if (known == std::end(kKnown)) throw Refuse("“{0}” is not a status; there is rated, confirmed, copied, not_applicable, unknown, remark.", status);
  const std::string_view said = *known;
  const bool with_value = said == "rated" || said == "confirmed" || said == "copied";
  if (with_value != line.value.has_value() || (!with_value && said != line.status)) throw Refuse("the status “{0}” does not go with the value “{1}”.", status, line.value_text);
  line.status = *known;
}

void ImportReader::ResolveCase(const CaseFacts& study_case, std::map<Date, Dates>& dates) {
  const auto stored = RegistrationsOf(reading_, study_case.id, import_.instrument.id);
  State state;
  std::size_t next = 0;
  const auto enter = [&](const Registration& registration) {
    auto rows = reading_.Query("SELECT item_id, person_id, status, value FROM answer WHERE registration_id = ? AND status <> 'remark'", registration.id);
    while (rows.Step()) {
      Standing standing;
      standing.status = ReadStatus(rows.View(2));
      if (const auto value = rows.MaybeInt(3)) standing.value = static_cast<int>(*value);
      state[{rows.GetId(0), rows.GetId(1)}] = standing;
    }
  };
  for (auto& [date, found] : dates) {
    for (; next < stored.size() && stored[next].date < date; ++next) enter(stored[next]);
    const Registration* same = next < stored.size() && stored[next].date == date ? &stored[next] : nullptr;
    if (!found.lines.empty()) ResolveRegistration(study_case, date, found, state, same);
  }
}

void ImportReader::ResolveRegistration(const CaseFacts& study_case, Date date, const Dates& found, State& state, const Registration* stored) {
  NewRegistration registration{study_case.id, study_case.code, study_case.site, date, found.occasion, found.registrar, {}};
  State after = state;
  std::map<AnswerKey, std::int64_t> seen;
  bool same = true;
  for (const auto& line : found.lines) {
    if (!line.item) continue;
    const std::string member = line.member ? (line.member->code.empty() ? line.member->name : line.member->code) : std::string();
    const auto bad = [&](const Message& why) {
      NoteBadRow(import_.bad, {line.number, study_case.code, member, line.item->key, ToIso(date), line.value_text, why});
    };
    NewAnswer answer{line.item, {line.item->id, line.member ? line.member->person : Id{}}, member, line.status, line.value, line.remark};
    if (const auto [first, fresh] = seen.emplace(answer.key, line.number); !fresh) {
      bad(Say("the same answer stands on line {0} already.", first->second));
      continue;
    }
    const auto before = state.find(answer.key);
    if (std::string_view(line.status) == "=") {
      if (before == state.end() || before->second.status == AnswerStatus::kUnknown) {
        bad(Say("there is no earlier answer that could be confirmed."));
        continue;
      }
      answer.value = before->second.value;
      answer.status = answer.value ? "confirmed" : "not_applicable";
    } else if (copies_ && std::string_view(line.status) == "rated" && before != state.end() && before->second.value == line.value) {
      answer.status = "copied";
    }
    if (stored && !IsThere(*stored, answer)) {
      bad(Say("{0} has a registration on {1} already, with something else for this item; change it there.", study_case.code, date));
      same = false;
      continue;
    }
    if (std::string_view(answer.status) != "remark") after[answer.key] = {ReadStatus(answer.status), answer.value, date, false};
    registration.answers.push_back(std::move(answer));
  }
  if (!stored) {
    state = std::move(after);
    import_.answers += static_cast<std::int64_t>(registration.answers.size());
    import_.remarks += std::count_if(registration.answers.begin(), registration.answers.end(), [](const NewAnswer& a) { return !a.remark.empty(); });
    import_.registrations.push_back(std::move(registration));
  } else if (same) {
    ++import_.there;
  }
}

bool ImportReader::IsThere(const Registration& stored, const NewAnswer& answer) {
  const auto found = FindAnswer(reading_, stored.id, answer.key);
  if (!found || found->status != answer.status || found->value != answer.value) return false;
  return (found->remark ? TextOf(reading_, *found->remark)->utf8() : std::string()) == answer.remark;
}

Id StoreRegistration(Writing& writing, const Id& instrument, const NewRegistration& registration) {
  const Id id = writing.NewId();
  std::optional<Id> registrar;
  if (!registration.registrar.empty()) registrar = EnsurePerson(writing, registration.registrar);
  writing.Do("INSERT INTO registration (id, case_id, instrument_id, date, occasion, registrar_id) VALUES (?, ?, ?, ?, ?, ?)", id, registration.study_case, instrument,
             registration.date, registration.occasion, registrar);
  const RegistrationFacts facts{id, registration.study_case, instrument, registration.case_code, registration.site, registration.date, registration.occasion, registration.registrar};
  for (const auto& answer : registration.answers) {
    std::optional<Id> remark, person;
    if (!answer.remark.empty()) remark = AddRemark(writing, facts, answer.item->key, answer.member, answer.remark);
    if (!answer.key.person.IsNil()) person = answer.key.person;
    writing.Do("INSERT INTO answer (id, registration_id, item_id, person_id, status, value, remark_id) VALUES (?, ?, ?, ?, ?, ?, ?)", writing.NewId(), id,
               answer.key.item, person, answer.status, answer.value, remark);
  }
  return id;
}

}  // namespace meerstem::registrations
