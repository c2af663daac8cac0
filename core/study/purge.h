#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/command/job.h"
#include "core/store/store.h"
#include "core/view/model.h"

/// Taking a person out of a study for good: their words in the texts, what was literally copied from them, their names,
/// what the journal recorded of them, older versions of the texts, drafts; and the backups that still hold them.
/// Letters become blocks of the same length, so that every other quote stays where it is.
namespace meerstem {

/// Something outside the transcripts that repeats words of the person literally.
struct Copied {
  std::string table;
  view::Entity entity;   ///< The row; its kind is the table's.
  std::string column;
};

/// What purging a person would do, as counted now.
struct Purging {
  Id person;
  std::string pseudonym;
  std::int64_t conversations = 0, turns = 0, words = 0, quotes = 0, memos = 0, names = 0;
  std::int64_t other_texts = 0;      ///< Texts in which others repeat them.
  std::int64_t pdfs = 0;             ///< Files of PDFs on whose pages they stand, or that cannot be looked through.
  std::vector<Copied> copied;
  std::vector<std::string> backups;  ///< Files beside the study that hold the person.
  std::vector<std::string> unreadable;  ///< Backups of which that cannot be said.
};
Purging LookAtPurging(Reading& reading, const Id& person, Job& job);

/// Does it. kRefused inside a longer edit. The person stays as a nameless one who withdrew, so that what others said to
/// them stays readable. Backups are left to the caller.
Change Purge(Store& store, const Act& act, const Id& person, Job& job);

/// Of the backups beside a study, those that hold the person, and those that cannot be read.
void FindBackups(Reading& reading, const Id& person, std::vector<std::string>& holding, std::vector<std::string>& unreadable);

}  // namespace meerstem
