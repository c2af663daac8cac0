// Findings and the labels by which the fit of strands is called.
#include "core/base/error.h"
#include "core/base/text.h"
#include "core/study/deletion.h"
#include "core/study/instruments.h"
#include "core/study/quotes.h"
#include "plugins/triangulation/common.h"
#include "plugins/triangulation/ledger.h"

namespace meerstem::triangulation {
namespace {

/// The texts of a finding: parameter and column.
const std::vector<std::pair<std::string, std::string>> kTexts = {{"construct", "construct"},
                                                                 {"statement", "statement"},
                                                                 {"quantitative", "quantitative"},
                                                                 {"qualitative", "qualitative"},
                                                                 {"quantitative-category", "quantitative_category"},
                                                                 {"pillar", "pillar"},
                                                                 {"qualitative-category", "qualitative_category"}};

std::vector<Parameter> TextParameters() {
  return {{.name = "construct", .label = Say("Construct"), .help = Say("What the finding is about, in a few words.")},
          {.name = "statement", .type = ParameterType::kProse, .label = Say("Finding"), .help = Say("The finding in one sentence.")},
          {.name = "quantitative", .type = ParameterType::kProse, .label = Say("What the numbers say")},
          {.name = "qualitative", .type = ParameterType::kProse, .label = Say("What the voices say")},
          {.name = "quantitative-category", .label = Say("Category of the numbers"), .help = Say("For pillar integration: what the numbers come down to.")},
          {.name = "pillar", .label = Say("Pillar"), .help = Say("For pillar integration: the theme on which both strands rest.")},
          {.name = "qualitative-category", .label = Say("Category of the voices"), .help = Say("For pillar integration: what the voices come down to.")}};
}

/// Two findings of one construct could not be told apart by name.
void RequireFree(Reading& reading, const std::string& construct, const std::optional<Id>& itself) {
  if (reading.Number("SELECT count(*) FROM finding WHERE construct = ? AND id IS NOT ?", construct, itself) > 0) {
    throw Refuse("There is a finding on “{0}” already; call this one otherwise.", construct);
  }
}

Command AddFinding() {
  Command command{.id = "triangulation.add-finding", .label = Say("New finding"), .help = Say("Opens a line in the ledger, to which evidence of each strand is then added.")};
  command.parameters = TextParameters();
  command.parameters.front().required = true;
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    const std::string construct = RequireText(arguments, "construct", Say("Say with --construct what the finding is about."));
    return Simply([arguments, construct](Writing& writing, Outcome& outcome) {
      RequireFree(writing, construct, {});
      const Id id = writing.NewId();
      writing.Do("INSERT INTO finding (id, construct, order_key) VALUES (?, ?, ?)", id, construct, OrderBehind(writing, "finding"));
      for (const auto& [name, column] : kTexts) {
        if (name != "construct" && arguments.Has(name)) writing.Do("UPDATE finding SET " + column + " = ? WHERE id = ?", Trim(arguments.Text(name)), id);
      }
      outcome.created.push_back(id);
      outcome.show = view::Target{"triangulation.finding", {{"finding", id}}};
    });
  };
  return command;
}

Command SetFinding() {
  Command command{.id = "triangulation.set-finding", .label = Say("Change a finding"), .help = Say("Changes the texts that are given; an empty one is emptied.")};
  command.parameters = TextParameters();
  command.parameters.insert(command.parameters.begin(), FindingParameter());
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Id id = GetFinding(writing, *arguments.Entity("finding")).id;
      for (const auto& [name, column] : kTexts) {
        if (!arguments.Has(name)) continue;
        std::string text = Trim(arguments.Text(name));
        if (name == "construct") {
          text = RequireText(arguments, name, Say("Say with --construct what the finding is about."));
          RequireFree(writing, text, id);
        }
        writing.Do("UPDATE finding SET " + column + " = ? WHERE id = ?", text, id);
      }
    });
  };
  return command;
}

Command Infer(const Registry& registry) {
  Command command{.id = "triangulation.infer", .label = Say("Write the meta-inference"),
                  .help = Say("What both strands together mean. It is marked as soon as the evidence beneath it has changed.")};
  command.parameters = {FindingParameter(), {.name = "inference", .type = ParameterType::kProse, .label = Say("Meta-inference"), .required = true}};
  command.prepare = [&whole = registry.whole()](Reading& reading, const Arguments& arguments, Job& job) {
    const Id id = *arguments.Entity("finding");
    const std::string text = Trim(arguments.Text("inference"));
    const Id token = Looking(whole, reading, Purpose::kScreen, job).At(GetFinding(reading, id)).token;
    return Simply([id, text, token](Writing& writing, Outcome&) {
      GetFinding(writing, id);
      writing.Do("UPDATE finding SET inference = ?, inference_seen = ? WHERE id = ?", text, text.empty() ? std::nullopt : std::optional(token), id);
    });
  };
  return command;
}

