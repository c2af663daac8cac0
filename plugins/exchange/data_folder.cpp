#include "plugins/exchange/data_folder.h"

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/study/coded_study.h"
#include "core/study/display.h"
#include "core/study/exclusions.h"
#include "core/study/quotes.h"
#include "core/study/sources.h"
#include "plugins/exchange/moment.h"

namespace meerstem::exchange {
namespace {

std::string Key(const Id& id) { return id.IsNil() ? std::string() : ToString(id); }

std::string Names(const Numbered& of, const std::vector<std::uint32_t>& numbers) {
  std::string names;
  for (const auto number : numbers) names += (names.empty() ? "" : "; ") + of.names[number];
  return names;
}

DataFile Sources(Reading& reading, Package& package) {
  DataFile file(package, "sources.csv", Say("Texts"),
                {{"source_id", DataType::kText, Say("Id of the text")},
                 {"title", DataType::kText, Say("Title")},
                 {"kind", DataType::kText, Say("Kind of source")},
                 {"date", DataType::kDate, Say("Date")},
                 {"language", DataType::kText, Say("Language")},
                 {"site", DataType::kText, Say("Site")},
                 {"stakeholder", DataType::kText, Say("Stakeholder type")}});
  auto rows = reading.Query(
      "SELECT source.id, title, kind, date, language, site.name, type.key FROM source LEFT JOIN site ON site.id = site_id LEFT JOIN stakeholder_type type ON type.id = stakeholder_id "
      "ORDER BY source.order_key, source.id");
  while (rows.Step()) file.Add({Key(rows.GetId(0)), rows.Text(1), rows.Text(2), rows.Text(3), rows.Text(4), rows.Text(5), rows.Text(6)});
  file.Close();
  return file;
}

DataFile Codes(const CodedStudy& study, Package& package) {
  DataFile file(package, "codes.csv", Say("Codes"),
                {{"code_id", DataType::kText, Say("Id of the code")},
                 {"code", DataType::kText, Say("Code with those above it")},
                 {"parent_id", DataType::kText, Say("Id of the code above it")},
                 {"codable", DataType::kInteger, Say("Whether it is for coding, not only for order"), {{"0", Say("no")}, {"1", Say("yes")}}},
                 {"definition", DataType::kText, Say("Definition")}});
  for (const auto& code : study.codes->list) file.Add({Key(code.id), code.path, Key(code.parent.value_or(Id{})), code.codable ? "1" : "0", code.definition});
  file.Close();
  return file;
}

/// Quotes, codings, and how often each case is about each code, in one walk.
class Walk {
 public:
  Walk(Reading& reading, const CodedStudy& study, Package& package) : reading_(reading), study_(study), package_(package), displaying_(reading, Purpose::kExport) {}

  void Take(std::vector<DataFile>& files, Job& job) {
    DataFile quotes(package_, "quotes.csv", Say("Quotes"),
                    {{"quote_id", DataType::kText, Say("Id of the quote")},
                     {"source_id", DataType::kText, Say("Id of the text")},
                     {"start", DataType::kInteger, Say("Where it begins in the text, in characters from 0")},
                     {"end", DataType::kInteger, Say("Where it ends, the character after the last")},
                     {"words", DataType::kInteger, Say("Number of words")},
                     {"person", DataType::kText, Say("Who says it, by pseudonym; several with a semicolon")},
                     {"stakeholder", DataType::kText, Say("Stakeholder type")},
                     {"site", DataType::kText, Say("Site")},
                     {"case", DataType::kText, Say("The case that it belongs to; several with a semicolon")},
                     {"text", DataType::kText, Say("The words, names replaced; empty where the speaker did not agree to be quoted")}});
    DataFile codings(package_, "codings.csv", Say("Codings"),
                     {{"coding_id", DataType::kText, Say("Id of the coding")},
                      {"quote_id", DataType::kText, Say("Id of the quote")},
                      {"code_id", DataType::kText, Say("Id of the code")},
                      {"coder", DataType::kText, Say("Coder")},
                      {"origin", DataType::kText, Say("How it was made")},
                      {"at", DataType::kText, Say("When, in UTC")}});
    counts_.resize(study_.frame->cases.size());
    heard_.resize(study_.frame->cases.size());
    for (std::size_t s = 0; s < study_.size(); ++s) {
      job.Progress(0.9 * static_cast<double>(s) / static_cast<double>(study_.size()), Say("Writing {0}", study_.source(s).title));
      SourceOf(s, quotes, codings);
    }
    quotes.Close();
    codings.Close();
    files.push_back(std::move(quotes));
    files.push_back(std::move(codings));
    CasesByCodes(files, "cases_codes.csv", Say("How many quotes of each case have each code, or one below it"), false);
    CasesByCodes(files, "cases_codes_01.csv", Say("Whether any quote of the case has the code, or one below it"), true);
  }

