#include "core/view/bitmap.h"

#include <cstring>

#include <cairo.h>

namespace meerstem::view {

std::shared_ptr<cairo_surface_t> ReadPng(std::string_view png) {
  const auto read = [](void* rest, unsigned char* to, unsigned int size) {
    auto& bytes = *static_cast<std::string_view*>(rest);
    if (bytes.size() < size) return CAIRO_STATUS_READ_ERROR;
    std::memcpy(to, bytes.data(), size);
    bytes.remove_prefix(size);
    return CAIRO_STATUS_SUCCESS;
  };
  std::shared_ptr<cairo_surface_t> surface(cairo_image_surface_create_from_png_stream(read, &png), cairo_surface_destroy);
  return cairo_surface_status(surface.get()) == CAIRO_STATUS_SUCCESS ? surface : nullptr;
}

}  // namespace meerstem::view
