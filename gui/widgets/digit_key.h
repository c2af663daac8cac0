#pragma once

#include <wx/event.h>

namespace meerstem::gui {

/// 1 to 9 by what is typed, or by its place on the keyboard where digits need Shift (the Belgian one); 0: none.
inline int DigitOf(const wxKeyEvent& event) {
  if (event.ControlDown() || event.AltDown()) return 0;
  const int key = event.GetKeyCode();
  if (key >= '1' && key <= '9') return key - '0';
  if (key >= WXK_NUMPAD1 && key <= WXK_NUMPAD9) return key - WXK_NUMPAD1 + 1;
  constexpr wxUint32 kFirstDigit = 10;  // The key code of X and Wayland for the key under F1.
  const wxUint32 place = event.GetRawKeyFlags();
  return place >= kFirstDigit && place < kFirstDigit + 9 ? static_cast<int>(place - kFirstDigit) + 1 : 0;
}

}  // namespace meerstem::gui
