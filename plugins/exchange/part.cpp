#include "plugins/exchange/part.h"

#include "exchange_migrations.h"

namespace meerstem::exchange {
namespace {

EntityKind ImportKind() {
  EntityKind kind{.kind = "import", .table = "exchange_import", .label = Say("import")};
  constexpr const char* kName = "file_name || ' ' || strftime('%Y-%m-%d %H:%M:%S', at / 1000, 'unixepoch')";
  kind.name = [sql = std::string("SELECT ") + kName + " FROM exchange_import WHERE id = ?"](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query(sql, id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  kind.list = [sql = std::string("SELECT id, ") + kName + " FROM exchange_import ORDER BY at DESC, id DESC"](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query(sql);
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  kind.open = [](const Id& id) { return view::Target{"exchange.report", {{"import", id}}}; };
  return kind;
}

/// Rows without a name of their own: people meet them in what a command changed.
EntityKind Unnamed(std::string kind, std::string table, Message label, const std::string& name) {
  EntityKind entity{.kind = std::move(kind), .table = table, .label = std::move(label)};
  entity.name = [sql = "SELECT " + name + " FROM " + table + " WHERE id = ?"](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query(sql, id);
    if (!row.Step()) return std::nullopt;
    return row.Text(0);
  };
  entity.list = [sql = "SELECT id, " + name + " FROM " + table + " ORDER BY order_key, id"](Reading& reading) {
    std::vector<std::pair<Id, std::string>> all;
    auto rows = reading.Query(sql);
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  return entity;
}

}  // namespace

void Register(Registry& registry) {
  registry.Add(Component{.name = "exchange",
                         .migrations = ExchangeMigrations(),
                         .tables = {"exchange_kept", "exchange_alias", "exchange_import", "exchange_line"},
                         .checks = {}});
  registry.Add(ImportKind());
  registry.Add(Unnamed("kept", "exchange_kept", Say("thing kept unseen"), "kind || ' ' || lower(hex(id))"));
  registry.Add(Unnamed("import-line", "exchange_line", Say("line of a report"), "lower(hex(id))"));
  RegisterImport(registry);
  RegisterExport(registry);
  RegisterExportData(registry);
}

}  // namespace meerstem::exchange
