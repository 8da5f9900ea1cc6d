// Sends what the ledger holds: a thread that wakes after each commit that wrote a mail, and when a retry is
// due.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <thread>

#include "jobs/alarm.hpp"
#include "mail/letter.hpp"
#include "mail/transport.hpp"
#include "storage/database.hpp"

namespace mail {

// What became of the mails that this sender took, since it was made.
struct Totals {
  std::uint64_t sent = 0;
  std::uint64_t deferred = 0;
  std::uint64_t failed = 0;
};

class Sender {
 public:
  // Turns a letter into an HTML document; `mail::html_of`.
  using RenderHtml = std::function<std::string(const Letter&)>;

  // `mail::configure` must have been called. The database must outlive the sender.
  Sender(storage::Database& database, std::unique_ptr<Transport> transport, RenderHtml render_html);
  ~Sender();
  Sender(const Sender&) = delete;
  Sender& operator=(const Sender&) = delete;

  void start();
  // Ends the mail under way within seconds; the others of its batch go back to the ledger. Called by the
  // destructor too.
  void stop();

  // Tries one batch of what is due, on the calling thread; gives how many were taken. Not beside start().
  std::size_t run_once();

  // Safe from any thread.
  [[nodiscard]] Totals totals() const;

 private:
  enum class Next : std::uint8_t { go_on, server_is_dead };

  Next send(const Mail& mail);
  [[nodiscard]] base::Result<std::string> write(const Mail& mail);
  void note(const Mail& mail, const Delivery& delivery);
  void put_off(std::span<const Mail> mails, const std::string& answer);
  [[nodiscard]] std::chrono::milliseconds until_next();
  void loop();

  storage::Database& database_;
  std::unique_ptr<Transport> transport_;
  RenderHtml render_html_;
  std::shared_ptr<jobs::Alarm> alarm_;
  std::chrono::milliseconds pause_{0};  // while the server is dead
  std::string trouble_;                 // what the server's death sounded like
  std::atomic<std::uint64_t> sent_{0};
  std::atomic<std::uint64_t> deferred_{0};
  std::atomic<std::uint64_t> failed_{0};
  std::thread thread_;
};

// Reasons of our own for not sending stand in `Mail::answer` with this mark; `answer_of` gives them in words.
[[nodiscard]] std::string answer_of(base::Locale locale, const Mail& mail);

}  // namespace mail
