#include "core/study/row_words.h"

#include <algorithm>

namespace meerstem {

Message RowsLabel(const Registry& registry, const std::string& table) {
  for (const auto& kind : registry.kinds()) {
    if (kind.table == table) return kind.label;
  }
  if (table == "setting") return Say("setting");
  if (table == "stakeholder_type") return Say("stakeholder type");
  if (table == "membership") return Say("family membership");
  if (table == "span") return Say("place in a text");
  if (table == "moment") return Say("moment of a recording");
  if (table == "page") return Say("page");
  if (table == "source_original") return Say("file of a text");
  if (table == "changed_words") return Say("changed quote");
  if (table == "quote_about") return Say("link of a quote to a case");
  if (table == "consent") return Say("answer about consent");
  if (table == "no_name") return Say("word that names nobody");
  if (table == "source_about") return Say("link of a source to a case");
  if (table == "variable") return Say("variable");
  if (table == "variable_value") return Say("value of a variable");
  if (table == "instrument_domain") return Say("domain");
  if (table == "scale_point") return Say("point of a scale");
  if (table == "answer") return Say("answer");
  if (table == "case_step") return Say("step of a case");
  if (table == "excluded_case" || table == "excluded_registration" || table == "excluded_answer") return Say("exclusion");
  std::string name = table;
  std::replace(name.begin(), name.end(), '_', ' ');
  return Verbatim(name);
}

}  // namespace meerstem
