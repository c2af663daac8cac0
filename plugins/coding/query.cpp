// coding.query: the quotes for which an expression holds. Saved by name, queries are views, parts of other queries and a
// dimension of every matrix; they hold no results and so are never out of date.
#include <algorithm>

#include "core/base/error.h"
#include "core/base/text.h"
#include "plugins/coding/evaluation.h"
#include "plugins/coding/quote_rows.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

struct SavedQuery {
  Id id;
  std::string name;
  std::string expression;
};

std::vector<SavedQuery> SavedQueries(Reading& reading) {
  std::vector<SavedQuery> all;
  auto rows = reading.Query("SELECT id, name, expression FROM saved_query ORDER BY order_key, name");
  while (rows.Step()) all.push_back({rows.GetId(0), rows.Text(1), rows.Text(2)});
  return all;
}

SavedQuery GetQuery(Reading& reading, const Id& id) {
  auto row = reading.Query("SELECT id, name, expression FROM saved_query WHERE id = ?", id);
  if (!row.Step()) throw Refuse("This query is no longer in the study.");
  return {row.GetId(0), row.Text(1), row.Text(2)};
}

view::Target Opened(const SavedQuery& query) { return {"coding.query", {{"query", query.id}}}; }

EntityKind QueryKind() {
  EntityKind kind{.kind = "query", .table = "saved_query", .label = Say("query")};
  kind.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query("SELECT name FROM saved_query WHERE id = ?", id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  kind.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    for (auto& query : SavedQueries(reading)) all.emplace_back(query.id, query.name);
    return all;
  };
  kind.open = [](const Id& id) { return view::Target{"coding.query", {{"query", id}}}; };
  return kind;
}

/// A query that no longer fits the study (a code of it is gone) has no members; coding.queries says why.
Grouping QueryGroups(const Registry& registry, Reading& reading) {
  Grouping grouping;
  const auto study = CodedStudyOf(reading);
  Job job;
  for (const auto& saved : SavedQueries(reading)) {
    const std::size_t group = grouping.groups.size();
    grouping.groups.push_back({.key = saved.name, .label = Verbatim(saved.name), .entities = {{"query", saved.id}}});
    try {
      for (const auto& place : Query(registry, reading, study, saved.expression, false).Places(reading, job)) {
        grouping.members.emplace_back(study->stock(place.source).quotes[place.quote].id, group);
      }
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kRefused) throw;
    }
  }
  return grouping;
}

view::Model BuildQuery(const Registry& registry, Reading& reading, const Arguments& arguments, Job& job) {
  const bool include_researchers = arguments.Flag("include-researchers");
  view::Model model;
  std::string expression = arguments.Text("expression");
  if (Trim(expression).empty() && arguments.Has("query")) {
    const SavedQuery saved = GetQuery(reading, *arguments.Entity("query"));
    expression = saved.expression;
    model.title = Verbatim(saved.name);
    model.notes.push_back(Verbatim(saved.expression));
  }
  const auto study = CodedStudyOf(reading);
  std::vector<QuoteItem> items;
  std::vector<bool> people(study->frame->persons.size()), sources(study->size());
  model.empty = Say("For no coded words does this hold.");
  if (Trim(expression).empty()) {
    model.empty = Say("Write what to look for, such as: Vertrouwen and stakeholder = coach.");
    model.notes = {Say("A code stands for its quotes and those of the codes below it; only before its name leaves those out. Names with spaces go in quotation marks."),
                   Say("A and B: both on one quote. A or B: one of the two. not A: the others. Parentheses group; not binds more than and, and more than or."),
                   Say("A overlaps B: shares words with it. A within B, A encloses B: lies in it, lies around it."),
                   Say("A near B: at most 20 words between; near(5), near(turn), near(paragraph). A followed by B: B comes after it; followed by(5), followed by(turn)."),
                   Say("Conditions on who speaks, the case and the source: stakeholder = coach, site != North, case = G7, person.Age >= 30, source.Phase = begin, date >= 2023-01-01."),
                   Say("Further: text ~ \"words\", coder = Ada, query = \"a saved query\"; signs are = != < <= > >= and ~ (contains).")};
  } else {
    for (const auto& place : Query(registry, reading, study, expression, include_researchers).Places(reading, job)) {
      const auto& source = study->source(place.source);
      const auto& stock = study->stock(place.source);
      const auto& quote = stock.quotes[place.quote];
      items.push_back({place.source, place.quote});
      sources[place.source] = true;
      CodedStudy::EachTurn(source, stock, quote.turn, quote.range(), [&](const CodedStudy::Turn&, const CodedStudy::Voice& voice) {
        if (voice.person != CodedStudy::kNone && (include_researchers || !voice.researcher)) people[voice.person] = true;
      });
    }
    model.actions = {{Say("Code all of these"), "coding.code-quotes", {{"expression", expression}}}, {Say("Save this query"), "coding.save-query", {{"expression", expression}}}};
  }
  const auto count = [](const std::vector<bool>& set) { return static_cast<std::int64_t>(std::count(set.begin(), set.end(), true)); };
  model.population.description = Say("Coded quotes in which others than the interviewer speak.");
  if (include_researchers) model.population.description = Say("All coded quotes, the interviewer's too.");
  model.population.facts = {{"quotes", Say("Quotes"), static_cast<std::int64_t>(items.size())},
                            {"people", Say("People"), count(people)},
                            {"sources", Say("Sources"), count(sources)},
                            {"withheld", Say("Left out for want of consent"), Withheld(*study, include_researchers)}};
  model.body = QuoteTable(study, std::move(items), Purpose::kAnalysis, include_researchers);
  return model;
}

