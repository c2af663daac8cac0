#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/store/store.h"

/// What people agreed to, and what follows from it. Consent that nobody recorded counts as given for an adult, and is
/// shown as not recorded; a minor's words leave the house only with a guardian's.
namespace meerstem {

/// One answer of a person about one use of their words.
struct ConsentAnswer {
  Id id;
  std::string purpose;   ///< analysis, quotation, archive; everything: of a withdrawal.
  std::string answer;    ///< given, refused, withdrawn, purged
  Date date;
  std::string guardian;  ///< The role of whoever answered for a minor; empty: the person.
};
/// The newest first.
std::vector<ConsentAnswer> ConsentsOf(Reading& reading, const Id& person);

/// Younger than eighteen when they spoke, or known as a child of a family.
bool IsMinor(Reading& reading, const Id& person);

/// Records an answer; it is in force from now on. kRefused: a minor's yes without a guardian, a person who withdrew.
void RecordConsent(Writing& writing, const Id& person, const std::string& purpose, bool given, Date date, const std::string& guardian);

/// Takes back everything: from now on no view and no export shows a word of theirs. Undo brings it back until the words
/// are purged (purge.h).
void Withdraw(Writing& writing, const Id& person, Date date);

}  // namespace meerstem
