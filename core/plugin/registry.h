#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/command/command.h"
#include "core/store/store.h"

namespace meerstem {

/// A kind of thing that parameters and selections can name: code, source, person, theme ...
struct EntityKind {
  std::string kind;                 ///< As in view::Entity and Parameter::entity_kind.
  std::string table;                ///< Its table, for deletion and refresh.
  Message label;
  /// The name shown, pseudonym rather than name; nullopt: no such thing.
  std::function<std::optional<std::string>(Reading&, const Id&)> name;
  /// All of them in the order of pickers, with the unique path by which the console names them.
  std::function<std::vector<std::pair<Id, std::string>>(Reading&)> list;
  std::function<std::optional<view::Target>(const Id&)> open;  ///< The view that shows one. Optional.
};

/// One value of a dimension.
struct Group {
  std::string key;
  Message label;
  std::vector<view::Entity> entities;
  int depth = 0;
  std::string colour;
  std::string glyph;
};

/// The groups in their order, and which unit lies in which (index into groups). A unit may lie in several or in none.
struct Grouping {
  std::vector<Group> groups;
  std::vector<std::pair<Id, std::size_t>> members;
  /// Of Dimension::by_code: codes whose quotes lie in a group; each for itself, not for what stands below it.
  std::vector<std::pair<Id, std::size_t>> codes;
};

/// A grouping that every --rows, --columns, filter and split can take: code, theme, stakeholder, site, outcome ...
struct Dimension {
  std::string id;
  Message label;
  std::string unit;                 ///< What `members` names: quote, source, person, case, stakeholder or site.
  std::function<Grouping(Reading&)> groups;
  /// Where quotes come into groups by their codes: the same groups, with codes in place of the quotes that carry them;
  /// `members` are then only the quotes that lie there on their own. Small where there are a million quotes. Optional.
  std::function<Grouping(Reading&)> by_code = {};
};

/// Everything that core and the plugins contribute. Filled at start-up on one thread, only read afterwards.
/// Refuses (Error kInternal) an id that is taken. References stay valid.
class Registry {
 public:
  void Add(Command command);
  void Add(View view);
  void Add(EntityKind kind);
  void Add(Dimension dimension);
  void Add(Workspace workspace);
  void Add(Component component);
  /// Commands that are added from now on stand together in a submenu of this name; empty: in the menu itself.
  void Group(Message label) { group_ = std::move(label); }

  const Command* FindCommand(const std::string& id) const;
  const View* FindView(const std::string& id) const;
  const EntityKind* FindKind(const std::string& kind) const;
  const Dimension* FindDimension(const std::string& id) const;

  const std::deque<Command>& commands() const { return commands_; }
  const std::deque<View>& views() const { return views_; }
  const std::deque<EntityKind>& kinds() const { return kinds_; }
  const std::deque<Dimension>& dimensions() const { return dimensions_; }
  const std::deque<Workspace>& workspaces() const { return workspaces_; }
  const std::vector<Component>& components() const { return components_; }

  /// While a plugin registers, it fills a registry of its own; what it asks later (dimensions, kinds) it asks of the
  /// whole one.
  void SetWhole(const Registry* whole) { whole_ = whole; }
  const Registry& whole() const { return whole_ ? *whole_ : *this; }

  /// Where a plugin finds its own data files (instruments, rule sets): the folder of installed data.
  void SetDataFolder(std::string folder) { data_folder_ = std::move(folder); }
  const std::string& data_folder() const { return data_folder_; }

 private:
  std::deque<Command> commands_;
  std::deque<View> views_;
  std::deque<EntityKind> kinds_;
  std::deque<Dimension> dimensions_;
  std::deque<Workspace> workspaces_;
  std::vector<Component> components_;
  std::string data_folder_;
  Message group_;
  const Registry* whole_ = nullptr;
};

/// A choice parameter over the registered dimensions: `--rows`, `--columns`.
Parameter DimensionParameter(const Registry& registry, std::string name, Message label, std::string fallback = {});

/// Core's own part: its schema, entity kinds and dimensions (stakeholder, site, person, case, source, source-kind).
void RegisterCore(Registry& registry);

}  // namespace meerstem
