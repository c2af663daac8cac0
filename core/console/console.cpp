#include "core/console/console.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <ostream>

#include "core/base/text.h"
#include "core/console/batch.h"
#include "core/console/output.h"
#include "core/console/words.h"
#include "core/study/export_check.h"
#include "core/view/suppress.h"
#include "core/view/writers.h"

namespace meerstem {
namespace console {
namespace {

/// Bytes that are no UTF-8 become question marks.
std::string Utf8OrMarks(std::string text) {
  for (std::size_t i = 0; i < text.size();) {
    std::size_t length = 1;
    while (length <= 4 && i + length <= text.size() && !IsValidUtf8(std::string_view(text).substr(i, length))) ++length;
    if (length > 4 || i + length > text.size()) {
      text[i] = '?';
      length = 1;
    }
    i += length;
  }
  return text;
}

std::string EnvironmentLanguage() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value && *value) return std::string_view(value).starts_with("nl") ? "nl" : "en";
  }
  return "en";
}

/// One call of meerstem-cli.
class Console {
 public:
  Console(const std::vector<std::string>& words, std::ostream& out, std::ostream& err, const Program& program)
      : words_(words), out_(out), err_(err), program_(program) {}

  int Run() {
    try {
      return Dispatch();
    } catch (const Error& error) {
      Complain((*language())(error.message()));
      return error.code() == ErrorCode::kUsage ? 2 : 1;
    } catch (const std::exception& error) {
      Complain((*language())(Say("A mistake of the program: {0}.", std::string(error.what()))));
      return 1;
    }
  }

 private:
  std::shared_ptr<const Language> language() const { return program_.LanguageFor(options_.language.value_or(EnvironmentLanguage())); }

  void Complain(std::string sentence) {
    // One line, whatever a name or a file held; a terminal takes control characters for orders.
    sentence = Utf8OrMarks(std::move(sentence));
    for (char& c : sentence) {
      if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
    }
    err_ << "meerstem-cli: " << sentence << "\n";
    err_.flush();
  }

  void Hand(const std::string& text) { Deliver(text, FormatOf(options_), options_, study_, out_); }

  int Dispatch() {
    std::size_t at = 0;
    if (words_.empty()) throw Usage("Say what to do; `meerstem-cli --help` shows how.");
    TakeOptions(words_, at, nullptr, options_);
    if (at == words_.size()) {
      if (!options_.help) throw Usage("Say what to do; `meerstem-cli --help` shows how.");
      out_ << Help();
      return 0;
    }
    const std::string first = words_[at++];
    if (first == "help") {
      out_ << Help();
      return 0;
    }
    if (first == "new") return New(at);
    if (first == "list") return List(at);
    if (first == "plugins") return Plugins(at);
    study_ = first;
    TakeOptions(words_, at, nullptr, options_);
    if (at == words_.size()) {
      if (options_.help) {
        out_ << Help();
        return 0;
      }
      throw Usage("Say what to do with “{0}”: a command, a view, or batch, undo, redo, journal, check.", study_);
    }
    const std::string id = words_[at++];
    if (id == "batch") return Batch(at);
    if (id == "undo" || id == "redo") return Replay(at, id == "undo");
    if (id == "check") return Check(at);
    if (id == "journal") return See("study.journal", at);
    if (program_.registry().FindView(id)) return See(id, at);
    if (program_.registry().FindCommand(id)) return Do(id, at);
    for (const auto& plugin : program_.plugins()) {
      if (!plugin.loaded) throw Usage("There is no command or view “{0}” here; not every plugin could be loaded, and `meerstem-cli plugins` says why.", id);
    }
    throw Usage("There is no command or view “{0}”; `meerstem-cli list` shows them all.", id);
  }

  /// The rest of the line holds our own options only.
  void OnlyOptions(std::size_t& at) {
    TakeOptions(words_, at, nullptr, options_);
    if (at < words_.size()) throw Usage("“{0}” is not expected here; `meerstem-cli --help` shows how.", words_[at]);
    OnlyOfViews();
  }
  void OnlyOfViews() const {
    if (options_.suppress) throw Usage("--suppress goes with a view.");
  }
  void NoPreview() const {
    if (options_.preview) throw Usage("--preview goes with one command.");
  }

