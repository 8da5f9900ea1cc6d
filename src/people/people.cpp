#include "people/people.hpp"

#include <sodium.h>

#include <array>
#include <semaphore>

#include "base/message_keys.hpp"
#include "base/random.hpp"
#include "base/text.hpp"
#include "base/worker_pool.hpp"
#include "people/queries.hpp"

namespace people {
namespace {

enum class Purpose : std::uint8_t { welcome = 0, temporary_password = 1 };

constexpr base::Duration welcome_lifetime = base::days(7);
constexpr base::Duration temporary_lifetime = base::minutes(60);

// OWASP's argon2id floor: 19 MiB, two passes; 20 to 30 ms on one core.
constexpr std::size_t hash_memory = 19U * 1024 * 1024;
constexpr std::size_t hash_passes = 2;

// Each hash takes 19 MiB and a core, so few run at once; the rest wait without holding a worker's place.
class HashTurn {
 public:
  HashTurn() { turns().acquire(); }
  HashTurn(const HashTurn&) = delete;
  HashTurn& operator=(const HashTurn&) = delete;
  ~HashTurn() { turns().release(); }

 private:
  static std::counting_semaphore<2>& turns() {
    static std::counting_semaphore<2> semaphore{2};
    return semaphore;
  }
  base::Blocking blocking_;
};

constexpr std::size_t longest_name = 120;
constexpr std::size_t longest_phone = 40;

std::vector<base::FieldError> wrong_of(storage::Transaction& tx, const Person& person) {
  std::vector<base::FieldError> errors;
  if (person.name.empty()) errors.push_back({"name", msg::people_error_name_empty, {}});
  if (base::length(person.name) > longest_name) errors.push_back({"name", msg::people_error_name_long, {}});
  if (person.email_key.empty()) {
    errors.push_back({"email", msg::people_error_email_malformed, {}});
  } else if (const auto other = find_by_email(tx, person.email); other && other->id != person.id) {
    errors.push_back({"email", msg::people_error_email_taken, {}});
  }
  if (base::length(person.phone) > longest_phone)
    errors.push_back({"phone", msg::people_error_phone_long, {}});
  return errors;
}

// What an edit makes of a person, as far as it is checked.
Person edited(base::PersonId id, const Edit& edit) {
  Person person;
  person.id = id;
  person.name = base::single_line(edit.name);
  person.name_key = base::sort_key(person.name);
  person.email = std::string(base::trim(edit.email));
  person.email_key = base::mail_key(edit.email);
  person.phone = base::single_line(edit.phone);
  return person;
}

}  // namespace

base::Result<Person> create(storage::Transaction& tx, const NewPerson& form) {
  Person person;
  person.id = base::make_id<base::PersonId>();
  person.account_id = form.account_id;
  person.role = form.role;
  person.state = form.state;
  person.name = base::single_line(form.name);
  person.name_key = base::sort_key(person.name);
  person.email = std::string(base::trim(form.email));
  person.email_key = base::mail_key(form.email);
  person.phone = base::single_line(form.phone);
  person.country = form.country;
  person.locale = form.locale;
  person.password_hash = form.password_hash;
  person.created_at = base::now();

  if (auto errors = wrong_of(tx, person); !errors.empty()) return base::fail(std::move(errors));
  tx.insert(sql::insert_person, person);
  return person;
}

std::optional<Person> find(storage::Transaction& tx, base::PersonId id) {
  return tx.one<Person>(sql::person_by_id, id);
}

std::vector<Person> agents(storage::Transaction& tx) {
  return tx.all<Person>(sql::agents);
}

std::optional<Person> find_by_email(storage::Transaction& tx, std::string_view email) {
  const std::string key = base::mail_key(email);
  if (key.empty()) return std::nullopt;
  return tx.one<Person>(sql::person_by_email, key);
}

std::string name_of(storage::Transaction& tx, base::PersonId id) {
  return tx.one<std::string>(sql::name_of_person, id).value_or(std::string{});
}

base::Result<void> check_new_password(const Person& person, std::string_view password) {
  const auto refuse = [](base::Message message) { return base::fail({{"password", message, {}}}); };
  if (password.size() > longest_password || !base::valid_utf8(password))
    return refuse(msg::password_error_long);
  if (base::length(password) < shortest_password) return refuse(msg::password_error_short);
  const std::string folded = base::fold(password);
  const std::string local_part = person.email_key.substr(0, person.email_key.find('@'));
  const bool is_own_name =
      folded == person.email_key || folded == base::fold(person.name) || folded == local_part;
  const bool one_character = folded.find_first_not_of(folded.front()) == std::string::npos;
  if (is_own_name || one_character) return refuse(msg::password_error_guessable);
  return {};
}

std::string hash_password(std::string_view password) {
  const HashTurn turn;
  std::array<char, crypto_pwhash_STRBYTES> hash{};
  if (crypto_pwhash_str_alg(hash.data(), password.data(), password.size(), hash_passes, hash_memory,
                            crypto_pwhash_ALG_ARGON2ID13) != 0) {
    throw std::bad_alloc();
  }
  return hash.data();
}

bool password_matches(const std::string& hash, std::string_view password) {
  if (password.size() > longest_password) return false;
  static const std::string nobody = hash_password(base::random_token());
  const std::string& compared = hash.empty() ? nobody : hash;
  const HashTurn turn;
  return crypto_pwhash_str_verify(compared.c_str(), password.data(), password.size()) == 0 && !hash.empty();
}

void set_password(storage::Transaction& tx, const Person& person, const std::string& hash) {
  tx.run(sql::set_password, person.id, hash);
  tx.run(sql::delete_all_secrets, person.id);
}

std::string make_welcome_secret(storage::Transaction& tx, base::PersonId id) {
  std::string secret = base::random_token();
  tx.run(sql::delete_secrets, id, Purpose::welcome);
  const base::Instant now = base::now();
  tx.run(sql::insert_secret, base::digest(secret), id, Purpose::welcome, now, now + welcome_lifetime);
  return secret;
}

base::Result<Person> find_by_welcome_secret(storage::Transaction& tx, std::string_view secret) {
  auto person = tx.one<Person>(sql::person_of_secret, base::digest(secret), Purpose::welcome, base::now());
  if (!person || person->state == State::deactivated) return base::fail(base::ErrorKind::expired);
  return *std::move(person);
}

void set_temporary_password(storage::Transaction& tx, base::PersonId id, const std::string& hash) {
  tx.run(sql::delete_secrets, id, Purpose::temporary_password);
  const base::Instant now = base::now();
  tx.run(sql::insert_secret, hash, id, Purpose::temporary_password, now, now + temporary_lifetime);
}

std::optional<std::string> temporary_password_hash(storage::Transaction& tx, base::PersonId id) {
  return tx.one<std::string>(sql::live_secret_of_person, id, Purpose::temporary_password, base::now());
}

bool use_temporary_password(storage::Transaction& tx, base::PersonId id) {
  if (tx.run(sql::use_secret, id, Purpose::temporary_password, base::now()) == 0) return false;
  tx.run(sql::require_new_password, id);
  return true;
}

std::vector<base::FieldError> wrong_of(storage::Transaction& tx, base::PersonId id, const Edit& edit) {
  return wrong_of(tx, edited(id, edit));
}

base::Result<void> update(storage::Transaction& tx, base::PersonId id, std::int64_t version,
                          const Edit& edit) {
  const Person person = edited(id, edit);
  if (auto errors = wrong_of(tx, person); !errors.empty()) return base::fail(std::move(errors));
  const auto changed = tx.run(sql::update_person, id, version, edit.account_id, edit.role, person.name,
                              person.name_key, person.email, person.email_key, person.phone, edit.locale);
  if (changed == 0) return base::fail(base::ErrorKind::conflict);
  tx.run(sql::rename_contact, id, person.name_key, person.name);
  return {};
}

void activate(storage::Transaction& tx, base::PersonId id) {
  tx.run(sql::set_state, id, State::active);
}

void deactivate(storage::Transaction& tx, base::PersonId id) {
  tx.run(sql::set_state, id, State::deactivated);
  tx.run(sql::delete_all_secrets, id);
}

base::Result<void> update_profile(storage::Transaction& tx, base::PersonId id, const Profile& profile) {
  const std::string name = base::single_line(profile.name);
  const std::string phone = base::single_line(profile.phone);
  std::vector<base::FieldError> errors;
  if (name.empty()) errors.push_back({"name", msg::people_error_name_empty, {}});
  if (base::length(name) > longest_name) errors.push_back({"name", msg::people_error_name_long, {}});
  if (base::length(phone) > longest_phone) errors.push_back({"phone", msg::people_error_phone_long, {}});
  if (!errors.empty()) return base::fail(std::move(errors));

  const std::string key = base::sort_key(name);
  tx.run(sql::update_profile, id, name, key, phone, profile.country, profile.locale, profile.time_zone,
         profile.shortcuts);
  tx.run(sql::rename_contact, id, key, name);
  return {};
}

void set_locale(storage::Transaction& tx, base::PersonId id, base::Locale locale) {
  tx.run(sql::set_locale, id, locale);
}

void pin_view(storage::Transaction& tx, base::PersonId id, std::uint8_t view) {
  tx.run(sql::pin_view, id, view);
}

}  // namespace people
