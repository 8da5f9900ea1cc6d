#include "attachments/thumbnail.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attachments/media_type.hpp"

namespace attachments {
namespace {

blobs::File file_of(std::string_view bytes) {
  blobs::File file(::memfd_create("picture", 0));
  blobs::append(file, bytes);
  return file;
}

void append_number(std::string& out, std::uint32_t number) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(number >> shift);
}

std::uint32_t crc32(std::string_view bytes) {
  std::uint32_t crc = 0xFFFFFFFFU;
  for (const char c : bytes) {
    crc ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1U ^ ((crc & 1U) != 0 ? 0xEDB88320U : 0U);
  }
  return ~crc;
}

std::string chunk(std::string_view type, std::string_view content) {
  std::string out;
  append_number(out, static_cast<std::uint32_t>(content.size()));
  const std::string checked = std::string(type) + std::string(content);
  out += checked;
  append_number(out, crc32(checked));
  return out;
}

// The zlib stream (RFC 1950, RFC 1951) of `count` zeros: one, then again and again "the same 258 times", 13
// bits each.
std::string packed_zeros(std::uint64_t count) {
  std::string out = "\x78\x01";
  std::uint32_t bits = 0;
  int held = 0;
  const auto put = [&](std::string_view code) {
    for (const char bit : code) {
      bits |= static_cast<std::uint32_t>(bit - '0') << static_cast<unsigned>(held++);
      if (held < 8) continue;
      out += static_cast<char>(bits);
      bits = 0;
      held = 0;
    }
  };
  put("110");       // the last block, with fixed codes
  put("00110000");  // a zero
  std::uint64_t left = count - 1;
  for (; left >= 258; left -= 258) put("1100010100000");
  for (; left > 0; --left) put("00110000");
  put("0000000");  // the end
  while (held != 0) put("0");
  append_number(out, static_cast<std::uint32_t>(count % 65521) << 16U | 1U);
  return out;
}

enum class Lines { ordinary, interlaced };

// A black picture, a hundred times smaller as a file than in memory.
std::string png(std::uint32_t width, std::uint32_t height, Lines lines = Lines::ordinary) {
  std::string header;
  append_number(header, width);
  append_number(header, height);
  header += std::string("\x01\x00\x00\x00", 4);  // 1 bit, grey
  header += lines == Lines::interlaced ? '\x01' : '\x00';
  const std::uint64_t bytes = std::uint64_t{height} * (1 + (width + 7) / 8);
  return "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) + chunk("IDAT", packed_zeros(bytes)) + chunk("IEND", "");
}

std::uint32_t little_endian(std::string_view bytes, std::size_t at, int count) {
  std::uint32_t number = 0;
  for (int i = count - 1; i >= 0; --i)
    number = number << 8U | static_cast<unsigned char>(bytes[at + static_cast<std::size_t>(i)]);
  return number;
}

// Width and height of a simple WebP.
std::pair<std::uint32_t, std::uint32_t> size_of_webp(std::string_view webp) {
  if (webp.substr(12, 4) == "VP8X") return {little_endian(webp, 24, 3) + 1, little_endian(webp, 27, 3) + 1};
  if (webp.substr(12, 4) == "VP8L") {
    const auto bits = little_endian(webp, 21, 4);
    return {(bits & 0x3FFFU) + 1, (bits >> 14U & 0x3FFFU) + 1};
  }
  return {little_endian(webp, 26, 2) & 0x3FFFU, little_endian(webp, 28, 2) & 0x3FFFU};
}

TEST(Thumbnail, FitsIntoItsSquare) {
  const auto file = file_of(png(1600, 800));
  EXPECT_EQ(media_type_of(file), "image/png");
  const auto thumbnail = make_thumbnail(file);
  ASSERT_TRUE(thumbnail);
  EXPECT_EQ(thumbnail->substr(0, 4) + thumbnail->substr(8, 4), "RIFFWEBP");
  EXPECT_EQ(size_of_webp(*thumbnail), std::pair(320U, 160U));
}

TEST(Thumbnail, NeverEnlarges) {
  const auto thumbnail = make_thumbnail(file_of(png(20, 10)));
  ASSERT_TRUE(thumbnail);
  EXPECT_EQ(size_of_webp(*thumbnail), std::pair(20U, 10U));
}

TEST(Thumbnail, IsMadeOfPicturesAlone) {
  EXPECT_FALSE(make_thumbnail(file_of("")));
  EXPECT_FALSE(make_thumbnail(file_of("<!DOCTYPE html><script>alert(1)</script>")));
  EXPECT_FALSE(
      make_thumbnail(file_of("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>")));
  EXPECT_FALSE(make_thumbnail(file_of("P2\n2 2\n255\n0 0 0 0\n")));
  EXPECT_FALSE(make_thumbnail(file_of("%PDF-1.4\n")));
  const std::string whole = png(100, 100);
  EXPECT_FALSE(make_thumbnail(file_of(whole.substr(0, 20))));
}

TEST(Thumbnail, DoesNotUnpackABomb) {
  const std::string bomb = png(30'000, 30'000);
  EXPECT_LT(bomb.size(), 1'000'000U);
  EXPECT_FALSE(make_thumbnail(file_of(bomb)));
  EXPECT_FALSE(make_thumbnail(file_of(png(8'000, 8'000, Lines::interlaced))));
}

std::optional<std::string> run(std::vector<std::string> command, std::string_view input,
                               std::chrono::milliseconds time = std::chrono::seconds(10)) {
  return thumbnails_by_process({.command = std::move(command), .time = time})(file_of(input));
}

TEST(ThumbnailProcess, GivesWhatTheProgramWrites) {
  EXPECT_EQ(run({"/bin/cat", "/proc/self/fd/0"}, "picture"), "picture");
}

TEST(ThumbnailProcess, BadEndsGiveNone) {
  EXPECT_FALSE(run({"/bin/sh", "-c", "echo half; exit 1"}, ""));
  EXPECT_FALSE(run({"/bin/sh", "-c", "echo half; kill -SEGV $$"}, ""));
  EXPECT_FALSE(run({"/bin/sh", "-c", "exit 0"}, ""));
  EXPECT_FALSE(run({"/nonexistent"}, ""));
  EXPECT_FALSE(run({"/bin/sh", "-c", "while :; do echo too much; done"}, ""));
}

// The limits must leave the decoder enough to work with.
TEST(ThumbnailProcess, TheProgramItselfWorksWithinItsLimits) {
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
  GTEST_SKIP() << "sanitizers want more memory than the limits leave";
#endif
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  const auto run_with = [](std::string_view bytes) {
    ::dup2(file_of(bytes).descriptor(), STDIN_FILENO);
    ::dup2(::open("/dev/null", O_WRONLY | O_CLOEXEC), STDOUT_FILENO);
    ::_exit(run_make_thumbnail());
  };
  EXPECT_EXIT(run_with(png(4000, 3000)), testing::ExitedWithCode(0), "");
  EXPECT_EXIT(run_with("<!DOCTYPE html>"), testing::ExitedWithCode(1), "");
}

TEST(ThumbnailProcess, IsEndedWhenItTakesTooLong) {
  EXPECT_FALSE(run({"/bin/sh", "-c", "echo half; exec sleep 600"}, "", std::chrono::milliseconds(100)));
  EXPECT_FALSE(run({"/bin/sh", "-c", "exec sleep 600 >&-"}, "", std::chrono::milliseconds(100)));
}

}  // namespace
}  // namespace attachments
