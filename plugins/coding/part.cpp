#include "plugins/coding/part.h"

#include "plugins/coding/shared.h"

namespace meerstem::coding {

void Register(Registry& registry) {
  RegisterDimensions(registry);
  RegisterCodeCommands(registry);
  RegisterCodeRemoval(registry);
  RegisterCodingCommands(registry);
  RegisterDocument(registry);
  RegisterCodebook(registry);
  RegisterRetrieve(registry);
}

}  // namespace meerstem::coding
