#include "core/study/codes.h"

#include <map>

#include "core/base/error.h"
#include "core/base/text.h"

namespace meerstem {
namespace {

/// Okabe and Ito's colours (without black) and lighter and darker kin: told apart under the common colour blindnesses.
constexpr const char* kPalette[] = {"#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00",
                                    "#F0E442", "#7F6FB3", "#8C6D31", "#4C9F9F", "#B5544D", "#6B8E23"};

void Walk(const std::map<Id, std::vector<Code>>& children, const Id& parent, const std::string& path, int depth, std::vector<Code>& out) {
  const auto found = children.find(parent);
  if (found == children.end() || depth > 100) return;
  for (Code code : found->second) {
    code.path = path.empty() ? code.name : path + "/" + code.name;
    code.depth = depth;
    const Id id = code.id;
    const std::string own = code.path;
    out.push_back(std::move(code));
    Walk(children, id, own, depth + 1, out);
  }
}

}  // namespace

std::vector<Code> Codebook(Reading& reading) {
  std::map<Id, std::vector<Code>> children;
  auto rows = reading.Query("SELECT id, parent_id, name, colour, definition, codable FROM code ORDER BY order_key, name");
  while (rows.Step()) {
    Code code{rows.GetId(0), rows.MaybeId(1), rows.Text(2), {}, rows.Text(3), rows.Text(4), rows.Int(5) != 0, 0};
    children[code.parent.value_or(Id{})].push_back(std::move(code));
  }
  std::vector<Code> codes;
  Walk(children, Id{}, {}, 0, codes);
  return codes;
}

std::string PaletteColour(std::size_t n) { return kPalette[n % std::size(kPalette)]; }

Id EnsureCode(Writing& writing, const std::string& path, const std::string& colour, const std::string& definition) {
  std::optional<Id> parent;
  Id id;
  bool made = false;
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t slash = std::min(path.find('/', start), path.size());
    const std::string name = Trim(std::string_view(path).substr(start, slash - start));
    if (name.empty()) throw Refuse("“{0}” is not a name for a code; between the strokes must stand something.", path);
    start = slash + 1;
    made = false;
    {
      auto row = writing.Query("SELECT id FROM code WHERE name = ? AND parent_id IS ?", name, parent);
      if (row.Step()) {
        id = row.GetId(0);
        parent = id;
        continue;
      }
    }
    id = writing.NewId();
    const auto count = static_cast<std::size_t>(writing.Number("SELECT count(*) FROM code"));
    writing.Do(
        "INSERT INTO code (id, parent_id, name, colour, order_key) VALUES (?, ?, ?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM code))",
        id, parent, name, PaletteColour(count));
    made = true;
    parent = id;
  }
  if (made) {
    if (!colour.empty()) writing.Do("UPDATE code SET colour = ? WHERE id = ?", colour, id);
    if (!definition.empty()) writing.Do("UPDATE code SET definition = ? WHERE id = ?", definition, id);
  }
  return id;
}

}  // namespace meerstem
