#include "core/console/output.h"

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iostream>

#include <nlohmann/json.hpp>
#include <unistd.h>

#include "core/base/fold.h"
#include "core/study/row_words.h"

namespace meerstem::console {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

std::string Dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace

std::string FormatOf(const Options& options) {
  if (options.format) return *options.format;
  if (!options.output) return "table";
  const std::string extension = LowerAscii(fs::path(*options.output).extension().string());
  if (extension == ".htm") return "html";
  if (extension == ".markdown") return "md";
  for (const char* known : {"csv", "json", "html", "xlsx", "svg", "png", "pdf", "md", "docx", "odt"}) {
    if (extension == std::string(".") + known) return known;
  }
  return "table";
}

std::int64_t SuppressedBelow(const Options& options) {
  if (!options.suppress) return 0;
  std::int64_t below = 0;
  const char* end = options.suppress->data() + options.suppress->size();
  const auto [stopped, error] = std::from_chars(options.suppress->data(), end, below);
  if (error != std::errc() || stopped != end || below < 2 || below > 1000) throw Usage("--suppress takes a number from 2 to 1000, such as 5; counts below it are left out.");
  return below;
}

void RequireTarget(const Options& options, const std::string& study) {
  if (!options.output) return;
  const fs::path target = *options.output;
  std::error_code error;
  if (target.empty()) throw Usage("--{0} needs a value.", "output");
  if (!study.empty() && fs::equivalent(target, study, error)) throw Refuse("“{0}” is the study itself; choose another file for the output.", target.string());
  if (fs::is_directory(target, error)) throw Refuse("“{0}” is a folder; name a file in it.", target.string());
  const fs::path folder = target.parent_path().empty() ? fs::path(".") : target.parent_path();
  if (!fs::is_directory(folder, error)) throw Refuse("The folder “{0}” does not exist; make it first.", folder.string());
  const bool special = fs::exists(target, error) && !fs::is_regular_file(target, error);
  if (!special && access(folder.c_str(), W_OK) != 0) throw Refuse("The folder “{0}” can only be read; choose another for the output.", folder.string());
}

void Deliver(const std::string& bytes, const std::string& format, const Options& options, const std::string& study, std::ostream& out) {
  if (!options.output) {
    const bool binary = format == "xlsx" || format == "png" || format == "pdf" || format == "docx" || format == "odt";
    if (binary && &out == &std::cout && isatty(STDOUT_FILENO)) throw Usage("{0} is not for a terminal; say where with --output FILE.", format);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.flush();
    if (!out) throw Error(ErrorCode::kDisk, Say("The output could not be written; look whether the disk is full."));
    return;
  }
  RequireTarget(options, study);
  fs::path target = *options.output;
  std::error_code error;
  if (fs::exists(target, error) && !fs::is_regular_file(target, error)) {
    // A pipe or a device is written into; a file in its place would do harm.
    std::ofstream file(target, std::ios::binary);
    if (file) file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) throw Error(ErrorCode::kDisk, Say("“{0}” could not be written; look whether the disk is full or the folder can only be read.", target.string()));
    return;
  }
  // Behind a link, the file that it leads to; the link stays.
  if (fs::is_symlink(target, error)) {
    const fs::path behind = fs::canonical(target, error);
    if (!error) target = behind;
  }
  // Whoever reads the file meanwhile finds the old one or the new one, never half of it.
  fs::path draft = target;
  draft += ".unfinished-" + std::to_string(getpid());
  {
    std::ofstream file(draft, std::ios::binary | std::ios::trunc);
    if (file) file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    file.close();
    if (!file) {
      fs::remove(draft, error);
      throw Error(ErrorCode::kDisk, Say("“{0}” could not be written; look whether the disk is full or the folder can only be read.", target.string()));
    }
  }
  fs::rename(draft, target, error);
  if (error) {
    std::error_code ignored;
    fs::remove(draft, ignored);
    throw Error(ErrorCode::kDisk, Say("“{0}” could not be replaced; look whether it may be written.", target.string()));
  }
}

std::string WriteOutcome(const std::string& command, const Message& label, const Outcome& outcome, const std::string& format,
                         const Registry& registry, const Language& language) {
  if (format == "json") {
    Json changed = Json::object(), created = Json::array(), notes = Json::array();
    for (const auto& [table, count] : outcome.changed.tables) changed[table] = count.total();
    for (const auto& id : outcome.created) created.push_back(ToString(id));
    for (const auto& note : outcome.notes) notes.push_back(language(note));
    return Dump({{"command", command}, {"changed", std::move(changed)}, {"created", std::move(created)}, {"notes", std::move(notes)}});
  }
  if (format != "table") throw Usage("What “{0}” did can be written as table or json, not as {1}.", command, format);
  std::string changed;
  for (const auto& [table, count] : outcome.changed.tables) {
    changed += (changed.empty() ? "" : ", ") + language(Say("{0} {1}", RowsLabel(registry, table), count.total()));
  }
  std::string text = changed.empty() ? language(Say("{0}: nothing had to be changed.", label)) : language(Say("{0}: done ({1}).", label, changed));
  text += "\n";
  for (const auto& note : outcome.notes) text += language(note) + "\n";
  return text;
}

std::string WriteFaults(const std::vector<std::string>& faults, const std::string& format, const Language& language) {
  if (format == "json") return Dump({{"faults", faults}});
  if (format != "table") throw Usage("“{0}” can be written as table or json, not as {1}.", "check", format);
  if (faults.empty()) return language(Say("The study is whole.")) + "\n";
  std::string text;
  for (const auto& fault : faults) text += fault + "\n";
  return text;
}

}  // namespace meerstem::console
