// Shows one kind of widget on a toy model, to look at and to photograph:
//   widget_gallery NAME [ZOOM [WIDTH HEIGHT]]      names: table large tree matrix chart shares lines text longtext prose form empty
#include <chrono>
#include <cstdio>

#include <wx/app.h>
#include <wx/frame.h>
#include <wx/log.h>
#include <wx/sizer.h>

#include "gui/widgets/strings.h"
#include "tests/gui/widgets/recording_host.h"
#include "tests/gui/widgets/toy_models.h"

namespace meerstem::gui::testing {

class Gallery final : public wxApp {
 public:
  bool OnInit() override {
    const auto argument = [this](int index, double fallback) {
      double value = fallback;
      if (argc > index && !wxString(argv[index]).ToCDouble(&value)) value = fallback;
      return value;
    };
    const std::string name = argc > 1 ? FromWx(argv[1]) : "text";
    host_ = std::make_unique<RecordingHost>(argument(2, 1));
    auto* frame = new wxFrame(nullptr, wxID_ANY, ToWx(name), wxPoint(0, 0), wxSize(static_cast<int>(argument(3, 1100)), static_cast<int>(argument(4, 760))));
    const auto model = ToyModel(name);
    const auto start = std::chrono::steady_clock::now();
    widget_ = MakeWidget(model->kind(), frame, *host_);
    auto* sizer = new wxBoxSizer(wxVERTICAL);
    sizer->Add(widget_->Window(), wxSizerFlags(1).Expand());
    frame->SetSizer(sizer);
    frame->Show();
    frame->Layout();
    widget_->Show(model, nullptr);
    const auto spent = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - start);
    std::printf("shown in %lld ms\n", static_cast<long long>(spent.count()));
    std::fflush(stdout);
    return true;
  }

 private:
  std::unique_ptr<RecordingHost> host_;
  std::unique_ptr<ViewWidget> widget_;
};

}  // namespace meerstem::gui::testing

wxIMPLEMENT_APP(meerstem::gui::testing::Gallery);
