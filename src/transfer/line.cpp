#include "transfer/line.hpp"

#include <algorithm>
#include <array>

#include "accounts/accounts.hpp"
#include "admin/accounts.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "people/people.hpp"

namespace transfer {
namespace {

std::optional<people::Role> parse_role(const std::string& text) {
  for (const auto role :
       {people::Role::customer, people::Role::manager, people::Role::agent, people::Role::administrator}) {
    if (admin::name_of(role) == text) return role;
  }
  return std::nullopt;
}

void take(const Cells& cells, std::string_view column, std::string& into) {
  if (auto cell = cells.get(column)) into = *std::move(cell);
}

// The record as the line wants it, over what it is.
base::Result<admin::PersonForm> wanted(const Cells& cells, admin::PersonForm form) {
  take(cells, "email", form.email);
  take(cells, "name", form.name);
  take(cells, "account", form.account);
  take(cells, "phone", form.phone);
  if (const auto role = cells.get("role"); role && !role->empty()) {
    const auto parsed = parse_role(*role);
    if (!parsed) return base::fail({{"role", msg::transfer_error_role, {*role}}});
    form.role = *parsed;
  }
  if (const auto language = cells.get("language"); language && !language->empty()) {
    const auto parsed = base::parse_locale(*language);
    if (!parsed) return base::fail({{"language", msg::transfer_error_language, {*language}}});
    form.locale = *parsed;
  }
  return form;
}

base::Result<Done> do_person(storage::Transaction& tx, const audit::Actor& actor, const Cells& cells,
                             admin::Invitation invitation) {
  const auto known = people::find_by_email(tx, cells.get("email").value_or(""));
  const admin::PersonForm before = known ? admin::form_of(tx, *known) : admin::PersonForm{};
  const auto form = wanted(cells, before);
  if (!form) return std::unexpected(form.error());
  Done done{.outcome = Outcome::same, .title = form->name + " <" + form->email + ">", .changes = {}};
  if (known && *form == before) return done;
  if (!accounts::find_by_name(tx, form->account))
    return base::fail({{"account", msg::transfer_error_account, {form->account}}});
  if (!known) {
    const auto created = admin::create_person(tx, actor, *form, invitation);
    if (!created) return std::unexpected(created.error());
    done.outcome = Outcome::added;
    return done;
  }
  if (auto changed = admin::change_person(tx, actor, known->id, known->version, *form); !changed)
    return std::unexpected(changed.error());
  done.changes = admin::changes_between(before, admin::form_of(tx, people::find(tx, known->id).value()));
  if (!done.changes.empty()) done.outcome = Outcome::changed;
  return done;
}

base::Result<Done> do_account(storage::Transaction& tx, const audit::Actor& actor, const Cells& cells) {
  const auto known = accounts::find_by_name(tx, cells.get("name").value_or(""));
  const admin::AccountForm before = known ? admin::form_of(tx, *known) : admin::AccountForm{};
  admin::AccountForm form = before;
  take(cells, "name", form.name);
  take(cells, "phone", form.phone);
  take(cells, "domains", form.domains);
  if (const auto country = cells.get("country"); country && !country->empty()) form.country = *country;
  Done done{.outcome = Outcome::same, .title = form.name, .changes = {}};
  if (known && form == before) return done;
  if (!known) {
    const auto created = admin::create_account(tx, actor, form);
    if (!created) return std::unexpected(created.error());
    done.outcome = Outcome::added;
    return done;
  }
  if (auto changed = admin::change_account(tx, actor, known->id, known->version, form); !changed)
    return std::unexpected(changed.error());
  done.changes = admin::changes_between(before, admin::form_of(tx, accounts::find(tx, known->id).value()));
  if (!done.changes.empty()) done.outcome = Outcome::changed;
  return done;
}

}  // namespace

const std::vector<std::string_view>& columns_of(What what) {
  static const std::vector<std::string_view> people{"email", "name", "account", "phone", "role", "language"};
  static const std::vector<std::string_view> accounts{"name", "domains", "phone", "country"};
  return what == What::people ? people : accounts;
}

const std::vector<std::string_view>& needed_columns_of(What what) {
  static const std::vector<std::string_view> people{"email", "name", "account"};
  static const std::vector<std::string_view> accounts{"name"};
  return what == What::people ? people : accounts;
}

std::optional<std::string> Cells::get(std::string_view column) const {
  const auto found = std::ranges::find(columns_, column);
  if (found == columns_.end()) return std::nullopt;
  const auto index = static_cast<std::size_t>(found - columns_.begin());
  return index < cells_.size() ? base::single_line(cells_[index]) : std::string{};
}

std::string key_of(What what, const Cells& cells) {
  if (what == What::people) return base::mail_key(cells.get("email").value_or(""));
  return base::sort_key(cells.get("name").value_or(""));
}

base::Result<Done> do_line(storage::Transaction& tx, const audit::Actor& actor, What what, const Cells& cells,
                           admin::Invitation invitation) {
  return what == What::people ? do_person(tx, actor, cells, invitation) : do_account(tx, actor, cells);
}

}  // namespace transfer
