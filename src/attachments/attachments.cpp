#include "attachments/attachments.hpp"

#include <algorithm>

#include "attachments/queries.hpp"
#include "base/message_keys.hpp"

namespace attachments {
namespace {

std::unexpected<base::Error> refuse(base::Message message) {
  return base::fail({base::FieldError{.field = "upload", .message = message, .arguments = {}}});
}

}  // namespace

base::Result<std::vector<Attachment>> attach(storage::Transaction& tx, const people::Viewer& viewer,
                                             const Place& place, const std::vector<std::string>& uploads) {
  std::vector<Attachment> attached;
  for (auto id = uploads.begin(); id != uploads.end(); ++id) {
    if (std::find(uploads.begin(), id, *id) != id) continue;  // named twice, put once
    const auto upload = tx.one<Upload>(sql::upload_of_person, *id, viewer.id);
    if (!upload) return refuse(msg::files_gone);
    if (!upload->whole()) return refuse(msg::files_unfinished);
    const Attachment& attachment = attached.emplace_back(Attachment{.id = base::make_id<base::AttachmentId>(),
                                                                    .account_id = place.account_id,
                                                                    .case_id = place.case_id,
                                                                    .comment_id = place.comment_id,
                                                                    .author_id = viewer.id,
                                                                    .everyone = place.everyone,
                                                                    .name = upload->name,
                                                                    .media_type = upload->media_type,
                                                                    .size = upload->size,
                                                                    .digest = upload->digest,
                                                                    .thumbnail = upload->thumbnail,
                                                                    .created_at = base::now()});
    tx.insert(sql::insert_attachment, attachment);
    tx.run(sql::delete_upload, upload->id);
  }
  return attached;
}

std::vector<Attachment> of_case(storage::Transaction& tx, const people::Viewer& viewer,
                                base::AccountId account, base::CaseId id) {
  if (!viewer.staff() && viewer.account_id != account) return {};
  return tx.all<Attachment>(sql::attachments_of_case, account, id, viewer.staff());
}

base::Result<Attachment> find(storage::Transaction& tx, const people::Viewer& viewer, base::AttachmentId id) {
  auto attachment = tx.one<Attachment>(sql::attachment_by_id, id, viewer.staff(), viewer.account_id);
  if (!attachment) return base::fail(base::ErrorKind::not_found);
  return *std::move(attachment);
}

std::vector<Upload> of_draft(storage::Transaction& tx, base::PersonId person, base::DraftId draft) {
  return tx.all<Upload>(sql::uploads_of_draft, person, draft);
}

std::vector<Upload> finished(storage::Transaction& tx, base::PersonId person,
                             const std::vector<std::string>& ids) {
  std::vector<Upload> found;
  for (const std::string& id : ids) {
    auto upload = tx.one<Upload>(sql::upload_of_person, id, person);
    if (upload && upload->whole()) found.push_back(*std::move(upload));
  }
  return found;
}

}  // namespace attachments
