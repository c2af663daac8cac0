#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/view/model.h"

namespace meerstem::gui {

/// Dragged things as text: one `kind id` a line; a place in a text is `span source start end`.
std::string WriteEntities(const std::vector<view::Entity>& entities, const std::optional<SourceSpan>& span = {});
/// Lines that cannot be read are left out.
std::vector<view::Entity> ReadEntities(const std::string& text);
std::optional<SourceSpan> ReadSpan(const std::string& text);

/// What is dragged: things of the study, or words of a text.
struct Dragged {
  std::vector<view::Entity> entities;
  std::optional<SourceSpan> span;
};

/// Of each thing that a chosen row or node stands for one, so that several rows are dragged as one.
std::vector<view::Entity> OneOfEach(const std::vector<std::vector<view::Entity>>& rows);

/// The first of the drops that fits what is dragged and what it is dropped on, with its arguments bound: all of a kind that
/// are dragged together.
struct BoundDrop {
  std::string command;
  Arguments arguments;
};
std::optional<BoundDrop> MatchDrop(const std::vector<view::Drop>& drops, const std::vector<view::Entity>& from,
                                   const std::vector<view::Entity>& onto);
/// The same of a place in a text onto things.
std::optional<BoundDrop> MatchDrop(const std::vector<view::Drop>& drops, const SourceSpan& from, const std::vector<view::Entity>& onto);
std::optional<BoundDrop> MatchDrop(const std::vector<view::Drop>& drops, const Dragged& from, const std::vector<view::Entity>& onto);
/// The same onto a place in a text.
std::optional<BoundDrop> MatchDrop(const std::vector<view::Drop>& drops, const std::vector<view::Entity>& from,
                                   const SourceSpan& onto);
/// Whether anything at all may be dropped there: what is dragged from elsewhere is known only once dropped.
bool TakesDrops(const std::vector<view::Drop>& drops, const std::vector<view::Entity>& onto);

}  // namespace meerstem::gui
