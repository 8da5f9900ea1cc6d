// Pictures of windows and papers, drawn pixel by pixel and packed as PNG or PDF.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace demo {

struct Glyph {
  char32_t point;
  std::array<std::uint8_t, 13> rows;  // from the top, the left pixel in the highest bit
};
inline constexpr int glyph_width = 8;
inline constexpr int glyph_height = 13;
[[nodiscard]] const std::vector<Glyph>& glyphs();

enum class Ink : std::uint8_t { white, paper, line, grey, black, blue, pale, red, rose, green };

class Canvas {
 public:
  Canvas(int width, int height, Ink background);

  void fill(int x, int y, int width, int height, Ink ink);
  void frame(int x, int y, int width, int height, Ink ink);
  // Characters that the font lacks are left blank. Gives where the text ends.
  int text(int x, int y, std::string_view words, Ink ink, int scale = 1);

  [[nodiscard]] int width() const { return width_; }
  [[nodiscard]] int height() const { return height_; }

  // PNG (ISO/IEC 15948), with a palette.
  [[nodiscard]] std::string png() const;
  // One A4 page (PDF 1.4) that is this picture in black and white, as a scanner makes it.
  [[nodiscard]] std::string pdf() const;

 private:
  int width_;
  int height_;
  std::vector<Ink> pixels_;
};

}  // namespace demo
