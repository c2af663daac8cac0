#include "plugins/documents/part.h"
namespace meerstem::documents {
void RegisterEditing(Registry&) {}
}  // namespace meerstem::documents
