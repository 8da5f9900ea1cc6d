// Small pictures of pictures.
//
// Decoders of images are where hostile files do their harm, so they run in a process of their own, which is
// this program again, with little memory and little time. A file that makes it fail simply has no thumbnail.
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "blobs/file.hpp"

namespace attachments {

inline constexpr int thumbnail_side = 320;  // pixels at most, both ways

// A WebP of at most `thumbnail_side` pixels a side, upright, its shape kept; never larger than the picture
// itself. Takes PNG, JPEG, GIF (its first frame) and WebP of up to 100 million pixels, 40 million where the
// whole picture must be in memory at once. Empty for everything else. Runs the decoder within the caller's
// own process.
[[nodiscard]] std::optional<std::string> make_thumbnail(const blobs::File& file);

// How the portal gets one: a function, so that tests and tools can do without a process.
using Thumbnailer = std::function<std::optional<std::string>(const blobs::File&)>;

struct ThumbnailProcess {
  // The program and its arguments; the picture is its standard input, the thumbnail its standard output.
  std::vector<std::string> command = {"/proc/self/exe", "make-thumbnail"};
  std::chrono::milliseconds time{15'000};
};

// Runs the command for each picture, two at a time in the whole process; more wait for their turn.
[[nodiscard]] Thumbnailer thumbnails_by_process(ThumbnailProcess process = {});

// What `otklik make-thumbnail` does: limits itself, reads a picture from standard input, writes its thumbnail
// to standard output. Gives the exit status: 0, or 1 when there is no thumbnail.
[[nodiscard]] int run_make_thumbnail();

}  // namespace attachments
