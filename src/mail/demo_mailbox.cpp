#include "mail/demo_mailbox.hpp"

#include <limits>

#include "mail/queries.hpp"

namespace mail {
namespace {

constexpr int kept_between_clearings = 32;

class DemoMailbox final : public Transport {
 public:
  explicit DemoMailbox(storage::Database& database) : database_(database) {}

  Delivery deliver(const Mail& mail, std::string_view message) override {
    const DemoMail kept{.id = mail.id,
                        .to_name = mail.to_name,
                        .to_address = mail.to_address,
                        .subject = mail.subject,
                        .message = std::string(message),
                        .created_at = base::now()};
    const bool clear = ++delivered_ % kept_between_clearings == 0;
    database_.write([&](storage::Transaction& tx) {
      tx.insert(sql::insert_demo_mail, kept);
      if (clear) tx.run(sql::forget_demo_mails, most_demo_mails);
    });
    return {.outcome = Outcome::sent, .answer = "250 kept in the demo's mailbox"};
  }

 private:
  storage::Database& database_;
  int delivered_ = 0;
};

}  // namespace

std::unique_ptr<Transport> make_demo_mailbox(storage::Database& database) {
  return std::make_unique<DemoMailbox>(database);
}

std::vector<DemoHeading> demo_headings(storage::Transaction& tx, base::MailId before, int limit) {
  const std::int64_t from = before ? before.value : std::numeric_limits<std::int64_t>::max();
  return tx.all<DemoHeading>(sql::demo_mails_before, from, limit);
}

std::optional<DemoMail> find_demo_mail(storage::Transaction& tx, base::MailId id) {
  return tx.one<DemoMail>(sql::demo_mail, id);
}

}  // namespace mail
