#include "core/study/export_check.h"

#include <algorithm>
#include <map>
#include <memory>
#include <set>

#include <unicode/regex.h>

#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/language.h"
#include "core/study/consent.h"
#include "core/study/display.h"
#include "core/study/names.h"
#include "core/study/people.h"
#include "core/study/quotes.h"
#include "core/study/sources.h"
#include "core/view/page.h"
#include "core/view/suppress.h"

namespace meerstem {
namespace {

constexpr std::int64_t kFew = 5;
/// Fewer words than this in a cell are a heading or a name, not something that somebody said or wrote.
constexpr std::int64_t kRunning = 4;

/// Days and months as they are written in Dutch, English, French and German, and in figures.
const char kDates[] =
    "\\b\\d{1,2}\\s*[-/.]\\s*\\d{1,2}\\s*[-/.]\\s*\\d{2,4}\\b|\\b(\\d{1,2}(e|ste|de|st|nd|rd|th)?\\.?\\s+)?"
    "(januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december|january|february|march|june|july|august|october|"
    "janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre|januar|februar|märz|mai|dezember)(\\s+\\d{4})?\\b";

class Checker {
 public:
  Checker(Reading& reading, Job& job) : reading_(reading), job_(job), candidates_(NameCandidatesOf(reading)) {
    UErrorCode status = U_ZERO_ERROR;
    UParseError where{};
    dates_.reset(icu::RegexPattern::compile(icu::UnicodeString::fromUTF8(kDates), UREGEX_CASE_INSENSITIVE, where, status));
    if (U_FAILURE(status)) throw Error(ErrorCode::kInternal, Say("The expression could not be prepared."));
    auto known = reading.Query(
        "SELECT words FROM no_name UNION SELECT shown FROM replacement UNION SELECT pseudonym FROM person UNION SELECT name FROM stakeholder_type UNION SELECT code FROM study_case "
        "UNION SELECT name FROM researcher");
    while (known.Step()) known_.insert(FoldText(known.View(0)));
    auto sites = reading.Query("SELECT name FROM site");
    while (sites.Step()) sites_.push_back(sites.Text(0));
  }

  std::vector<Identifying> Check(const view::Model& model) {
    if (const auto* table = std::get_if<view::Table>(&model.body)) Rows(*table);
    else if (const auto* matrix = std::get_if<view::Matrix>(&model.body)) Cells(matrix->rows, matrix->columns, matrix->cells);
    else if (const auto* tree = std::get_if<view::Tree>(&model.body)) Nodes(*tree);
    else if (const auto* coded = std::get_if<view::CodedText>(&model.body)) Coded(*coded);
    else if (const auto* prose = std::get_if<view::Prose>(&model.body)) Blocks(*prose);
    if (model.page) OfPage(*model.page);
    for (auto& small : view::SmallCells(model, kFew, reading_)) {
      Add({Identifying::Kind::kSmallCell, SayCount("{0} person or case", "{0} people or cases", small.n), std::move(small.where), std::move(small.entities), std::move(small.target)});
    }
    return std::move(found_);
  }

 private:
  void Add(Identifying each) {
    std::string key = std::to_string(static_cast<int>(each.kind)) + "|" + (*Language::English())(each.what) + "|" + (*Language::English())(each.where);
    if (seen_.insert(std::move(key)).second) found_.push_back(std::move(each));
  }

  void Words(const std::string& utf8, const Message& where, const std::vector<view::Entity>& entities, const std::optional<view::Target>& target, bool dates_too = true) {
    const Text text(utf8);
    for (const auto& like : NameLikesIn(text)) {
      const std::string words(text.Slice(like.range)), folded = FoldText(words);
      if (known_.contains(folded)) continue;
      const auto candidate = candidates_->found.find(folded);
      const bool unknown = candidate == candidates_->found.end();
      const bool is_site = std::any_of(sites_.begin(), sites_.end(), [&](const auto& site) { return FoldText(site) == folded; });
      if (is_site) continue;
      // What opens a sentence is a name only where it is one elsewhere, and an everyday word is none.
      if (unknown && (like.opens || candidates_->everyday.contains(folded))) continue;
      const NameGuess guess = unknown ? like.guess : candidate->second.guess;
      if (guess == NameGuess::kAbbreviation) continue;
      Add({guess == NameGuess::kPlace ? Identifying::Kind::kPlace : Identifying::Kind::kName, Verbatim(words), where, entities, target});
    }
    const FoldedText folded(utf8);
    for (const auto& site : sites_) {
      if (!FindFolded(folded, site).empty()) Add({Identifying::Kind::kPlace, Verbatim(site), where, entities, target});
    }
    if (!dates_too) return;
    UErrorCode status = U_ZERO_ERROR;
    const auto units = icu::UnicodeString::fromUTF8(utf8);
    const std::unique_ptr<icu::RegexMatcher> dates(dates_->matcher(units, status));
    while (dates->find(status) && U_SUCCESS(status)) {
      std::string date;
      dates->group(status).toUTF8String(date);
      Add({Identifying::Kind::kDate, Verbatim(Trim(date)), where, entities, target});
    }
  }

