#include "plugins/documents/docx.h"

#include <memory>
#include <string_view>

#include <zip.h>

#include "core/base/error.h"

namespace meerstem::documents {
namespace {

constexpr zip_uint64_t kLargestPart = zip_uint64_t{128} << 20;
constexpr zip_uint64_t kLargestAll = zip_uint64_t{256} << 20;
constexpr zip_int64_t kMostParts = 20000;
constexpr int kBoxesInBoxes = 4;

constexpr std::string_view kStrict = "http://purl.oclc.org/ooxml/";
constexpr std::string_view kUsual = "http://schemas.openxmlformats.org/";
constexpr std::string_view kBox = "<w:txbxContent";
constexpr std::string_view kBoxEnd = "</w:txbxContent>";
constexpr std::string_view kFallback = "<mc:Fallback";
constexpr std::string_view kFallbackEnd = "</mc:Fallback>";
constexpr std::string_view kParagraphEnd = "</w:p>";

struct Discard {
  void operator()(zip_t* zip) const { zip_discard(zip); }
};
struct CloseFile {
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Zip = std::unique_ptr<zip_t, Discard>;

/// "http://purl.oclc.org/ooxml/wordprocessingml/main" is ".../wordprocessingml/2006/main" to everyone else.
std::string InUsualNames(std::string_view xml) {
  std::string usual;
  for (auto at = xml.find(kStrict); at != std::string_view::npos; at = xml.find(kStrict)) {
    usual.append(xml.substr(0, at)).append(kUsual);
    xml.remove_prefix(at + kStrict.size());
    const auto slash = xml.find_first_of("/\"'");
    if (slash == std::string_view::npos || xml[slash] != '/') continue;
    usual.append(xml.substr(0, slash)).append("/2006");
    xml.remove_prefix(slash);
  }
  return usual.append(xml);
}

/// A box is written twice, the second time for old programs.
std::string WithoutFallbacks(std::string_view xml) {
  std::string rest;
  for (auto at = xml.find(kFallback); at != std::string_view::npos; at = xml.find(kFallback)) {
    const auto end = xml.find(kFallbackEnd, at);
    rest.append(xml.substr(0, at));
    xml.remove_prefix(end == std::string_view::npos ? xml.size() : end + kFallbackEnd.size());
  }
  return rest.append(xml);
}

/// Where the box that is open here closes; boxes in it are passed over.
std::size_t BoxEnd(std::string_view xml, std::size_t at) {
  for (int open = 1; open > 0;) {
    const auto end = xml.find(kBoxEnd, at);
    if (end == std::string_view::npos) return xml.size();
    const auto begin = xml.substr(0, end).find(kBox, at);
    open += begin == std::string_view::npos ? -1 : 1;
    at = begin == std::string_view::npos ? end + kBoxEnd.size() : begin + kBox.size();
  }
  return at;
}

std::string WithBoxesOpened(std::string_view xml, std::int64_t& boxes, int depth) {
  std::string opened, waiting;
  while (!xml.empty()) {
    const auto box = xml.find(kBox);
    // What was in a box goes behind the paragraph that holds it.
    const auto end = waiting.empty() ? std::string_view::npos : xml.find(kParagraphEnd);
    if (end != std::string_view::npos && end < box) {
      opened.append(xml.substr(0, end + kParagraphEnd.size())).append(waiting);
      waiting.clear();
      xml.remove_prefix(end + kParagraphEnd.size());
      continue;
    }
    if (box == std::string_view::npos) break;
    const auto begin = xml.find('>', box);
    if (begin == std::string_view::npos) break;
    const std::size_t after = BoxEnd(xml, begin + 1);
    std::string_view inside = xml.substr(begin + 1, after - begin - 1);
    if (inside.ends_with(kBoxEnd)) inside.remove_suffix(kBoxEnd.size());
    ++boxes;
    waiting += depth < kBoxesInBoxes ? WithBoxesOpened(inside, boxes, depth + 1) : std::string(inside);
    opened.append(xml.substr(0, box));
    xml.remove_prefix(after);
  }
  return opened.append(xml).append(waiting);
}

/// A zip in memory; the source stays readable for as long as it is held.
class Package {
 public:
  Package(const std::string& bytes, bool writable) {
    zip_error_t error;
    zip_error_init(&error);
    source_ = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    if (source_) zip_source_keep(source_);
    zip_.reset(source_ ? zip_open_from_source(source_, writable ? 0 : ZIP_RDONLY, &error) : nullptr);
    zip_error_fini(&error);
    if (source_ && !zip_) zip_source_free(source_);   // Nobody took it over.
  }
  ~Package() {
    zip_.reset();
    if (source_) zip_source_free(source_);
  }
  Package(const Package&) = delete;
  zip_t* zip() const { return zip_.get(); }
  /// Writes what was changed; empty when that fails.
  std::string Bytes() {
    if (zip_close(zip_.get()) != 0) return {};
    zip_.release();
    zip_stat_t about;
    if (zip_source_stat(source_, &about) != 0 || zip_source_open(source_) != 0) return {};
    std::string bytes(about.size, '\0');
    const zip_int64_t read = zip_source_read(source_, bytes.data(), bytes.size());
    zip_source_close(source_);
    return read == static_cast<zip_int64_t>(bytes.size()) ? bytes : std::string();
  }

