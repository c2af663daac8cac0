#include "plugins/coding/part.h"

#include "coding_migrations.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {

void Register(Registry& registry) {
  registry.Add(Component{.name = "coding",
                         .migrations = CodingMigrations(),
                         .tables = {"codebook_snapshot", "codebook_snapshot_code", "saved_query", "word_list"},
                         .checks = {"SELECT 'two saved queries of one name: ' || name FROM saved_query GROUP BY name HAVING count(*) > 1",
                                    "SELECT 'two word lists of one name: ' || name FROM word_list GROUP BY name HAVING count(*) > 1"}});
  RegisterDimensions(registry);
  registry.Group(Say("Codebook"));
  RegisterCodeCommands(registry);
  RegisterCodeRemoval(registry);
  RegisterCodeSplit(registry);
  registry.Group({});
  RegisterCodingCommands(registry);
  RegisterAutocode(registry);
  registry.Group(Say("Memos"));
  RegisterMemos(registry);
  registry.Group(Say("Codebook"));
  RegisterDocument(registry);
  RegisterCodebook(registry);
  RegisterSnapshots(registry);
  RegisterHistory(registry);
  RegisterSearch(registry);
  RegisterRetrieve(registry);
  RegisterAnswered(registry);
  RegisterMatrix(registry);
  RegisterPictures(registry);
  registry.Group(Say("Queries and word lists"));
  RegisterQuery(registry);
  RegisterCooccurrence(registry);
  RegisterWordLists(registry);
}

}  // namespace meerstem::coding
