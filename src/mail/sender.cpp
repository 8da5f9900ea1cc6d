#include "mail/sender.hpp"

#include <spdlog/spdlog.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <exception>
#include <span>
#include <utility>

#include "base/message_keys.hpp"
#include "mail/ledger.hpp"
#include "mail/message.hpp"
#include "mail/queries.hpp"
#include "mail/settings.hpp"

namespace mail {
namespace {

constexpr std::size_t batch = 20;
constexpr std::chrono::milliseconds longest_sleep{60'000};  // so that a clock that is set is noticed
constexpr std::chrono::milliseconds first_pause{5'000};
constexpr std::chrono::milliseconds longest_pause{60'000};
constexpr int niceness = 10;  // people who wait for a page come first

constexpr std::string_view expired = "!expired";
constexpr std::string_view no_access = "!no-access";
constexpr std::string_view gone = "!gone";
constexpr std::string_view unreadable = "!unreadable";

std::string_view reason(base::ErrorKind kind) {
  switch (kind) {
    case base::ErrorKind::expired:
      return expired;
    case base::ErrorKind::forbidden:
      return no_access;
    case base::ErrorKind::not_found:
      return gone;
    default:
      return unreadable;
  }
}

// The thread that a mail of a case answers to: the first mail of it that the person got.
std::string first_of_thread(storage::Transaction& tx, const Mail& mail) {
  if (!mail.case_id) return {};
  std::string first =
      tx.one<std::string>(sql::first_of_thread, mail.case_id, mail.person_id).value_or(std::string{});
  return first == mail.message_id ? std::string{} : first;
}

std::string sender_name(base::Locale locale) {
  const std::string& name = settings().from_name;
  return name.empty() ? std::string(base::text(locale, msg::mail_from)) : name;
}

}  // namespace

Sender::Sender(storage::Database& database, std::unique_ptr<Transport> transport, RenderHtml render_html)
    : database_(database),
      transport_(std::move(transport)),
      render_html_(std::move(render_html)),
      alarm_(std::make_shared<jobs::Alarm>()) {
  database_.listen(storage::Signal::mail, [alarm = alarm_] { alarm->ring(); });
}

Sender::~Sender() {
  stop();
}

void Sender::start() {
  thread_ = std::thread([this] { loop(); });
}

void Sender::stop() {
  alarm_->stop();
  transport_->hurry();
  if (thread_.joinable()) thread_.join();
}

std::size_t Sender::run_once() {
  const std::vector<Mail> mails =
      database_.write([](storage::Transaction& tx) { return take_due(tx, batch); });
  const base::Duration longest_try = settings().smtp.timeout;
  trouble_.clear();
  for (std::size_t i = 0; i < mails.size(); ++i) {
    const bool lease_lasts = base::now() + longest_try < mails[i].due_at;
    if (alarm_->stopped() || !lease_lasts) {
      database_.write([&](storage::Transaction& tx) {
        for (const Mail& mail : std::span(mails).subspan(i)) give_back(tx, mail);
      });
      break;
    }
    if (send(mails[i]) == Next::server_is_dead) {
      put_off(std::span(mails).subspan(i + 1), trouble_);
      break;
    }
  }
  transport_->rest();
  return mails.size();
}

Totals Sender::totals() const {
  return {.sent = sent_, .deferred = deferred_, .failed = failed_};
}

Sender::Next Sender::send(const Mail& mail) {
  Delivery delivery;
  try {
    const auto message = write(mail);
    if (message) {
      delivery = transport_->deliver(mail, *message);
    } else {
      delivery = {.outcome = Outcome::refused, .answer = std::string(reason(message.error().kind))};
    }
  } catch (const storage::Unavailable&) {
    throw;
  } catch (const std::exception& error) {
    delivery = {.outcome = Outcome::deferred, .answer = error.what()};
  }
  note(mail, delivery);
  if (delivery.outcome != Outcome::unavailable) return Next::go_on;
  trouble_ = delivery.answer;
  return Next::server_is_dead;
}

base::Result<std::string> Sender::write(const Mail& mail) {
  std::string in_reply_to;
  const auto letter = database_.read([&](storage::Transaction& tx) {
    in_reply_to = first_of_thread(tx, mail);
    return compose(tx, mail);
  });
  if (!letter) return std::unexpected(letter.error());
  const Settings& installation = settings();
  return write_message({.from_name = sender_name(mail.locale),
                        .from_address = installation.from_address,
                        .reply_to = installation.reply_to,
                        .to_name = mail.to_name,
                        .to_address = mail.to_address,
                        .subject = mail.subject,
                        .message_id = mail.message_id,
                        .in_reply_to = in_reply_to,
                        .date = base::now(),
                        .locale = mail.locale,
                        .text = text_of(*letter),
                        .html = render_html_(*letter)});
}

void Sender::note(const Mail& mail, const Delivery& delivery) {
  database_.write([&](storage::Transaction& tx) {
    switch (delivery.outcome) {
      case Outcome::sent:
        return note_sent(tx, mail, delivery.answer);
      case Outcome::refused:
        return note_failed(tx, mail, delivery.answer);
      case Outcome::deferred:
      case Outcome::unavailable:
        return note_deferred(tx, mail, delivery.answer);
    }
  });
  if (delivery.outcome == Outcome::sent) {
    ++sent_;
    return;
  }
  ++(delivery.outcome == Outcome::refused ? failed_ : deferred_);
  spdlog::warn("mail {} to {} not sent, attempt {}: {}", mail.id.value, mail.to_address, mail.attempts,
               delivery.answer);
}

void Sender::put_off(std::span<const Mail> mails, const std::string& answer) {
  if (mails.empty()) return;
  database_.write([&](storage::Transaction& tx) {
    for (const Mail& mail : mails) note_deferred(tx, mail, answer);
  });
  deferred_ += mails.size();
}

std::chrono::milliseconds Sender::until_next() {
  const auto due = database_.read([](storage::Transaction& tx) { return next_due(tx); });
  if (!due) return longest_sleep;
  const std::chrono::milliseconds wait{(*due - base::now()).microseconds / 1000 + 1};
  return std::clamp(wait, std::chrono::milliseconds{0}, longest_sleep);
}

void Sender::loop() {
  // On Linux a thread has a niceness of its own.
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), niceness);
  while (!alarm_->stopped()) {
    try {
      const std::size_t taken = run_once();
      pause_ = trouble_.empty() ? std::chrono::milliseconds{0}
                                : std::clamp(pause_ * 2, first_pause, longest_pause);
      if (taken == 0 || pause_.count() > 0) alarm_->sleep(until_next(), pause_);
    } catch (const std::exception& error) {
      spdlog::error("mail rests for a moment: {}", error.what());
      alarm_->sleep(first_pause, first_pause);
    }
  }
}

std::string answer_of(base::Locale locale, const Mail& mail) {
  static constexpr std::pair<std::string_view, base::Message> reasons[] = {
      {expired, msg::mail_reason_expired},
      {no_access, msg::mail_reason_no_access},
      {gone, msg::mail_reason_gone},
      {unreadable, msg::mail_reason_unreadable},
  };
  for (const auto& [mark, words] : reasons)
    if (mail.answer == mark) return std::string(base::text(locale, words));
  return mail.answer;
}

}  // namespace mail
