// What a file is, by its content. What its sender says about it is never believed.
#pragma once

#include <string>
#include <string_view>

#include "blobs/file.hpp"

namespace attachments {

// "image/png", "text/html", "application/pdf"; "application/octet-stream" for what is not known. Any thread
// may ask.
[[nodiscard]] std::string media_type_of(const blobs::File& file);

// A picture that every browser shows and that can hold no script: it may stand in a page.
[[nodiscard]] bool is_picture(std::string_view media_type);

}  // namespace attachments
