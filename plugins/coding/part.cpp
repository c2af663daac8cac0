#include "plugins/coding/part.h"

#include "coding_migrations.h"
#include "plugins/coding/shared.h"

namespace meerstem::coding {

void Register(Registry& registry) {
  registry.Add(Component{.name = "coding", .migrations = CodingMigrations(), .tables = {"codebook_snapshot", "codebook_snapshot_code"}, .checks = {}});
  RegisterDimensions(registry);
  RegisterCodeCommands(registry);
  RegisterCodeRemoval(registry);
  RegisterCodeSplit(registry);
  RegisterCodingCommands(registry);
  RegisterAutocode(registry);
  RegisterMemos(registry);
  RegisterDocument(registry);
  RegisterCodebook(registry);
  RegisterSnapshots(registry);
  RegisterHistory(registry);
  RegisterSearch(registry);
  RegisterRetrieve(registry);
  RegisterMatrix(registry);
}

}  // namespace meerstem::coding
