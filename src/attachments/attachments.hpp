// Files of cases, and files on their way to one.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "base/ids.hpp"
#include "base/result.hpp"
#include "base/time.hpp"
#include "people/viewer.hpp"
#include "storage/fields.hpp"
#include "storage/transaction.hpp"

namespace attachments {

struct Attachment {
  base::AttachmentId id;
  base::AccountId account_id;
  base::CaseId case_id;
  base::CommentId comment_id;  // 0: put to the case itself
  base::PersonId author_id;
  bool everyone = true;  // false: internal
  std::string name;
  std::string media_type;  // found by content
  std::int64_t size = 0;   // bytes
  std::string digest;
  bool thumbnail = false;
  base::Instant created_at;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &Attachment::id),
                      field("account_id", &Attachment::account_id),
                      field("case_id", &Attachment::case_id),
                      field("comment_id", &Attachment::comment_id),
                      field("author_id", &Attachment::author_id),
                      field("visibility", &Attachment::everyone),
                      field("name", &Attachment::name),
                      field("media_type", &Attachment::media_type),
                      field("size", &Attachment::size),
                      field("digest", &Attachment::digest),
                      field("thumbnail", &Attachment::thumbnail),
                      field("created_at", &Attachment::created_at)};
  }
};

struct Upload {
  std::string id;  // random, unguessable
  base::PersonId person_id;
  base::DraftId draft_id;
  std::string name;
  std::int64_t size = 0;
  std::int64_t received = 0;
  std::string digest;  // empty until whole
  std::string media_type;
  bool thumbnail = false;
  base::Instant created_at;
  base::Instant expires_at;

  static constexpr auto fields() {
    using storage::field;
    return std::tuple{field("id", &Upload::id),
                      field("person_id", &Upload::person_id),
                      field("draft_id", &Upload::draft_id),
                      field("name", &Upload::name),
                      field("size", &Upload::size),
                      field("received", &Upload::received),
                      field("digest", &Upload::digest),
                      field("media_type", &Upload::media_type),
                      field("thumbnail", &Upload::thumbnail),
                      field("created_at", &Upload::created_at),
                      field("expires_at", &Upload::expires_at)};
  }

  [[nodiscard]] bool whole() const { return !digest.empty(); }
};

// Where files are put when a form is sent.
struct Place {
  base::AccountId account_id;
  base::CaseId case_id;
  base::CommentId comment_id;
  bool everyone = true;
};

// Turns the viewer's finished uploads into attachments, in their order. Fails on `upload` when one is
// unknown, unfinished or somebody else's: then nothing is attached.
base::Result<std::vector<Attachment>> attach(storage::Transaction& tx, const people::Viewer& viewer,
                                             const Place& place, const std::vector<std::string>& uploads);

// Oldest first; internal ones only for staff.
[[nodiscard]] std::vector<Attachment> of_case(storage::Transaction& tx, const people::Viewer& viewer,
                                              base::AccountId account, base::CaseId id);

// not_found for what the viewer may not see.
[[nodiscard]] base::Result<Attachment> find(storage::Transaction& tx, const people::Viewer& viewer,
                                            base::AttachmentId id);

// Uploads of a draft, finished or not, oldest first.
[[nodiscard]] std::vector<Upload> of_draft(storage::Transaction& tx, base::PersonId person,
                                           base::DraftId draft);

// Those of the ids that are finished uploads of the person, in the order of the ids.
[[nodiscard]] std::vector<Upload> finished(storage::Transaction& tx, base::PersonId person,
                                           const std::vector<std::string>& ids);

}  // namespace attachments
