// Whatever is done can be undone to the start and redone to the end, over every table, over groups, over closing.
#include <gtest/gtest.h>

#include "tests/core/store/random_edits.h"
#include "tests/core/store/toy_component.h"
#include "tests/support/test_study.h"

namespace meerstem::testing {
namespace {

class RandomSequence {
 public:
  explicit RandomSequence(std::uint32_t seed) : study_({&RegisterToy}), edits_(Tables(study_), seed) {
    for (const char* name : {"Ada", "Bram", "Chloé"}) actors_.push_back(EnsureResearcher(study_.store(), name));
    dumps_.push_back(study_.Dump());
  }

  void Play(int steps) {
    for (int i = 0; i < steps && !::testing::Test::HasFatalFailure(); ++i) {
      const auto what = edits_.Below(20);
      if (what == 0) study_.Reopen();
      else if (what <= 3) Undo();
      else if (what <= 5) Redo();
      else if (what == 6) Fail();
      else if (what <= 9) DoGroup();
      else DoOne();
      ASSERT_EQ(study_.Dump(), dumps_[at_]) << "step " << i << ", what " << what;
    }
  }
  void UndoAll() {
    study_.Reopen();
    for (std::size_t i = 0; at_ > 0; ++i) {
      Undo();
      ASSERT_EQ(study_.Dump(), dumps_[at_]);
      if (i == 7) study_.Reopen();
    }
    EXPECT_FALSE(study_.store().NextUndo());
  }
  void RedoAll() {
    for (std::size_t i = 0; at_ + 1 < dumps_.size(); ++i) {
      Redo();
      ASSERT_EQ(study_.Dump(), dumps_[at_]);
      if (i == 7) study_.Reopen();
    }
    EXPECT_FALSE(study_.store().NextRedo());
  }

 private:
  static std::vector<std::string> Tables(TestStudy& study) {
    std::vector<std::string> tables;
    for (const auto& component : study.registry().components()) tables.insert(tables.end(), component.tables.begin(), component.tables.end());
    return tables;
  }
  Act Someone() { return {"test.edit", Say("Edit"), actors_[edits_.Below(actors_.size())]}; }
  bool Run(const Act& act) {
    const auto count = 1 + edits_.Below(8);
    return !study_.store().Run(act, [&](Writing& writing) {
      for (std::size_t i = 0; i < count; ++i) edits_.Edit(writing);
    }).empty();
  }
  void Done(bool changed) {
    if (!changed) return;
    dumps_.resize(at_ + 1);  // The line of redo closes.
    dumps_.push_back(study_.Dump());
    ++at_;
  }
  void DoOne() { Done(Run(Someone())); }
  void DoGroup() {
    const Act act = Someone();
    const bool close = edits_.Below(4) != 0;
    bool changed = false;
    {
      Store::Group group(study_.store(), act);
      for (std::size_t i = 0, runs = 1 + edits_.Below(4); i < runs; ++i) changed |= Run(act);
      if (close) group.Close();
    }
    if (close) Done(changed);
    else if (changed) dumps_.resize(at_ + 1);  // Taken back whole, but the line of redo is closed.
  }
  void Fail() {
    EXPECT_THROW(study_.store().Run(Someone(),
                                    [&](Writing& writing) {
                                      edits_.Edit(writing);
                                      throw std::runtime_error("stop");
                                    }),
                 std::runtime_error);
  }
  void Undo() {
    ASSERT_EQ(study_.store().NextUndo().has_value(), at_ > 0);
    if (at_ == 0) return;
    study_.store().Undo(Someone().actor);
    --at_;
  }
  void Redo() {
    ASSERT_EQ(study_.store().NextRedo().has_value(), at_ + 1 < dumps_.size());
    if (at_ + 1 == dumps_.size()) return;
    study_.store().Redo(Someone().actor);
    ++at_;
  }

  TestStudy study_;
  RandomEdits edits_;
  std::vector<Id> actors_;
  std::vector<std::string> dumps_;
  std::size_t at_ = 0;
};

TEST(RandomSequences, UndoneAndRedoneLeaveTheSameContent) {
  for (std::uint32_t seed = 1; seed <= static_cast<std::uint32_t>(8 * Dose()); ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomSequence sequence(seed);
    sequence.Play(80);
    sequence.UndoAll();
    sequence.RedoAll();
    sequence.UndoAll();
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace meerstem::testing
