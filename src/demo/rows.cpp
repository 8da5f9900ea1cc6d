#include "demo/rows.hpp"

#include <algorithm>

#include "cases/history.hpp"
#include "cases/words.hpp"
#include "demo/queries.hpp"

namespace demo {
namespace {

constexpr base::PersonId whole_account{0};

}  // namespace

void RowWriter::write(const Story& story, const std::map<std::string, Content>& contents) {
  const cases::Case& report = story.report;
  tx_.insert(sql::insert_case, report);
  cases::index_words(tx_, report);
  for (const cases::Event& event : story.events) tx_.insert(sql::insert_event, event);
  for (const cases::Comment& comment : story.comments) tx_.insert(sql::insert_comment, comment);
  for (const Follower& follower : story.followers) {
    tx_.run(sql::insert_follower, report.account_id, report.id, follower.person, follower.since);
  }
  for (const StoryFile& file : story.files) {
    const Content& content = contents.at(file.row.name);
    attachments::Attachment row = file.row;
    row.digest = content.digest;
    row.size = content.size;
    row.media_type = content.media_type;
    row.thumbnail = content.thumbnail;
    tx_.insert(sql::insert_attachment, row);
  }
  for (const mail::Mail& mail : story.mails) tx_.insert(sql::insert_mail, mail);
  for (const notifications::Notification& told : story.notifications) {
    tx_.insert(sql::insert_notification, told);
    if (!told.read_at) ++unread_[told.person_id];
  }

  ++counts_[{report.account_id, whole_account, report.status}];
  ++counts_[{report.account_id, report.contact_id, report.status}];
  ++weeks_[{report.account_id, cases::week_of(report.opened_at)}].opened;
  for (const cases::Event& event : story.events) {
    if (event.kind == cases::EventKind::solved)
      ++weeks_[{report.account_id, cases::week_of(event.created_at)}].solved;
  }
  contacts_.try_emplace({report.account_id, report.contact_id}, story.contact_key);
  last_number_ = std::max(last_number_, report.number);
}

void RowWriter::finish() {
  for (const auto& [key, count] : counts_) {
    const auto& [account, contact, status] = key;
    tx_.run(sql::add_count, account, contact, status, count);
  }
  for (const auto& [key, week] : weeks_)
    tx_.run(sql::add_week, key.first, key.second, week.opened, week.solved);
  for (const auto& [key, name] : contacts_) tx_.run(sql::add_case_contact, key.first, key.second, name);
  for (const auto& [person, count] : unread_) tx_.run(sql::add_unread, person, count);
  if (last_number_ > 0) tx_.run(sql::set_last_number, last_number_);
}

}  // namespace demo
