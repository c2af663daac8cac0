#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/command/command.h"
#include "core/plugin/registry.h"
#include "core/study/codes.h"
#include "core/study/display.h"
#include "core/study/quotes.h"
#include "core/study/sources.h"

/// What the files of this plugin share: parameters that many commands take, and small questions to the study.
namespace meerstem::coding {

void RegisterDimensions(Registry& registry);
void RegisterCodeCommands(Registry& registry);
void RegisterCodeRemoval(Registry& registry);
void RegisterCodeSplit(Registry& registry);
void RegisterCodingCommands(Registry& registry);
void RegisterAutocode(Registry& registry);
void RegisterAnswered(Registry& registry);
void RegisterMemos(Registry& registry);
void RegisterDocument(Registry& registry);
void RegisterCodebook(Registry& registry);
void RegisterSnapshots(Registry& registry);
void RegisterHistory(Registry& registry);
void RegisterSearch(Registry& registry);
void RegisterRetrieve(Registry& registry);
void RegisterMatrix(Registry& registry);
void RegisterPictures(Registry& registry);
void RegisterQuery(Registry& registry);
void RegisterCooccurrence(Registry& registry);
void RegisterWordLists(Registry& registry);

/// An entity parameter; required unless said otherwise afterwards.
Parameter EntityParameter(std::string name, std::string kind, Message label, bool required = true);
/// A filter of a view: a list, live, not required.
Parameter FilterParameter(std::string name, std::string kind, Message label);
Parameter FlagParameter(std::string name, Message label, bool live = true);
/// `--source-kind`, as a filter.
Parameter SourceKindParameter();

/// kRefused when it is no longer there.
Code GetCode(Reading& reading, const Id& id);
/// By id, for views that look up many.
std::map<Id, Code> CodesById(Reading& reading);
/// Why there is nothing to choose from yet; empty when there is.
Message NoCodes(Reading& reading);
/// The sibling named `name` under `parent`, other than `except`.
std::optional<Id> ChildNamed(Reading& reading, const std::optional<Id>& parent, const std::string& name, const Id& except);

/// The coder as the store keeps them: none for a nil actor.
std::optional<Id> CoderOf(const Writing& writing);
/// The coding of this code by this coder on the quote.
std::optional<Id> CodingOn(Reading& reading, const Id& quote, const Id& code, const std::optional<Id>& coder);
/// Adds the coding unless the coder has it already; the new coding's id.
std::optional<Id> AddCoding(Writing& writing, const Id& quote, const Id& code, const char* origin);
/// The codes used last by hand, the newest first: what the keys for fast coding stand for.
std::vector<Id> RecentCodes(Reading& reading, std::size_t count);
/// Leaves of several codings that say the same of a quote by one coder only the oldest, with the memos of all.
void CollapseDuplicates(Writing& writing, const Id& quote);

/// The document at a place: what a row that stands for words opens.
view::Target PlaceOf(const SourceSpan& span);
/// The quotes under a code and its descendants.
view::Target RetrieveOf(const Id& code);
/// The words of a range on one line, as they may be shown.
std::string OneLine(Reading& reading, const SourceSpan& span, Purpose purpose);
/// The name that an entity of a registered kind is shown by; empty when it is gone.
std::string NameOf(const Registry& registry, Reading& reading, const std::string& kind, const Id& id);

}  // namespace meerstem::coding
