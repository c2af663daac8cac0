#include "plugins/themes/signals.h"

#include <set>

#include "core/base/error.h"
#include "core/base/text.h"
#include "core/study/deletion.h"
#include "core/study/display.h"
#include "core/study/sources.h"

namespace meerstem::themes {
namespace {

void RequireFree(Reading& reading, const std::string& name, const Id& itself) {
  if (name.empty()) throw Refuse("A name is needed; it may not be empty.");
  if (reading.Number("SELECT count(*) FROM signal WHERE name = ? AND id <> ?", name, itself) > 0) throw Refuse("There is a signal “{0}” already; choose another name.", name);
}

std::vector<Parameter> About(bool name_required) {
  return {{.name = "name", .label = Say("Name"), .required = name_required},
          {.name = "description", .type = ParameterType::kProse, .label = Say("Description"), .help = Say("What goes wrong, for whom, and what makes it structural.")},
          {.name = "request", .type = ParameterType::kProse, .label = Say("What is asked")},
          {.name = "addressed-to", .label = Say("Addressed to"), .help = Say("The policy maker or service that can change it.")}};
}

Command AddSignal() {
  Command command{.id = "themes.add-signal", .label = Say("New signal"), .help = Say("A structural signal: something that single families meet and only policy can change.")};
  command.parameters = About(true);
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const std::string name = Trim(arguments.Text("name"));
    RequireFree(reading, name, {});
    return Simply([arguments, name](Writing& writing, Outcome& outcome) {
      RequireFree(writing, name, {});
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO signal (id, name, description, request, addressed_to, order_key) VALUES (?, ?, ?, ?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM signal))",
                 outcome.created.back(), name, Trim(arguments.Text("description")), Trim(arguments.Text("request")), Trim(arguments.Text("addressed-to")));
    });
  };
  return command;
}

Command SetSignal() {
  Command command{.id = "themes.set-signal", .label = Say("Change a signal"), .help = Say("What is not given stays.")};
  command.parameters = {SignalParameter()};
  for (auto& parameter : About(false)) command.parameters.push_back(std::move(parameter));
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Id signal = *arguments.Entity("signal");
      if (arguments.Has("name")) RequireFree(writing, Trim(arguments.Text("name")), signal);
      for (const auto& [parameter, column] : {std::pair("name", "name"), std::pair("description", "description"), std::pair("request", "request"), std::pair("addressed-to", "addressed_to")}) {
        if (arguments.Has(parameter)) writing.Do(std::string("UPDATE signal SET ") + column + " = ? WHERE id = ?", Trim(arguments.Text(parameter)), signal);
      }
    });
  };
  return command;
}

Command DeleteSignal() {
  Command command{.id = "themes.delete-signal", .label = Say("Delete a signal"), .help = Say("Its quotes and remarks stay.")};
  command.parameters = {SignalParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([signal = *arguments.Entity("signal")](Writing& writing, Outcome&) { DeleteEntity(writing, "signal", signal); });
  };
  return command;
}

std::vector<Parameter> Which() {
  return {SignalParameter(),
          {.name = "quote", .type = ParameterType::kEntity, .label = Say("Quote"), .list = true, .entity_kind = "quote"},
          {.name = "span", .type = ParameterType::kSpan, .label = Say("Words")},
          {.name = "remark", .type = ParameterType::kEntity, .label = Say("Remark"), .help = Say("A whole registration remark."), .list = true, .entity_kind = "source"}};
}

/// The quotes that are meant; those on a span or of a remark made when new.
std::vector<Id> QuotesMeant(Writing& writing, const Arguments& arguments) {
  std::vector<Id> quotes = arguments.Entities("quote");
  if (const auto span = arguments.Span("span")) quotes.push_back(EnsureQuote(writing, *span));
  for (const auto& remark : arguments.Entities("remark")) {
    if (GetSource(writing, remark).kind != "remark") throw Refuse("“{0}” is no registration remark; select words in it instead.", GetSource(writing, remark).title);
    quotes.push_back(EnsureQuote(writing, {remark, {0, TextOf(writing, remark)->size()}}));
  }
  if (quotes.empty()) throw Refuse("Say what speaks for the signal: select words in a text, or give --quote or --remark.");
  return quotes;
}

Command TagSignal() {
  Command command{.id = "themes.tag-signal", .label = Say("Tag as a signal"), .help = Say("Selected words, quotes or remarks speak for a structural signal, of a service or of none.")};
  command.parameters = Which();
  Parameter of{.name = "service", .label = Say("Service"), .help = Say("Which service it is about, such as OCMW, school or housing company.")};
  of.study_choices = [](Reading& reading) {
    std::vector<Choice> choices;
    auto rows = reading.Query("SELECT DISTINCT service FROM signal_quote WHERE service <> '' ORDER BY service");
    while (rows.Step()) choices.push_back({rows.Text(0), Verbatim(rows.Text(0))});
    return choices;
  };
  command.parameters.push_back(std::move(of));
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome& outcome) {
      const Id signal = *arguments.Entity("signal");
      const std::string service = Trim(arguments.Text("service"));
      for (const auto& quote : QuotesMeant(writing, arguments)) {
        Id known;
        {
          auto row = writing.Query("SELECT id FROM signal_quote WHERE signal_id = ? AND quote_id = ?", signal, quote);
          if (row.Step()) known = row.GetId(0);
        }
        if (!known.IsNil()) {
          if (arguments.Has("service")) writing.Do("UPDATE signal_quote SET service = ? WHERE id = ?", service, known);
          else outcome.notes.push_back(Say("This speaks for the signal already."));
          continue;
        }
        outcome.created.push_back(writing.NewId());
        writing.Do("INSERT INTO signal_quote (id, signal_id, quote_id, service) VALUES (?, ?, ?, ?)", outcome.created.back(), signal, quote, service);
      }
    });
  };
  return command;
}

