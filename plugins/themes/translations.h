#pragma once

#include <optional>
#include <string>

#include "core/plugin/registry.h"
#include "core/view/model.h"
#include "plugins/themes/chapters.h"

/// Quotes in another language, beside the original and never in its place.
namespace meerstem::themes {

/// The languages in which some quote is translated, to choose from, or originals only.
Parameter TranslationParameter();

/// What stands behind a quote of a chapter in the language that was chosen; nullopt: nothing. Marked when the words of
/// the original have changed since; nothing where the original is withheld.
std::optional<view::Block> TranslationOf(Reading& reading, const ChapterBlock& block, const view::Block& original, const std::string& language);

}  // namespace meerstem::themes
