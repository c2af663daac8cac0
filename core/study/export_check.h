#pragma once

#include <string>
#include <vector>

#include "core/command/job.h"
#include "core/store/store.h"
#include "core/view/model.h"

/// What could identify somebody in a view that is about to leave the house. It finds what can be found by rule, and says
/// so: the rest is for whoever reads it.
namespace meerstem {

struct Identifying {
  enum class Kind {
    kName,         ///< Looks like a name, and nobody said that it is none.
    kPlace,        ///< A place, or a site of the study, in running words.
    kDate,         ///< A day or month in running words.
    kSmallCell,    ///< A count of fewer than five.
    kFewSpeak,     ///< A reference names the site where fewer than five of that type speak.
    kConsent,      ///< Words of somebody whose consent to be quoted was refused, waits for a guardian, or was never recorded.
  };
  Kind kind = Kind::kName;
  Message what;
  Message where;                       ///< Of the view: its row, cell or block.
  std::vector<view::Entity> entities;
  std::optional<view::Target> target;  ///< Where it stands in the study.
};

Message IdentifyingLabel(Identifying::Kind kind);

/// In the order in which they stand; the same thing in the same place once.
std::vector<Identifying> CheckExport(Reading& reading, const view::Model& model, Job& job);

/// “3 names, 2 dates”; empty when there is nothing.
Message CountIdentifying(const std::vector<Identifying>& found);

}  // namespace meerstem
