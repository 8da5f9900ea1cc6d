#include "web/multipart.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace web {
namespace {

struct Part {
  PartHead head;
  std::string data;
  bool ended = false;
};

class Collector final : public MultipartHandler {
 public:
  [[nodiscard]] bool begin_part(const PartHead& head) override {
    parts.push_back({.head = head, .data = {}});
    return parts.size() <= stop_after_parts;
  }
  [[nodiscard]] bool part_data(std::string_view piece) override {
    EXPECT_FALSE(piece.empty());
    EXPECT_FALSE(parts.back().ended);
    parts.back().data += piece;
    return true;
  }
  [[nodiscard]] bool end_part() override {
    parts.back().ended = true;
    return true;
  }

  std::vector<Part> parts;
  std::size_t stop_after_parts = SIZE_MAX;
};

// All at once.
MultipartStatus parse(std::string_view body, Collector& collector, const MultipartLimits& limits = {},
                      std::string_view boundary = "B") {
  MultipartParser parser(boundary, collector, limits);
  parser.feed(body);
  return parser.finish();
}

// A form of one part with that Content-Disposition.
PartHead head_of(std::string_view disposition) {
  Collector collector;
  const auto status =
      parse("--B\r\nContent-Disposition: " + std::string(disposition) + "\r\n\r\nx\r\n--B--\r\n", collector);
  EXPECT_EQ(status, MultipartStatus::complete) << disposition;
  return collector.parts.empty() ? PartHead{} : collector.parts.front().head;
}

constexpr std::string_view form =
    "a preamble\r\n--B\r\n"
    "Content-Disposition: form-data; name=\"subject\"\r\n\r\n"
    "Не печатается\r\n"
    "--B  \t\r\n"
    "content-disposition:form-data;name=file ; filename=\"screen.png\"\r\n"
    "Content-Type: Image/PNG; x=y\r\nX-Other: 1\r\n\r\n"
    "\r\n--\r\n--A\r\n-\r--B\r\r\n\r\n"
    "\r\n--B\r\n"
    "Content-Disposition: form-data; name=\"empty\"; filename=\"\"\r\nContent-Type: "
    "application/octet-stream\r\n\r\n"
    "\r\n--B--\r\nan epilogue --B\r\n";

void expect_form(const Collector& collector) {
  ASSERT_EQ(collector.parts.size(), 3u);
  const auto& [subject, file, empty] = std::tie(collector.parts[0], collector.parts[1], collector.parts[2]);
  EXPECT_EQ(subject.head.name, "subject");
  EXPECT_FALSE(subject.head.is_file);
  EXPECT_EQ(subject.data, "Не печатается");
  EXPECT_EQ(file.head.name, "file");
  EXPECT_TRUE(file.head.is_file);
  EXPECT_FALSE(file.head.nothing_chosen);
  EXPECT_EQ(file.head.file_name, "screen.png");
  EXPECT_EQ(file.head.content_type, "image/png");
  EXPECT_EQ(file.data, "\r\n--\r\n--A\r\n-\r--B\r\r\n\r\n");
  EXPECT_TRUE(empty.head.is_file);
  EXPECT_TRUE(empty.head.nothing_chosen);
  EXPECT_EQ(empty.data, "");
  for (const auto& part : collector.parts) EXPECT_TRUE(part.ended);
}

TEST(Multipart, FindsPartsAndTheirData) {
  Collector collector;
  EXPECT_EQ(parse(form, collector), MultipartStatus::complete);
  expect_form(collector);
}

TEST(Multipart, DoesNotDependOnTheDivision) {
  for (std::size_t first = 0; first <= form.size(); ++first) {
    Collector collector;
    MultipartParser parser("B", collector);
    parser.feed(form.substr(0, first));
    parser.feed(form.substr(first));
    ASSERT_EQ(parser.finish(), MultipartStatus::complete) << first;
    expect_form(collector);
  }
  Collector collector;
  MultipartParser parser("B", collector);
  for (const char& byte : form) parser.feed({&byte, 1});
  ASSERT_EQ(parser.finish(), MultipartStatus::complete);
  expect_form(collector);
}

// Bodies of the alphabet of delimiters, cut at random: the same parts or the same failure however they come.
TEST(Multipart, DoesNotDependOnTheDivisionOfAnything) {
  std::mt19937 random(7);
  const auto below = [&](std::size_t bound) { return static_cast<std::size_t>(random()) % bound; };
  const std::vector<std::string> bits = {"\r\n--B",
                                         "\r\n--B\r\n",
                                         "\r",
                                         "\n",
                                         "\r\n",
                                         "--",
                                         "-",
                                         "B",
                                         "x",
                                         "\r\n--B--",
                                         "Content-Disposition: form-data; name=a\r\n\r\n",
                                         "Content-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n",
                                         " ",
                                         "--B\r\n"};
  MultipartLimits limits;
  limits.parts = 4;
  limits.head_bytes = 60;
  limits.field_bytes = 12;
  int complete = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string body = below(4) == 0 ? "" : "--B\r\n" + bits[10];
    for (std::size_t i = below(12); i > 0; --i) body += bits[below(bits.size())];
    if (below(3) != 0) body += "\r\n--B--";
    Collector whole;
    const auto expected = parse(body, whole, limits);
    Collector pieces;
    MultipartParser parser("B", pieces, limits);
    for (std::string_view rest = body; !rest.empty();) {
      const auto piece = rest.substr(0, 1 + below(9));
      rest.remove_prefix(piece.size());
      parser.feed(piece);
    }
    ASSERT_EQ(parser.finish(), expected) << body;
    ASSERT_EQ(whole.parts.size(), pieces.parts.size()) << body;
    if (expected != MultipartStatus::complete) continue;
    ++complete;
    for (std::size_t i = 0; i < whole.parts.size(); ++i) {
      ASSERT_EQ(whole.parts[i].data, pieces.parts[i].data) << body;
      ASSERT_EQ(whole.parts[i].head.name, pieces.parts[i].head.name) << body;
    }
  }
  EXPECT_GT(complete, 1000);
}

