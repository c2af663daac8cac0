#include "plugins/coding/part.h"

#include "plugins/coding/shared.h"

namespace meerstem::coding {

void Register(Registry& registry) {
  RegisterDimensions(registry);
  RegisterCodeCommands(registry);
  RegisterCodeRemoval(registry);
  RegisterCodingCommands(registry);
  RegisterAutocode(registry);
  RegisterMemos(registry);
  RegisterDocument(registry);
  RegisterCodebook(registry);
  RegisterSearch(registry);
  RegisterRetrieve(registry);
  RegisterMatrix(registry);
  RegisterQuery(registry);
  RegisterCooccurrence(registry);
}

}  // namespace meerstem::coding
