// The codebook's commands: add, rename, recolour, define, move.
#include <set>

#include "core/base/error.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {
namespace {

void CheckColour(const std::string& colour) {
  const bool good = colour.size() == 7 && colour[0] == '#' && colour.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string::npos;
  if (!good) throw Refuse("“{0}” is not a colour; write it as #RRGGBB, for example #0072B2.", colour);
}

std::string CheckName(const std::string& typed) {
  const std::string name = Trim(typed);
  if (name.empty()) throw Refuse("A code needs a name.");
  if (name.find('/') != std::string::npos) throw Refuse("“{0}”: a code's own name holds no stroke; use coding.move-code to put it elsewhere.", name);
  return name;
}

/// The parameters that describe a code, as columns of the same name.
std::vector<Parameter> Describing() {
  std::vector<Parameter> parameters{
      {.name = "definition", .type = ParameterType::kProse, .label = Say("Definition")},
      {.name = "include", .type = ParameterType::kProse, .label = Say("Include when")},
      {.name = "exclude", .type = ParameterType::kProse, .label = Say("Exclude when")},
      {.name = "example", .type = ParameterType::kProse, .label = Say("Example")},
  };
  return parameters;
}

void Describe(Writing& writing, const Id& code, const Arguments& arguments) {
  for (const char* column : {"definition", "include", "exclude", "example"}) {
    if (arguments.Has(column)) writing.Do(std::string("UPDATE code SET ") + column + " = ? WHERE id = ?", arguments.Text(column), code);
  }
  if (arguments.Has("deductive")) writing.Do("UPDATE code SET deductive = ? WHERE id = ?", arguments.Flag("deductive"), code);
  if (arguments.Has("not-codable")) writing.Do("UPDATE code SET codable = ? WHERE id = ?", !arguments.Flag("not-codable"), code);
}

Command AddCode() {
  Command command{.id = "coding.add-code", .label = Say("Add a code"), .help = Say("Adds a code to the codebook; “A/B” is a B below A, and what stands above is made too.")};
  command.key = "Ctrl+Shift+N";
  command.parameters = {{.name = "name", .label = Say("Name or path"), .required = true}, {.name = "colour", .label = Say("Colour")}};
  for (auto& parameter : Describing()) command.parameters.push_back(parameter);
  command.parameters.push_back(FlagParameter("deductive", Say("From theory"), false));
  command.parameters.push_back(FlagParameter("not-codable", Say("Heading only, not for coding"), false));
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const std::string name = Trim(arguments.Text("name"));
    if (name.empty()) throw Refuse("A code needs a name.");
    if (arguments.Has("colour")) CheckColour(arguments.Text("colour"));
    for (const auto& code : Codebook(reading)) {
      if (code.path == name) throw Refuse("There is a code “{0}” already; coding.define changes what it says.", name);
    }
    return Simply([arguments, name](Writing& writing, Outcome& outcome) {
      const auto before = CodesById(writing);
      const Id id = EnsureCode(writing, name, arguments.Text("colour"));
      if (before.contains(id)) throw Refuse("There is a code “{0}” already; coding.define changes what it says.", name);
      Describe(writing, id, arguments);
      outcome.created.push_back(id);
      outcome.show = view::Target{"coding.codebook", {}};
    });
  };
  return command;
}

Command RenameCode() {
  Command command{.id = "coding.rename-code", .label = Say("Rename a code"), .help = Say("Gives a code another name; where it stands stays the same.")};
  command.impossible = [](Reading& reading, const Arguments&) { return NoCodes(reading); };
  command.parameters = {EntityParameter("code", "code", Say("Code")), {.name = "name", .label = Say("New name"), .required = true}};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    const Code code = GetCode(reading, *arguments.Entity("code"));
    const std::string name = CheckName(arguments.Text("name"));
    if (ChildNamed(reading, code.parent, name, code.id)) throw Refuse("Beside it stands a code “{0}” already; merge the two instead.", name);
    return Simply([code, name](Writing& writing, Outcome&) { writing.Do("UPDATE code SET name = ? WHERE id = ?", name, code.id); });
  };
  return command;
}

