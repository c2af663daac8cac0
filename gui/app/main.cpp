#include "gui/app/app.h"

wxIMPLEMENT_APP(meerstem::gui::App);