 private:
  void SourceOf(std::size_t s, DataFile& quotes, DataFile& codings) {
    const auto& source = study_.source(s);
    const auto& stock = study_.stock(s);
    const auto text = stock.quotes.empty() ? nullptr : TextOf(reading_, source.id);
    const bool remark = source.kind == "remark";
    if (!remark) {
      for (const auto number : source.cases) heard_[number] = true;
    }
    for (const auto& voice : source.voices) {
      if (voice.person == CodedStudy::kNone || voice.researcher || !voice.may_analyse) continue;
      for (const auto number : study_.frame->cases_of_person[voice.person]) heard_[number] = true;
    }
    std::unordered_map<Id, std::pair<std::string, std::int64_t>> made;
    {
      auto rows = reading_.Query("SELECT coding.id, origin, at FROM span JOIN quote ON quote.span_id = span.id JOIN coding ON coding.quote_id = quote.id WHERE source_id = ?", source.id);
      while (rows.Step()) made[rows.GetId(0)] = {rows.Text(1), rows.Int(2)};
    }
    for (const auto& quote : stock.quotes) {
      if (!CodedStudy::MayUse(source, stock, quote.turn, quote.range(), Purpose::kAnalysis)) continue;
      NumbersOf(study_, source, stock, quote, true, numbers_);
      const bool may_quote = CodedStudy::MayUse(source, stock, quote.turn, quote.range(), Purpose::kExport);
      quotes.Add({Key(quote.id), Key(source.id), std::to_string(quote.start), std::to_string(quote.end), std::to_string(CountWords(text->Slice(quote.range()))),
                  Names(study_.frame->persons, numbers_.people), Names(study_.frame->stakeholders, numbers_.stakeholders), Names(study_.frame->sites, numbers_.sites),
                  Names(study_.frame->cases, numbers_.cases), may_quote ? displaying_.Line({source.id, quote.range()}) : std::string()});
      std::unordered_set<std::uint32_t> codes;
      for (auto c = quote.first; c < quote.last; ++c) {
        const auto& coding = stock.codings[c];
        const Code* code = study_.codes->Of(coding.code);
        if (!code) continue;
        const auto& [origin, at] = made[coding.id];
        codings.Add({Key(coding.id), Key(quote.id), Key(code->id), coding.coder == CodedStudy::kNone ? std::string() : study_.frame->coders.names[coding.coder], origin, ShowMoment(at)});
        for (auto number = coding.code; number != CodedStudy::kNone; number = study_.codes->parent[number]) codes.insert(number);
      }
      // What the interviewer says is nobody's experience; a remark is the registrar's voice.
      if (!CodedStudy::IsHeard(source, stock, quote) || remark) continue;
      for (const auto number : numbers_.cases) {
        heard_[number] = true;
        for (const auto code : codes) ++counts_[number][code];
      }
    }
  }

