#include "accounts/domains.hpp"

#include <algorithm>
#include <array>

#include "accounts/queries.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"

namespace accounts {
namespace {

constexpr std::size_t longest_domain = 253;  // RFC 1035, 2.3.4
constexpr std::size_t most_domains = 50;

constexpr std::array<std::string_view, 18> public_domains{
    "bk.ru",      "gmail.com", "hotmail.com", "icloud.com", "inbox.ru",    "internet.ru",
    "list.ru",    "live.com",  "mail.ru",     "me.com",     "outlook.com", "proton.me",
    "rambler.ru", "ya.ru",     "yahoo.com",   "yandex.com", "yandex.ru",   "vk.com"};

bool is_label(std::string_view label) {
  if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
  return std::ranges::all_of(label, [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c >= 0x80;
  });
}

bool is_domain(std::string_view domain) {
  if (domain.size() > longest_domain || !domain.contains('.')) return false;
  while (true) {
    const auto dot = domain.find('.');
    if (!is_label(domain.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    domain.remove_prefix(dot + 1);
  }
}

}  // namespace

std::vector<std::string> parse_domains(std::string_view typed) {
  std::vector<std::string> domains;
  std::string text = base::fold(typed);
  std::ranges::replace_if(text, [](char c) { return c == ',' || c == ';' || c == '@'; }, ' ');
  text = base::single_line(text);
  for (std::string_view rest = text; !rest.empty();) {
    const auto end = rest.find(' ');
    domains.emplace_back(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  std::ranges::sort(domains);
  const auto twice = std::ranges::unique(domains);
  domains.erase(twice.begin(), twice.end());
  if (domains.size() > most_domains) domains.resize(most_domains);
  return domains;
}

base::Result<void> check_domains(storage::Transaction& tx, base::AccountId id,
                                 const std::vector<std::string>& domains) {
  std::vector<base::FieldError> errors;
  for (const std::string& domain : domains) {
    if (!is_domain(domain)) {
      errors.push_back({"domains", msg::admin_error_domain_malformed, {domain}});
    } else if (std::ranges::find(public_domains, domain) != public_domains.end()) {
      errors.push_back({"domains", msg::admin_error_domain_public, {domain}});
    } else if (const auto owner = tx.one<Account>(sql::account_of_domain, domain); owner && owner->id != id) {
      errors.push_back({"domains", msg::admin_error_domain_taken, {domain, owner->name}});
    }
  }
  if (!errors.empty()) return base::fail(std::move(errors));
  return {};
}

void set_domains(storage::Transaction& tx, base::AccountId id, const std::vector<std::string>& domains) {
  tx.run(sql::delete_domains, id);
  for (const std::string& domain : domains) tx.run(sql::insert_domain, domain, id);
}

std::vector<std::string> domains_of(storage::Transaction& tx, base::AccountId id) {
  return tx.all<std::string>(sql::domains_of_account, id);
}

std::optional<Account> find_by_address(storage::Transaction& tx, std::string_view address) {
  const std::string key = base::mail_key(address);
  const auto at = key.rfind('@');
  if (at == std::string::npos) return std::nullopt;
  return tx.one<Account>(sql::account_of_domain, key.substr(at + 1));
}

}  // namespace accounts
