#include "core/base/error.h"

namespace meerstem {

Error::Error(ErrorCode code, Message message) : code_(code), message_(std::move(message)) {}
Error::Error(const Error& other) = default;
Error::~Error() = default;

}  // namespace meerstem