  std::string Who() const { return options_.as.value_or(Program::DefaultResearcher()); }

  std::unique_ptr<Store> OpenToRead() const {
    RequireTarget(options_, study_);
    std::unique_ptr<Store> store;
    try {
      store = program_.Open(study_, true);
    } catch (const Error& error) {
      // A study of an older Meerstem has to be brought up to date once, which takes the writer.
      if (error.code() != ErrorCode::kRefused) throw;
      store = program_.Open(study_, false);
    }
    if (!store->read_only()) return store;
    const bool unfinished = store->Read()->Number("SELECT count(*) FROM journal_group WHERE state <> 'closed'") > 0;
    if (!unfinished) return store;
    // A long edit was broken off, or goes on in another process; if it was broken off, opening takes it back.
    try {
      return program_.Open(study_, false);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kBusy) throw;
      return store;
    }
  }

  std::unique_ptr<Store> OpenToWrite() const {
    RequireTarget(options_, study_);
    auto store = program_.Open(study_, false);
    if (store->read_only()) {
      if (!store->notices().empty()) throw Error(ErrorCode::kRefused, store->notices().front());
      throw Refuse("The study is open for reading only; nothing was changed.");
    }
    return store;
  }

  void ShowNotices(const Store& store) {
    const auto in = language();
    for (const auto& notice : store.notices()) err_ << (*in)(notice) << "\n";
  }

  /// Runs `body` as the researcher; one who is new is made for it, and goes again when it fails.
  template <class Body>
  void As(Store& store, const Body& body) {
    const bool known = store.Read()->Number("SELECT count(*) FROM researcher WHERE name = ?", Who()) > 0;
    const Id actor = EnsureResearcher(store, Who());
    try {
      body(actor);
    } catch (...) {
      if (!known) {
        try {
          ForgetResearcher(store, actor);
        } catch (const Error&) {
          // The disk fails; the first error says more.
        }
      }
      throw;
    }
  }

  int New(std::size_t at) {
    TakeOptions(words_, at, nullptr, options_);
    if (at == words_.size()) throw Usage("Say which file: meerstem-cli new STUDY.meerstem.");
    const std::string path = words_[at++];
    OnlyOptions(at);
    NoPreview();
    const std::string format = FormatOf(options_);
    if (format != "table" && format != "json") throw Usage("What “{0}” did can be written as table or json, not as {1}.", "new", format);
    RequireTarget(options_, path);
    auto store = program_.Create(path, options_.language.value_or(EnvironmentLanguage()), Who());
    ShowNotices(*store);
    study_ = path;
    Outcome outcome;
    outcome.notes.push_back(Say("“{0}” is ready.", path));
    if (format == "json") Hand(WriteOutcome("new", Say("New study"), outcome, format, program_.registry(), *language()));
    else Hand((*language())(outcome.notes.front()) + "\n");
    return 0;
  }

  int List(std::size_t at) {
    OnlyOptions(at);
    Hand(WriteList(program_.registry(), FormatOf(options_), *language()));
    return 0;
  }

  int Plugins(std::size_t at) {
    OnlyOptions(at);
    std::vector<view::Row> rows;
    for (const auto& plugin : program_.plugins()) {
      view::Row row{.key = plugin.file};
      row.cells.push_back({.value = plugin.id});
      row.cells.push_back({.value = plugin.version});
      row.cells.push_back({.value = plugin.loaded ? Say("loaded") : Say("not loaded")});
      row.cells.push_back({.value = plugin.why_not});
      row.cells.push_back({.value = plugin.file});
      rows.push_back(std::move(row));
    }
    view::Model model;
    model.view = "plugins";
    model.title = Say("Plugins");
    model.body = view::Table{{{"id", Say("Plugin")}, {"version", Say("Version")}, {"state", Say("State")}, {"why", Say("Why")}, {"file", Say("File")}},
                             view::MakeRows(std::move(rows))};
    model.empty = Say("There are no plugins in “{0}”.", program_.folders().plugins);
    Database nothing(":memory:", Database::Mode::kCreate);
    Reading reading(nothing);
    Hand(view::Write(model, FormatOf(options_), *language(), reading));
    return 0;
  }

  bool HelpFor(const std::string& id) {
    if (options_.help) out_ << WriteList(program_.registry(), "table", *language(), id);
    return options_.help;
  }

  int See(const std::string& id, std::size_t at) {
    const View* view = program_.registry().FindView(id);
    if (!view) throw Usage("There is no view “{0}”; `meerstem-cli list` shows them all.", id);
    const RawArguments raw = TakeOptions(words_, at, &view->parameters, options_);
    if (HelpFor(id)) return 0;
    NoPreview();
    const std::string format = FormatOf(options_);
    RequireFormat(id, view->kind, format);
    const std::int64_t below = SuppressedBelow(options_);
    auto store = OpenToRead();
    ShowNotices(*store);
    Engine engine(program_.registry(), *store);
    Job job;
    view::Model model = engine.Build(id, engine.Parse(view->parameters, raw), job);
    if (below > 0) view::SuppressBelow(model, below, *store->Read());
    Message found;
    // What goes into a file may leave the house.
    if (options_.output && format != "json") found = CountIdentifying(CheckExport(*store->Read(), model, job));
    Print(*store, model, format);
    if (!found.empty()) out_ << (*language())(Say("Could identify somebody: {0}. `people.export-check --of {1}` shows where.", found, id)) << "\n";
    return 0;
  }

  /// Before the study is opened: a wrong format is wrong usage, whatever the study holds.
  static void RequireFormat(const std::string& id, view::Kind kind, const std::string& format) {
    const auto formats = view::FormatsOf(kind);
    if (std::find(formats.begin(), formats.end(), format) != formats.end()) return;
    std::string known;
    for (const auto& one : formats) known += (known.empty() ? "" : ", ") + one;
    throw Usage("“{0}” cannot be written as {1}; there is {2}.", id, format, known);
  }

  void Print(Store& store, const view::Model& model, const std::string& format) {
    auto reading = store.Read();
    const std::string bytes = view::Write(model, format, *language(), *reading);
    reading.reset();
    Deliver(bytes, format, options_, study_, out_);
  }

  int Do(const std::string& id, std::size_t at) {
    const Command* command = program_.registry().FindCommand(id);
    const RawArguments raw = TakeOptions(words_, at, &command->parameters, options_);
    if (HelpFor(id)) return 0;
    OnlyOfViews();
    const std::string format = FormatOf(options_);
    if (options_.preview) {
      auto store = OpenToRead();
      ShowNotices(*store);
      Engine engine(program_.registry(), *store);
      Job job;
      const Arguments arguments = engine.Parse(command->parameters, raw);
      const Plan plan = engine.Prepare(id, arguments, job);
      const view::Model model = engine.Preview(id, arguments, plan);
      RequireFormat(id, model.kind(), format);
      Print(*store, model, format);
      return 0;
    }
    if (format != "table" && format != "json") throw Usage("What “{0}” did can be written as table or json, not as {1}.", id, format);
    auto store = OpenToWrite();
    Engine engine(program_.registry(), *store);
    Job job;
    const Arguments arguments = engine.Parse(command->parameters, raw);
    Plan plan = engine.Prepare(id, arguments, job);
    Outcome outcome;
    As(*store, [&](const Id& actor) { outcome = engine.Apply(id, plan, actor, job); });
    ShowNotices(*store);
    Hand(WriteOutcome(id, command->label, outcome, format, program_.registry(), *language()));
    return 0;
  }

  int Batch(std::size_t at) {
    TakeOptions(words_, at, nullptr, options_);
    if (at == words_.size()) throw Usage("Say which file: meerstem-cli STUDY.meerstem batch FILE.");
    const std::string file = words_[at++];
    OnlyOptions(at);
    NoPreview();
    const std::string format = FormatOf(options_);
    if (format != "table" && format != "json") throw Usage("What “{0}” did can be written as table or json, not as {1}.", "batch", format);
    RequireReadable(file);
    auto store = OpenToWrite();
    Engine engine(program_.registry(), *store);
    Outcome outcome;
    std::int64_t commands = 0;
    As(*store, [&](const Id& actor) { outcome = RunBatch(engine, file, actor, commands); });
    ShowNotices(*store);
    outcome.notes.push_back(SayCount("{0} command was done.", "{0} commands were done.", commands));
    Hand(WriteOutcome("batch", Say("Batch of commands"), outcome, format, program_.registry(), *language()));
    return 0;
  }

  int Replay(std::size_t at, bool undo) {
    OnlyOptions(at);
    NoPreview();
    const std::string format = FormatOf(options_);
    if (format != "table" && format != "json") throw Usage("What “{0}” did can be written as table or json, not as {1}.", undo ? "undo" : "redo", format);
    auto store = OpenToWrite();
    Id actor;
    std::string whose;
    const auto step = undo ? store->NextUndo() : store->NextRedo();
    if (step) {
      auto reading = store->Read();
      // Not made when new: that would itself be the newest step, and end the line of redo.
      actor = ResolveEntity(program_.registry(), *reading, "researcher", Who());
      auto row = reading->Query("SELECT name FROM researcher WHERE id = ?", step->entry.actor);
      if (row.Step() && step->entry.actor != actor) whose = row.Text(0);
    }
    Outcome outcome;
    outcome.changed = undo ? store->Undo(actor) : store->Redo(actor);
    const Message label = step->entry.label;
    ShowNotices(*store);
    if (!whose.empty()) outcome.notes.push_back(Say("It was the work of {0}.", whose));
    Hand(WriteOutcome(undo ? "undo" : "redo", undo ? Say("Undo: {0}", label) : Say("Redo: {0}", label), outcome, format, program_.registry(), *language()));
    return 0;
  }

  int Check(std::size_t at) {
    OnlyOptions(at);
    NoPreview();
    auto store = OpenToRead();
    ShowNotices(*store);
    const auto faults = store->Check();
    Hand(WriteFaults(faults, FormatOf(options_), *language()));
    if (faults.empty()) return 0;
    Complain((*language())(SayCount("“{1}” has {0} fault; open one of its backups, or ask for help with the list.",
                                    "“{1}” has {0} faults; open one of its backups, or ask for help with the list.",
                                    static_cast<std::int64_t>(faults.size()), study_)));
    return 1;
  }

  std::string Help() const {
    return (*language())(Say(
        "Meerstem on the command line: every command and every view, without a window.\n"
        "\n"
        "  meerstem-cli new STUDY.meerstem [--language nl|en] [--as NAME]\n"
        "  meerstem-cli STUDY.meerstem ID [--name value ...]   a command or a view; `list` shows them\n"
        "  meerstem-cli STUDY.meerstem batch FILE              one command a line, undone as one\n"
        "  meerstem-cli STUDY.meerstem undo|redo|journal|check\n"
        "  meerstem-cli list [--format json]                   every command and view with its parameters\n"
        "  meerstem-cli plugins                                what was loaded, and what was not and why\n"
        "  meerstem-cli --help | --version\n"
        "\n"
        "  --format F        table, csv, json, html; xlsx, svg, png, pdf, docx, odt for tables, matrices and charts;\n"
        "                    md, docx, odt, pdf for prose; without it, as the name of --output ends\n"
        "  --output FILE     into a file\n"
        "  --language nl|en  of titles and sentences; numbers and dates in json and csv never change. A command with\n"
        "                    a --language of its own takes it; ours then stands before the command\n"
        "  --as RESEARCHER   who does it; otherwise your login name\n"
        "  --suppress 5      leaves out counts below five, for a table that leaves the house\n"
        "  --preview         what a command would do, without doing it\n"
        "  --help            after a command or view: its parameters\n"
        "\n"
        "Exit status: 0 done; 1 refused or failed, one line says what and where, nothing changed; 2 wrong usage.\n"));
  }

  const std::vector<std::string>& words_;
  std::ostream& out_;
  std::ostream& err_;
  const Program& program_;
  Options options_;
  std::string study_;
};

}  // namespace
}  // namespace console

int RunConsole(const std::vector<std::string>& arguments, std::ostream& out, std::ostream& err, const Program& program) {
  return console::Console(arguments, out, err, program).Run();
}

}  // namespace meerstem
