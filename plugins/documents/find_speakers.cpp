// documents.find-speakers: who speaks in texts that came in without speakers, as those of other tools' projects do.
#include <algorithm>
#include <memory>

#include "core/base/error.h"
#include "core/study/display.h"
#include "plugins/documents/common.h"
#include "plugins/documents/part.h"

namespace meerstem::documents {
namespace {

struct Found {
  Id source;
  std::string title;
  Conversation conversation;
};

bool HasSpeakers(Reading& reading, const Id& source) { return reading.Number("SELECT EXISTS (SELECT 1 FROM speaker WHERE source_id = ?)", source) != 0; }

std::vector<Found> Look(Reading& reading, const std::vector<Id>& asked, Job& job) {
  std::vector<Id> sources = asked;
  if (sources.empty()) {
    auto rows = reading.Query("SELECT id FROM source WHERE kind <> 'remark' AND NOT EXISTS (SELECT 1 FROM speaker WHERE source_id = source.id) ORDER BY order_key, id");
    while (rows.Step()) sources.push_back(rows.GetId(0));
    if (sources.empty()) throw Refuse("Every source has its speakers, or there is none yet.");
  }
  std::vector<Found> all;
  for (std::size_t i = 0; i < sources.size(); ++i) {
    const Source source = GetSource(reading, sources[i]);
    job.Progress(static_cast<double>(i) / static_cast<double>(sources.size()), Verbatim(source.title));
    if (HasSpeakers(reading, source.id)) throw Refuse("“{0}” has its speakers already; documents.speakers shows them.", source.title);
    all.push_back({source.id, source.title, FindTurns(*TextOf(reading, source.id))});
  }
  return all;
}

Message Labels(Reading& reading, const Found& found) {
  std::vector<std::string> labels;
  for (std::size_t i = 0; i < found.conversation.speakers.size(); ++i) {
    const auto& turns = found.conversation.turns;
    const auto first = std::find_if(turns.begin(), turns.end(), [&](const FoundTurn& turn) { return turn.speaker == i; });
    const auto& speaker = found.conversation.speakers[i];
    const std::string shown = first == turns.end() ? speaker.label : DisplayLabel(reading, {found.source, {first->label.start, first->label.start + CountCodePoints(speaker.label)}});
    labels.push_back(shown + " (" + std::to_string(speaker.turns) + ")");
  }
  return Listed(labels);
}

Plan PrepareFinding(Reading& reading, const Arguments& arguments, Job& job) {
  auto all = std::make_shared<std::vector<Found>>(Look(reading, arguments.Entities("source"), job));
  std::vector<view::Row> rows;
  std::int64_t found = 0;
  for (const auto& each : *all) {
    const bool any = !each.conversation.speakers.empty();
    found += any;
    rows.push_back({.key = ToString(each.source),
                    .cells = {{.value = each.title}, any ? view::Cell{.value = Labels(reading, each)} : view::Cell{.state = view::State::kEmpty, .why = Say("nobody is named at the start of paragraphs")}},
                    .entities = {{"source", each.source}},
                    .target = DocumentTarget(each.source)});
  }
  Plan plan;
  view::Model preview;
  preview.title = Say("Who speaks");
  preview.body = view::Table{{{"source", Say("Source")}, {"speakers", Say("Speakers (turns)")}}, view::MakeRows(std::move(rows))};
  plan.preview = std::move(preview);
  plan.apply = [all, found](Applying& applying) {
    applying.Run([&](Writing& writing) {
      for (const auto& each : *all) {
        if (each.conversation.speakers.empty()) continue;
        // Someone may have been quicker since the preview.
        if (HasSpeakers(writing, each.source)) continue;
        std::vector<std::optional<Id>> people;
        for (const auto& speaker : each.conversation.speakers) people.push_back(speaker.interviewer ? std::optional(InterviewerPerson(writing)) : std::nullopt);
        StoreTurns(writing, each.source, each.conversation, people);
      }
    });
    applying.outcome.notes.push_back(Say("{0} of {1} sources have speakers now; documents.assign-speaker says who each of them is.", found, all->size()));
    const auto first = std::find_if(all->begin(), all->end(), [](const Found& each) { return !each.conversation.speakers.empty(); });
    if (first != all->end()) applying.outcome.show = view::Target{"documents.speakers", {{"source", first->source}}};
  };
  return plan;
}

}  // namespace

void RegisterFindSpeakers(Registry& registry) {
  Command command{.id = "documents.find-speakers",
                  .label = Say("Find the speakers"),
                  .help = Say("Finds who speaks in texts that came in without speakers, by the names at the start of their paragraphs; those of another tool's project, for instance.")};
  command.parameters = {SourceParameter(false)};
  command.parameters.front().list = true;
  command.parameters.front().help = Say("Default: every source that has no speakers yet.");
  command.prepare = PrepareFinding;
  registry.Add(std::move(command));
}

}  // namespace meerstem::documents
