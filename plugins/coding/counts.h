#pragma once

#include <cstdint>
#include <vector>

#include "core/study/coded_study.h"

namespace meerstem::coding {

/// What is coded under each code, in one sweep over the study.
struct CodeCounts {
  struct Count {
    std::int64_t own = 0;      ///< Quotes that carry the code itself.
    std::int64_t quotes = 0;   ///< With those of the codes below it; these too:
    std::int64_t people = 0;
    std::int64_t sources = 0;
    std::vector<std::int64_t> of_type;  ///< Quotes by stakeholder type, as Frame::stakeholders; of two types it counts in both.
  };
  std::vector<Count> of;              ///< By a code's number.
  std::int64_t quotes = 0;            ///< In which others than the interviewer speak.
  std::int64_t interviewer_only = 0;  ///< Coded, but only the interviewer speaks.
};
CodeCounts CountCodes(const CodedStudy& study);

}  // namespace meerstem::coding
