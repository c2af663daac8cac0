#include "gui/widgets/text_column.h"

#include <algorithm>
#include <cmath>

namespace meerstem::gui {
namespace {

constexpr double kLineSpacing = 1.22;   // Times the font's own: about 1.4 em.
constexpr std::size_t kKeptLayouts = 400;
constexpr double kBlankShare = 0.5;     // An empty paragraph is half a line.

void AddAttribute(PangoAttrList* list, PangoAttribute* attribute, int start, int end) {
  attribute->start_index = static_cast<guint>(start);
  attribute->end_index = static_cast<guint>(end);
  pango_attr_list_insert(list, attribute);
}

}  // namespace

TextColumn::TextColumn() {
  context_ = pango_font_map_create_context(pango_cairo_font_map_get_default());
  font_ = pango_font_description_new();
  MeasureFont();
}

TextColumn::~TextColumn() {
  Forget();
  pango_font_description_free(font_);
  g_object_unref(context_);
}

void TextColumn::Forget() {
  for (auto& [paragraph, kept] : layouts_) g_object_unref(kept.layout);
  layouts_.clear();
  uses_.clear();
}

void TextColumn::SetText(const CodedTextIndex* index) {
  index_ = index;
  Forget();
}

bool TextColumn::SetStyle(const Style& style) {
  if (style == style_) return false;
  style_ = style;
  Forget();
  MeasureFont();
  return true;
}

void TextColumn::MeasureFont() {
  pango_font_description_set_family(font_, style_.family.empty() ? "Sans" : style_.family.c_str());
  pango_font_description_set_absolute_size(font_, style_.font_pixels * PANGO_SCALE);
  PangoFontMetrics* metrics = pango_context_get_metrics(context_, font_, nullptr);
  line_height_ = kLineSpacing * pango_font_metrics_get_height(metrics) / PANGO_SCALE;
  character_width_ = 0.92 * pango_font_metrics_get_approximate_char_width(metrics) / PANGO_SCALE;
  pango_font_metrics_unref(metrics);
  if (line_height_ <= 0) line_height_ = 1.4 * style_.font_pixels;
  if (character_width_ <= 0) character_width_ = 0.5 * style_.font_pixels;
}

int TextColumn::Measure() const { return static_cast<int>(std::lround(70 * character_width_)); }

PangoLayout* TextColumn::Layout(std::size_t paragraph) {
  const auto found = layouts_.find(paragraph);
  if (found != layouts_.end()) {
    uses_.splice(uses_.begin(), uses_, found->second.use);
    return found->second.layout;
  }
  if (layouts_.size() >= kKeptLayouts) {
    const auto oldest = layouts_.find(uses_.back());
    g_object_unref(oldest->second.layout);
    layouts_.erase(oldest);
    uses_.pop_back();
  }
  const Range range = index_->paragraphs()[paragraph].shown;
  const std::string_view words = index_->shown().Slice(range);
  PangoLayout* layout = pango_layout_new(context_);
  pango_layout_set_font_description(layout, font_);
  pango_layout_set_text(layout, words.data(), static_cast<int>(words.size()));
  pango_layout_set_width(layout, style_.width * PANGO_SCALE);
  pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_line_spacing(layout, kLineSpacing);
  PangoAttrList* attributes = pango_attr_list_new();
  const auto& pieces = index_->pieces();
  auto piece = std::lower_bound(pieces.begin(), pieces.end(), range.start, [](const CodedTextIndex::Piece& p, std::int64_t at) { return p.shown.end <= at; });
  for (; piece != pieces.end() && piece->shown.start < range.end; ++piece) {
    if (piece->role == view::Run::Role::kWords || piece->shown.empty()) continue;
    const int start = LocalByte(paragraph, std::max(range.start, piece->shown.start));
    const int end = LocalByte(paragraph, std::min(range.end, piece->shown.end));
    if (piece->role == view::Run::Role::kLabel) AddAttribute(attributes, pango_attr_weight_new(PANGO_WEIGHT_BOLD), start, end);
    if (piece->role == view::Run::Role::kReplaced) AddAttribute(attributes, pango_attr_underline_new(PANGO_UNDERLINE_LOW), start, end);
    if (piece->role == view::Run::Role::kHidden) {
      AddAttribute(attributes, pango_attr_style_new(PANGO_STYLE_ITALIC), start, end);
      const auto channel = [this](int shift) { return static_cast<guint16>(((style_.quiet >> shift) & 0xff) * 257); };
      AddAttribute(attributes, pango_attr_foreground_new(channel(16), channel(8), channel(0)), start, end);
    }
  }
  pango_layout_set_attributes(layout, attributes);
  pango_attr_list_unref(attributes);
  uses_.push_front(paragraph);
  layouts_.emplace(paragraph, Kept{layout, uses_.begin()});
  return layout;
}

double TextColumn::TextHeight(std::size_t paragraph) {
  if (index_->paragraphs()[paragraph].shown.empty()) return std::round(line_height_ * kBlankShare);
  int height = 0;
  pango_layout_get_pixel_size(Layout(paragraph), nullptr, &height);
  return height;
}

double TextColumn::EstimateHeight(std::size_t paragraph) const {
  const auto length = static_cast<double>(index_->paragraphs()[paragraph].shown.size());
  if (length == 0) return std::round(line_height_ * kBlankShare);
  return std::ceil(length * character_width_ / std::max(40, style_.width)) * line_height_;
}

int TextColumn::LocalByte(std::size_t paragraph, std::int64_t position) const {
  const Range range = index_->paragraphs()[paragraph].shown;
  return static_cast<int>(index_->shown().Byte(std::clamp(position, range.start, range.end)) - index_->shown().Byte(range.start));
}

std::int64_t TextColumn::FromLocalByte(std::size_t paragraph, int byte) const {
  return index_->shown().CodePoint(index_->shown().Byte(index_->paragraphs()[paragraph].shown.start) + static_cast<std::size_t>(byte));
}

std::vector<TextColumn::Box> TextColumn::Boxes(std::size_t paragraph, Range shown) {
  const int start = LocalByte(paragraph, shown.start);
  const int end = LocalByte(paragraph, shown.end);
  std::vector<Box> boxes;
  PangoLayoutIter* iter = pango_layout_get_iter(Layout(paragraph));
  do {
    PangoLayoutLine* line = pango_layout_iter_get_line_readonly(iter);
    const int line_end = line->start_index + line->length;
    if (line_end < start || line->start_index >= end) continue;
    int top = 0, bottom = 0;
    pango_layout_iter_get_line_yrange(iter, &top, &bottom);
    PangoRectangle logical;
    pango_layout_iter_get_line_extents(iter, nullptr, &logical);
    int* ranges = nullptr;
    int count = 0;
    pango_layout_line_get_x_ranges(line, std::max(start, line->start_index), std::min(end, line_end), &ranges, &count);
    for (int i = 0; i < count; ++i) {
      const double x = static_cast<double>(ranges[2 * i]) / PANGO_SCALE;
      const double right = std::min<double>(static_cast<double>(ranges[2 * i + 1]) / PANGO_SCALE, style_.width);
      if (right > x) boxes.push_back({x, static_cast<double>(top) / PANGO_SCALE, right - x, static_cast<double>(bottom - top) / PANGO_SCALE});
    }
    g_free(ranges);
  } while (pango_layout_iter_next_line(iter));
  pango_layout_iter_free(iter);
  return boxes;
}

TextColumn::Box TextColumn::Caret(std::int64_t position) {
  const std::size_t paragraph = index_->ParagraphAt(position);
  PangoRectangle strong;
  pango_layout_get_cursor_pos(Layout(paragraph), LocalByte(paragraph, position), &strong, nullptr);
  return {static_cast<double>(strong.x) / PANGO_SCALE, static_cast<double>(strong.y) / PANGO_SCALE, 1.5, static_cast<double>(strong.height) / PANGO_SCALE};
}

std::int64_t TextColumn::PositionAt(std::size_t paragraph, double x, double y) {
  int byte = 0, trailing = 0;
  pango_layout_xy_to_index(Layout(paragraph), static_cast<int>(x * PANGO_SCALE), static_cast<int>(y * PANGO_SCALE), &byte, &trailing);
  return std::min(FromLocalByte(paragraph, byte) + trailing, index_->paragraphs()[paragraph].shown.end);
}

std::int64_t TextColumn::NextCharacter(std::int64_t position, bool forward) {
  const std::size_t paragraph = index_->ParagraphAt(position);
  const Range range = index_->paragraphs()[paragraph].shown;
  if (forward && position >= range.end) return std::min(position + 1, index_->size());
  if (!forward && position <= range.start) return std::max<std::int64_t>(0, position - 1);
  int count = 0;
  const PangoLogAttr* attributes = pango_layout_get_log_attrs_readonly(Layout(paragraph), &count);
  std::int64_t local = position - range.start + (forward ? 1 : -1);
  while (local > 0 && local < count - 1 && !attributes[local].is_cursor_position) local += forward ? 1 : -1;
  return range.start + local;
}

std::int64_t TextColumn::NextWord(std::int64_t position, bool forward) {
  const std::size_t paragraph = index_->ParagraphAt(position);
  const Range range = index_->paragraphs()[paragraph].shown;
  if (forward && position >= range.end) return std::min(position + 1, index_->size());
  if (!forward && position <= range.start) return std::max<std::int64_t>(0, position - 1);
  int count = 0;
  const PangoLogAttr* attributes = pango_layout_get_log_attrs_readonly(Layout(paragraph), &count);
  std::int64_t local = position - range.start + (forward ? 1 : -1);
  while (local > 0 && local < count - 1 && !attributes[local].is_word_start) local += forward ? 1 : -1;
  return range.start + local;
}

Range TextColumn::WordAt(std::int64_t position) {
  const std::size_t paragraph = index_->ParagraphAt(position);
  const Range range = index_->paragraphs()[paragraph].shown;
  if (range.empty()) return {position, position};
  int count = 0;
  const PangoLogAttr* attributes = pango_layout_get_log_attrs_readonly(Layout(paragraph), &count);
  std::int64_t start = position - range.start;
  while (start > 0 && !attributes[start].is_word_start) --start;
  std::int64_t end = std::max(start + 1, position - range.start);
  while (end < count - 1 && !attributes[end].is_word_end) ++end;
  return {range.start + start, std::min(range.start + end, range.end)};
}

Range TextColumn::LineAt(std::int64_t position) {
  const std::size_t paragraph = index_->ParagraphAt(position);
  int line = 0, x = 0;
  pango_layout_index_to_line_x(Layout(paragraph), LocalByte(paragraph, position), FALSE, &line, &x);
  const PangoLayoutLine* shown = pango_layout_get_line_readonly(Layout(paragraph), line);
  if (!shown) return index_->paragraphs()[paragraph].shown;
  const std::int64_t start = FromLocalByte(paragraph, shown->start_index);
  std::int64_t end = FromLocalByte(paragraph, shown->start_index + shown->length);
  // A wrapped line ends before the space at which it was broken.
  if (end < index_->paragraphs()[paragraph].shown.end && end > start) --end;
  return {start, end};
}

PangoLayout* TextColumn::Label(const std::string& text, double scale, bool bold, int ellipsize_width) const {
  PangoLayout* layout = pango_layout_new(context_);
  PangoFontDescription* font = pango_font_description_copy(font_);
  pango_font_description_set_absolute_size(font, style_.font_pixels * scale * PANGO_SCALE);
  if (bold) pango_font_description_set_weight(font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description(layout, font);
  pango_font_description_free(font);
  pango_layout_set_text(layout, text.data(), static_cast<int>(text.size()));
  if (ellipsize_width > 0) {
    pango_layout_set_width(layout, ellipsize_width * PANGO_SCALE);
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
  }
  return layout;
}

}  // namespace meerstem::gui