Command RecolourCode() {
  Command command{.id = "coding.recolour", .label = Say("Recolour a code"), .help = Say("Gives a code another colour.")};
  command.impossible = [](Reading& reading, const Arguments&) { return NoCodes(reading); };
  command.parameters = {EntityParameter("code", "code", Say("Code")), {.name = "colour", .label = Say("Colour"), .help = Say("As #RRGGBB"), .required = true}};
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    CheckColour(arguments.Text("colour"));
    return Simply([arguments](Writing& writing, Outcome&) {
      writing.Do("UPDATE code SET colour = ? WHERE id = ?", arguments.Text("colour"), *arguments.Entity("code"));
    });
  };
  return command;
}

Command DefineCode() {
  Command command{.id = "coding.define", .label = Say("Define a code"), .help = Say("Says what a code stands for: definition, when to use it, when not, an example.")};
  command.impossible = [](Reading& reading, const Arguments&) { return NoCodes(reading); };
  command.parameters = {EntityParameter("code", "code", Say("Code"))};
  for (auto& parameter : Describing()) command.parameters.push_back(parameter);
  command.parameters.push_back(FlagParameter("deductive", Say("From theory"), false));
  command.parameters.push_back(FlagParameter("not-codable", Say("Heading only, not for coding"), false));
  command.prepare = [](Reading&, const Arguments& arguments, Job&) {
    if (arguments.all().size() < 2) throw Usage("Say what to change: --definition, --include, --exclude, --example, --deductive or --not-codable.");
    return Simply([arguments](Writing& writing, Outcome&) { Describe(writing, *arguments.Entity("code"), arguments); });
  };
  return command;
}

/// With what lies below it, or `alone`.
void MoveCode(Writing& writing, Outcome& outcome, const Id& id, const std::optional<Id>& parent, bool alone) {
  const Code code = GetCode(writing, id);
  if (parent) {
    for (const auto& below : alone ? std::vector<Id>{code.id} : WithDescendants(writing, {code.id})) {
      if (below == *parent) throw Refuse("“{0}” cannot stand under “{1}”: that is the code itself or lies below it.", code.path, GetCode(writing, *parent).path);
    }
  }
  if (ChildNamed(writing, parent, code.name, code.id)) throw Refuse("There stands a code “{0}” already; merge the two or rename one.", code.name);
  std::vector<Id> staying;
  for (const auto& child : Codebook(writing)) {
    if (!alone || child.parent != code.id) continue;
    if (ChildNamed(writing, code.parent, child.name, code.id)) {
      throw Refuse("“{0}” would move up beside a code of the same name; rename it first, or move it along.", child.path);
    }
    staying.push_back(child.id);
  }
  for (const auto& child : staying) writing.Do("UPDATE code SET parent_id = ? WHERE id = ?", code.parent, child);
  if (code.parent == parent && staying.empty()) {
    outcome.notes.push_back(Say("“{0}” stands there already; nothing was changed.", code.path));
    return;
  }
  if (code.parent == parent) return;
  writing.Do("UPDATE code SET parent_id = ?, order_key = (SELECT max(order_key) + 1 FROM code) WHERE id = ?", parent, code.id);
}

Command MoveCodes() {
  Command command{.id = "coding.move-code", .label = Say("Move a code"), .help = Say("Puts codes, with all below them or alone, under another code; without one they move to the top.")};
  command.impossible = [](Reading& reading, const Arguments&) { return NoCodes(reading); };
  Parameter code = EntityParameter("code", "code", Say("Code"));
  code.list = true;
  command.parameters = {code, EntityParameter("parent", "code", Say("Under"), false), FlagParameter("alone", Say("Without the codes below it"), false)};
  command.prepare = [](Reading& reading, const Arguments& arguments, Job&) {
    std::vector<Id> moved = arguments.Entities("code");
    const bool alone = arguments.Flag("alone");
    if (!alone) {
      // What lies below another of them comes along with it.
      std::set<Id> along;
      for (const auto& id : moved) {
        for (const auto& below : WithDescendants(reading, {id})) {
          if (below != id) along.insert(below);
        }
      }
      std::erase_if(moved, [&](const Id& id) { return along.contains(id); });
    }
    return Simply([moved, parent = arguments.Entity("parent"), alone](Writing& writing, Outcome& outcome) {
      for (const auto& id : moved) MoveCode(writing, outcome, id, parent, alone);
    });
  };
  return command;
}

}  // namespace

void RegisterCodeCommands(Registry& registry) {
  registry.Add(AddCode());
  registry.Add(RenameCode());
  registry.Add(RecolourCode());
  registry.Add(DefineCode());
  registry.Add(MoveCodes());
}

}  // namespace meerstem::coding
