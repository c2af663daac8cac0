#include "plugins/themes/chapters.h"

#include <algorithm>

#include "core/base/error.h"

namespace meerstem::themes {
namespace {

constexpr char kBlocks[] = "SELECT id, chapter_id, kind, level, text, quote_id, revision, theme_id, seen, view, arguments, shape, anchor FROM chapter_block ";

ChapterBlock BlockFrom(Statement& row) {
  return {row.GetId(0), row.GetId(1), row.Text(2), static_cast<int>(row.Int(3)), row.Text(4), row.MaybeId(5), row.Int(6), row.MaybeId(7), row.MaybeId(8), row.Text(9),
          row.Text(10), row.View(11) == "table", row.Text(12)};
}

}  // namespace

std::vector<ChapterBlock> BlocksOf(Reading& reading, const Id& chapter) {
  std::vector<ChapterBlock> blocks;
  auto rows = reading.Query(std::string(kBlocks) + "WHERE chapter_id = ? ORDER BY order_key, id", chapter);
  while (rows.Step()) blocks.push_back(BlockFrom(rows));
  return blocks;
}

ChapterBlock GetBlock(Reading& reading, const Id& block) {
  auto row = reading.Query(std::string(kBlocks) + "WHERE id = ?", block);
  if (!row.Step()) throw Refuse("This block is no longer in its chapter.");
  return BlockFrom(row);
}

Parameter ChapterParameter() {
  return {.name = "chapter", .type = ParameterType::kEntity, .label = Say("Chapter"), .required = true, .entity_kind = "chapter"};
}
Parameter BlockParameter() {
  return {.name = "block", .type = ParameterType::kEntity, .label = Say("Block"), .required = true, .entity_kind = "block"};
}
Parameter AfterParameter() {
  return {.name = "after", .type = ParameterType::kEntity, .label = Say("After"), .help = Say("The block before it; left out: at the end."), .entity_kind = "block"};
}

Parameter HouseStyleParameter() {
  return {.name = "house-style", .type = ParameterType::kFile, .label = Say("House style"), .help = Say("A DOCX or ODT file; an export in that format takes its styles.")};
}

double PlaceAfter(Writing& writing, const Id& chapter, const std::optional<Id>& after) {
  auto rows = writing.Query("SELECT id, order_key FROM chapter_block WHERE chapter_id = ? ORDER BY order_key, id", chapter);
  double place = 0;
  bool found = false;
  while (rows.Step()) {
    if (found) return (place + rows.Real(1)) / 2;
    place = rows.Real(1);
    found = after && rows.GetId(0) == *after;
  }
  return place + 1;
}

std::optional<double> PlaceOneFurther(const std::vector<std::pair<Id, double>>& all, const Id& moved, bool up) {
  const auto at = std::find_if(all.begin(), all.end(), [&](const auto& pair) { return pair.first == moved; }) - all.begin();
  const auto count = static_cast<std::ptrdiff_t>(all.size());
  if (up ? at == 0 : at >= count - 1) return std::nullopt;
  const auto key = [&](std::ptrdiff_t i) { return all[static_cast<std::size_t>(i)].second; };
  if (up) return at >= 2 ? (key(at - 2) + key(at - 1)) / 2 : key(0) - 1;
  return at + 2 < count ? (key(at + 1) + key(at + 2)) / 2 : key(count - 1) + 1;
}

Id ChapterOf(Reading& reading, const Arguments& arguments) {
  if (const auto chapter = arguments.Entity("chapter")) return *chapter;
  auto row = reading.Query("SELECT chapter_id FROM chapter_block WHERE id = ?", *arguments.Entity("after"));
  if (!row.Step()) throw Refuse("This block is no longer in its chapter.");
  return row.GetId(0);
}

std::function<Message(Reading&, const Arguments&)> OnlyOn(std::vector<std::string> kinds, Message why) {
  return [kinds = std::move(kinds), why = std::move(why)](Reading& reading, const Arguments& arguments) -> Message {
    const auto block = arguments.Entity("block");
    if (!block) return {};
    const std::string kind = GetBlock(reading, *block).kind;
    return std::find(kinds.begin(), kinds.end(), kind) == kinds.end() ? why : Message();
  };
}

view::Block ShowBlock(const Registry& registry, Reading& reading, const ChapterBlock& block, Job& job) {
  view::Block shown{.key = ToString(block.id), .level = block.level, .revision = block.revision};
  shown.entities = {{"block", block.id}};
  if (block.kind == "quote") {
    FillQuote(registry, reading, block, shown);
  } else if (block.kind == "view") {
    FillFigure(registry, reading, block, shown, job);
  } else {
    shown.kind = block.kind == "heading" ? view::Block::Kind::kHeading : view::Block::Kind::kParagraph;
    shown.text = Verbatim(block.text);
    shown.marked_up = true;
  }
  return shown;
}

}  // namespace meerstem::themes
