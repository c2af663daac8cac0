#pragma once

#include <vector>

#include "core/study/coded_study.h"

namespace meerstem::coding {

/// A question of the interviewer and what others say up to the next one. Turns of the interviewer that follow each other
/// are one question; one that nobody answers is none.
struct Answered {
  Range question;
  Range answer;
};
/// By position.
std::vector<Answered> AnsweredIn(const CodedStudy::Source& source, const CodedStudy::Stock& stock);

}  // namespace meerstem::coding
