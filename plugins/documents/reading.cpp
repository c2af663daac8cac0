#include "plugins/documents/reading.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/base/process.h"
#include "plugins/documents/encoding.h"
#include "plugins/documents/pandoc.h"

namespace meerstem::documents {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestFile = std::uintmax_t{64} << 20;
constexpr double kLongestReading = 120;  ///< Seconds for pandoc; 64 MB of real Word file take less.

std::string Bytes(const fs::path& path, const std::string& name) {
  std::error_code problem;
  const auto status = fs::status(path, problem);
  if (status.type() == fs::file_type::not_found) throw Refuse("There is no file “{0}”; check its name and folder.", path.string());
  if (status.type() == fs::file_type::directory) throw Refuse("“{0}” is a folder; name the files in it one by one.", name);
  if (status.type() != fs::file_type::regular) throw Refuse("“{0}” is not an ordinary file and cannot be read as a document.", name);
  const auto size = fs::file_size(path, problem);
  if (!problem && size > kLargestFile) throw Refuse("“{0}” is larger than 64 MB, which no conversation is; split it, or leave out its pictures.", name);
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  if (!file) throw Refuse("“{0}” cannot be read ({1}); check who may read it.", name, std::strerror(errno));
  std::string bytes(problem ? 0 : static_cast<std::size_t>(size), '\0');
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (file.bad() || static_cast<std::size_t>(file.gcount()) != bytes.size()) throw Refuse("“{0}” could be read only in part; copy it to this machine first.", name);
  if (bytes.empty()) throw Refuse("“{0}” is empty.", name);
  return bytes;
}

/// Lower case, with the dot.
std::string Extension(const fs::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(), [](unsigned char c) { return std::tolower(c); });
  return extension;
}

/// The text of a text file. A file of another kind under the wrong name would become pages of �.
Decoded PlainText(const std::string& bytes, const std::string& name, const std::string& encoding) {
  if (bytes.starts_with("PK\x03\x04")) throw Refuse("“{0}” is not a text file but a packed one, perhaps a Word document; give it the extension .docx.", name);
  if (bytes.starts_with("%PDF")) throw Refuse("“{0}” is a PDF, not a text file; save its text as .txt or .docx first.", name);
  if (bytes.starts_with("{\\rtf")) throw Refuse("“{0}” is an RTF document, not a text file; save it as .docx first.", name);
  Decoded decoded = encoding.empty() ? Decode(bytes) : DecodeAs(bytes, encoding);
  decoded.utf8 = CleanText(decoded.utf8);
  std::size_t strange = 0;
  for (const char c : decoded.utf8) strange += (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\f' && c != '\v') || c == '\x7f';
  if (strange * 20 > decoded.utf8.size()) throw Refuse("“{0}” holds no text that can be read; it seems to be a file of another kind.", name);
  if (Trim(decoded.utf8).empty()) throw Refuse("“{0}” holds no words, only blanks.", name);
  return decoded;
}

std::int64_t CountUnreadable(const std::string& utf8) {
  std::int64_t count = 0;
  for (auto at = utf8.find("\xEF\xBF\xBD"); at != std::string::npos; at = utf8.find("\xEF\xBF\xBD", at + 3)) ++count;
  return count;
}

/// Through pandoc, which reads in a sandbox of its own: no file, no network.
void ReadWithPandoc(Document& document, const std::string& input, const std::string& format, Job& job) {
  const std::string& name = document.file_name;
  ProcessLimits limits{.seconds = kLongestReading};
  limits.output = std::size_t{512} << 20;
  limits.stop = [&job] { return job.cancelled(); };
  const ProcessResult result = RunProcess({"pandoc", "--sandbox", "-f", format, "-t", "json"}, input, limits);
  job.Progress(0);
  if (result.missing) throw Refuse("Reading “{0}” needs pandoc, which is not on this machine; install the package pandoc.", name);
  if (result.timed_out) throw Refuse("“{0}” could not be read within two minutes; save it again in a word processor, or as .txt.", name);
  if (!result.ok()) {
    if (format == "docx") throw Refuse("“{0}” cannot be read as a Word document; open it in a word processor and save it again as .docx.", name);
    throw Refuse("“{0}” cannot be read as Markdown; give it the extension .txt to read it as it stands.", name);
  }
  std::int64_t position = 0;
  for (auto& paragraph : ParagraphsOfJson(result.out, name)) {
    if (!document.text.empty()) {
      document.text += "\n\n";
      position += 2;
    }
    const std::int64_t size = CountCodePoints(paragraph.text);
    if (paragraph.heading) document.headings.push_back({position, position + size});
    document.text += paragraph.text;
    position += size;
  }
  if (Trim(document.text).empty()) throw Refuse("“{0}” holds no words; a text in pictures or text boxes cannot be read.", name);
  document.text += "\n";
}

}  // namespace

std::string TitleOf(const std::string& path) { return fs::path(path).stem().string(); }

Document ReadDocument(const std::string& path, const std::string& encoding, Job& job) {
  const fs::path file(path);
  Document document{.file_name = file.filename().string()};
  const std::string extension = Extension(file);
  const std::string& name = document.file_name;
  if (extension != ".txt" && extension != ".md" && extension != ".markdown" && extension != ".docx") {
    std::error_code ignored;
    if (fs::exists(file, ignored) && !fs::is_directory(file, ignored)) {
      throw Refuse("“{0}” is of a kind that cannot be read here; save it as .docx, .md or .txt.", name);
    }
  }
  const std::string bytes = Bytes(file, name);
  if (extension == ".docx") {
    if (!bytes.starts_with("PK")) throw Refuse("“{0}” is not a Word document of the newer kind (.docx); open it in a word processor and save it again as .docx.", name);
    if (!encoding.empty()) throw Refuse("“{0}” is a Word document and knows its own encoding; leave out --encoding.", name);
    ReadWithPandoc(document, bytes, "docx", job);
  } else {
    Decoded decoded = PlainText(bytes, name, encoding);
    document.encoding = decoded.encoding;
    document.unreadable = CountUnreadable(decoded.utf8);
    // CommonMark rather than pandoc's own Markdown: quotation marks, dashes and @ stay as they were typed.
    if (extension == ".txt") document.text = std::move(decoded.utf8);
    else ReadWithPandoc(document, decoded.utf8, "commonmark+pipe_tables+footnotes+strikeout+yaml_metadata_block", job);
  }
  document.paragraphs = static_cast<std::int64_t>(Paragraphs(Text(document.text)).size());
  return document;
}

}  // namespace meerstem::documents