view::Model BuildQueries(const Registry& registry, Reading& reading, const Arguments&, Job& job) {
  const auto study = CodedStudyOf(reading);
  std::vector<view::Row> rows;
  for (const auto& saved : SavedQueries(reading)) {
    view::Row row{.key = ToString(saved.id), .cells = {}, .entities = {{"query", saved.id}}, .target = Opened(saved)};
    view::Cell count;
    try {
      count.value = static_cast<std::int64_t>(Query(registry, reading, study, saved.expression, false).Places(reading, job).size());
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kRefused) throw;
      count = {.state = view::State::kUndefined, .why = error.message()};
    }
    row.cells = {{.value = saved.name, .edit = view::Edit{"coding.set-query", {{"query", saved.id}}, "name", ParameterType::kText, {}}},
                 {.value = saved.expression, .edit = view::Edit{"coding.set-query", {{"query", saved.id}}, "expression", ParameterType::kExpression, {}}},
                 std::move(count)};
    rows.push_back(std::move(row));
  }
  view::Model model;
  model.body = view::Table{{{"name", Say("Name")}, {"expression", Say("Query"), view::ColumnType::kText, 60}, {"quotes", Say("Quotes"), view::ColumnType::kInteger}},
                           view::MakeRows(std::move(rows))};
  model.population.description = Say("Coded quotes in which others than the interviewer speak.");
  model.empty = Say("No query is saved yet; make one in “Query” and save it.");
  model.actions = {{Say("Save a query"), "coding.save-query", {}}};
  return model;
}

Parameter ExpressionParameter(const Registry& registry, bool required) {
  Parameter parameter{.name = "expression", .type = ParameterType::kExpression, .label = Say("Query")};
  parameter.required = required;
  parameter.help = Say(
      "Codes, joined by and, or, not, overlaps, within, encloses, near(20), near(turn), near(paragraph), followed by(20); conditions such as stakeholder = coach, "
      "person.Age >= 30, text ~ \"trust\", coder = Ada, date >= 2023-01-01, query = \"a saved one\"; parentheses. Names with spaces go in quotation marks. "
      "not binds more than and, and more than or.");
  parameter.pieces = [&registry](Reading& reading) { return ExpressionPieces(registry, reading); };
  parameter.fault = [&registry](Reading& reading, const std::string& text) -> Message {
    if (Trim(text).empty()) return {};
    try {
      Query(registry, reading, CodedStudyOf(reading), text, false);
      return {};
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kRefused) throw;
      return error.message();
    }
  };
  return parameter;
}

std::string NameIn(const Arguments& arguments) {
  const std::string name = Trim(arguments.Text("name"));
  if (name.empty()) throw Refuse("A name is needed; it may not be empty.");
  return name;
}

