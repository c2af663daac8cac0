#include "plugins/exchange/report.h"

#include "core/base/error.h"
#include "core/store/message_text.h"

namespace meerstem::exchange {
namespace {

struct Reason {
  const char* key;
  Message what;
  Message why;
};

std::vector<Reason> Reasons() {
  return {{"no-position", Say("Selections without a place"), Say("start or end is missing or no number")},
          {"outside", Say("Selections outside their text"), Say("start or end lies before the beginning or beyond the end of the text")},
          {"reversed", Say("Selections that end before they begin"), Say("the end lies before the start")},
          {"no-words", Say("Selections without words"), Say("start and end are the same place")},
          {"docx-places", Say("Selections in a text that came empty"), Say("the words were taken from the formatted file, whose places are others")},
          {"from-docx", Say("Texts that came empty"), Say("their words were taken from the formatted file")},
          {"formatting", Say("Formatted copies of texts"), Say("the plain text is what is coded; bold, pictures and tables stay behind")},
          {"absent", Say("Texts that the file does not hold"), Say("only their names are here; export the project with its sources")},
          {"no-text", Say("Sources without a text"), Say("nothing in the file says what their words are")},
          {"other-text", Say("Selections in a text that was changed since"), Say("the study's text differs from the file's, so that their places are unsure")},
          {"no-code", Say("Codings without a code"), Say("they name no code at all")},
          {"dangling-code", Say("Codings with an unknown code"), Say("the codebook does not hold the code that they name")},
          {"dangling-coder", Say("Codings by an unknown coder"), Say("they come in without a coder")},
          {"dangling-note", Say("References to an unknown memo"), Say("the file does not hold the memo that they name")},
          {"dangling-variable", Say("Values of an unknown variable"), Say("the file does not hold the variable that they name")},
          {"dangling-case", Say("References of cases to unknown things"), Say("the file does not hold the source or selection that they name")},
          {"note-absent", Say("Memos whose text the file does not hold"), Say("only their names are here")},
          {"note-codings", Say("Codings on memos"), Say("memos are not coded here")},
          {"empty-note", Say("Memos without words"), Say("they say nothing")},
          {"other-value", Say("Values that differ from the study's"), Say("the study's own value stays")},
          {"same-guid", Say("GUIDs that stand for two things"), Say("the second thing got an id of its own")},
          {"renamed", Say("Sources with a title that was taken"), Say("they got a number behind their title")},
          {"too-deep", Say("Codes nested too deep"), Say("they hang below the deepest level that a codebook has here")},
          {"cyclic-code", Say("Codes that hang below themselves"), Say("they hang at the top of the codebook")},
          {"same-code", Say("Codes that stand in the table twice"), Say("the first is taken")},
          {"second-category", Say("Codes in a further category"), Say("a code hangs in one place here; it is in the first")},
          {"other-words", Say("Selections whose words are others than the tool noted"), Say("the text may have been changed there after coding; look whether they are in place")},
          {"absent-text", Say("Selections in a text that is not there"), Say("the text was deleted, or has no words")},
          {"media-source", Say("Pictures, sound recordings and films"), Say("only texts come in from this tool's own files; its REFI-QDA export holds them")},
          {"media-codings", Say("Codings on pictures, sound and film"), Say("only those on texts come in from this tool's own files; its REFI-QDA export holds them")},
          {"case-media", Say("References of cases to pictures, sound and film"), Say("only texts come in from this tool's own files")},
          {"homeless-value", Say("Values of unknown things"), Say("the case or text that they belong to is not there")},
          {"deleted-there", Say("Things deleted in the tool"), Say("it keeps them in case someone regrets it; they stay behind")},
          {"note-place", Say("Memos at a place in a text"), Say("they are about the text as a whole now")},
          {"media-file", Say("Picture, sound, film and PDF files"), Say("the study keeps what is said about them and where they stood; of files only PDFs with their text, up to 16 MB")}};
}

view::Cell Number(std::int64_t value) { return value == 0 ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = value}; }

}  // namespace

std::vector<Line> DroppedLines(const std::map<std::string, Dropped>& dropped) {
  std::vector<Line> lines;
  for (const auto& reason : Reasons()) {
    const auto found = dropped.find(reason.key);
    if (found == dropped.end() || found->second.count == 0) continue;
    Line line{.what = reason.what, .dropped = found->second.count, .remark = reason.why};
    if (!found->second.first.empty()) line.remark = Say("{0} (first: “{1}”)", reason.why, found->second.first);
    lines.push_back(std::move(line));
  }
  return lines;
}

view::Model ShowReport(const Report& report) {
  std::vector<view::Row> rows;
  for (const auto& line : report.lines) {
    rows.push_back({.key = std::to_string(rows.size()),
                    .cells = {{.value = line.what}, Number(line.found), Number(line.added), Number(line.present), Number(line.kept), Number(line.dropped),
                              line.remark.empty() ? view::Cell{.state = view::State::kEmpty} : view::Cell{.value = line.remark}}});
  }
  view::Model model;
  model.title = Say("What “{0}” brings", report.file);
  model.population.facts = {{"origin", Say("Made by"), report.origin.empty() ? Value(Say("not said")) : Value(report.origin)}};
  if (!report.offsets.empty()) model.population.facts.push_back({"places", Say("Places counted in"), report.offsets});
  model.body = view::Table{{{"what", Say("What")},
                            {"found", Say("In the file"), view::ColumnType::kInteger},
                            {"added", Say("New"), view::ColumnType::kInteger},
                            {"present", Say("Already there"), view::ColumnType::kInteger},
                            {"kept", Say("Kept unseen"), view::ColumnType::kInteger},
                            {"dropped", Say("Left out or changed"), view::ColumnType::kInteger},
                            {"remark", Say("Remark"), view::ColumnType::kText, 60}},
                           view::MakeRows(std::move(rows))};
  model.notes.push_back(Say("What is kept unseen has no view here; it goes out again with every export of the project."));
  return model;
}

Id StoreReport(Writing& writing, const Report& report) {
  const Id id = writing.NewId();
  writing.Do("INSERT INTO exchange_import (id, file_name, origin, offsets, at) VALUES (?, ?, ?, ?, ?)", id, report.file, report.origin, ToStored(report.offsets), writing.now());
  double order = 0;
  for (const auto& line : report.lines) {
    writing.Do("INSERT INTO exchange_line (id, import_id, what, found, added, present, kept, dropped, remark, order_key) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               writing.NewId(), id, ToStored(line.what), line.found, line.added, line.present, line.kept, line.dropped, ToStored(line.remark), ++order);
  }
  return id;
}

Report LoadReport(Reading& reading, const Id& import) {
  Report report;
  {
    auto row = reading.Query("SELECT file_name, origin, offsets FROM exchange_import WHERE id = ?", import);
    if (!row.Step()) throw Refuse("This import is no longer in the study.");
    report = {row.Text(0), row.Text(1), MessageFromStored(row.Text(2)), {}};
  }
  auto rows = reading.Query("SELECT what, found, added, present, kept, dropped, remark FROM exchange_line WHERE import_id = ? ORDER BY order_key", import);
  while (rows.Step()) {
    report.lines.push_back({MessageFromStored(rows.Text(0)), rows.Int(1), rows.Int(2), rows.Int(3), rows.Int(4), rows.Int(5), MessageFromStored(rows.Text(6))});
  }
  return report;
}

}  // namespace meerstem::exchange
