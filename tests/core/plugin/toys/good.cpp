// A plugin that does one thing well and two things badly: a command and a view that throw.
#include <stdexcept>

#include "core/plugin/plugin.h"
#include "core/study/codes.h"

namespace meerstem {

static void Create(Registry& registry) {
  registry.Add(Command{.id = "good.add", .label = Say("Add"), .prepare = [](Reading&, const Arguments&, Job&) {
                         return Simply([](Writing& writing, Outcome&) { EnsureCode(writing, "good"); });
                       }});
  registry.Add(Command{.id = "good.fail", .label = Say("Fail"), .prepare = [](Reading&, const Arguments&, Job&) {
                         return Simply([](Writing& writing, Outcome&) {
                           EnsureCode(writing, "half");
                           throw std::runtime_error("no luck");
                         });
                       }});
  registry.Add(Command{.id = "good.prepare", .label = Say("Fail"), .prepare = [](Reading&, const Arguments&, Job&) -> Plan { throw 42; }});
  registry.Add(View{.id = "good.view", .label = Say("View"), .build = [](Reading&, const Arguments&, Job&) -> view::Model { throw std::out_of_range("no row"); }});
}

}  // namespace meerstem

MEERSTEM_PLUGIN(.id = TOY_ID, .version = "1.0", .create = &meerstem::Create);
