#include "plugins/documents/part.h"
namespace meerstem::documents {
void RegisterConsent(Registry&) {}
}  // namespace meerstem::documents
