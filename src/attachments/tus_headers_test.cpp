#include "attachments/tus_headers.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "attachments/byte_range.hpp"
#include "attachments/content_disposition.hpp"

namespace attachments {
namespace {

TEST(UploadMetadata, ReadsNameAndDraft) {
  const auto metadata =
      parse_upload_metadata("filename 0L7RgtGH0ZHRgi5wZGY=,filetype YXBwbGljYXRpb24vcGRm, draft MTI=");
  ASSERT_TRUE(metadata);
  EXPECT_EQ(metadata->file_name, "отчёт.pdf");
  EXPECT_EQ(metadata->draft.value, 12);
}

TEST(UploadMetadata, ValuesMayBeMissing) {
  EXPECT_EQ(parse_upload_metadata("")->file_name, "");
  EXPECT_EQ(parse_upload_metadata("is_confidential,filename YQ==")->file_name, "a");
  EXPECT_EQ(parse_upload_metadata("filename")->file_name, "");
  EXPECT_EQ(parse_upload_metadata("draft YWJj")->draft.value, 0);
}

TEST(UploadMetadata, RefusesWhatIsMalformed) {
  for (const char* header :
       {"filename YQ", "filename YQ==,", ",", "filename a b",
        "filename YQ==,filename Yg==", "имя YQ==", "filename YQ==;draft MQ==", "filename =", "\x01 YQ=="}) {
    EXPECT_FALSE(parse_upload_metadata(header)) << header;
  }
}

TEST(UploadMetadata, IsReadAsItIsWritten) {
  EXPECT_TRUE(rc::check([](const std::string& name, std::uint32_t draft) {
    const auto read = parse_upload_metadata(format_upload_metadata({.file_name = name, .draft = {draft}}));
    RC_ASSERT(read.has_value());
    RC_ASSERT(read->file_name == name);
    RC_ASSERT(read->draft.value == draft);
  }));
}

TEST(UploadNumber, TakesDigitsAlone) {
  EXPECT_EQ(parse_upload_number("0"), 0);
  EXPECT_EQ(parse_upload_number("9223372036854775807"), INT64_MAX);
  for (const char* text : {"", "-1", "+1", " 1", "1 ", "1.5", "0x10", "9223372036854775808", "1e3", "-0"}) {
    EXPECT_FALSE(parse_upload_number(text)) << text;
  }
}

TEST(UploadChecksum, KnowsItsAlgorithms) {
  const auto checksum = parse_upload_checksum("sha1 Kq5sNclPz7QV2+lfQIuc6R7oRu0=");
  ASSERT_TRUE(checksum);
  EXPECT_EQ(checksum->algorithm, UploadChecksum::Algorithm::sha1);
  EXPECT_EQ(checksum->digest.substr(0, 3), "\x2a\xae\x6c");
  for (const char* text : {"", "sha1", "sha1 ", "sha1 Kq5s", "md5 Kq5sNclPz7QV2+lfQIuc6R7oRu0=",
                           "sha256 Kq5sNclPz7QV2+lfQIuc6R7oRu0=", "sha1  Kq5sNclPz7QV2+lfQIuc6R7oRu0="}) {
    EXPECT_FALSE(parse_upload_checksum(text)) << text;
  }
}

struct Case {
  std::string_view header;
  std::uint64_t size;
  ByteRange::Kind kind;
  std::uint64_t offset;
  std::uint64_t length;
};

TEST(ByteRange, ChoosesAPart) {
  using enum ByteRange::Kind;
  for (const Case& c : {
           Case{"bytes=0-99", 1000, part, 0, 100},
           Case{"bytes=0-0", 1, part, 0, 1},
           Case{"Bytes = 5 - 9", 1000, part, 5, 5},
           Case{"bytes=990-", 1000, part, 990, 10},
           Case{"bytes=990-99999999999999999999999", 1000, part, 990, 10},
           Case{"bytes=-10", 1000, part, 990, 10},
           Case{"bytes=-5000", 1000, part, 0, 1000},
           Case{"bytes=1000-", 1000, unsatisfiable, 0, 0},
           Case{"bytes=-0", 1000, unsatisfiable, 0, 0},
           Case{"bytes=0-", 0, unsatisfiable, 0, 0},
           Case{"bytes=-1", 0, unsatisfiable, 0, 0},
           Case{"bytes=99999999999999999999999-", 1000, unsatisfiable, 0, 0},
           Case{"", 1000, whole, 0, 1000},
           Case{"bytes=9-5", 1000, whole, 0, 1000},
           Case{"bytes=0-1,5-6", 1000, whole, 0, 1000},
           Case{"bytes=a-b", 1000, whole, 0, 1000},
           Case{"bytes=-", 1000, whole, 0, 1000},
           Case{"bytes=--5", 1000, whole, 0, 1000},
           Case{"pages=1-2", 1000, whole, 0, 1000},
           Case{"bytes", 1000, whole, 0, 1000},
       }) {
    const auto range = choose_range(c.header, c.size);
    EXPECT_EQ(range.kind, c.kind) << c.header;
    EXPECT_EQ(range.offset, c.offset) << c.header;
    EXPECT_EQ(range.length, c.length) << c.header;
  }
}

TEST(ByteRange, IsAlwaysWithinTheFile) {
  EXPECT_TRUE(rc::check([](const std::string& text, std::uint16_t size) {
    const auto range = choose_range("bytes=" + text, size);
    RC_ASSERT(range.offset + range.length <= size);
    RC_ASSERT(range.kind != ByteRange::Kind::part || range.length > 0);
  }));
}

TEST(Etag, IsFoundInAList) {
  EXPECT_TRUE(names_etag("\"a\"", "\"a\""));
  EXPECT_TRUE(names_etag("\"x\", W/\"a\"", "\"a\""));
  EXPECT_TRUE(names_etag("*", "\"a\""));
  EXPECT_FALSE(names_etag("", "\"a\""));
  EXPECT_FALSE(names_etag("\"ab\",\"b\"", "\"a\""));
}

TEST(ContentDisposition, NamesTheFileForOldAndNewReaders) {
  EXPECT_EQ(content_disposition(Disposition::attachment, "a b.txt"), "attachment; filename=\"a b.txt\"");
  EXPECT_EQ(content_disposition(Disposition::shown, "отчёт 1.pdf"),
            "inline; filename=\"_____ 1.pdf\"; "
            "filename*=UTF-8''%D0%BE%D1%82%D1%87%D1%91%D1%82%201.pdf");
  EXPECT_EQ(content_disposition(Disposition::attachment, "a\"b\\%41;c.txt"),
            "attachment; filename=\"a_b__41;c.txt\"; filename*=UTF-8''a%22b%5C%2541%3Bc.txt");
}

}  // namespace
}  // namespace attachments
