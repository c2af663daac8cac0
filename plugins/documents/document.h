#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/message.h"
#include "core/base/text.h"
#include "core/study/places.h"
#include "plugins/documents/turns.h"

namespace meerstem::documents {

/// What someone wrote beside the words of a file.
struct Comment {
  Range range;            ///< May be empty: at this place.
  std::string author;
  std::string words;
};

/// A file as the study will hold it.
struct Document {
  std::string file_name;                      ///< Without folder.
  std::string text;                           ///< Clean: LF, no BOM, no NUL.
  std::string encoding;                       ///< Of a text file; empty for what names its own.
  std::vector<Range> headings;
  std::vector<Range> names;                   ///< Bold beginnings of paragraphs, which may be names of speakers.
  std::vector<Comment> comments;
  std::vector<Moment> moments;                ///< By position.
  std::vector<Page> pages;
  std::string original;                       ///< The file itself, where its pages can be shown; empty: not kept.
  std::optional<Conversation> conversation;   ///< Where the file itself says who speaks.
  std::vector<Message> notes;                 ///< What was left out or decided.
  std::int64_t paragraphs = 0;
  std::int64_t unreadable = 0;                ///< Bytes that its encoding does not have; each became U+FFFD.
};

}  // namespace meerstem::documents
