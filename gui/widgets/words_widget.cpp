#include "gui/widgets/words_widget.h"

#include <wx/sizer.h>

#include "gui/widgets/cell_text.h"
#include "gui/widgets/strings.h"
#include "gui/widgets/theme.h"

namespace meerstem::gui {
namespace {

struct WordsOf {
  const Language& language;
  std::string operator()(const view::Matrix& m) const { return Grid(m.rows, m.columns, m.cells); }
  std::string operator()(const view::Chart& c) const { return Grid(c.categories, c.series, c.cells); }
  std::string operator()(const view::CodedText& t) const {
    std::string text;
    for (const auto& run : t.runs) text += run.text;
    return text;
  }
  std::string operator()(const view::Prose& p) const {
    std::string text;
    for (const auto& block : p.blocks) text += language(block.text) + "\n\n";
    return text;
  }
  std::string operator()(const view::Form& f) const {
    std::string text;
    for (const auto& field : f.fields) text += language(field.label) + ": " + ShowCell(field.value, view::ColumnType::kText, language).text + "\n";
    return text;
  }
  std::string operator()(const view::Table&) const { return {}; }
  std::string operator()(const view::Tree&) const { return {}; }

 private:
  std::string Grid(const std::vector<view::Heading>& rows, const std::vector<view::Heading>& columns,
                   const std::vector<std::vector<view::Cell>>& cells) const {
    std::string text;
    for (std::size_t r = 0; r < rows.size() && r < cells.size(); ++r) {
      text += language(rows[r].label) + "\n";
      for (std::size_t c = 0; c < columns.size() && c < cells[r].size(); ++c) {
        text += "    " + language(columns[c].label) + ": " + DescribeCell(cells[r][c], view::ColumnType::kText, language) + "\n";
      }
    }
    return text;
  }
};

}  // namespace

WordsWidget::WordsWidget(wxWindow* parent, WidgetHost& host) : PanelWidget(parent, host) {
  text_ = new wxTextCtrl(body(), wxID_ANY, wxString(), wxDefaultPosition, wxDefaultSize, wxTE_MULTILINE | wxTE_READONLY);
  auto* sizer = new wxBoxSizer(wxVERTICAL);
  sizer->Add(text_, wxSizerFlags(1).Expand());
  body()->SetSizer(sizer);
}

void WordsWidget::ShowBody(const view::Patch*) {
  text_->SetName(Words(model()->title));
  text_->ChangeValue(ToWx(std::visit(WordsOf{language()}, model()->body)));
  RestyleBody();
}

void WordsWidget::RestyleBody() { ApplyFont(body(), host().zoom()); }

}  // namespace meerstem::gui
