#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/plugin/registry.h"
#include "core/view/model.h"

/// What the list of memos and the book of memos share.
namespace meerstem::coding {

/// General, reflexive, methodological, theoretical.
std::vector<Choice> MemoKinds();
/// `--kind`.
Parameter MemoKindParameter(const std::string& fallback);

/// What a memo is about.
struct MemoSubject {
  Message label;                        ///< "code: Relatie", "the study".
  std::string words;                    ///< Of a quote or coding, as they may be written to a document; else empty.
  std::optional<view::Target> target;
  bool withdrawn = false;               ///< Somebody whose words these are took them back: the memo is not shown either.
};
MemoSubject SubjectOf(const Registry& registry, Reading& reading, const std::string& kind, const Id& id);

void RegisterMemoBook(Registry& registry);

}  // namespace meerstem::coding
