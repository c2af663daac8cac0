#include "plugins/documents/part.h"
namespace meerstem::documents {
void RegisterOverview(Registry&) {}
}  // namespace meerstem::documents
