#include "attachments/vips.hpp"

#include <dlfcn.h>

namespace attachments {
namespace {

template <class Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));
  return function != nullptr;
}

// Everything is forbidden first, then the four kinds of pictures are allowed.
bool start(void* library) {
  decltype(&vips_init) init = nullptr;
  decltype(&vips_concurrency_set) concurrency_set = nullptr;
  decltype(&vips_cache_set_max) cache_set_max = nullptr;
  decltype(&vips_block_untrusted_set) block_untrusted_set = nullptr;
  decltype(&vips_operation_block_set) operation_block_set = nullptr;
  if (!find(library, "vips_init", init) || !find(library, "vips_concurrency_set", concurrency_set) ||
      !find(library, "vips_cache_set_max", cache_set_max) ||
      !find(library, "vips_block_untrusted_set", block_untrusted_set) ||
      !find(library, "vips_operation_block_set", operation_block_set) || init("otklik") != 0) {
    return false;
  }
  concurrency_set(1);
  cache_set_max(0);
  block_untrusted_set(TRUE);
  operation_block_set("VipsForeignLoad", TRUE);
  for (const char* loader :
       {"VipsForeignLoadPng", "VipsForeignLoadJpeg", "VipsForeignLoadNsgif", "VipsForeignLoadWebp"}) {
    operation_block_set(loader, FALSE);
  }
  return true;
}

bool load(Vips& vips) {
  void* library = ::dlopen("libvips.so.42", RTLD_NOW | RTLD_LOCAL);
  return library != nullptr && start(library) &&
         find(library, "vips_foreign_find_load_source", vips.find_load_source) &&
         find(library, "vips_source_new_from_descriptor", vips.source_new_from_descriptor) &&
         find(library, "vips_image_new_from_source", vips.image_new_from_source) &&
         find(library, "vips_image_get_width", vips.image_get_width) &&
         find(library, "vips_image_get_height", vips.image_get_height) &&
         find(library, "vips_image_get_typeof", vips.image_get_typeof) &&
         find(library, "vips_thumbnail_source", vips.thumbnail_source) &&
         find(library, "vips_webpsave_buffer", vips.webpsave_buffer) &&
         find(library, "vips_error_clear", vips.error_clear) &&
         find(library, "g_object_unref", vips.object_unref) && find(library, "g_free", vips.free);
}

}  // namespace

const Vips* load_vips() {
  static Vips vips;
  static const bool loaded = load(vips);
  return loaded ? &vips : nullptr;
}

}  // namespace attachments
