#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/command/job.h"
#include "core/plugin/registry.h"
#include "core/store/store.h"
#include "core/study/display.h"

/// What the files on chapters share: their blocks as they are stored, and as they are shown.
namespace meerstem::themes {

/// A stretch of a quote that is left out where it stands in a chapter, or a word that is explained there.
struct QuoteMark {
  Id id;
  Range range;       ///< In the source.
  bool cut = true;
  std::string meaning;
};

struct ChapterBlock {
  Id id;
  Id chapter;
  std::string kind;  ///< heading, paragraph, quote, view
  int level = 1;
  std::string text;  ///< Of a view its caption.
  std::optional<Id> quote;
  std::int64_t revision = 1;
  std::optional<Id> theme;   ///< For which a quote speaks here.
  std::optional<Id> seen;    ///< Hash of the words that the quote had when it was put here.
  std::string view;
  std::string arguments;     ///< "name=value", one a line.
  bool table = false;        ///< Shown as a table, not drawn.
  std::string anchor;
};

/// In the order of reading.
std::vector<ChapterBlock> BlocksOf(Reading& reading, const Id& chapter);
/// kRefused when it is gone.
ChapterBlock GetBlock(Reading& reading, const Id& block);

Parameter ChapterParameter();
Parameter BlockParameter();
Parameter AfterParameter();
/// A file whose styles an export takes.
Parameter HouseStyleParameter();
/// An order key behind `after`, or behind the chapter's last block.
double PlaceAfter(Writing& writing, const Id& chapter, const std::optional<Id>& after);
/// The order key with which a thing swaps with its neighbour; none at the end.
std::optional<double> PlaceOneFurther(const std::vector<std::pair<Id, double>>& all, const Id& moved, bool up);
/// The chapter that is named, or that of the block to come after.
Id ChapterOf(Reading& reading, const Arguments& arguments);

/// Why a command is not for the block that is given: it is of another kind; `why` says so.
std::function<Message(Reading&, const Arguments&)> OnlyOn(std::vector<std::string> kinds, Message why);

/// By position.
std::vector<QuoteMark> MarksOf(Reading& reading, const Id& block);
/// The hash of the words on a span as they are stored.
Id WordsSeen(Reading& reading, const SourceSpan& span);
/// The quote as it may be exported now, shortened and explained as the block says; or the reason why it stands empty, and
/// the mark of what has changed since it was put there.
void FillQuote(const Registry& registry, Reading& reading, const ChapterBlock& block, view::Block& shown);
/// The view that a block stands for, built now; what cannot be built says why.
void FillFigure(const Registry& registry, Reading& reading, const ChapterBlock& block, view::Block& shown, Job& job);
/// A block as it is shown and exported, without what can be done with it.
view::Block ShowBlock(const Registry& registry, Reading& reading, const ChapterBlock& block, Job& job);

void RegisterQuoteCommands(Registry& registry);
void RegisterFigureCommands(Registry& registry);
void RegisterReport(Registry& registry);
void RegisterBalance(Registry& registry);

}  // namespace meerstem::themes