Command MoveFinding() {
  Command command{.id = "triangulation.move-finding", .label = Say("Move a finding"), .help = Say("Puts it behind another finding, or first.")};
  command.parameters = {FindingParameter(), {.name = "after", .type = ParameterType::kEntity, .label = Say("After"), .help = Say("Left out: first."), .entity_kind = "finding"}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Id id = GetFinding(writing, *arguments.Entity("finding")).id;
      std::vector<std::pair<Id, double>> order;
      auto rows = writing.Query("SELECT id, order_key FROM finding WHERE id <> ? ORDER BY order_key, id", id);
      while (rows.Step()) order.emplace_back(rows.GetId(0), rows.Real(1));
      std::size_t place = 0;
      if (const auto after = arguments.Entity("after")) {
        if (*after == id) throw Refuse("A finding cannot stand after itself.");
        while (place < order.size() && order[place].first != *after) ++place;
        ++place;
      }
      const double before = place == 0 ? (order.empty() ? 0 : order.front().second - 2) : order[place - 1].second;
      const double behind = place < order.size() ? order[place].second : before + 2;
      writing.Do("UPDATE finding SET order_key = ? WHERE id = ?", (before + behind) / 2, id);
    });
  };
  return command;
}

Command DeleteFinding() {
  Command command{.id = "triangulation.delete-finding", .label = Say("Delete a finding"), .help = Say("Takes the finding with its evidence, judgements and verdict out of the ledger.")};
  command.parameters = {FindingParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Id id = GetFinding(writing, *arguments.Entity("finding")).id;
      std::vector<Id> quotes;
      {
        auto rows = writing.Query("SELECT quote_id FROM finding_evidence WHERE finding_id = ? AND quote_id IS NOT NULL", id);
        while (rows.Step()) quotes.push_back(rows.GetId(0));
      }
      DeleteEntity(writing, "finding", id);
      DropLooseQuotes(writing, quotes);
    });
  };
  return command;
}

/// A text that a researcher typed holds in every language.
std::string InEveryLanguage(const std::string& text) { return text.empty() ? "{}" : ToJson({{{"und", text}}}); }

std::vector<Parameter> LabelTexts() {
  return {{.name = "name", .label = Say("Name")}, {.name = "definition", .type = ParameterType::kProse, .label = Say("Definition")},
          {.name = "fit", .type = ParameterType::kChoice, .label = Say("Kind of fit"), .help = Say("How displays and checklists count it."), .choices = FitChoices()}};
}

Command AddLabel() {
  Command command{.id = "triangulation.add-label", .label = Say("New label"), .help = Say("Adds a way in which strands can fit.")};
  command.parameters = LabelTexts();
  command.parameters[0].required = command.parameters[2].required = true;
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    const std::string name = RequireText(arguments, "name", Say("A name is needed; it may not be empty."));
    return Simply([arguments, name](Writing& writing, Outcome& outcome) {
      if (writing.Number("SELECT count(*) FROM finding_label WHERE key = ?", name) > 0) throw Refuse("There is a label “{0}” already; choose another name.", name);
      outcome.created.push_back(writing.NewId());
      writing.Do("INSERT INTO finding_label (id, key, name, definition, fit, order_key) VALUES (?, ?, ?, ?, ?, ?)", outcome.created.back(), name, InEveryLanguage(name),
                 InEveryLanguage(Trim(arguments.Text("definition"))), arguments.Text("fit"), OrderBehind(writing, "finding_label"));
    });
  };
  return command;
}

Command SetLabel() {
  Command command{.id = "triangulation.set-label", .label = Say("Rename or define a label"), .help = Say("What is judged already keeps its label under the new name.")};
  command.parameters = LabelTexts();
  command.parameters.insert(command.parameters.begin(), LabelParameter());
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Id id = LabelOfKey(writing, arguments.Text("label")).id;
      if (arguments.Has("name")) {
        writing.Do("UPDATE finding_label SET name = ? WHERE id = ?", InEveryLanguage(RequireText(arguments, "name", Say("A name is needed; it may not be empty."))), id);
      }
      if (arguments.Has("definition")) writing.Do("UPDATE finding_label SET definition = ? WHERE id = ?", InEveryLanguage(Trim(arguments.Text("definition"))), id);
      if (arguments.Has("fit")) writing.Do("UPDATE finding_label SET fit = ? WHERE id = ?", arguments.Text("fit"), id);
    });
  };
  return command;
}

Command DeleteLabel() {
  Command command{.id = "triangulation.delete-label", .label = Say("Delete a label"), .help = Say("Only one that no judgement uses.")};
  command.parameters = {LabelParameter()};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    return Simply([arguments](Writing& writing, Outcome&) {
      const Label label = LabelOfKey(writing, arguments.Text("label"));
      if (IsReferenced(writing, "finding_label", label.id)) throw Refuse("“{0}” is used by judgements; it can be renamed, not deleted.", label.name);
      DeleteEntity(writing, "finding_label", label.id);
    });
  };
  return command;
}

}  // namespace

void AddFindingCommands(Registry& registry) {
  registry.Add(AddFinding());
  registry.Add(SetFinding());
  registry.Add(Infer(registry));
  registry.Add(MoveFinding());
  registry.Add(DeleteFinding());
  registry.Add(AddLabel());
  registry.Add(SetLabel());
  registry.Add(DeleteLabel());
}

}  // namespace meerstem::triangulation
