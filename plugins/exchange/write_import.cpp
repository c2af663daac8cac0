#include "plugins/exchange/write_import.h"

#include <algorithm>
#include <array>
#include <functional>

#include "core/study/people.h"
#include "core/study/places.h"
#include "core/study/sources.h"

namespace meerstem::exchange {
namespace {

constexpr std::size_t kBatch = 150'000;       ///< Rows in one Run: short enough to hold, long enough to be quick.
constexpr std::size_t kTextBatch = 4u << 20;  ///< Bytes of text in one Run.

std::optional<Id> Maybe(const Id& id) { return id.IsNil() ? std::nullopt : std::optional(id); }

std::string At(const std::map<std::string, std::string>& meta, const std::string& column) {
  const auto found = meta.find(column);
  return found == meta.end() ? std::string() : found->second;
}

std::optional<Date> DayOfText(const std::string& text) { return ParseDate(text); }

bool IsSourceKind(const std::string& kind) {
  static constexpr std::array kKinds = {"interview", "focus_group", "field_note", "document", "remark", "literature"};
  return std::find(kKinds.begin(), kKinds.end(), kind) != kKinds.end();
}

std::optional<Id> StakeholderOf(Reading& reading, const std::string& key) {
  for (const auto& type : StakeholderTypes(reading)) {
    if (type.key == key) return type.id;
  }
  return std::nullopt;
}

void WriteSource(Writing& writing, const NewSource& added, const std::string& kind) {
  const std::string own = At(added.meta, "kind"), site = At(added.meta, "site");
  Source source{.id = added.id, .title = added.title, .kind = IsSourceKind(own) ? own : kind};
  source.content = StoreContent(writing, added.source->text->text().utf8());
  source.language = At(added.meta, "language");
  source.date = DayOfText(At(added.meta, "date"));
  if (!site.empty()) source.site = EnsureSite(writing, site);
  source.stakeholder = StakeholderOf(writing, At(added.meta, "stakeholder"));
  source.file_name = added.meta.contains("file_name") ? At(added.meta, "file_name") : added.source->file_name;
  source.encoding = At(added.meta, "encoding");
  AddSource(writing, source);
  if (!added.source->original.empty()) SetPages(writing, source.id, added.source->pages, added.source->original);
}

void WriteCodebook(Writing& writing, const Resolved& resolved) {
  for (const auto& user : resolved.users) writing.Do("INSERT INTO researcher (id, name) VALUES (?, ?)", user.id, user.name);
  for (const auto& code : resolved.codes) {
    writing.Do(
        "INSERT INTO code (id, parent_id, name, colour, definition, codable, order_key) VALUES (?, ?, ?, ?, ?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM code))",
        code.id, code.parent, code.code->name.empty() ? ToString(code.id).substr(0, 8) : code.code->name, code.colour, code.code->description, code.code->codable);
  }
  for (const auto& [code, note] : resolved.code_notes) writing.Do(std::string("UPDATE code SET ") + note.first + " = ? WHERE id = ?", note.second, code);
}

void WriteFacts(Writing& writing, const Resolved& resolved) {
  for (const auto& variable : resolved.variables) {
    writing.Do("INSERT INTO variable (id, name, type, entity_kind, order_key) VALUES (?, ?, ?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM variable))", variable.id, variable.name,
               variable.type, variable.entity_kind);
  }
  for (const auto& added : resolved.cases) {
    const std::string site = At(added.meta, "site");
    const std::optional<Id> site_id = site.empty() ? std::nullopt : std::optional(EnsureSite(writing, site));
    writing.Do("INSERT INTO study_case (id, code, site_id, started, ended, order_key) VALUES (?, ?, ?, ?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM study_case))", added.id,
               added.code, site_id, DayOfText(At(added.meta, "started")), DayOfText(At(added.meta, "ended")));
  }
  for (const auto& alias : resolved.aliases) {
    writing.Do("INSERT OR IGNORE INTO exchange_alias (id, entity_kind, entity_id) VALUES (?, ?, ?)", alias.id, alias.kind, alias.entity);
  }
}

/// `body` for each of `items`, `batch` in a Run.
template <class Item>
void InBatches(Applying& applying, const std::vector<Item>& items, std::size_t batch, double from, double to, const Message& what, const std::function<void(Writing&, const Item&)>& body) {
  for (std::size_t first = 0; first < items.size(); first += batch) {
    applying.job().Progress(from + (to - from) * static_cast<double>(first) / static_cast<double>(items.size()), what);
    applying.Run([&](Writing& writing) {
      for (std::size_t i = first; i < items.size() && i - first < batch; ++i) body(writing, items[i]);
    });
  }
}

}  // namespace

void WriteImport(Applying& applying, const Resolved& resolved, const std::string& kind) {
  applying.Run([&](Writing& writing) {
    // Ids of other tools come in no order: the indices on them stay in memory while they grow, or every row waits for a page.
    if (resolved.quotes.size() + resolved.codings.size() > kBatch / 3) writing.database().Script("PRAGMA cache_size = -262144;");
    WriteCodebook(writing, resolved);
    WriteFacts(writing, resolved);
  });
  for (std::size_t first = 0; first < resolved.sources.size();) {
    applying.job().Progress(0.1 * static_cast<double>(first) / static_cast<double>(resolved.sources.size()), Say("Bringing in {0}", resolved.sources[first].title));
    applying.Run([&](Writing& writing) {
      for (std::size_t bytes = 0; first < resolved.sources.size() && bytes < kTextBatch; ++first) {
        WriteSource(writing, resolved.sources[first], kind);
        bytes += resolved.sources[first].source->text->text().utf8().size() + resolved.sources[first].source->original.size();
      }
    });
  }
  InBatches<NewQuote>(applying, resolved.quotes, kBatch, 0.1, 0.5, Say("Bringing in quotes"), [](Writing& writing, const NewQuote& quote) {
    Id span = quote.span.value_or(Id{});
    if (span.IsNil()) {
      span = writing.NewId();
      writing.Do("INSERT INTO span (id, source_id, start, end) VALUES (?, ?, ?, ?)", span, quote.source, quote.range.start, quote.range.end);
    }
    writing.Do("INSERT INTO quote (id, span_id, created_by, created_at) VALUES (?, ?, ?, ?)", quote.id, span, Maybe(quote.stamp.by), quote.stamp.at.value_or(writing.now()));
  });
  InBatches<NewCoding>(applying, resolved.codings, kBatch, 0.5, 0.9, Say("Bringing in codings"), [](Writing& writing, const NewCoding& coding) {
    writing.Do("INSERT INTO coding (id, quote_id, code_id, coder_id, at, origin) VALUES (?, ?, ?, ?, ?, 'import')", coding.id, coding.quote, coding.code, Maybe(coding.stamp.by),
               coding.stamp.at.value_or(writing.now()));
  });
  InBatches<NewMemo>(applying, resolved.memos, kBatch / 30, 0.9, 0.95, Say("Bringing in memos"), [](Writing& writing, const NewMemo& memo) {
    writing.Do("INSERT INTO memo (id, entity_kind, entity_id, kind, text, author_id, at) VALUES (?, ?, ?, ?, ?, ?, ?)", memo.id, memo.entity_kind, memo.entity, memo.kind, memo.text,
               Maybe(memo.stamp.by), memo.stamp.at.value_or(writing.now()));
  });
  applying.job().Progress(0.95, Say("Bringing in what is kept"));
  applying.Run([&](Writing& writing) {
    for (const auto& [source, about] : resolved.source_about) {
      writing.Do("INSERT INTO source_about (id, source_id, case_id) VALUES (?, ?, ?)", writing.NewId(), source, about);
    }
    for (const auto& [quote, about] : resolved.quote_about) {
      writing.Do("INSERT INTO quote_about (id, quote_id, case_id) VALUES (?, ?, ?)", writing.NewId(), quote, about);
    }
    for (const auto& [variable, value] : resolved.values) {
      writing.Do("INSERT INTO variable_value (id, variable_id, entity_id, value) VALUES (?, ?, ?, ?)", writing.NewId(), variable, value.first, value.second);
    }
    for (const auto& kept : resolved.kept) {
      writing.Do("INSERT INTO exchange_kept (id, kind, xml, in_study, order_key) VALUES (?, ?, ?, ?, (SELECT ifnull(max(order_key), 0) + 1 FROM exchange_kept WHERE kind = ?2))", kept.id,
                 kept.kind, kept.xml, kept.in_study);
    }
    writing.database().Script("PRAGMA cache_size = -65536;");
    const Id import = StoreReport(writing, resolved.report);
    applying.outcome.created.push_back(import);
    applying.outcome.show = view::Target{"exchange.report", {{"import", import}}};
  });
}

}  // namespace meerstem::exchange