 private:
  zip_source_t* source_ = nullptr;
  Zip zip_;
};

std::string PartOf(zip_t* zip, zip_uint64_t index, zip_uint64_t size) {
  const std::unique_ptr<zip_file_t, CloseFile> file(zip_fopen_index(zip, index, 0));
  std::string part(size, '\0');
  if (!file || zip_fread(file.get(), part.data(), part.size()) != static_cast<zip_int64_t>(part.size())) return {};
  return part;
}

}  // namespace

std::string ReadablePart(const std::string& xml, std::int64_t& boxes) {
  std::string usual = xml.find(kStrict) == std::string::npos ? xml : InUsualNames(xml);
  return usual.find(kBox) == std::string::npos ? usual : WithBoxesOpened(WithoutFallbacks(usual), boxes, 0);
}

std::string ReadableDocx(const std::string& bytes, const std::string& file_name, std::vector<Message>& notes) {
  const auto broken = [&] { return Refuse("“{0}” cannot be read as a Word document; open it in a word processor and save it again as .docx.", file_name); };
  Package package(bytes, true);
  if (!package.zip()) throw broken();
  const zip_int64_t count = zip_get_num_entries(package.zip(), 0);
  zip_uint64_t all = 0;
  std::int64_t boxes = 0;
  std::vector<std::string> parts;   // Alive until the package is written.
  std::vector<std::pair<zip_uint64_t, std::size_t>> changed;
  for (zip_int64_t i = 0; i < count; ++i) {
    zip_stat_t about;
    const auto index = static_cast<zip_uint64_t>(i);
    if (i > kMostParts || zip_stat_index(package.zip(), index, 0, &about) != 0 || !(about.valid & ZIP_STAT_SIZE)) throw broken();
    const std::string_view name = about.name ? about.name : "";
    if (!name.ends_with(".xml") && !name.ends_with(".rels")) continue;
    all += about.size;
    if (about.size > kLargestPart || all > kLargestAll) throw Refuse("“{0}” swells to more than {1} MB when it is unpacked, which no text does; save it again in a word processor.", file_name, kLargestAll >> 20);
    const std::string part = PartOf(package.zip(), index, about.size);
    std::string readable = ReadablePart(part, boxes);
    if (readable == part) continue;
    changed.emplace_back(index, parts.size());
    parts.push_back(std::move(readable));
  }
  if (changed.empty()) return bytes;
  for (const auto& [index, part] : changed) {
    zip_source_t* source = zip_source_buffer(package.zip(), parts[part].data(), parts[part].size(), 0);
    if (!source || zip_file_replace(package.zip(), index, source, 0) != 0) {
      if (source) zip_source_free(source);
      throw broken();
    }
  }
  if (boxes > 0) {
    notes.push_back(SayCount("The words of {0} text box stand behind the paragraph to which it is anchored.",
                             "The words of {0} text boxes stand behind the paragraphs to which they are anchored.", boxes));
  }
  std::string readable = package.Bytes();
  if (readable.empty()) throw broken();
  return readable;
}

std::int64_t CommentsOfOdt(const std::string& bytes) {
  constexpr std::string_view kComment = "<office:annotation";
  const Package package(bytes, false);
  zip_stat_t about;
  if (!package.zip() || zip_stat(package.zip(), "content.xml", 0, &about) != 0 || !(about.valid & ZIP_STAT_SIZE) || about.size > kLargestPart) return 0;
  const std::string content = PartOf(package.zip(), about.index, about.size);
  std::int64_t comments = 0;
  for (auto at = content.find(kComment); at != std::string::npos; at = content.find(kComment, at + 1)) {
    // <office:annotation-end> is the place at which the words that a comment is on stop.
    const char next = at + kComment.size() < content.size() ? content[at + kComment.size()] : '>';
    comments += next == '>' || next == ' ';
  }
  return comments;
}

}  // namespace meerstem::documents
