// Writing stories to the tables, with everything that is kept beside them: counts, weeks, answers, contacts,
// words, the last number and unread notifications. Whatever fills a database by rows goes through here.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <tuple>
#include <utility>

#include "demo/story.hpp"
#include "storage/transaction.hpp"

namespace demo {

// What is known of a file's content.
struct Content {
  std::string digest;
  std::int64_t size = 0;
  std::string media_type;
  bool thumbnail = false;
};

// Serves one unit of work. Sums are gathered and written by `finish`, which must be called last.
class RowWriter {
 public:
  explicit RowWriter(storage::Transaction& tx) : tx_(tx) {}

  // Table by table, which is a fifth quicker than case by case when there are many. Files get what `contents`
  // knows under their names; it must know them all.
  void write(std::span<const Story> stories, const std::map<std::string, Content>& contents = {});
  void finish();

 private:
  void count(const Story& story);

  using StatusKey = std::tuple<base::AccountId, base::PersonId, cases::Status>;
  struct Week {
    std::int64_t opened = 0;
    std::int64_t solved = 0;
  };

  storage::Transaction& tx_;
  std::map<StatusKey, std::int64_t> counts_;
  std::map<std::pair<base::PersonId, cases::Status>, std::int64_t> queues_;
  std::map<std::pair<base::AccountId, std::int64_t>, Week> weeks_;
  std::map<std::pair<base::AccountId, base::PersonId>, std::pair<std::string, std::string>> contacts_;
  std::map<std::tuple<std::int64_t, base::ProductId, int>, std::int64_t> answers_;
  std::map<base::PersonId, std::int64_t> unread_;
  std::int64_t last_number_ = 0;
};

}  // namespace demo