/// Refuses what cannot be read now, before it is saved.
void Require(const Registry& registry, Reading& reading, const std::string& expression) { Query(registry, reading, CodedStudyOf(reading), expression, false); }

std::optional<Id> QueryNamed(Reading& reading, const std::string& name) {
  auto row = reading.Query("SELECT id FROM saved_query WHERE name = ?", name);
  if (!row.Step()) return std::nullopt;
  return row.GetId(0);
}

Command SaveQuery(const Registry& registry) {
  Command command{.id = "coding.save-query", .label = Say("Save a query"), .help = Say("Keeps a query by name with the study. It is asked anew each time that it is looked at.")};
  command.parameters = {{.name = "name", .label = Say("Name"), .required = true}, ExpressionParameter(registry, true)};
  command.prepare = [&registry](Reading& reading, const Arguments& arguments, Job&) {
    const std::string name = NameIn(arguments), expression = Trim(arguments.Text("expression"));
    Require(registry, reading, expression);
    if (QueryNamed(reading, name)) throw Refuse("There is a query “{0}” already; choose another name, or change that one.", name);
    return Simply([name, expression](Writing& writing, Outcome& outcome) {
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO saved_query (id, name, expression, order_key) VALUES (?, ?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM saved_query))",
                 outcome.created.back(), name, expression);
      outcome.show = Opened({outcome.created.back(), name, expression});
    });
  };
  return command;
}

Command SetQuery(const Registry& registry) {
  Command command{.id = "coding.set-query", .label = Say("Change a saved query"), .help = Say("Gives a saved query another name, other words or both.")};
  command.parameters = {EntityParameter("query", "query", Say("Saved query")), {.name = "name", .label = Say("Name")}, ExpressionParameter(registry, false)};
  command.prepare = [&registry](Reading& reading, const Arguments& arguments, Job&) {
    const SavedQuery old = GetQuery(reading, *arguments.Entity("query"));
    const std::string name = arguments.Has("name") ? NameIn(arguments) : old.name;
    const std::string expression = arguments.Has("expression") ? Trim(arguments.Text("expression")) : old.expression;
    Require(registry, reading, expression);
    if (const auto other = QueryNamed(reading, name); other && *other != old.id) throw Refuse("There is a query “{0}” already; choose another name.", name);
    return Simply([id = old.id, name, expression](Writing& writing, Outcome&) {
      writing.Do("UPDATE saved_query SET name = ?, expression = ? WHERE id = ?", name, expression, id);
    });
  };
  return command;
}

Command DeleteQuery() {
  Command command{.id = "coding.delete-query", .label = Say("Delete a saved query"), .help = Say("Takes a saved query out of the study; nothing coded changes.")};
  command.parameters = {EntityParameter("query", "query", Say("Saved query"))};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([id = *arguments.Entity("query")](Writing& writing, Outcome&) { writing.Do("DELETE FROM saved_query WHERE id = ?", id); });
  };
  return command;
}

/// So many codings go into one Run.
constexpr std::size_t kChunk = 500;

