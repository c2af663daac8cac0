#include "plugins/documents/part.h"
namespace meerstem::documents {
void RegisterList(Registry&) {}
}  // namespace meerstem::documents
