#include "plugins/documents/encoding.h"

#include <algorithm>
#include <memory>

#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include "core/base/error.h"
#include "core/base/text.h"

namespace meerstem::documents {
namespace {

using namespace std::literals;

constexpr int kDoubt = 15;  ///< Points of ICU's confidence (0 to 100) within which the western encoding is taken.

struct ConverterEnd {
  void operator()(UConverter* converter) const { ucnv_close(converter); }
};
struct DetectorEnd {
  void operator()(UCharsetDetector* detector) const { ucsdet_close(detector); }
};

std::string Convert(std::string_view bytes, const std::string& encoding) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, ConverterEnd> from(ucnv_open(encoding.c_str(), &status));
  if (U_FAILURE(status) || encoding.empty()) {
    throw Refuse("“{0}” is not an encoding that is known here; there is UTF-8, UTF-16LE, UTF-16BE, windows-1252, ISO-8859-1, ISO-8859-15 ...", encoding);
  }
  const std::unique_ptr<UConverter, ConverterEnd> to(ucnv_open("UTF-8", &status));
  std::string utf8;
  std::string piece(65536, '\0');
  UChar pivot[4096];
  UChar* pivot_source = pivot;
  UChar* pivot_target = pivot;
  const char* source = bytes.data();
  bool first = true;
  do {
    status = U_ZERO_ERROR;
    char* target = piece.data();
    ucnv_convertEx(to.get(), from.get(), &target, piece.data() + piece.size(), &source, bytes.data() + bytes.size(), pivot,
                   &pivot_source, &pivot_target, pivot + 4096, first, true, &status);
    first = false;
    utf8.append(piece.data(), target);
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  return utf8;
}

/// UTF-16 without BOM: in any western text nearly every second byte is zero.
std::string WithoutBom16(std::string_view bytes) {
  if (bytes.size() < 4 || bytes.size() % 2 != 0) return {};
  std::size_t zero[2] = {0, 0};
  const std::size_t looked = std::min<std::size_t>(bytes.size(), 20000);
  for (std::size_t i = 0; i < looked; ++i) zero[i % 2] += bytes[i] == '\0';
  const std::size_t many = looked / 2 * 6 / 10, few = looked / 2 / 10;
  if (zero[1] > many && zero[0] <= few) return "UTF-16LE";
  if (zero[0] > many && zero[1] <= few) return "UTF-16BE";
  return {};
}

/// Of the western one-byte encodings: the bytes 80-9F are letters and signs (€ ’ –) only in windows-1252; A4 is the
/// euro sign of ISO-8859-15, and the ¤ of ISO-8859-1 is a sign that nobody types.
std::string Western(std::string_view bytes) {
  const auto any = [&](unsigned char low, unsigned char high) {
    return std::any_of(bytes.begin(), bytes.end(), [&](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return low <= byte && byte <= high;
    });
  };
  if (any(0x80, 0x9F)) return "windows-1252";
  return any(0xA4, 0xA4) ? "ISO-8859-15" : "ISO-8859-1";
}

bool IsWestern(std::string_view name) { return name == "ISO-8859-1" || name == "windows-1252"; }

std::string Detect(std::string_view bytes) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, DetectorEnd> detector(ucsdet_open(&status));
  const auto looked = static_cast<std::int32_t>(std::min<std::size_t>(bytes.size(), 1 << 20));
  ucsdet_setText(detector.get(), bytes.data(), looked, &status);
  std::int32_t count = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &status);
  if (U_FAILURE(status) || count == 0) return Western(bytes);
  const std::string best = ucsdet_getName(matches[0], &status);
  const int confidence = ucsdet_getConfidence(matches[0], &status);
  if (IsWestern(best) || confidence < 50) return Western(bytes);
  for (std::int32_t i = 1; i < count; ++i) {
    if (IsWestern(ucsdet_getName(matches[i], &status)) && ucsdet_getConfidence(matches[i], &status) + kDoubt >= confidence) {
      return Western(bytes);
    }
  }
  return best;
}

}  // namespace

Decoded Decode(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF"sv) && IsValidUtf8(bytes)) return {std::string(bytes), "UTF-8"};
  if (bytes.starts_with("\xFF\xFE\0\0"sv) && bytes.size() % 4 == 0) return {Convert(bytes, "UTF-32LE"), "UTF-32LE"};
  if (bytes.starts_with("\xFF\xFE"sv)) return {Convert(bytes, "UTF-16LE"), "UTF-16LE"};
  if (bytes.starts_with("\xFE\xFF"sv)) return {Convert(bytes, "UTF-16BE"), "UTF-16BE"};
  if (const std::string encoding = WithoutBom16(bytes); !encoding.empty()) return {Convert(bytes, encoding), encoding};
  if (IsValidUtf8(bytes)) return {std::string(bytes), "UTF-8"};
  const std::string encoding = Detect(bytes);
  return {Convert(bytes, encoding), encoding};
}

Decoded DecodeAs(std::string_view bytes, const std::string& encoding) {
  return {Convert(bytes, encoding), encoding};
}

}  // namespace meerstem::documents
