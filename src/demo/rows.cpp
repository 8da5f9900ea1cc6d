#include "demo/rows.hpp"

#include <algorithm>

#include "cases/history.hpp"
#include "cases/words.hpp"
#include "demo/queries.hpp"
#include "surveys/counts.hpp"

namespace demo {
namespace {

constexpr base::PersonId whole_account{0};

attachments::Attachment attachment(const StoryFile& file, const Content& content) {
  attachments::Attachment row = file.row;
  row.digest = content.digest;
  row.size = content.size;
  row.media_type = content.media_type;
  row.thumbnail = content.thumbnail;
  return row;
}

}  // namespace

void RowWriter::write(std::span<const Story> stories, const std::map<std::string, Content>& contents) {
  for (const Story& story : stories) tx_.insert(sql::insert_case, story.report);
  for (const Story& story : stories) cases::index_words(tx_, story.report);
  for (const Story& story : stories) {
    for (const cases::Event& event : story.events) tx_.insert(sql::insert_event, event);
  }
  for (const Story& story : stories) {
    for (const cases::Comment& comment : story.comments) tx_.insert(sql::insert_comment, comment);
  }
  for (const Story& story : stories) {
    for (const mail::Mail& mail : story.mails) tx_.insert(sql::insert_mail, mail);
    for (const notifications::Notification& told : story.notifications)
      tx_.insert(sql::insert_notification, told);
  }
  for (const Story& story : stories) {
    if (story.survey) tx_.insert(sql::insert_survey, *story.survey);
  }
  for (const Story& story : stories) {
    for (const Follower& follower : story.followers) {
      tx_.run(sql::insert_follower, story.report.account_id, story.report.id, follower.person,
              follower.since);
    }
    for (const StoryFile& file : story.files) {
      tx_.insert(sql::insert_attachment, attachment(file, contents.at(file.row.name)));
    }
    count(story);
  }
}

void RowWriter::count(const Story& story) {
  const cases::Case& report = story.report;
  ++counts_[{report.account_id, whole_account, report.status}];
  ++counts_[{report.account_id, report.contact_id, report.status}];
  if (cases::is_open(report.status)) ++queues_[{report.assignee_id, report.status}];
  ++weeks_[{report.account_id, cases::week_of(report.opened_at)}].opened;
  for (const cases::Event& event : story.events) {
    if (event.kind == cases::EventKind::solved)
      ++weeks_[{report.account_id, cases::week_of(event.created_at)}].solved;
  }
  for (const notifications::Notification& told : story.notifications) {
    if (!told.read_at) ++unread_[told.person_id];
  }
  if (story.survey && story.survey->score > 0) {
    const surveys::Survey& survey = *story.survey;
    ++answers_[{surveys::month_of(survey.answered_at), survey.product_id, survey.score}];
  }
  const std::pair contact(report.account_id, report.contact_id);
  if (!contacts_.contains(contact)) contacts_[contact] = {story.contact_key, story.contact_name};
  last_number_ = std::max(last_number_, report.number);
}

void RowWriter::finish() {
  for (const auto& [key, count] : counts_) {
    const auto& [account, contact, status] = key;
    tx_.run(sql::add_count, account, contact, status, count);
  }
  for (const auto& [key, count] : queues_) tx_.run(sql::add_queue_count, key.first, key.second, count);
  for (const auto& [key, week] : weeks_)
    tx_.run(sql::add_week, key.first, key.second, week.opened, week.solved);
  for (const auto& [key, count] : answers_) {
    const auto& [month, product, score] = key;
    tx_.run(sql::add_answers, month, product, score, count);
  }
  for (const auto& [contact, names] : contacts_)
    tx_.run(sql::add_case_contact, contact.first, contact.second, names.first, names.second);
  for (const auto& [person, count] : unread_) tx_.run(sql::add_unread, person, count);
  if (last_number_ > 0) tx_.run(sql::set_last_number, last_number_);
}

}  // namespace demo
