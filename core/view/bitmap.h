#pragma once

#include <memory>
#include <string_view>

typedef struct _cairo_surface cairo_surface_t;

namespace meerstem::view {

/// The pixels of a PNG; nullptr when it is none.
std::shared_ptr<cairo_surface_t> ReadPng(std::string_view png);

}  // namespace meerstem::view