  /// Whose words a quote holds, and whether they may leave; and its reference.
  void Quote(const Id& quote, const Message& where, const std::optional<view::Target>& target) {
    SourceSpan span;
    {
      auto row = reading_.Query("SELECT source_id, start, end FROM quote JOIN span ON span.id = span_id WHERE quote.id = ?", quote);
      if (!row.Step()) return;
      span = {row.GetId(0), {row.Int(1), row.Int(2)}};
    }
    auto people = reading_.Query(
        "SELECT DISTINCT person.id, pseudonym, may_analyse AND may_quote AND withdrawn IS NULL, person.id IN (SELECT id FROM unguarded_person), "
        "EXISTS (SELECT 1 FROM consent WHERE person_id = person.id AND purpose = 'quotation'), site.name, type.name, "
        "(SELECT count(DISTINCT other.id) FROM person other JOIN speaker ON speaker.person_id = other.id WHERE other.site_id IS person.site_id AND other.stakeholder_id IS person.stakeholder_id) "
        "FROM span words JOIN turn ON turn.span_id = words.id JOIN speaker ON speaker.id = turn.speaker_id JOIN person ON person.id = speaker.person_id "
        "LEFT JOIN site ON site.id = person.site_id LEFT JOIN stakeholder_type type ON type.id = person.stakeholder_id "
        "WHERE words.source_id = ? AND words.start < ? AND words.end > ? AND ifnull(type.researcher, 0) = 0",
        span.source, span.range.end, span.range.start);
    while (people.Step()) {
      const std::string who = people.Text(1);
      const std::vector<view::Entity> entities{{"person", people.GetId(0)}};
      if (people.Int(2) == 0) Add({Identifying::Kind::kConsent, Say("{0} does not agree to be quoted", who), where, entities, target});
      else if (people.Int(3) != 0) Add({Identifying::Kind::kConsent, Say("{0} is a minor, and no guardian has consented", who), where, entities, target});
      else if (people.Int(4) == 0) Add({Identifying::Kind::kConsent, Say("no consent to be quoted is recorded of {0}", who), Say("quotes"), entities, view::Target{"people.list", {}}});
      if (small_sites_ && with_site_ && !people.IsNull(5) && people.Int(7) < kFew) {
        Add({Identifying::Kind::kFewSpeak, SayCount("{1}, {2}: {0} person speaks", "{1}, {2}: {0} people speak", people.Int(7), people.Text(6), people.Text(5)), Say("references"), {}, view::Target{"study.settings", {}}});
      }
    }
  }

  void Value(const meerstem::Value& value, const Message& where, const std::vector<view::Entity>& entities, const std::optional<view::Target>& target) {
    const auto* words = std::get_if<std::string>(&value);
    const auto* message = std::get_if<Message>(&value);
    const std::string text = words ? *words : message && message->id == "{0}" ? (*Language::English())(*message) : std::string();
    if (CountWords(text) >= kRunning) Words(text, where, entities, target);
  }

  void Rows(const view::Table& table) {
    if (!table.rows) return;
    constexpr std::size_t kPage = 500;
    for (std::size_t first = 0; first < table.rows->Count(); first += kPage) {
      job_.Progress(static_cast<double>(first) / static_cast<double>(table.rows->Count()));
      const auto page = table.rows->Page(reading_, first, kPage);
      for (std::size_t i = 0; i < page.size(); ++i) {
        const view::Row& row = page[i];
        for (std::size_t column = 0; column < row.cells.size() && column < table.columns.size(); ++column) {
          const view::Cell& cell = row.cells[column];
          if (cell.state == view::State::kSuppressed) continue;
          Value(cell.value, Say("row {0}, {1}", static_cast<std::int64_t>(first + i + 1), table.columns[column].title), row.entities, cell.target ? cell.target : row.target);
        }
        for (const auto& entity : row.entities) {
          if (entity.kind == "quote") Quote(entity.id, Say("row {0}", static_cast<std::int64_t>(first + i + 1)), row.target);
        }
      }
    }
  }

  void Cells(const std::vector<view::Heading>& rows, const std::vector<view::Heading>& columns, const std::vector<std::vector<view::Cell>>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      for (std::size_t j = 0; j < cells[i].size(); ++j) {
        const view::Cell& cell = cells[i][j];
        if (cell.state != view::State::kSuppressed) Value(cell.value, Say("{0} × {1}", rows[i].label, columns[j].label), cell.entities, cell.target);
      }
    }
  }

