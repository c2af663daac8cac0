#include "plugins/indices/palette.h"

namespace meerstem::indices {

const char* OutcomeColour(Outcome outcome, Palette palette) {
  if (palette == Palette::kSafe) return OutcomeColour(outcome);
  switch (outcome) {
    case Outcome::kLeft:
    case Outcome::kImprovedDeprived:
    case Outcome::kImprovedNever: return "#4EA72E";
    case Outcome::kSameNever: return "#FFE34D";
    case Outcome::kSameDeprived: return "#F2A03D";
    case Outcome::kEntered:
    case Outcome::kWorseDeprived:
    case Outcome::kWorseNever: return "#D9302B";
  }
  return "";
}

Parameter PaletteParameter() {
  return {.name = "palette", .type = ParameterType::kChoice, .label = Say("Colours"), .live = true,
          .choices = {{"safe", Say("safe for colour blindness")}, {"published", Say("as published")}}, .fallback = "safe"};
}

Palette ThePalette(const Arguments& arguments) { return arguments.Text("palette") == "published" ? Palette::kPublished : Palette::kSafe; }

std::vector<view::Heading> OutcomeLegend(const std::int64_t (&counts)[kOutcomes], Palette palette) {
  std::vector<view::Heading> legend;
  for (int i = 0; i < kOutcomes; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    legend.push_back({.key = OutcomeKey(outcome), .label = OutcomeLabel(outcome), .colour = OutcomeColour(outcome, palette), .glyph = OutcomeGlyph(outcome),
                      .note = Say("{0}", counts[i])});
  }
  return legend;
}

}  // namespace meerstem::indices
