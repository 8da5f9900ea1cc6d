#include "app/routes.hpp"

#include "access_requests/pages.hpp"
#include "accounts/pages.hpp"
#include "admin/pages.hpp"
#include "app/machine_pages.hpp"
#include "attachments/file_pages.hpp"
#include "attachments/form_pages.hpp"
#include "attachments/tus_api.hpp"
#include "audit/pages.hpp"
#include "cases/pages.hpp"
#include "desk/pages.hpp"
#include "drafts/api.hpp"
#include "home/pages.hpp"
#include "knowledge/pages.hpp"
#include "mail/pages.hpp"
#include "notifications/pages.hpp"
#include "people/pages.hpp"
#include "products/pages.hpp"
#include "sessions/pages.hpp"
#include "surveys/pages.hpp"
#include "transfer/pages.hpp"

namespace app {
namespace {

using web::Access;
using enum web::Method;

constexpr auto form = attachments::open_form;  // fields and files in one body

// clang-format off
constexpr web::Route table[] = {
  // Coming in
  {get,  "/sign-in",                      Access::everyone,  sessions::pages::sign_in_form},
  {post, "/sign-in",                      Access::everyone,  sessions::pages::sign_in},
  {post, "/sign-out",                     Access::signed_in, sessions::pages::sign_out},
  {get,  "/password/forgot",              Access::everyone,  people::pages::forgot_password_form},
  {post, "/password/forgot",              Access::everyone,  people::pages::forgot_password},
  {get,  "/password/set/{token}",         Access::everyone,  people::pages::set_password_form},
  {post, "/password/set/{token}",         Access::everyone,  people::pages::set_password},
  {get,  "/password/change",              Access::signed_in, people::pages::change_password_form},
  {post, "/password/change",              Access::signed_in, people::pages::change_password},
  {get,  "/access",                       Access::everyone,  access_requests::pages::request_form},
  {post, "/access",                       Access::everyone,  access_requests::pages::request},
  {get,  "/access-requests",              Access::approver,  access_requests::pages::list},
  {post, "/access-requests/{id}/approve", Access::approver,  access_requests::pages::approve},
  {post, "/access-requests/{id}/refuse",  Access::approver,  access_requests::pages::refuse},

  // The portal
  {get,  "/",                             Access::signed_in, home::pages::dashboard},
  {get,  "/search",                       Access::signed_in, home::pages::search},
  {get,  "/knowledge",                    Access::signed_in, knowledge::pages::index},
  {get,  "/accessibility",                Access::everyone,  knowledge::pages::accessibility},
  {get,  "/notifications",                Access::signed_in, notifications::pages::list},
  {post, "/notifications/read",           Access::signed_in, notifications::pages::mark_read},
  {get,  "/profile",                      Access::signed_in, people::pages::profile},
  {post, "/profile",                      Access::signed_in, people::pages::update_profile},
  {post, "/profile/sessions/end-others",  Access::signed_in, people::pages::end_other_sessions},
  {post, "/theme",                        Access::everyone,  people::pages::choose_theme},
  {post, "/language",                     Access::everyone,  people::pages::choose_language},

  // Cases
  {get,  "/cases",                        Access::signed_in, cases::pages::list},
  {post, "/cases",                        Access::signed_in, cases::pages::create, form, cases::pages::keep_new_case},
  {post, "/cases/pin",                    Access::signed_in, cases::pages::pin},
  {get,  "/cases/new",                    Access::signed_in, cases::pages::new_case},
  {post, "/cases/new/discard",            Access::signed_in, cases::pages::discard_draft, form},
  {get,  "/cases/{number}",               Access::signed_in, cases::pages::show},
  {get,  "/cases/{number}/created",       Access::signed_in, cases::pages::created},
  {get,  "/cases/{number}/print",         Access::signed_in, cases::pages::print},
  {get,  "/cases/{number}/comments",      Access::signed_in, cases::pages::show_all},
  {get,  "/cases/{number}/attachments",   Access::signed_in, cases::pages::show_all},
  {post, "/cases/{number}/comments",      Access::signed_in, cases::pages::add_comment, form, cases::pages::keep_comment},
  {post, "/cases/{number}/files",         Access::signed_in, cases::pages::add_files, form},
  {post, "/cases/{number}/follow",        Access::signed_in, cases::pages::follow},
  {post, "/cases/{number}/answer",        Access::staff,     cases::pages::answer, form, cases::pages::keep_comment},
  {post, "/cases/{number}/desk",          Access::staff,     cases::pages::manage},
  {get,  "/cases/{number}/solution",      Access::signed_in, cases::pages::solution_form},
  {post, "/cases/{number}/solution",      Access::signed_in, cases::pages::answer_solution},
  {get,  "/solution/{token}",             Access::everyone,  cases::pages::linked_solution_form},
  {post, "/solution/{token}",             Access::everyone,  cases::pages::answer_linked_solution},
  {get,  "/products",                     Access::signed_in, products::pages::look_up},
  {post, "/drafts/{id}",                  Access::signed_in, drafts::api::save},

  // Surveys
  {get,  "/survey/{secret}",              Access::everyone,  surveys::pages::answer_form},
  {post, "/survey/{secret}",              Access::everyone,  surveys::pages::save_answer},
  {get,  "/surveys",                      Access::staff,     surveys::pages::results},
  {get,  "/surveys/answers",              Access::staff,     surveys::pages::answers},

  // The console
  {get,  "/desk",                         Access::staff,     desk::pages::queue},
  {get,  "/events",                       Access::staff,     desk::pages::events},
  {post, "/desk/cases",                   Access::staff,     desk::pages::change_chosen},

  // Files
  {options, "/uploads",                   Access::everyone,  attachments::upload_options},
  {post,    "/uploads",                   Access::signed_in, nullptr, attachments::open_new_upload},
  {options, "/uploads/{id}",              Access::everyone,  attachments::upload_options},
  {get,     "/uploads/{id}",              Access::signed_in, attachments::show_upload},  // HEAD
  {patch,   "/uploads/{id}",              Access::signed_in, nullptr, attachments::open_upload_piece},
  {del,     "/uploads/{id}",              Access::signed_in, attachments::terminate_upload},
  {get,     "/files/{id}",                Access::signed_in, attachments::download},
  {get,     "/files/{id}/thumbnail",      Access::signed_in, attachments::thumbnail},

  // Mail
  {get,  "/mail",                         Access::staff,     mail::pages::outbox},
  {post, "/mail/resend-failed",           Access::staff,     mail::pages::resend_failed},
  {post, "/mail/{id}/resend",             Access::staff,     mail::pages::resend},
  {get,  "/demo/mail",                    Access::demo,      mail::pages::mailbox},
  {get,  "/demo/mail/{id}",               Access::demo,      mail::pages::mailbox},
  {get,  "/demo/mail/{id}/html",          Access::demo,      mail::pages::mailbox_html},

  // Administration
  {get,  "/accounts",                     Access::staff,         accounts::pages::look_up},
  {get,  "/admin",                        Access::administrator, admin::pages::index},
  {get,  "/admin/accounts",               Access::administrator, admin::pages::accounts},
  {post, "/admin/accounts",               Access::administrator, admin::pages::create_account},
  {get,  "/admin/accounts/new",           Access::administrator, admin::pages::new_account},
  {get,  "/admin/accounts/{id}",          Access::administrator, admin::pages::account},
  {post, "/admin/accounts/{id}",          Access::administrator, admin::pages::change_account},
  {get,  "/admin/people",                 Access::administrator, admin::pages::people},
  {post, "/admin/people",                 Access::administrator, admin::pages::create_person},
  {get,  "/admin/people/new",             Access::administrator, admin::pages::new_person},
  {get,  "/admin/people/{id}",            Access::administrator, admin::pages::person},
  {post, "/admin/people/{id}",            Access::administrator, admin::pages::change_person},
  {post, "/admin/people/{id}/invite",     Access::administrator, admin::pages::invite},
  {post, "/admin/people/{id}/deactivate", Access::administrator, admin::pages::deactivate},
  {post, "/admin/people/{id}/activate",   Access::administrator, admin::pages::activate},
  {get,  "/admin/products",               Access::administrator, admin::pages::products},
  {post, "/admin/products",               Access::administrator, admin::pages::create_product},
  {get,  "/admin/products/new",           Access::administrator, admin::pages::new_product},
  {get,  "/admin/products/{id}",          Access::administrator, admin::pages::product},
  {post, "/admin/products/{id}",          Access::administrator, admin::pages::change_product},
  {get,  "/admin/settings",               Access::administrator, admin::pages::settings},
  {post, "/admin/settings",               Access::administrator, admin::pages::change_settings},
  {get,  "/admin/transfer",               Access::administrator, transfer::pages::choose},
  {post, "/admin/transfer",               Access::administrator, transfer::pages::check, form},
  {post, "/admin/transfer/apply",         Access::administrator, transfer::pages::apply},
  {get,  "/admin/people.csv",             Access::administrator, transfer::pages::download_people},
  {get,  "/admin/organisations.csv",      Access::administrator, transfer::pages::download_accounts},
  {get,  "/admin/audit",                  Access::administrator, audit::pages::list},
  {get,  "/admin/audit.csv",              Access::administrator, audit::pages::download},

  // Machines
  {get,  "/health",                       Access::everyone,  pages::health},
  {get,  "/metrics",                      Access::machine,   pages::metrics},
  {post, "/commands",                     Access::owner,     pages::command},
};
// clang-format on

}  // namespace

std::span<const web::Route> routes() {
  return table;
}

}  // namespace app
