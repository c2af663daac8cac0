#include "plugins/documents/reading.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "core/base/boundaries.h"
#include "core/base/error.h"
#include "core/base/fold.h"
#include "core/base/process.h"
#include "core/study/places.h"
#include "plugins/documents/docx.h"
#include "plugins/documents/encoding.h"
#include "plugins/documents/pages.h"
#include "plugins/documents/pandoc.h"
#include "plugins/documents/rtf.h"
#include "plugins/documents/stamps.h"
#include "plugins/documents/transcript.h"
#include "plugins/documents/xml.h"

namespace meerstem::documents {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestFile = std::uintmax_t{64} << 20;
constexpr double kLongestReading = 120;  ///< Seconds for pandoc or poppler; 64 MB of real Word file take less.
constexpr std::size_t kLargestAnswer = std::size_t{96} << 20;  ///< Its tree takes ten times as much.

enum class Kind { kText, kMarkdown, kDocx, kOdt, kRtf, kHtml, kEpub, kPdf, kCaptions, kTextGrid, kTranscriber, kElan };

struct KnownKind {
  const char* extension;
  Kind kind;
};
constexpr KnownKind kKinds[] = {{".txt", Kind::kText},      {".md", Kind::kMarkdown},   {".markdown", Kind::kMarkdown}, {".docx", Kind::kDocx},
                                {".odt", Kind::kOdt},       {".rtf", Kind::kRtf},       {".html", Kind::kHtml},         {".htm", Kind::kHtml},
                                {".xhtml", Kind::kHtml},    {".epub", Kind::kEpub},     {".pdf", Kind::kPdf},           {".vtt", Kind::kCaptions},
                                {".srt", Kind::kCaptions},  {".textgrid", Kind::kTextGrid}, {".trs", Kind::kTranscriber}, {".eaf", Kind::kElan}};

/// Lower case, with the dot.
std::string Extension(const fs::path& path) {
  return LowerAscii(path.extension().string());
}

const KnownKind* KindOf(const fs::path& path) {
  const std::string extension = Extension(path);
  const auto found = std::find_if(std::begin(kKinds), std::end(kKinds), [&](const KnownKind& kind) { return extension == kind.extension; });
  return found == std::end(kKinds) ? nullptr : found;
}

std::string Bytes(const fs::path& path, const std::string& name) {
  std::error_code problem;
  const auto status = fs::status(path, problem);
  if (status.type() == fs::file_type::not_found) throw Refuse("There is no file “{0}”; check its name and folder.", path.string());
  if (status.type() == fs::file_type::directory) throw Refuse("“{0}” is a folder; bring it in with documents.import-folder.", name);
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

/// The text of a text file. A file of another kind under the wrong name would become pages of �.
std::string PlainText(Document& document, const std::string& bytes, const std::string& encoding) {
  const std::string& name = document.file_name;
  if (bytes.starts_with("PK\x03\x04")) throw Refuse("“{0}” is not a text file but a packed one, perhaps a Word document; give it the extension .docx.", name);
  if (bytes.starts_with("%PDF")) throw Refuse("“{0}” is a PDF, not a text file; give it the extension .pdf.", name);
  if (bytes.starts_with("{\\rtf")) throw Refuse("“{0}” is an RTF document, not a text file; give it the extension .rtf.", name);
  Decoded decoded = encoding.empty() ? Decode(bytes) : DecodeAs(bytes, encoding);
  decoded.utf8 = CleanText(decoded.utf8);
  std::size_t strange = 0;
  for (const char c : decoded.utf8) strange += (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t' && c != '\f' && c != '\v') || c == '\x7f';
  if (strange * 20 > decoded.utf8.size()) throw Refuse("“{0}” holds no text that can be read; it seems to be a file of another kind.", name);
  if (Trim(decoded.utf8).empty()) throw Refuse("“{0}” holds no words, only blanks.", name);
  document.encoding = decoded.encoding;
  for (auto at = decoded.utf8.find("\xEF\xBF\xBD"); at != std::string::npos; at = decoded.utf8.find("\xEF\xBF\xBD", at + 3)) ++document.unreadable;
  return std::move(decoded.utf8);
}

ProcessResult RunReader(const std::vector<std::string>& argv, const std::string& input, Job& job) {
  ProcessLimits limits{.seconds = kLongestReading};
  limits.output = kLargestAnswer;
  limits.stop = [&job] { return job.cancelled(); };
  ProcessResult result = RunProcess(argv, input, limits);
  job.Progress(0);
  return result;
}

/// Through pandoc, which reads in a sandbox of its own: no file, no network.
void ReadWithPandoc(Document& document, const std::string& input, const std::string& format, Job& job) {
  const std::string& name = document.file_name;
  std::vector<std::string> argv = {"pandoc", "--sandbox", "-f", format, "-t", "json"};
  if (format == "docx") argv.push_back("--track-changes=all");
  const ProcessResult result = RunReader(argv, input, job);
  if (result.missing) throw Refuse("Reading “{0}” needs pandoc, which is not on this machine; install the package pandoc.", name);
  if (result.timed_out) throw Refuse("“{0}” could not be read within two minutes; save it again in a word processor, or as .txt.", name);
  if (result.too_much) throw Refuse("“{0}” holds more text than fits in one source; split it.", name);
  if (!result.ok()) {
    if (format == "docx") throw Refuse("“{0}” cannot be read as a Word document; open it in a word processor and save it again as .docx.", name);
    if (format == "odt") throw Refuse("“{0}” cannot be read as an OpenDocument text; open it in a word processor and save it again as .odt.", name);
    if (format == "epub") throw Refuse("“{0}” cannot be read as a book (.epub); save it as .html or .txt.", name);
    throw Refuse("“{0}” cannot be read as {1}; give it the extension .txt to read it as it stands.", name, format == "rtf" ? "RTF" : format == "html" ? "HTML" : "Markdown");
  }
  FillFromJson(result.out, format != "html" && format != "epub" && format != "rtf", document);
  if (Trim(document.text).empty()) throw Refuse("“{0}” holds no words; a text in pictures cannot be read.", name);
  document.text += "\n";
}

void ReadPdf(Document& document, const fs::path& path, const std::string& bytes, Job& job) {
  const std::string& name = document.file_name;
  const ProcessResult result = RunReader({"pdftotext", "-bbox-layout", "-enc", "UTF-8", fs::absolute(path).string(), "-"}, {}, job);
  if (result.missing) throw Refuse("Reading “{0}” needs pdftotext, which is not on this machine; install the package poppler-utils.", name);
  if (result.timed_out) throw Refuse("“{0}” could not be read within two minutes; print it to PDF again, or save its text as .txt.", name);
  if (result.too_much) throw Refuse("“{0}” holds more text than fits in one source; split it.", name);
  if (!result.ok()) {
    if (result.err.find("ncorrect password") != std::string::npos) throw Refuse("“{0}” is protected by a password; save it without one first.", name);
    throw Refuse("“{0}” cannot be read as a PDF; it may be half a file. Print it to PDF again.", name);
  }
  PdfPages pages = ParsePages(result.out, name);
  const std::size_t count = pages.pages.size();
  if (pages.lines.empty()) throw Refuse("“{0}” holds no words, only pictures of pages; have its text recognised (OCR) first.", name);
  DropFurniture(pages, document.notes);
  FillFrom(pages, document);
  if (bytes.size() <= kLargestOriginal) document.original = bytes;
  else document.notes.push_back(Say("The file is larger than 16 MB and is not kept, so that its pages cannot be shown."));
  std::size_t with_words = document.pages.size();
  if (with_words < count) document.notes.push_back(SayCount("{0} page holds no words.", "{0} pages hold no words.", static_cast<std::int64_t>(count - with_words)));
}

/// The encoding that an HTML page names in its head; empty: none.
std::string HtmlEncoding(const std::string& bytes) {
  const std::string head = LowerAscii(bytes.substr(0, 2048));
  const auto at = head.find("charset=");
  if (at == std::string::npos) return {};
  const auto start = head.find_first_not_of("\"' ", at + 8);
  const auto end = start == std::string::npos ? start : head.find_first_of("\"'/> ;", start);
  return end == std::string::npos ? std::string() : head.substr(start, end - start);
}

/// What the file itself names goes before what is guessed, unless it is not that.
std::string Declared(const std::string& bytes, const std::string& declared, const std::string& asked) {
  if (!asked.empty() || declared.empty() || IsValidUtf8(bytes) || bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) return asked;
  return declared == "utf-8" || declared == "UTF-8" ? asked : declared;
}

void RefuseOld(const std::string& bytes, const std::string& name) {
  if (bytes.starts_with("\xD0\xCF\x11\xE0")) {
    throw Refuse("“{0}” is an old Word document (.doc) or one with a password; open it in a word processor and save it as .docx without one.", name);
  }
}

void Fill(Document& document, Kind kind, const fs::path& file, const std::string& bytes, const std::string& encoding, Job& job) {
  const std::string& name = document.file_name;
  switch (kind) {
    case Kind::kText:
      document.text = PlainText(document, bytes, encoding);
      return;
    case Kind::kMarkdown:
      // CommonMark rather than pandoc's own Markdown: quotation marks, dashes and @ stay as they were typed.
      return ReadWithPandoc(document, PlainText(document, bytes, encoding), "commonmark+pipe_tables+footnotes+strikeout+yaml_metadata_block", job);
    case Kind::kHtml:
      return ReadWithPandoc(document, PlainText(document, bytes, Declared(bytes, HtmlEncoding(bytes), encoding)), "html", job);
    case Kind::kCaptions:
      return FillFrom(ParseCaptions(PlainText(document, bytes, encoding), name), document);
    case Kind::kTextGrid:
      return FillFrom(ParseTextGrid(PlainText(document, bytes, encoding), name), document);
    case Kind::kTranscriber:
      return FillFrom(ParseTranscriber(PlainText(document, bytes, Declared(bytes, XmlEncoding(bytes), encoding)), name), document);
    case Kind::kElan:
      return FillFrom(ParseElan(PlainText(document, bytes, Declared(bytes, XmlEncoding(bytes), encoding)), name), document);
    default: break;
  }
  if (!encoding.empty()) throw Refuse("“{0}” knows its own encoding; leave out --encoding.", name);
  RefuseOld(bytes, name);
  const bool packed = bytes.starts_with("PK");
  switch (kind) {
    case Kind::kDocx:
      if (!packed) throw Refuse("“{0}” is not a Word document of the newer kind (.docx); open it in a word processor and save it again as .docx.", name);
      return ReadWithPandoc(document, ReadableDocx(bytes, name, document.notes), "docx", job);
    case Kind::kOdt:
      if (!packed) throw Refuse("“{0}” is not an OpenDocument text (.odt); open it in a word processor and save it again as .odt.", name);
      if (const auto comments = CommentsOfOdt(bytes); comments > 0) {
        document.notes.push_back(SayCount("{0} comment stays behind; save the text as .docx first to bring it along as a memo.", "{0} comments stay behind; save the text as .docx first to bring them along as memos.", comments));
      }
      return ReadWithPandoc(document, bytes, "odt", job);
    case Kind::kEpub:
      if (!packed) throw Refuse("“{0}” is not a book (.epub); save it as .html or .txt.", name);
      return ReadWithPandoc(document, bytes, "epub", job);
    case Kind::kRtf:
      if (!bytes.starts_with("{\\rtf")) throw Refuse("“{0}” is not an RTF document; open it in a word processor and save it again as .docx.", name);
      return ReadWithPandoc(document, RtfInUnicode(bytes), "rtf", job);
    default:
      if (bytes.substr(0, 1024).find("%PDF") == std::string::npos) throw Refuse("“{0}” is not a PDF; give it the extension of what it is.", name);
      return ReadPdf(document, file, bytes, job);
  }
}

}  // namespace

std::string TitleOf(const std::string& path) { return fs::path(path).stem().string(); }

bool IsKnownKind(const std::string& path) { return KindOf(path) != nullptr; }

std::string KnownKinds() {
  std::string kinds;
  for (const auto& kind : kKinds) kinds += (kinds.empty() ? "" : ", ") + std::string(kind.extension);
  return kinds;
}

Document ReadDocument(const std::string& path, const std::string& encoding, Job& job) {
  const fs::path file(path);
  Document document{.file_name = file.filename().string()};
  const KnownKind* kind = KindOf(file);
  if (!kind) {
    std::error_code ignored;
    if (fs::exists(file, ignored) && !fs::is_directory(file, ignored)) {
      throw Refuse("“{0}” is of a kind that cannot be read here; save it as .docx, .odt, .pdf, .md or .txt.", document.file_name);
    }
  }
  const std::string bytes = Bytes(file, document.file_name);
  Fill(document, kind ? kind->kind : Kind::kText, file, bytes, encoding, job);
  if (Trim(document.text).empty()) throw Refuse("“{0}” holds no words, only blanks.", document.file_name);
  const Text text(document.text);
  document.paragraphs = static_cast<std::int64_t>(Paragraphs(text).size());
  if (document.moments.empty()) document.moments = FindStamps(text);
  return document;
}

}  // namespace meerstem::documents
