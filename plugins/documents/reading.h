#pragma once

#include <string>
#include <vector>

#include "core/base/text.h"
#include "core/command/job.h"

namespace meerstem::documents {

/// A file as the study will hold it.
struct Document {
  std::string file_name;          ///< Without folder.
  std::string text;               ///< Clean: LF, no BOM, no NUL.
  std::string encoding;           ///< Of a text file; empty for .docx, which names its own.
  std::vector<Range> headings;    ///< Known for .md and .docx.
  std::int64_t paragraphs = 0;
  std::int64_t unreadable = 0;    ///< Bytes that its encoding does not have; each became U+FFFD.
};

/// Reads a .txt, .md or .docx. `encoding` empty: found out. Every refusal names the file in one sentence.
Document ReadDocument(const std::string& path, const std::string& encoding, Job& job);

/// The file's name without folder and extension.
std::string TitleOf(const std::string& path);

}  // namespace meerstem::documents
