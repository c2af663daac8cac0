#pragma once

#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/study/coded_study.h"

/// How the parts of a CodedStudy come out of the store. Numbers of codes and coders that `before` gave stay as they are.
namespace meerstem::coded_study {

std::shared_ptr<const CodedStudy::Frame> LoadFrame(Reading& reading, const CodedStudy::Frame* before);
std::shared_ptr<const CodedStudy::Codes> LoadCodes(Reading& reading, const CodedStudy::Codes* before);
/// All sources, by four scans of whole tables: lookups of a million ids one by one would take several times as long.
std::vector<std::shared_ptr<const CodedStudy::Stock>> LoadStocks(Reading& reading, const CodedStudy::Frame& frame, const CodedStudy::Codes& codes);
std::shared_ptr<const CodedStudy::Stock> LoadStock(Reading& reading, const CodedStudy::Frame& frame, const CodedStudy::Codes& codes, std::size_t source);
/// The sources in which something changed, from rows as Between gives them.
std::set<Id> TouchedSources(Reading& reading, const std::vector<std::pair<std::string, std::vector<Id>>>& rows);

}  // namespace meerstem::coded_study
