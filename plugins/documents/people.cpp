#include "plugins/documents/part.h"
namespace meerstem::documents {
void RegisterPeople(Registry&) {}
}  // namespace meerstem::documents
