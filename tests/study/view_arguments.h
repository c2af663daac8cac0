#pragma once

#include <map>
#include <string>
#include <vector>

namespace meerstem {

/// What the views of the sample study need that ask for something; “Gedrukt” is a PDF that a test brings in.
inline const std::map<std::string, std::vector<std::string>> kArguments = {
    {"coding.code-line", {"--source", "Bilzen – coaches"}},
    {"coding.compare-codebook", {"--snapshot", "Bij het hoofdstuk"}},
    {"coding.document", {"--source", "Bilzen – coaches"}},
    {"coding.history", {"--code", "Relatie"}},
    {"coding.portrait", {"--source", "Bilzen – coaches"}},
    {"coding.search", {"--text", "vertrouwen"}},
    {"coding.snapshot", {"--snapshot", "Bij het hoofdstuk"}},
    {"documents.edit", {"--source", "Bilzen – coaches"}},
    {"documents.page", {"--page", "Gedrukt/1"}},
    {"documents.speakers", {"--source", "Bilzen – coaches"}},
    {"indices.association", {"--item", "adult.stress", "--with", "adult.mental_health"}},
    {"indices.item-changes", {"--item", "child.parental_care"}},
    {"indices.trajectory", {"--case", "BA-16"}},
    {"registrations.case", {"--case", "BA-16"}},
    {"registrations.edit-item", {"--item", "household.dwelling"}},
    {"registrations.entry", {"--registration", "BA-16 2023-06-12"}},
    {"registrations.item", {"--item", "child.family_support"}},
    {"registrations.item-answers", {"--item", "child.family_support"}},
    {"registrations.timeline", {"--case", "BA-16"}},
    {"themes.chapter", {"--chapter", "Wat coördinatoren, coaches en gezinnen vertellen"}},
    {"themes.checklist", {"--checklist", "COREQ"}},
    {"themes.quotes", {"--theme", "Vertrouwen"}},
    {"themes.signal-quotes", {"--signal", "De wachtlijst voor een sociale woning"}},
    {"themes.summary", {"--theme", "Vertrouwen", "--case", "BI-10"}},
    {"themes.voices", {"--theme", "Vertrouwen"}},
    {"triangulation.finding", {"--finding", "Wonen"}},
    {"triangulation.timeline", {"--case", "BA-16"}},
};

}  // namespace meerstem
