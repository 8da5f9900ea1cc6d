#include "cases/followers.hpp"

#include "cases/cases.hpp"
#include "cases/queries.hpp"

namespace cases {

void tell_followers(storage::Transaction& tx, const people::Viewer& actor, const Case& report,
                    const News& news) {
  const mail::About about{.account_id = report.account_id,
                          .case_id = report.id,
                          .number = report.number,
                          .subject = report.subject};
  std::vector<base::PersonId> told;
  for (const people::Person& person : tx.all<people::Person>(sql::followers_of_case, report.id)) {
    const bool may_see = news.visibility == Visibility::everyone || people::is_staff(person.role);
    if (person.id == actor.id || !may_see) continue;
    told.push_back(person.id);
    if (person.id != news.written_to) mail::enqueue(tx, news.mail, person, about, news.fields);
  }
  notifications::tell(tx, told,
                      {.id = {},
                       .person_id = {},
                       .account_id = report.account_id,
                       .case_id = report.id,
                       .actor_id = actor.id,
                       .kind = news.notification,
                       .detail = news.detail,
                       .read_at = {},
                       .created_at = base::now()});
}

void follow(storage::Transaction& tx, const people::Viewer& viewer, const Case& report) {
  tx.run(sql::add_follower, report.account_id, report.id, viewer.id, base::now());
}

void unfollow(storage::Transaction& tx, const people::Viewer& viewer, const Case& report) {
  tx.run(sql::remove_follower, report.id, viewer.id);
}

bool follows(storage::Transaction& tx, const people::Viewer& viewer, base::CaseId id) {
  return tx.one<std::int64_t>(sql::is_follower, id, viewer.id).has_value();
}

}  // namespace cases
