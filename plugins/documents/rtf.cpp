#include "plugins/documents/rtf.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <vector>

#include <unicode/utf16.h>
#include <unicode/utf8.h>

#include "core/base/text.h"
#include "plugins/documents/encoding.h"

namespace meerstem::documents {
namespace {

constexpr std::size_t kDeepest = 10000;

/// ICU's name for a code page of Windows or DOS; empty: none that is known here.
std::string EncodingOf(int page) {
  switch (page) {
    case 437: case 737: case 775: case 850: case 852: case 855: case 857: case 858: case 860: case 861: case 862: case 863: case 864: case 865: case 866: case 869:
    case 949: case 950: case 936: return "cp" + std::to_string(page);
    case 932: return "windows-31j";
    case 874: return "windows-874";
    case 10000: return "macintosh";
    case 65001: return "UTF-8";
    default: break;
  }
  if (page >= 1250 && page <= 1258) return "windows-" + std::to_string(page);
  return {};
}

/// The code page of a font's character set; 0: that of the document.
int PageOfCharset(int charset) {
  static const std::map<int, int> pages = {{77, 10000}, {128, 932}, {129, 949}, {134, 936}, {136, 950}, {161, 1253}, {162, 1254}, {163, 1258},
                                           {177, 1255}, {178, 1256}, {186, 1257}, {204, 1251}, {222, 874}, {238, 1250}};
  const auto found = pages.find(charset);
  return found == pages.end() ? 0 : found->second;
}

bool HasTwoBytes(int page) { return page == 932 || page == 936 || page == 949 || page == 950; }

struct State {
  int font = -1;
  int fallback = 1;          ///< Characters behind \u for programs that do not know it.
  bool font_table = false;
};

class Rewriter {
 public:
  explicit Rewriter(std::string_view rtf) : rtf_(rtf), unicode_already_(IsValidUtf8(rtf)) {}

  std::string Rewrite() {
    while (at_ < rtf_.size()) {
      const char c = rtf_[at_];
      if (c == '\\') {
        Control();
      } else if (c == '{') {
        Flush();
        if (states_.size() < kDeepest) states_.push_back(states_.back());
        else ++beyond_;
        Copy(1);
      } else if (c == '}') {
        Flush();
        if (beyond_ > 0) --beyond_;
        else if (states_.size() > 1) states_.pop_back();
        Copy(1);
      } else if (static_cast<unsigned char>(c) >= 0x80 && !unicode_already_) {
        Byte(c);
        ++at_;
      } else if (static_cast<unsigned char>(c) < 0x80 && c != '\r' && c != '\n' && AwaitsSecondByte()) {
        Byte(c);
        ++at_;
      } else {
        Flush();
        Copy(1);
      }
    }
    Flush();
    return std::move(out_);
  }

 private:
  State& state() { return states_.back(); }
  void Copy(std::size_t size) {
    out_ += rtf_.substr(at_, size);
    at_ += size;
  }
  int Page() {
    const auto font = fonts_.find(state().font);
    return font != fonts_.end() && font->second != 0 ? font->second : page_;
  }
  void Byte(char byte) {
    if (!bytes_.empty() && Page() != bytes_page_) Flush();
    bytes_page_ = Page();
    bytes_ += byte;
    const auto value = static_cast<unsigned char>(byte);
    first_byte_ = !first_byte_ && value >= 0x81 && !(bytes_page_ == 932 && value >= 0xA0 && value <= 0xDF);
  }
  /// In the code pages of East Asia a second byte may look like a letter.
  bool AwaitsSecondByte() const { return !bytes_.empty() && first_byte_ && HasTwoBytes(bytes_page_); }
  /// The bytes so far as characters.
  void Flush() {
    if (!units_.empty()) {
      std::string utf8;
      for (std::size_t i = 0; i < units_.size();) {
        UChar32 c;
        U16_NEXT(units_.data(), i, units_.size(), c);
        if (U_IS_SURROGATE(c)) c = 0xFFFD;
        Put(c);
      }
      units_.clear();
    }
    if (bytes_.empty()) return;
    const std::string encoding = EncodingOf(bytes_page_);
    for (const char c : DecodeAs(bytes_, encoding.empty() ? "windows-1252" : encoding).utf8) {
      if (c == '\\' || c == '{' || c == '}') out_ += '\\';
      if (static_cast<unsigned char>(c) >= 0x20) out_ += c;
    }
    bytes_.clear();
    first_byte_ = false;
  }
  void Put(UChar32 c) {
    if (c < 0x20) return;
    if (c == '\\' || c == '{' || c == '}') out_ += '\\';
    char buffer[4];
    std::int32_t size = 0;
    U8_APPEND_UNSAFE(buffer, size, c);
    out_.append(buffer, static_cast<std::size_t>(size));
  }

