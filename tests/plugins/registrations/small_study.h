#pragma once

#include "tests/support/test_study.h"

namespace meerstem::registrations {

/// A study with a small instrument: dwelling (household), employment and stress (adult), school (child, may be n/a);
/// and two families: F1 in Noord with A1, A2 (from 2022-06-01) and K1, and F2 in Zuid with B1.
class SmallStudy : public meerstem::testing::TestStudy {
 public:
  SmallStudy();
  /// Imports these lines below the header case,member,item,date,value,remark.
  Outcome Import(const std::string& lines, RawArguments more = {});
  std::string ImportRefusal(const std::string& lines, RawArguments more = {});
  /// What registrations.case shows of a family: one line per item, values and states by registration.
  std::vector<std::string> History(const std::string& study_case);
  std::int64_t Count(const std::string& table);
  view::Form Form(const std::string& registration);
  view::Field Field(const std::string& registration, const std::string& key);

 private:
  RawArguments FileOf(const std::string& lines, RawArguments more);
  int files_ = 0;
};

}  // namespace meerstem::registrations