  void CasesByCodes(std::vector<DataFile>& files, const std::string& name, const Message& label, bool presence) {
    std::vector<DataColumn> columns = {{"case", DataType::kText, Say("Case")}};
    std::size_t n = 0;
    for (const auto& code : study_.codes->list) {
      const std::string number = std::to_string(++n);
      columns.push_back({"code_" + std::string(number.size() < 4 ? 4 - number.size() : 0, '0') + number, DataType::kInteger, Verbatim(code.path)});
      if (presence) columns.back().labels = {{"0", Say("no")}, {"1", Say("yes")}};
    }
    DataFile file(package_, name, label, std::move(columns));
    for (std::size_t number = 0; number < study_.frame->cases.size(); ++number) {
      std::vector<std::string> cells = {study_.frame->cases.names[number]};
      for (std::size_t i = 0; i < study_.codes->list.size(); ++i) {
        const auto found = counts_[number].find(study_.codes->number[i]);
        const std::int64_t count = found == counts_[number].end() ? 0 : found->second;
        cells.push_back(!heard_[number] ? std::string() : std::to_string(presence ? std::min<std::int64_t>(count, 1) : count));
      }
      file.Add(cells);
    }
    file.Close();
    files.push_back(std::move(file));
  }

  Reading& reading_;
  const CodedStudy& study_;
  Package& package_;
  Displaying displaying_;
  QuoteNumbers numbers_;
  std::vector<std::unordered_map<std::uint32_t, std::int64_t>> counts_;  ///< By case, by code.
  std::vector<bool> heard_;
};

DataFile Cases(Reading& reading, Package& package) {
  DataFile file(package, "cases.csv", Say("Cases"),
                {{"case", DataType::kText, Say("Case")},
                 {"site", DataType::kText, Say("Site")},
                 {"started", DataType::kDate, Say("Started")},
                 {"ended", DataType::kDate, Say("Ended")},
                 {"subject", DataType::kText, Say("Who is followed"), {{"family", Say("Family")}, {"professional", Say("Professional")}}}});
  auto rows = reading.Query(
      "SELECT code, site.name, started, ended, subject FROM study_case LEFT JOIN site ON site.id = site_id WHERE study_case.id NOT IN (SELECT case_id FROM excluded_case) "
      "ORDER BY study_case.order_key, study_case.id");
  while (rows.Step()) file.Add({rows.Text(0), rows.Text(1), rows.Text(2), rows.Text(3), rows.Text(4)});
  file.Close();
  return file;
}

DataFile Values(Reading& reading, Package& package) {
  DataFile file(package, "values.csv", Say("Values of variables"),
                {{"of", DataType::kText, Say("What the variable is about"), {{"case", Say("Case")}, {"person", Say("Person")}, {"source", Say("Source")}}},
                 {"who", DataType::kText, Say("The case, the person's pseudonym, or the id of the text")},
                 {"variable", DataType::kText, Say("Variable")},
                 {"type", DataType::kText, Say("Type of the variable")},
                 {"value", DataType::kText, Say("Value")}});
  auto rows = reading.Query(
      "SELECT entity_kind, study_case.code, person.pseudonym, variable_value.entity_id, variable.name, type, value FROM variable_value JOIN variable ON variable.id = variable_id "
      "LEFT JOIN study_case ON study_case.id = entity_id LEFT JOIN person ON person.id = entity_id WHERE ifnull(person.may_analyse, 1) = 1 "
      "ORDER BY variable.order_key, variable.id, variable_value.id");
  while (rows.Step()) {
    const std::string kind = rows.Text(0);
    file.Add({kind, kind == "case" ? rows.Text(1) : kind == "person" ? rows.Text(2) : Key(rows.GetId(3)), rows.Text(4), rows.Text(5), rows.Text(6)});
  }
  file.Close();
  return file;
}

DataFile Answers(Reading& reading, Package& package) {
  DataFile file(package, "answers.csv", Say("Answers of registrations, as they were entered"),
                {{"case", DataType::kText, Say("Case")},
                 {"date", DataType::kDate, Say("Date of the registration")},
                 {"occasion", DataType::kText, Say("Occasion")},
                 {"member", DataType::kText, Say("Pseudonym of the member; empty for the household")},
                 {"item", DataType::kText, Say("Item")},
                 {"status", DataType::kText, Say("How the answer came"),
                  {{"rated", Say("rated")},
                   {"confirmed", Say("confirmed unchanged")},
                   {"copied", Say("copied from the registration before")},
                   {"not_applicable", Say("not applicable")},
                   {"unknown", Say("unknown")},
                   {"remark", Say("a remark only")}}},
                 {"value", DataType::kInteger, Say("Scale point")}});
  const Exclusions excluded = ReadExclusions(reading);
  auto rows = reading.Query(
      "SELECT study_case.code, registration.date, registration.occasion, person.pseudonym, item.key, status, value, study_case.id, registration.id, answer.id FROM answer "
      "JOIN registration ON registration.id = registration_id JOIN study_case ON study_case.id = case_id JOIN item ON item.id = item_id LEFT JOIN person ON person.id = person_id "
      "WHERE ifnull(person.may_analyse, 1) = 1 ORDER BY study_case.order_key, study_case.id, registration.date, registration.id, item.order_key, item.id, person.id");
  while (rows.Step()) {
    if (excluded.cases.contains(rows.GetId(7)) || excluded.registrations.contains(rows.GetId(8)) || excluded.answers.contains(rows.GetId(9))) continue;
    file.Add({rows.Text(0), rows.Text(1), rows.Text(2), rows.Text(3), rows.Text(4), rows.Text(5), rows.Text(6)});
  }
  file.Close();
  return file;
}

}  // namespace

std::string CsvLine(const std::vector<std::string>& cells) {
  std::string line;
  bool first = true;
  for (const auto& cell : cells) {
    if (!first) line += ',';
    first = false;
    const bool quoted = cell.find_first_of(",\"\r\n") != std::string::npos || cell.starts_with(' ') || cell.ends_with(' ');
    if (!quoted) {
      line += cell;
      continue;
    }
    line += '"';
    for (const char c : cell) {
      if (c == '"') line += '"';
      line += c;
    }
    line += '"';
  }
  return line + "\n";
}

DataFile::DataFile(Package& package, std::string name, Message label, std::vector<DataColumn> columns)
    : name_(std::move(name)), label_(std::move(label)), columns_(std::move(columns)), widths_(columns_.size()), file_(package.Path(name_), std::ios::binary | std::ios::trunc) {
  std::vector<std::string> names;
  for (const auto& column : columns_) names.push_back(column.name);
  file_ << CsvLine(names);
}

void DataFile::Add(const std::vector<std::string>& cells) {
  std::vector<std::string> flat = cells;
  for (std::size_t i = 0; i < flat.size(); ++i) {
    std::replace(flat[i].begin(), flat[i].end(), '\n', ' ');
    std::replace(flat[i].begin(), flat[i].end(), '\r', ' ');
    widths_[i] = std::max(widths_[i], flat[i].size());
  }
  file_ << CsvLine(flat);
  ++rows_;
}

void DataFile::Close() {
  file_.close();
  if (!file_) throw Error(ErrorCode::kDisk, Say("“{0}” could not be written; look whether the disk is full or the folder can only be read.", name_));
}

std::vector<DataFile> WriteData(Reading& reading, Package& package, Job& job) {
  const auto study = CodedStudyOf(reading);
  std::vector<DataFile> files;
  files.push_back(Sources(reading, package));
  files.push_back(Codes(*study, package));
  Walk(reading, *study, package).Take(files, job);
  files.push_back(Cases(reading, package));
  files.push_back(Values(reading, package));
  files.push_back(Answers(reading, package));
  return files;
}

}  // namespace meerstem::exchange
