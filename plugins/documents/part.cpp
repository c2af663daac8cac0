#include "plugins/documents/part.h"

#include "plugins/documents/common.h"
#include "documents_migrations.h"

namespace meerstem::documents {
namespace {

using Named = std::vector<std::pair<Id, std::string>>;

/// A kind whose names come from one SELECT of id and name.
EntityKind KindFrom(std::string kind, std::string table, Message label, const std::string& select, const std::string& order) {
  EntityKind entity{.kind = std::move(kind), .table = table, .label = std::move(label)};
  entity.name = [sql = select + " WHERE " + table + ".id = ?"](Reading& reading, const Id& id) -> std::optional<std::string> {
    auto row = reading.Query(sql, id);
    if (!row.Step()) return std::nullopt;
    return row.Text(1);
  };
  entity.list = [sql = select + " ORDER BY " + order](Reading& reading) {
    Named all;
    auto rows = reading.Query(sql);
    while (rows.Step()) all.emplace_back(rows.GetId(0), rows.Text(1));
    return all;
  };
  return entity;
}

}  // namespace

void Register(Registry& registry) {
  registry.Add(Component{.name = "documents", .migrations = DocumentsMigrations(), .tables = {"speaker_reading"}});
  registry.Add(KindFrom("speaker", "speaker", Say("speaker"),
                        "SELECT speaker.id, source.title || '/' || speaker.label FROM speaker JOIN source ON source.id = speaker.source_id",
                        "source.order_key, speaker.id"));
  registry.Add(KindFrom("turn", "turn", Say("turn"),
                        "SELECT turn.id, source.title || '/' || span.start FROM turn JOIN span ON span.id = turn.span_id "
                        "JOIN source ON source.id = span.source_id",
                        "source.order_key, span.start"));
  registry.Add(KindFrom("replacement", "replacement", Say("name that is not shown"), "SELECT replacement.id, words FROM replacement", "words"));
  registry.Add(KindFrom("speaker-reading", "speaker_reading", Say("way of finding speakers"),
                        "SELECT speaker_reading.id, source.title || '/' || form FROM speaker_reading JOIN source ON source.id = speaker_reading.source_id",
                        "source.order_key"));
  RegisterImport(registry);
  RegisterImportFolder(registry);
  RegisterCorrecting(registry);
  RegisterSpeakers(registry);
  RegisterFindSpeakers(registry);
  RegisterEditing(registry);
  RegisterList(registry);
  RegisterOverview(registry);
  // Behind the list of sources, with which a study opens.
  RegisterCorrected(registry);
  RegisterPageView(registry);
  RegisterPeople(registry);
  RegisterConsent(registry);
  RegisterNames(registry);
  RegisterExportCheck(registry);
}

}  // namespace meerstem::documents
