#pragma once

#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "tests/gui/shell/real_house.h"

namespace meerstem::testing {

/// The first window of that class in another, itself included.
template <class T>
T* Find(wxWindow* window) {
  if (auto* found = dynamic_cast<T*>(window)) return found;
  for (wxWindow* child : window->GetChildren()) {
    if (auto* found = Find<T>(child)) return found;
  }
  return nullptr;
}

/// The window on a copy of the sample study, worked by keys and mouse; the store says what became of it.
class SampleHouseTest : public RealHouseTest {
 protected:
  void SetUp() override {
    OpenHouse();
    std::filesystem::copy_file(SAMPLE_STUDY, folder_.path("sample.meerstem"));
    ASSERT_TRUE(frame().OpenStudy(folder_.path("sample.meerstem")));
    ASSERT_TRUE(Until([this] { return frame().IsActive(); }));
  }
  /// Presses, moves and lets go from another process: a drag out of our own window runs a loop of its own, in which
  /// nothing of ours goes on.
  void Drag(const wxPoint& from, const wxPoint& to) {
    constexpr int kSteps = 12;
    std::string hand = "xdotool";
    const auto move = [&hand](const wxPoint& point) { hand += " mousemove " + std::to_string(point.x) + " " + std::to_string(point.y) + " sleep 0.02"; };
    move(from);
    hand += " mousedown 1 sleep 0.02";
    for (int i = 1; i <= kSteps; ++i) move(from + (to - from) * i / kSteps);
    hand += " sleep 0.15 mouseup 1 sleep 0.15";
    auto moving = std::async(std::launch::async, [hand] { return std::system(hand.c_str()); });
    EXPECT_TRUE(Until([&] { return moving.wait_for(std::chrono::seconds(0)) == std::future_status::ready; }));
    EXPECT_EQ(moving.get(), 0);
    Settle();
  }
  /// GTK and the X server settle a drag between windows among themselves: one that came too early for them does nothing
  /// and is made again, as a hand would.
  bool DragUntil(const wxPoint& from, const wxPoint& to, const std::function<bool()>& done) {
    constexpr int kAttempts = 8, kPatience = 60;
    for (int attempt = 0; attempt < kAttempts && !done(); ++attempt) {
      Drag(from, to);
      for (int i = 0; i < kPatience && !done(); ++i) Settle();
    }
    return Until(done);
  }
};

}  // namespace meerstem::testing