Command CodeQuotes(const Registry& registry) {
  Command command{.id = "coding.code-quotes", .label = Say("Code the quotes found"), .help = Say("Puts a code on all quotes of a query, or on chosen ones, as one step. Look at the preview first.")};
  Parameter quotes = EntityParameter("quote", "quote", Say("Quotes"), false);
  quotes.list = true;
  Parameter rows{.name = "rows", .type = ParameterType::kRows, .label = Say("Chosen quotes")};
  rows.list = true;
  command.parameters = {EntityParameter("code", "code", Say("Code")), ExpressionParameter(registry, false), EntityParameter("query", "query", Say("Saved query"), false), quotes, rows};
  command.impossible = [](Reading& reading, const Arguments&) { return NoCodes(reading); };
  command.prepare = [&registry](Reading& reading, const Arguments& arguments, Job& job) {
    const Code code = GetCode(reading, *arguments.Entity("code"));
    if (!code.codable) throw Refuse("“{0}” is a heading of the codebook and not for coding; choose a code below it.", code.path);
    std::string expression = Trim(arguments.Text("expression"));
    if (expression.empty() && arguments.Has("query")) expression = GetQuery(reading, *arguments.Entity("query")).expression;
    const auto named = arguments.Entities("quote");
    if (expression.empty() && named.empty()) throw Usage("Say which quotes: a query (--expression or --query), or --quote.");
    const auto study = CodedStudyOf(reading);
    const auto chosen_rows = arguments.Texts("rows");
    const std::set<std::string> chosen(chosen_rows.begin(), chosen_rows.end());
    std::vector<QuoteItem> items;
    std::vector<Id> going;
    const auto take = [&](const QuotePlace& place) {
      const Id& id = study->stock(place.source).quotes[place.quote].id;
      if (!chosen.empty() && !chosen.contains(ToString(id))) return;
      items.push_back({place.source, place.quote});
      going.push_back(id);
    };
    // Quotes named one by one are what was meant, whatever the query says.
    if (!named.empty()) {
      const std::set<Id> wanted(named.begin(), named.end());
      for (const auto& place : QuotePlaces(*study, {.include_researchers = true})) {
        if (wanted.contains(study->stock(place.source).quotes[place.quote].id)) take(place);
      }
    } else {
      for (const auto& place : Query(registry, reading, study, expression, false).Places(reading, job)) take(place);
    }
    if (!chosen.empty() && going.empty()) throw Refuse("None of the chosen quotes is found any more; look at the preview again.");
    Plan plan;
    plan.group = true;
    view::Model preview;
    preview.population.facts = {{"quotes", Say("Quotes"), static_cast<std::int64_t>(items.size())}};
    preview.empty = Say("For no coded words does this hold.");
    preview.body = QuoteTable(study, std::move(items), Purpose::kScreen, true);
    plan.preview = std::move(preview);
    plan.apply = [going = std::move(going), id = code.id](Applying& applying) {
      std::int64_t made = 0;
      for (std::size_t first = 0; first < going.size(); first += kChunk) {
        applying.job().Progress(static_cast<double>(first) / static_cast<double>(going.size()));
        applying.Run([&](Writing& writing) {
          for (std::size_t i = first; i < std::min(going.size(), first + kChunk); ++i) {
            SpanOf(writing, going[i]);
            made += AddCoding(writing, going[i], id, "search").has_value();
          }
        });
      }
      applying.outcome.notes.push_back(SayCount("{0} place is coded.", "{0} places are coded.", made));
      const auto had = static_cast<std::int64_t>(going.size()) - made;
      if (had > 0) applying.outcome.notes.push_back(SayCount("{0} place had your coding already.", "{0} places had your coding already.", had));
    };
    return plan;
  };
  return command;
}

}  // namespace

void RegisterQuery(Registry& registry) {
  const Registry& whole = registry.whole();
  registry.Add(QueryKind());
  registry.Add(Dimension{"query", Say("Saved query"), "quote", [&whole](Reading& reading) { return QueryGroups(whole, reading); }});
  View query{.id = "coding.query", .kind = view::Kind::kTable, .label = Say("Query"), .help = Say("Coded words for which an expression over codes, people, cases and sources holds.")};
  query.key = "Ctrl+Shift+Q";
  Parameter expression = ExpressionParameter(whole, false);
  expression.live = true;
  Parameter saved = EntityParameter("query", "query", Say("Saved query"), false);
  saved.live = true;
  query.parameters = {expression, saved, FlagParameter("include-researchers", Say("The interviewer's words too"))};
  query.build = [&whole](Reading& reading, const Arguments& arguments, Job& job) { return BuildQuery(whole, reading, arguments, job); };
  registry.Add(std::move(query));
  View queries{.id = "coding.queries", .kind = view::Kind::kTable, .label = Say("Saved queries"), .help = Say("The queries that were saved by name, and for how many quotes each holds now.")};
  queries.build = [&whole](Reading& reading, const Arguments& arguments, Job& job) { return BuildQueries(whole, reading, arguments, job); };
  registry.Add(std::move(queries));
  registry.Add(SaveQuery(whole));
  registry.Add(SetQuery(whole));
  registry.Add(DeleteQuery());
  registry.Add(CodeQuotes(whole));
  registry.Add(Workspace{"coding.query-beside-text", Say("Query beside the text"), {{"coding.query", ""}, {"coding.document", "source"}}});
}

}  // namespace meerstem::coding
