#include "storage/fields.hpp"

#include <gtest/gtest.h>

#include <cstdint>

namespace storage {
namespace {

struct Note {
  std::int64_t id = 0;
  std::string subject;
  std::int64_t version = 0;

  static constexpr auto fields() {
    return std::tuple(field("id", &Note::id), field("subject", &Note::subject),
                      field("version", &Note::version));
  }
};

TEST(Fields, GiveTheListsOfAQuery) {
  EXPECT_EQ(columns<Note>(), "id, subject, version");
  EXPECT_EQ(columns<Note>("n"), "n.id, n.subject, n.version");
  EXPECT_EQ(parameters<Note>(), "$1, $2, $3");
  EXPECT_EQ(assignments<Note>(), "subject = $2, version = $3");
}

TEST(Fields, AreVisitedInOrder) {
  const Note note{.id = 7, .subject = "x", .version = 2};
  std::string seen;
  for_each_field<Note>([&](const auto& field, std::size_t index) {
    seen += std::to_string(index) + field.name.front();
    static_cast<void>(note.*field.member);
  });
  EXPECT_EQ(seen, "0i1s2v");
}

}  // namespace
}  // namespace storage
