// The dimension "stakeholder-site": types by sites, so that every matrix can set them beside each other. All pairs are
// there, since a pair in which nobody was heard is a finding too.
#include "plugins/themes/part.h"

namespace meerstem::themes {
namespace {

struct Named {
  Id id;
  std::string key, name;
};

std::vector<Named> ReadNamed(Statement rows) {
  std::vector<Named> all;
  while (rows.Step()) all.push_back({rows.GetId(0), rows.Text(1), rows.Text(2)});
  return all;
}

Grouping TypesBySites(Reading& reading) {
  const auto types = ReadNamed(reading.Query("SELECT id, key, name FROM stakeholder_type WHERE researcher = 0 ORDER BY order_key"));
  // Sites that only registrations know are no place of conversations.
  const auto sites = ReadNamed(reading.Query(
      "SELECT id, name, name FROM site WHERE EXISTS (SELECT 1 FROM source WHERE site_id = site.id AND kind <> 'remark') "
      "OR EXISTS (SELECT 1 FROM person JOIN speaker ON speaker.person_id = person.id JOIN source ON source.id = source_id AND kind <> 'remark' WHERE person.site_id = site.id) ORDER BY order_key"));
  Grouping grouping;
  std::map<std::pair<Id, Id>, std::size_t> groups;
  for (const auto& type : types) {
    for (const auto& site : sites) {
      groups[{type.id, site.id}] = grouping.groups.size();
      grouping.groups.push_back({.key = type.key + "/" + site.key, .label = Verbatim(type.name + ", " + site.name), .entities = {{"stakeholder", type.id}, {"site", site.id}}});
    }
  }
  auto people = reading.Query(
      "SELECT DISTINCT person.id, ifnull(person.stakeholder_id, source.stakeholder_id), ifnull(person.site_id, source.site_id) "
      "FROM speaker JOIN person ON person.id = person_id JOIN source ON source.id = source_id");
  while (people.Step()) {
    const auto group = groups.find({people.GetId(1), people.GetId(2)});
    if (group != groups.end()) grouping.members.emplace_back(people.GetId(0), group->second);
  }
  return grouping;
}

}  // namespace

void RegisterTypeBySite(Registry& registry) { registry.Add(Dimension{"stakeholder-site", Say("Stakeholder type and site"), "person", TypesBySites}); }

}  // namespace meerstem::themes
