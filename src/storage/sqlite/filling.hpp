// Filling an empty database with much at once, on two processors.
//
// The indexes that refuse nothing are made at the end. What units put off (the words of what they write) is
// done by a second thread in a file of its own, whose full-text tables are copied into the database at the
// end. A database whose filling was killed is refused at its next start: it holds nothing that cannot be made
// again.
#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "storage/sqlite/connection.hpp"
#include "storage/sqlite/later_change.hpp"

namespace storage::sqlite {

class Filling {
 public:
  // Marks the database as being filled and drops its indexes. Nobody else may write until finish().
  explicit Filling(std::string path);
  // Leaves the mark behind unless finish() has succeeded.
  ~Filling();
  Filling(const Filling&) = delete;
  Filling& operator=(const Filling&) = delete;

  // Waits while the second thread is far behind. Throws what it has thrown.
  void later(const Query& query, std::span<const Value> values);
  // Throws what kept the second thread from its work.
  void finish();

  // Throws std::runtime_error that says what to do when a filling of this database has not ended.
  static void refuse_unfinished(Connection& connection, const std::string& path);

 private:
  using Batch = std::unique_ptr<std::deque<LaterChange>>;

  void hand_over();
  void join();
  void work();
  void copy_words(Connection& connection) const;

  std::string path_;
  std::string side_path_;
  std::vector<std::string> indexes_;  // the statements that make them
  std::vector<std::string> word_tables_;
  Batch gathered_;

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Batch> waiting_;
  bool ending_ = false;
  std::exception_ptr failure_;
  std::thread thread_;
};

}  // namespace storage::sqlite