Command UntagSignal() {
  Command command{.id = "themes.untag-signal", .label = Say("No longer a signal"), .help = Say("Takes a quote or remark out of a signal; the words stay.")};
  command.parameters = {SignalParameter(), {.name = "quote", .type = ParameterType::kEntity, .label = Say("Quote"), .required = true, .list = true, .entity_kind = "quote"}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      for (const auto& quote : arguments.Entities("quote")) writing.Do("DELETE FROM signal_quote WHERE signal_id = ? AND quote_id = ?", *arguments.Entity("signal"), quote);
      DropLooseQuotes(writing, arguments.Entities("quote"));
    });
  };
  return command;
}

EntityKind SignalKind() {
  EntityKind kind{.kind = "signal", .table = "signal", .label = Say("signal")};
  kind.name = [](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query("SELECT name FROM signal WHERE id = ?", id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  kind.list = [](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    for (const auto& signal : Signals(reading)) all.emplace_back(signal.id, signal.name);
    return all;
  };
  kind.open = [](const Id& id) { return view::Target{"themes.signal-quotes", {{"signal", id}}}; };
  return kind;
}

Grouping GroupBySignal(Reading& reading) {
  Grouping grouping;
  for (const auto& signal : Signals(reading)) {
    auto rows = reading.Query("SELECT quote_id FROM signal_quote WHERE signal_id = ?", signal.id);
    while (rows.Step()) grouping.members.emplace_back(rows.GetId(0), grouping.groups.size());
    grouping.groups.push_back({.key = signal.name, .label = Verbatim(signal.name), .entities = {{"signal", signal.id}}});
  }
  return grouping;
}

Grouping GroupByService(Reading& reading) {
  Grouping grouping;
  auto rows = reading.Query("SELECT DISTINCT service, quote_id FROM signal_quote WHERE service <> '' ORDER BY service");
  while (rows.Step()) {
    if (grouping.groups.empty() || grouping.groups.back().key != rows.Text(0)) grouping.groups.push_back({.key = rows.Text(0), .label = Verbatim(rows.Text(0))});
    grouping.members.emplace_back(rows.GetId(1), grouping.groups.size() - 1);
  }
  return grouping;
}

}  // namespace

Parameter SignalParameter() { return {.name = "signal", .type = ParameterType::kEntity, .label = Say("Signal"), .required = true, .entity_kind = "signal"}; }

std::vector<Signal> Signals(Reading& reading) {
  std::vector<Signal> signals;
  auto rows = reading.Query("SELECT id, name, description, request, addressed_to FROM signal ORDER BY order_key, name");
  while (rows.Step()) signals.push_back({rows.GetId(0), rows.Text(1), rows.Text(2), rows.Text(3), rows.Text(4)});
  return signals;
}

std::map<Id, std::vector<SignalQuote>> SignalQuotes(Reading& reading) {
  struct Tag {
    Id signal;
    std::string service;
  };
  std::multimap<Id, Tag> tags;
  std::set<Id> remarks;
  {
    auto rows = reading.Query(
        "SELECT quote_id, signal_id, service, source.kind = 'remark', source.id FROM signal_quote JOIN quote ON quote.id = quote_id "
        "JOIN span ON span.id = span_id JOIN source ON source.id = source_id");
    while (rows.Step()) {
      tags.emplace(rows.GetId(0), Tag{rows.GetId(1), rows.Text(2)});
      if (rows.Int(3) != 0) remarks.insert(rows.GetId(4));
    }
  }
  std::map<Id, std::vector<SignalQuote>> found;
  if (tags.empty()) return found;
  for (const auto& quote : Quotes(reading, {})) {
    const auto [begin, end] = tags.equal_range(quote.id);
    if (begin == end || !MayUse(reading, quote.span, Purpose::kAnalysis)) continue;
    for (auto tag = begin; tag != end; ++tag) found[tag->second.signal].push_back({quote, tag->second.service, remarks.contains(quote.span.source)});
  }
  return found;
}

void RegisterSignals(Registry& registry) {
  registry.Add(SignalKind());
  registry.Add(AddSignal());
  registry.Add(SetSignal());
  registry.Add(DeleteSignal());
  registry.Add(TagSignal());
  registry.Add(UntagSignal());
  registry.Add(Dimension{"signal", Say("Signal"), "quote", GroupBySignal});
  registry.Add(Dimension{"service", Say("Service"), "quote", GroupByService});
  RegisterSignalViews(registry);
}

}  // namespace meerstem::themes
