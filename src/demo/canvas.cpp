#include "demo/canvas.hpp"

#include <fmt/format.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <cstddef>

#include "demo/deflate.hpp"

namespace demo {
namespace {

using Colour = std::array<unsigned char, 3>;
constexpr std::array<Colour, 10> palette{{
    {255, 255, 255},
    {243, 244, 247},
    {206, 211, 220},
    {110, 118, 133},
    {24, 28, 36},
    {52, 81, 209},
    {226, 231, 252},
    {190, 38, 48},
    {253, 232, 233},
    {28, 122, 74},
}};

std::string big_endian(std::uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>((value >> shift) & 0xFFU);
  return bytes;
}

std::string chunk(std::string_view type, std::string_view data) {
  const std::string body = std::string(type).append(data);
  return big_endian(static_cast<std::uint32_t>(data.size())) + body + big_endian(crc32(body));
}

}  // namespace

Canvas::Canvas(int width, int height, Ink background)
    : width_(width), height_(height), pixels_(static_cast<std::size_t>(width * height), background) {}

void Canvas::fill(int x, int y, int width, int height, Ink ink) {
  const int left = std::clamp(x, 0, width_);
  const int right = std::clamp(x + width, 0, width_);
  for (int row = std::max(y, 0); row < std::min(y + height, height_); ++row) {
    const auto start = pixels_.begin() + static_cast<std::ptrdiff_t>(row) * width_;
    std::fill(start + left, start + right, ink);
  }
}

void Canvas::frame(int x, int y, int width, int height, Ink ink) {
  fill(x, y, width, 1, ink);
  fill(x, y + height - 1, width, 1, ink);
  fill(x, y, 1, height, ink);
  fill(x + width - 1, y, 1, height, ink);
}

int Canvas::text(int x, int y, std::string_view words, Ink ink, int scale) {
  const auto size = static_cast<std::int32_t>(words.size());
  std::int32_t at = 0;
  while (at < size) {
    std::int32_t point = 0;
    U8_NEXT_OR_FFFD(words.data(), at, size, point);
    const auto glyph = std::ranges::lower_bound(glyphs(), static_cast<char32_t>(point), {}, &Glyph::point);
    if (glyph != glyphs().end() && glyph->point == static_cast<char32_t>(point)) {
      for (int row = 0; row < glyph_height; ++row) {
        for (int column = 0; column < glyph_width; ++column) {
          const bool inked = ((glyph->rows[static_cast<std::size_t>(row)] >> (7 - column)) & 1) != 0;
          if (inked) fill(x + column * scale, y + row * scale, scale, scale, ink);
        }
      }
    }
    x += glyph_width * scale;
  }
  return x;
}

std::string Canvas::png() const {
  std::string colours;
  for (const Colour& colour : palette) colours.append(colour.begin(), colour.end());

  const auto stride = static_cast<std::size_t>(width_) + 1;  // each row begins with its filter, 0
  std::string rows;
  rows.reserve(stride * static_cast<std::size_t>(height_));
  for (int y = 0; y < height_; ++y) {
    rows += '\0';
    const auto start = pixels_.begin() + static_cast<std::ptrdiff_t>(y) * width_;
    std::transform(start, start + width_, std::back_inserter(rows),
                   [](Ink ink) { return static_cast<char>(ink); });
  }
  const std::string header = big_endian(static_cast<std::uint32_t>(width_)) +
                             big_endian(static_cast<std::uint32_t>(height_)) +
                             std::string("\x08\x03\x00\x00\x00", 5);
  return std::string("\x89PNG\r\n\x1A\n", 8) + chunk("IHDR", header) + chunk("PLTE", colours) +
         chunk("IDAT", compress(rows, stride)) + chunk("IEND", {});
}

std::string Canvas::pdf() const {
  const auto stride = (static_cast<std::size_t>(width_) + 7) / 8;
  std::string rows(stride * static_cast<std::size_t>(height_), '\xFF');
  for (int y = 0; y < height_; ++y) {
    for (int x = 0; x < width_; ++x) {
      const Ink ink = pixels_[static_cast<std::size_t>(y) * static_cast<std::size_t>(width_) +
                              static_cast<std::size_t>(x)];
      const bool dark = ink != Ink::white && ink != Ink::paper && ink != Ink::pale && ink != Ink::rose;
      char& byte = rows[static_cast<std::size_t>(y) * stride + static_cast<std::size_t>(x) / 8];
      if (dark) byte = static_cast<char>(static_cast<unsigned char>(byte) & ~(0x80U >> (x % 8)));
    }
  }
  const std::string image = compress(rows, stride);
  const std::string drawing = "q 595 0 0 842 0 0 cm /Page Do Q";

  std::string out = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n";
  std::vector<std::size_t> places;
  const auto object = [&](const std::string& body) {
    places.push_back(out.size());
    out += fmt::format("{} 0 obj\n{}\nendobj\n", places.size(), body);
  };
  object("<< /Type /Catalog /Pages 2 0 R >>");
  object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
  object(
      "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
      "/Resources << /XObject << /Page 5 0 R >> >> >>");
  object(fmt::format("<< /Length {} >>\nstream\n{}\nendstream", drawing.size(), drawing));
  object(
      fmt::format("<< /Type /XObject /Subtype /Image /Width {} /Height {} /ColorSpace /DeviceGray "
                  "/BitsPerComponent 1 /Filter /FlateDecode /Length {} >>\nstream\n{}\nendstream",
                  width_, height_, image.size(), image));
  const std::size_t table = out.size();
  out += fmt::format("xref\n0 {}\n0000000000 65535 f \n", places.size() + 1);
  for (const std::size_t place : places) out += fmt::format("{:010} 00000 n \n", place);
  out += fmt::format("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n", places.size() + 1, table);
  return out;
}

}  // namespace demo
