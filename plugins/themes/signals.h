#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/plugin/registry.h"
#include "core/study/quotes.h"

/// Structural signals: what quotes and remarks tell policy makers, and how many families, sites and services it is about.
namespace meerstem::themes {

struct Signal {
  Id id;
  std::string name;
  std::string description;
  std::string request;
  std::string addressed_to;
};
/// In the study's order.
std::vector<Signal> Signals(Reading& reading);

/// A quote that speaks for a signal, of what service; a remark is one of a source of kind remark.
struct SignalQuote {
  QuoteFacts quote;
  std::string service;
  bool remark = false;
};
/// Of each signal the quotes that may be analysed, in the order of sources.
std::map<Id, std::vector<SignalQuote>> SignalQuotes(Reading& reading);

Parameter SignalParameter();
void RegisterSignals(Registry& registry);
void RegisterSignalViews(Registry& registry);

}  // namespace meerstem::themes
