#pragma once

#include <string>
#include <vector>

#include "core/command/command.h"
#include "core/plugin/registry.h"
#include "plugins/documents/document.h"

/// What documents.import and documents.import-folder share.
namespace meerstem::documents {

/// How speakers are looked for, as a researcher asks it: `auto`, `none`, a form, or a pattern of one's own.
struct SpeakerReading {
  std::string form = "auto";
  std::string pattern;
};
/// The parameters `--speakers` and `--speaker-pattern`, and what they say.
std::vector<Parameter> SpeakerParameters();
SpeakerReading SpeakerReadingOf(const Arguments& arguments);
Message FormLabel(const std::string& form);
/// Who speaks in a text; `found` gets the form that did it, empty where nobody is named.
Conversation ReadSpeakers(const Text& text, const std::vector<Range>& headings, const std::vector<Range>& names, const SpeakerReading& reading, std::string& found);

/// A file that was read, with the title it will have and who speaks in it.
struct Incoming {
  Document document;
  std::string title;
  Conversation conversation;
  std::string form;          ///< By which speakers were found; "file": the file itself says; empty: nobody is named.
  std::string pattern;
};

/// Kind, stakeholder, person, site, date, language, about-case, encoding and how speakers are found.
std::vector<Parameter> FactParameters();
/// kRefused in one sentence that names the file.
Incoming ReadIncoming(const std::string& path, const std::string& title, const Arguments& arguments, Job& job);
/// Stores it with turns, moments, pages, and comments as memos.
Id AddIncoming(Writing& writing, const Incoming& incoming, const Arguments& arguments);
/// What became of it, in notes.
void Report(Reading& reading, const Incoming& incoming, const Id& source, Outcome& outcome);

/// Columns and cells of a preview: a row per file.
std::vector<view::Column> IncomingColumns();
std::vector<view::Cell> IncomingCells(const Incoming& incoming);

}  // namespace meerstem::documents