  void Nodes(const view::Tree& tree) {
    for (const auto& node : tree.nodes) {
      for (const auto& cell : node.cells) Value(cell.value, node.label, node.entities, cell.target ? cell.target : node.target);
    }
  }

  void Coded(const view::CodedText& coded) {
    std::string text;
    for (const auto& run : coded.runs) {
      if (run.role != view::Run::Role::kLabel && run.role != view::Run::Role::kHidden) text += run.text;
    }
    Words(text, Say("the text"), {coded.source}, view::Target{"coding.document", {{"source", coded.source.id}}});
    for (const auto& turn : coded.turns) {
      if (turn.researcher || MayUse(reading_, {coded.source.id, turn.words}, Purpose::kExport)) continue;
      Add({Identifying::Kind::kConsent, Say("{0} does not agree to be quoted", turn.speaker), Say("the text"), turn.entities,
           view::Target{"coding.document", {{"source", coded.source.id}, {"start", turn.words.start}, {"end", turn.words.end}}}});
    }
  }

  void Blocks(const view::Prose& prose) {
    Message heading = Say("the beginning");
    std::int64_t number = 0;
    for (const auto& block : prose.blocks) {
      ++number;
      if (block.kind == view::Block::Kind::kHeading && !block.text.empty()) heading = block.text;
      if (block.state == view::State::kSuppressed) continue;
      const Message where = Say("“{0}”, block {1}", heading, number);
      if (block.kind == view::Block::Kind::kQuote || block.kind == view::Block::Kind::kParagraph || block.kind == view::Block::Kind::kHeading) {
        // The dates of headings are those of the work.
        Words((*Language::English())(block.text), where, block.entities, block.target, block.kind != view::Block::Kind::kHeading);
      }
      for (const auto& entity : block.entities) {
        if (entity.kind == "quote") Quote(entity.id, where, block.target);
      }
    }
  }

  /// What a page shows beside its prose: the words around quotes, and what was found.
  void OfPage(const view::Page& page) {
    for (const auto& quote : page.quotes) {
      for (const auto* words : {&quote.before, &quote.after}) Words(*words, Say("around a quote of {0}", quote.reference), {}, {});
    }
    for (const auto& finding : page.findings) {
      for (const auto* words : {&finding.statement, &finding.inference, &finding.quantitative, &finding.qualitative}) Words(*words, Say("finding “{0}”", finding.construct), {}, {});
    }
  }

  Reading& reading_;
  Job& job_;
  std::shared_ptr<const NameCandidates> candidates_;
  std::unique_ptr<icu::RegexPattern> dates_;
  std::set<std::string> known_;
  std::vector<std::string> sites_;
  bool small_sites_ = Setting(reading_, "reference_small_sites", "no") == "yes";
  bool with_site_ = Setting(reading_, "reference", "pseudonym type site date").find("site") != std::string::npos;
  std::vector<Identifying> found_;
  std::set<std::string> seen_;
};

}  // namespace

Message IdentifyingLabel(Identifying::Kind kind) {
  switch (kind) {
    case Identifying::Kind::kName: return Say("Name");
    case Identifying::Kind::kPlace: return Say("Place");
    case Identifying::Kind::kDate: return Say("Date");
    case Identifying::Kind::kSmallCell: return Say("Count below five");
    case Identifying::Kind::kFewSpeak: return Say("Few of the type speak at the site");
    case Identifying::Kind::kConsent: return Say("Consent");
  }
  return {};
}

std::vector<Identifying> CheckExport(Reading& reading, const view::Model& model, Job& job) { return Checker(reading, job).Check(model); }

Message CountIdentifying(const std::vector<Identifying>& found) {
  std::map<Identifying::Kind, std::int64_t> counts;
  for (const auto& each : found) ++counts[each.kind];
  Message sentence;
  const auto add = [&](Message part) { sentence = sentence.empty() ? std::move(part) : Say("{0}, {1}", sentence, part); };
  for (const auto& [kind, n] : counts) {
    switch (kind) {
      case Identifying::Kind::kName: add(SayCount("{0} name", "{0} names", n)); break;
      case Identifying::Kind::kPlace: add(SayCount("{0} place", "{0} places", n)); break;
      case Identifying::Kind::kDate: add(SayCount("{0} date", "{0} dates", n)); break;
      case Identifying::Kind::kSmallCell: add(SayCount("{0} count below five", "{0} counts below five", n)); break;
      case Identifying::Kind::kFewSpeak: add(SayCount("{0} reference to a site where few speak", "{0} references to a site where few speak", n)); break;
      case Identifying::Kind::kConsent: add(SayCount("{0} question of consent", "{0} questions of consent", n)); break;
    }
  }
  return sentence;
}

}  // namespace meerstem
