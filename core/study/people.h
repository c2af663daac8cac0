#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/store/store.h"

/// Sites, stakeholder types, people, cases and who belongs to which.
namespace meerstem {

struct StakeholderType {
  Id id;
  std::string key;   ///< coordinator, coach, family, researcher: what the console takes.
  std::string name;  ///< As the study calls it.
  bool researcher = false;
};

/// In the study's order.
std::vector<StakeholderType> StakeholderTypes(Reading& reading);

Id EnsureSite(Writing& writing, const std::string& name);
Id EnsureCase(Writing& writing, const std::string& code);
/// A person by pseudonym, made when new.
Id EnsurePerson(Writing& writing, const std::string& pseudonym);
/// Makes the person a member of the case in that role, unless they are.
void EnsureMembership(Writing& writing, const Id& person, const Id& study_case, const std::string& role);

struct Member {
  Id person;
  std::string name;   ///< Pseudonym.
  std::string role;   ///< adult, child, coach
  std::optional<int> birth_year;
  std::optional<Date> joined;
  std::optional<Date> left;
  std::string code;   ///< What registrations call the member; empty: only known from conversations.
  bool PresentOn(Date date) const { return (!joined || *joined <= date) && (!left || date < *left); }
};
/// Adults first, then children, then coaches; in the order of entry.
std::vector<Member> MembersOf(Reading& reading, const Id& study_case);

/// What a new study starts with: the stakeholder types coordinator, coach, family and researcher, under names in
/// `language`, and the settings' defaults.
void SeedStudy(Writing& writing, const std::string& language);

std::string Setting(Reading& reading, const std::string& key, const std::string& fallback);
void SetSetting(Writing& writing, const std::string& key, const std::string& value);

}  // namespace meerstem
