// What is typed into the search: the first byte chooses how it is meant.
#include "plugins/coding/finding.h"
#include "plugins/coding/part.h"
#include "tests/fuzz/target.h"
#include "tests/support/conversation.h"

void meerstem::fuzz::Try(std::string_view input) {
  using namespace meerstem::coding;
  static testing::TestStudy study{{coding::Register}};
  static const Id source = testing::AddConversation(study, "Gesprek", {{"Ann", "coach", "Noord", "Ze belt Karel als het moeilijk gaat 🙂, élke week."}, {"Els", "family", "Noord", "Wij vertrouwen haar İstanbul ß ŉ."}});
  if (input.empty()) return;
  SearchQuery query{.text = CleanText(input.substr(1)), .mode = static_cast<SearchMode>(static_cast<unsigned char>(input[0]) % 5)};
  Job job;
  const auto reading = study.store().Read();
  const auto places = FindPlaces(*reading, query, job);
  const auto size = TextOf(*reading, source)->size();
  for (std::size_t i = 0; i < places.size(); ++i) {
    const Range range = places[i].range;
    Hold(range.start >= 0 && !range.empty() && range.end <= size, "what is found lies in its text");
  }
  for (const Extent extent : {Extent::kSentence, Extent::kParagraph, Extent::kTurn}) Grow(*reading, places, extent);
}
