#pragma once

#include "core/command/parameters.h"
#include "core/view/model.h"
#include "plugins/indices/scoring.h"

/// In which colours outcomes are drawn.
namespace meerstem::indices {

enum class Palette {
  kSafe,       ///< Distinct under colour blindness; the default.
  kPublished,  ///< Green better, red worse, yellow and orange the two kinds of standing still.
};

const char* OutcomeColour(Outcome outcome, Palette palette);

/// `--palette`.
Parameter PaletteParameter();
Palette ThePalette(const Arguments& arguments);

/// What the colours and glyphs mean, with how many families each stands for; an outcome of nobody stays, with 0.
std::vector<view::Heading> OutcomeLegend(const std::int64_t (&counts)[kOutcomes], Palette palette);

}  // namespace meerstem::indices
