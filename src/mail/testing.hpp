// What tests of mail stand on: a database of its own with a company, people, a product and a case.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <stdexcept>
#include <string>

#include "accounts/accounts.hpp"
#include "cases/cases.hpp"
#include "mail/ledger.hpp"
#include "mail/mail.hpp"
#include "mail/settings.hpp"
#include "people/people.hpp"
#include "products/products.hpp"
#include "storage/sqlite/database.hpp"

namespace mail::testing {

class Directory {
 public:
  Directory() : path_((std::filesystem::temp_directory_path() / "otklik-mail-XXXXXX").string()) {
    if (::mkdtemp(path_.data()) == nullptr) throw std::runtime_error("cannot make " + path_);
  }
  Directory(const Directory&) = delete;
  Directory& operator=(const Directory&) = delete;
  ~Directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline Settings test_settings() {
  Settings settings;
  settings.secret = "a secret of tests, long enough for anything";
  settings.domain = "support.example.test";
  settings.from_address = "support@example.test";
  settings.public_url = "https://support.example.test";
  settings.support_phone = "+7 495 000-00-00";
  settings.support_hours_ru = "Пн–пт, 9:00–19:00 МСК";
  settings.support_hours_en = "Mon–Fri, 9:00–19:00 Moscow time";
  return settings;
}

// Opening a case puts one mail, to Anton, into the ledger.
class World {
 public:
  World() {
    configure(test_settings());
    database.write([&](storage::Transaction& tx) {
      account = accounts::create(tx, {.name = "АО «Ромашка»"});
      const accounts::Account vendor =
          accounts::create(tx, {.name = "Поставщик", .kind = accounts::Kind::vendor});
      anton = *people::create(
          tx, {.account_id = account.id, .name = "Антон Быков", .email = "anton@example.test"});
      maria = *people::create(tx, {.account_id = vendor.id,
                                   .role = people::Role::agent,
                                   .name = "Мария Орлова",
                                   .email = "maria@vendor.test"});
      products::create(tx, {.name = "Qapter Claims"});
    });
  }

  cases::Case open(const std::string& subject = "Не формируется отчёт ОСАГО",
                   const std::string& description = "Кнопка «Сформировать» неактивна.\n\nВерсия 5.2") {
    return database.write([&](storage::Transaction& tx) {
      return cases::open(tx, people::as_viewer(anton),
                         {.subject = subject, .description = description, .product = "Qapter Claims"})
          ->report;
    });
  }

  // The mails of the whole ledger, in the order of writing.
  std::vector<Mail> mails() {
    return database.read([&](storage::Transaction& tx) {
      std::vector<Mail> all;
      for (const Tab tab : {Tab::waiting, Tab::sent, Tab::failed})
        for (Mail& mail : page(tx, tab, std::nullopt, 10'000)) all.push_back(std::move(mail));
      std::ranges::sort(all, {}, &Mail::id);
      return all;
    });
  }

  Directory directory;
  storage::sqlite::Database database{{.path = directory.path() + "/otklik.db", .readers = 2}};
  accounts::Account account;
  people::Person anton;
  people::Person maria;
};

// Moves the clock for the length of a test.
class ClockMoved {
 public:
  explicit ClockMoved(base::Duration offset) { base::set_clock_offset(offset); }
  ClockMoved(const ClockMoved&) = delete;
  ClockMoved& operator=(const ClockMoved&) = delete;
  ~ClockMoved() { base::set_clock_offset({}); }

  void to(base::Duration offset) { base::set_clock_offset(offset); }
};

}  // namespace mail::testing
