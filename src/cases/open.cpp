#include "attachments/attachments.hpp"
#include "base/message_keys.hpp"
#include "base/text.hpp"
#include "cases/cases.hpp"
#include "cases/history.hpp"
#include "cases/queries.hpp"
#include "cases/words.hpp"
#include "drafts/drafts.hpp"
#include "mail/mail.hpp"
#include "people/people.hpp"
#include "products/products.hpp"

namespace cases {
namespace {

bool is_country(std::string_view code) {
  return code.size() == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z';
}

std::optional<products::Product> product_of(storage::Transaction& tx, const NewCase& form) {
  auto product = form.product_id ? products::find(tx, form.product_id) : products::resolve(tx, form.product);
  if (product && product->archived) return std::nullopt;
  return product;
}

std::vector<base::FieldError> check(const Case& report, const NewCase& form, bool product_known) {
  std::vector<base::FieldError> errors;
  if (report.subject.empty()) errors.push_back({"subject", msg::case_error_subject_empty, {}});
  if (base::length(report.subject) > longest_subject) {
    errors.push_back({"subject", msg::case_error_subject_long, {std::to_string(longest_subject)}});
  }
  if (report.description.empty()) errors.push_back({"description", msg::case_error_description_empty, {}});
  if (base::length(report.description) > longest_text) {
    errors.push_back({"description", msg::case_error_description_long, {std::to_string(longest_text)}});
  }
  if (!product_known) {
    const bool typed_nothing = base::trim(form.product).empty();
    errors.push_back(
        {"product", typed_nothing ? msg::case_error_product_empty : msg::case_error_product_unknown, {}});
  }
  if (!is_country(report.country)) errors.push_back({"country", msg::case_error_country, {}});
  if (form.uploads.size() > most_files) {
    errors.push_back({"upload", msg::case_error_too_many_files, {std::to_string(most_files)}});
  }
  return errors;
}

// Whose case it is: the viewer's own, or, opened by staff, a customer's.
std::optional<people::Person> contact_of(storage::Transaction& tx, const people::Viewer& viewer,
                                         const NewCase& form) {
  const bool for_other = form.contact_id && form.contact_id != viewer.id;
  if (for_other && !viewer.staff()) return std::nullopt;
  return people::find(tx, for_other ? form.contact_id : viewer.id);
}

base::Result<Opened> opened_before(storage::Transaction& tx, base::CaseId id) {
  auto report = tx.one<Case>(sql::case_by_id, id);
  if (!report) return base::fail(base::ErrorKind::not_found);
  return Opened{.report = *std::move(report), .again = true};
}

}  // namespace

base::Result<Opened> open(storage::Transaction& tx, const people::Viewer& viewer, const NewCase& form) {
  if (const auto before = drafts::sent_before(tx, viewer.id, form.draft); before != 0) {
    return opened_before(tx, base::CaseId{before});
  }
  const auto contact = contact_of(tx, viewer, form);
  if (!contact) return base::fail(base::ErrorKind::not_found);
  const auto product = product_of(tx, form);

  Case report;
  report.account_id = contact->account_id;
  report.contact_id = contact->id;
  report.author_id = viewer.id;
  report.country = form.country.empty() ? contact->country : form.country;
  report.subject = base::single_line(form.subject);
  report.subject_key = base::sort_key(report.subject);
  report.description = base::plain_lines(form.description);
  report.impact = form.impact;
  report.priority = priority_of(form.impact);
  report.origin = form.origin;
  if (auto errors = check(report, form, product.has_value()); !errors.empty())
    return base::fail(std::move(errors));
  report.product_id = product->id;

  report.id = base::make_id<base::CaseId>();
  report.number = tx.one<std::int64_t>(sql::next_number).value();
  report.opened_at = report.updated_at = base::now();
  tx.insert(sql::insert_case, report);
  record(tx, viewer, report, {.kind = EventKind::opened, .field = {}, .before = {}, .after = {}},
         report.opened_at);
  count_opened(tx, report);
  tx.run(sql::add_case_contact, report.account_id, contact->id, contact->name_key, contact->name);
  index_words(tx, report);
  tx.run(sql::add_follower, report.account_id, report.id, contact->id, report.opened_at);

  if (!form.uploads.empty()) {
    const attachments::Place place{.account_id = report.account_id, .case_id = report.id, .comment_id = {}};
    auto attached = attachments::attach(tx, viewer, place, form.uploads);
    if (!attached) return std::unexpected(attached.error());
  }
  drafts::mark_sent(tx, viewer.id, form.draft, drafts::Kind::new_case, report.id.value);
  mail::enqueue(tx, mail::Kind::case_opened, *contact,
                {.account_id = report.account_id,
                 .case_id = report.id,
                 .number = report.number,
                 .subject = report.subject});
  return Opened{.report = std::move(report)};
}

base::Result<Case> find(storage::Transaction& tx, const people::Viewer& viewer, std::int64_t number) {
  auto report = viewer.staff() ? tx.one<Case>(sql::case_by_number, number)
                               : tx.one<Case>(sql::case_by_number_of_account, number, viewer.account_id);
  if (!report) return base::fail(base::ErrorKind::not_found);
  return *std::move(report);
}

}  // namespace cases