TEST(Multipart, TakesAnyBytesForData) {
  std::string data;
  for (int i = 0; i < 70'000; ++i) data += static_cast<char>(i * 31 / 7);
  const std::string body =
      "--B\r\nContent-Disposition: form-data; name=f; filename=f\r\n\r\n" + data + "\r\n--B--\r\n";
  Collector collector;
  ASSERT_EQ(parse(body, collector), MultipartStatus::complete);
  EXPECT_TRUE(collector.parts.front().data == data);
}

TEST(Multipart, RefusesWhatIsMalformed) {
  const std::string good = "Content-Disposition: form-data; name=a\r\n\r\n";
  for (const std::string& body : {
           std::string(),
           std::string("no delimiter"),
           "--B\r\n" + good + "data without an end",
           "--B\r\n" + good + "data\r\n--B",
           "--B\r\n" + good + "data\r\n--Bx\r\n",
           "--B\r\n" + good + "data\r\n--B-\r\n",
           std::string("--B\r\n\r\ndata\r\n--B--"),
           std::string("--B\r\nContent-Type: text/plain\r\n\r\nx\r\n--B--"),
           std::string("--B\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--B--"),
           std::string("--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--"),
           std::string("--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--B--"),
           std::string("--B\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\nx\r\n--B--"),
           std::string("--B\r\nContent-Disposition: form-data; name=\"a\"b\r\n\r\nx\r\n--B--"),
           std::string("--B\r\nContent-Disposition: form-data;\r\n name=a\r\n\r\nx\r\n--B--"),
           std::string("--B\r\nno colon\r\n\r\nx\r\n--B--"),
           "--B\r\nContent-Disposition: form-data; name=b\r\n" + good + "x\r\n--B--",
       }) {
    Collector collector;
    EXPECT_EQ(parse(body, collector), MultipartStatus::malformed) << body;
  }
}

TEST(Multipart, KeepsItsLimits) {
  const std::string part = "--B\r\nContent-Disposition: form-data; name=a\r\n\r\n12345\r\n";
  MultipartLimits limits;
  limits.parts = 2;
  Collector collector;
  EXPECT_EQ(parse(part + part + "--B--", collector, limits), MultipartStatus::complete);
  EXPECT_EQ(parse(part + part + part + "--B--", collector, limits), MultipartStatus::too_many_parts);

  limits = {};
  limits.field_bytes = 5;
  limits.file_bytes = 6;
  EXPECT_EQ(parse(part + "--B--", collector, limits), MultipartStatus::complete);
  limits.field_bytes = 4;
  EXPECT_EQ(parse(part + "--B--", collector, limits), MultipartStatus::part_too_long);
  const std::string file = "--B\r\nContent-Disposition: form-data; name=a; filename=b\r\n\r\n";
  EXPECT_EQ(parse(file + "123456\r\n--B--", collector, limits), MultipartStatus::complete);
  EXPECT_EQ(parse(file + "1234567\r\n--B--", collector, limits), MultipartStatus::part_too_long);

  limits = {};
  EXPECT_EQ(parse("--B\r\nX: " + std::string(9000, 'x'), collector, limits), MultipartStatus::head_too_long);
  EXPECT_EQ(parse("--B\r\nContent-Disposition: form-data; name=" + std::string(300, 'x') + "\r\n\r\n",
                  collector, limits),
            MultipartStatus::head_too_long);
  EXPECT_EQ(parse("--B" + std::string(300, ' '), collector, limits), MultipartStatus::malformed);
}

TEST(Multipart, StopsWhenToldTo) {
  Collector collector;
  collector.stop_after_parts = 1;
  EXPECT_EQ(parse(form, collector), MultipartStatus::stopped);
  EXPECT_EQ(collector.parts.size(), 2u);
  EXPECT_TRUE(collector.parts[0].ended);
  EXPECT_FALSE(collector.parts[1].ended);
}

TEST(Multipart, ReadsFileNames) {
  EXPECT_EQ(head_of(R"(form-data; name="f"; filename="отчёт за май.pdf")").file_name, "отчёт за май.pdf");
  EXPECT_EQ(head_of(R"(form-data; name="f"; filename=plain.txt)").file_name, "plain.txt");
  EXPECT_EQ(head_of(R"(form-data; name="f"; filename="C:\fakepath\a.txt")").file_name, "a.txt");
  EXPECT_EQ(head_of(R"(form-data; name="f"; filename="a;b=c.txt")").file_name, "a;b=c.txt");
  EXPECT_EQ(head_of(R"(form-data; name="f"; filename="say \"hi\".txt")").file_name, "say \"hi\".txt");
  EXPECT_EQ(head_of(R"(form-data; name="f"; filename="say %22hi%22.txt")").file_name, "say \"hi\".txt");
  EXPECT_EQ(head_of(R"(form-data; name="f"; filename="100%25.txt")").file_name, "100%25.txt");
  EXPECT_EQ(head_of(R"(form-data; name="f"; filename="a%0D%0Ab.txt")").file_name, "ab.txt");
  EXPECT_EQ(head_of(R"(form-data; name="f"; filename="x.txt"; filename*=UTF-8''%D0%B0.txt)").file_name,
            "а.txt");
  EXPECT_EQ(head_of(R"(form-data; name="f"; filename*=utf-8'ru'..%2F%D0%B0.txt)").file_name, "а.txt");
  EXPECT_EQ(head_of(R"(form-data; name="f"; filename*=iso-8859-1''caf%E9)").file_name, "café");
  EXPECT_EQ(head_of(R"(form-data; name="f"; filename="x.txt"; filename*=koi8-r''%C1)").file_name, "x.txt");
  EXPECT_EQ(head_of(R"(form-data; name="f"; filename="x.txt"; filename*=UTF-8''%zz)").file_name, "x.txt");
  EXPECT_EQ(head_of(R"(form-data; name="f"; filename="")").file_name, "file");
  EXPECT_EQ(head_of("form-data; name=\"f\"; filename=\"\xCF\xF0.txt\"").file_name, "\uFFFD\uFFFD.txt");
  EXPECT_EQ(head_of(R"(form-data; name="a%22b")").name, "a\"b");
}

TEST(MultipartBoundary, IsReadFromTheContentType) {
  EXPECT_EQ(multipart_boundary("multipart/form-data; boundary=----WebKitFormBoundaryAbC"),
            "----WebKitFormBoundaryAbC");
  EXPECT_EQ(multipart_boundary("Multipart/Form-Data;charset=utf-8;Boundary=\"a b\""), "a b");
  for (const char* wrong :
       {"", "text/plain", "multipart/form-data",
        "multipart/form-data; boundary=", "multipart/form-data; boundary=\"a", "multipart/mixed; boundary=a",
        "multipart/form-data; boundary=a; boundary=b", "multipart/form-data; boundary=\"a \"",
        "multipart/form-data; boundary=a{b",
        ("multipart/form-data; "
         "boundary=12345678901234567890123456789012345678901234567890123456789012345678901")}) {
    EXPECT_EQ(multipart_boundary(wrong), std::nullopt) << wrong;
  }
}

TEST(SafeFileName, KeepsGoodNames) {
  for (const char* name : {"a.txt", "отчёт (1).xlsx", ".profile", "a..b", "日本.png", "👩‍💻.gif"}) {
    EXPECT_EQ(safe_file_name(name), name);
  }
}

TEST(SafeFileName, RemovesWhatMisleads) {
  EXPECT_EQ(safe_file_name("../../etc/passwd"), "passwd");
  EXPECT_EQ(safe_file_name("..\\..\\boot.ini"), "boot.ini");
  EXPECT_EQ(safe_file_name("a\x01\x1F\x7F"
                           "b\r\n.txt"),
            "ab.txt");
  EXPECT_EQ(safe_file_name(std::string_view("a\0b", 3)), "ab");
  EXPECT_EQ(safe_file_name("photo\u202Egpj.exe"), "photogpj.exe");
  EXPECT_EQ(safe_file_name("\u2066a\u2069\u200F\u061C.txt"), "a.txt");
  EXPECT_EQ(safe_file_name("a\u0085\u2028.txt"), "a.txt");
  EXPECT_EQ(safe_file_name("  a.txt. . "), "a.txt");
  EXPECT_EQ(safe_file_name("a\xFF.txt"), "a\uFFFD.txt");
  for (const char* nothing : {"", ".", "..", "/", "a/", "\u202E", " . ", "\x01"}) {
    EXPECT_EQ(safe_file_name(nothing), "file") << nothing;
  }
}

TEST(SafeFileName, CutsBetweenCharacters) {
  std::string name;
  for (int i = 0; i < 200; ++i) name += "я";
  EXPECT_EQ(safe_file_name(name).size(), 254u);
  const auto cut = safe_file_name("1" + name + ".docx");
  EXPECT_LE(cut.size(), 255u);
  EXPECT_TRUE(cut.ends_with("я.docx"));
  EXPECT_EQ(safe_file_name(std::string(300, 'a')).size(), 255u);
  EXPECT_EQ(safe_file_name("a." + std::string(300, 'b')).size(), 255u);
}

}  // namespace
}  // namespace web
