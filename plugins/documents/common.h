#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/command/parameters.h"
#include "core/store/store.h"
#include "core/study/sources.h"
#include "core/view/model.h"
#include "plugins/documents/turns.h"

/// What the plugin's commands and views share.
namespace meerstem::documents {

/// The kinds of source that people bring in; registration remarks come in with their registration.
std::vector<Choice> KindChoices();
Message KindLabel(const std::string& kind);
/// Kinds in which people speak in turns.
bool HasTurns(const std::string& kind);

/// kRefused when another source has this title: sources are named by it.
void RefuseTakenTitle(Reading& reading, const std::string& title, const std::optional<Id>& except = std::nullopt);
/// A language tag as typed ("nl", "nl-BE"); kRefused when it is none.
std::string CheckedLanguage(const std::string& tag);

std::vector<Choice> StakeholderChoices(Reading& reading);
std::vector<Choice> SiteChoices(Reading& reading);
std::vector<Choice> PersonChoices(Reading& reading);
std::vector<Choice> CaseChoices(Reading& reading);

/// The parameter `--source`.
Parameter SourceParameter(bool required = true);

/// "a, b, c" of texts that need no translation.
Message Listed(const std::vector<std::string>& texts);
Message Listed(const std::vector<Date>& dates);

/// The one person who stands for every interviewer, of a type outside the counts.
Id InterviewerPerson(Writing& writing);
/// Gives the person type and site where they have none.
void CompletePerson(Writing& writing, const Id& person, const std::optional<Id>& stakeholder, const std::optional<Id>& site);

/// Stores the turns of a source; `people` by speaker of the conversation. Returns the ids of the speakers.
std::vector<Id> StoreTurns(Writing& writing, const Id& source, const Conversation& conversation, const std::vector<std::optional<Id>>& people);
/// The whole text as one turn of one person, without a label in the text.
Conversation OneTurn(const Text& text, const std::string& label);

/// A speaker's label as it may be shown: a name of the list is replaced there too.
std::string ShownLabel(Reading& reading, const Id& source, const Id& speaker, const std::string& label);

/// Words of a source's text, counted once per text.
std::int64_t WordsOf(Reading& reading, const Id& content);

view::Target DocumentTarget(const Id& source);

}  // namespace meerstem::documents
