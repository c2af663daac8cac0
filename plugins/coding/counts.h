#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/study/coded_study.h"

namespace meerstem::coding {

/// What is coded under each code.
struct CodeCounts {
  struct Count {
    std::int64_t own = 0;      ///< Quotes that carry the code itself.
    std::int64_t quotes = 0;   ///< With those of the codes below it; these too:
    std::int64_t people = 0;
    std::int64_t sources = 0;
    std::vector<std::int64_t> of_type;  ///< Quotes by stakeholder type, as Frame::stakeholders; of two types it counts in both.
    bool operator==(const Count&) const = default;
  };
  std::shared_ptr<const CodedStudy> study;  ///< Of which they are.
  std::vector<Count> of;              ///< By a code's number.
  std::int64_t quotes = 0;            ///< In which others than the interviewer speak.
  std::int64_t interviewer_only = 0;  ///< Coded, but only the interviewer speaks.
  std::vector<std::vector<std::uint32_t>> spoken;  ///< By code and person: in how many sources they speak in its quotes; empty: nobody does.
};

/// In one sweep over the study.
CodeCounts CountCodes(std::shared_ptr<const CodedStudy> study);
/// The study's as it stands: after the first time only the sources that changed are counted anew.
std::shared_ptr<const CodeCounts> CodeCountsOf(Reading& reading);

}  // namespace meerstem::coding