  void Control() {
    const char next = at_ + 1 < rtf_.size() ? rtf_[at_ + 1] : '\0';
    if (next == '\'') {
      unsigned value = 0;
      const std::string_view digits = rtf_.substr(std::min(at_ + 2, rtf_.size()), 2);
      const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
      if (error != std::errc() || end != digits.data() + 2) {
        at_ += 2;
        return;
      }
      FlushUnits();
      Byte(static_cast<char>(value));
      at_ += 4;
      return;
    }
    if (!IsLetter(next)) {
      Flush();
      // As a destination that may be passed over, a footnote would be.
      if (rtf_.substr(at_).starts_with("\\*\\footnote")) {
        at_ += 2;
        return;
      }
      // A byte of the code page is none of ours to copy: it is read as one.
      if (static_cast<unsigned char>(next) >= 0x80 && !unicode_already_) ++at_;
      else Copy(std::min<std::size_t>(2, rtf_.size() - at_));
      return;
    }
    std::size_t end = at_ + 1;
    while (end < rtf_.size() && IsLetter(rtf_[end])) ++end;
    const std::string_view word = rtf_.substr(at_ + 1, end - at_ - 1);
    int number = 0;
    bool numbered = false;
    const auto [after, error] = std::from_chars(rtf_.data() + end, rtf_.data() + rtf_.size(), number);
    if (error == std::errc()) {
      numbered = true;
      end = static_cast<std::size_t>(after - rtf_.data());
    }
    if (end < rtf_.size() && rtf_[end] == ' ') ++end;
    if (word == "u" && numbered) {
      FlushBytes();
      units_ += static_cast<char16_t>(number);
      at_ = end;
      SkipFallback();
      return;
    }
    Flush();
    if (word == "ansicpg" && numbered) page_ = number;
    else if (word == "mac") page_ = 10000;
    else if (word == "pc") page_ = 437;
    else if (word == "pca") page_ = 850;
    else if (word == "uc" && numbered) state().fallback = std::max(0, std::min(number, 16));
    else if (word == "fonttbl") state().font_table = true;
    else if (word == "deff" && numbered) states_.front().font = state().font = number;
    else if (word == "plain") state().font = states_.front().font;
    else if (word == "f" && numbered) state().font = number;
    else if (word == "fcharset" && numbered && state().font_table) fonts_[state().font] = PageOfCharset(number);
    else if (word == "bin" && numbered && number > 0) {
      // Bytes of a picture: nothing of a text.
      at_ = std::min(rtf_.size(), end + static_cast<std::size_t>(number));
      PassRest();
      return;
    }
    Copy(end - at_);
  }

  /// What stands behind \u for programs that do not know it.
  void SkipFallback() {
    for (int left = state().fallback; left > 0 && at_ < rtf_.size(); --left) {
      const char c = rtf_[at_];
      if (c == '{' || c == '}') return;
      if (c != '\\') {
        ++at_;
      } else if (rtf_.substr(at_, 2) == "\\'") {
        at_ = std::min(rtf_.size(), at_ + 4);
      } else if (at_ + 1 < rtf_.size() && !IsLetter(rtf_[at_ + 1])) {
        at_ += 2;
      } else {
        return;   // A control word is no character.
      }
      PassRest();
    }
  }
  /// A character of several bytes is one: where its first was passed over, so are the others.
  void PassRest() {
    while (unicode_already_ && at_ < rtf_.size() && (static_cast<unsigned char>(rtf_[at_]) & 0xC0) == 0x80) ++at_;
  }
  void FlushUnits() {
    if (!units_.empty()) Flush();
  }
  void FlushBytes() {
    if (!bytes_.empty()) Flush();
  }
  static bool IsLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

  std::string_view rtf_;
  bool unicode_already_;
  std::size_t at_ = 0;
  std::string out_;
  std::string bytes_;            ///< Of one code page, not yet characters.
  int bytes_page_ = 0;
  bool first_byte_ = false;      ///< Of two, where the code page has such.
  std::u16string units_;         ///< Of \u, which writes UTF-16.
  int page_ = 1252;
  std::map<int, int> fonts_;
  std::vector<State> states_{State{}};
  std::size_t beyond_ = 0;
};

}  // namespace

std::string RtfInUnicode(std::string_view rtf) { return Rewriter(rtf).Rewrite(); }

}  // namespace meerstem::documents
