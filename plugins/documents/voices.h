#pragma once

namespace meerstem::documents {

/// SQL: who is heard in which source, as `voice (source, person, stakeholder, site)`. Type and site are the person's, or
/// else the source's. A speaker who is no person yet, and a source in which nobody is named, are one voice without a
/// person. Interviewers are left out, and whoever withdrew.
inline constexpr const char* kVoices =
    "WITH voice (source, person, stakeholder, site) AS ("
    "SELECT DISTINCT source.id, person.id, ifnull(person.stakeholder_id, source.stakeholder_id), ifnull(person.site_id, source.site_id) "
    "FROM source JOIN speaker ON speaker.source_id = source.id LEFT JOIN person ON person.id = speaker.person_id "
    "LEFT JOIN stakeholder_type type ON type.id = person.stakeholder_id WHERE ifnull(type.researcher, 0) = 0 AND person.withdrawn IS NULL "
    "UNION ALL "
    "SELECT source.id, NULL, source.stakeholder_id, source.site_id FROM source WHERE NOT EXISTS ("
    "SELECT 1 FROM speaker LEFT JOIN person ON person.id = speaker.person_id LEFT JOIN stakeholder_type type ON type.id = person.stakeholder_id "
    "WHERE speaker.source_id = source.id AND ifnull(type.researcher, 0) = 0)) ";

}  // namespace meerstem::documents
