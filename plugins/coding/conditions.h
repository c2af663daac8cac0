#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "core/plugin/registry.h"
#include "core/study/coded_study.h"
#include "plugins/coding/expression.h"

namespace meerstem::coding {

/// A condition of a query, bound to a study: of each quote of a source that is asked about, does it hold?
using Condition = std::function<std::vector<char>(Reading&, std::uint32_t source, const std::vector<char>& asked)>;

/// A dimension's group, a variable, text, coder or date. Refuses, with the place, what the study does not know. A
/// quote meets a condition on people when it holds for one of those who speak in it.
Condition BindCondition(const Registry& registry, Reading& reading, const CodedStudy& study, const Expression& expression, bool include_researchers);
/// The code that an expression names, by its path or, where it is the only one, by its last part.
Id CodeNamed(const CodedStudy& study, const Expression& expression);

}  // namespace meerstem::coding
