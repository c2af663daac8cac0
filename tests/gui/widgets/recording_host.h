#pragma once

#include <map>
#include <string>
#include <vector>

#include "gui/widgets/view_widget.h"
#include "tests/support/test_study.h"

namespace meerstem::gui::testing {

/// Drafts in memory.
struct PlainDrafts final : Drafts {
  std::map<std::string, std::string> texts;
  std::optional<std::string> Recall(const std::string& key) const override {
    const auto found = texts.find(key);
    return found == texts.end() ? std::nullopt : std::optional(found->second);
  }
  void Keep(const std::string& key, const std::string& text) override { texts[key] = text; }
  void Forget(const std::string& key) override { texts.erase(key); }
};

/// A shell that does nothing but remember what a widget asked of it.
class RecordingHost final : public WidgetHost {
 public:
  struct Executed {
    std::string command;
    Arguments arguments;
  };
  explicit RecordingHost(double zoom = 1) : study_({}), zoom_(zoom), language_(Language::Load("nl", "")) {}
  void Open(const view::Target& target, bool beside) override;
  void Execute(const std::string& command, const Arguments& arguments) override;
  void Selected(const Selection& selection) override { selection_ = selection; }
  void PopupCommands(wxWindow*, const Selection& selection, const std::vector<view::Action>& actions) override;
  void Rebuild(const Arguments&) override {}
  /// There is no worker here: the answer comes at once.
  std::shared_ptr<void> Ask(std::function<void(Reading&, Job&)> look, std::function<void(const Error*)> answered) override {
    Job job;
    look(*study_.store().Read(), job);
    answered(nullptr);
    return nullptr;
  }
  Drafts& drafts() override { return drafts_; }
  std::shared_ptr<const Language> KeptLanguage() const override { return language_; }
  double zoom() const override { return zoom_; }
  void SetZoom(double zoom) { zoom_ = zoom; }

  std::vector<view::Target> opened;
  std::vector<Executed> executed;
  int popups = 0;
  const Selection& selection() const { return selection_; }

 private:
  meerstem::testing::TestStudy study_;
  double zoom_;
  std::shared_ptr<const Language> language_;
  Selection selection_;
  PlainDrafts drafts_;
};

}  // namespace meerstem::gui::testing
