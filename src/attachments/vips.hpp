// libvips, loaded when the first picture asks for it: it brings ninety libraries along, which the server
// itself should neither wait for at start nor keep in memory.
#pragma once

#include <vips/vips.h>

namespace attachments {

struct Vips {
  decltype(&vips_foreign_find_load_source) find_load_source = nullptr;
  decltype(&vips_source_new_from_descriptor) source_new_from_descriptor = nullptr;
  decltype(&vips_image_new_from_source) image_new_from_source = nullptr;
  decltype(&vips_image_get_width) image_get_width = nullptr;
  decltype(&vips_image_get_height) image_get_height = nullptr;
  decltype(&vips_image_get_typeof) image_get_typeof = nullptr;
  decltype(&vips_thumbnail_source) thumbnail_source = nullptr;
  decltype(&vips_webpsave_buffer) webpsave_buffer = nullptr;
  decltype(&vips_error_clear) error_clear = nullptr;
  decltype(&g_object_unref) object_unref = nullptr;
  decltype(&g_free) free = nullptr;
};

// Null when the library is not installed. Only the loaders of PNG, JPEG, GIF and WebP are left switched on.
[[nodiscard]] const Vips* load_vips();

}  // namespace attachments
