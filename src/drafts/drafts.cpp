#include "drafts/drafts.hpp"

#include <boost/json.hpp>

#include "drafts/queries.hpp"

namespace drafts {
namespace {

std::string write_fields(const Fields& fields) {
  boost::json::object object;
  for (const auto& [name, value] : fields) object[name] = value;
  return boost::json::serialize(object);
}

}  // namespace

std::optional<Draft> latest(storage::Transaction& tx, base::PersonId person, Kind kind,
                            std::int64_t subject_id) {
  return tx.one<Draft>(sql::latest_draft, person, kind, subject_id);
}

std::optional<Draft> find(storage::Transaction& tx, base::PersonId person, base::DraftId id) {
  auto draft = tx.one<Draft>(sql::draft_by_id, id);
  if (!draft || draft->person_id != person) return std::nullopt;
  return draft;
}

base::Result<Draft> save(storage::Transaction& tx, base::PersonId person, const Save& save) {
  Draft draft{.id = save.id,
              .person_id = person,
              .kind = save.kind,
              .subject_id = save.subject_id,
              .fields_json = write_fields(save.fields),
              .updated_at = base::now(),
              .version = save.version + 1};
  if (draft.fields_json.size() > largest) return base::fail(base::ErrorKind::too_large);

  const auto rows =
      tx.run(sql::update_draft, draft.id, person, save.version, draft.fields_json, draft.updated_at);
  if (rows == 1) return draft;

  // A fresh form, another window's newer text, a form that was sent meanwhile: kept as a draft of its own.
  const bool taken = !save.id || tx.one<Draft>(sql::draft_by_id, save.id).has_value();
  if (taken) draft.id = base::make_id<base::DraftId>();
  draft.version = 1;
  tx.insert(sql::insert_draft, draft);
  return draft;
}

std::int64_t sent_before(storage::Transaction& tx, base::PersonId person, base::DraftId id) {
  if (!id) return 0;
  return tx.one<std::int64_t>(sql::sent_as, id, person).value_or(0);
}

void mark_sent(storage::Transaction& tx, base::PersonId person, base::DraftId id, Kind kind,
               std::int64_t sent_as) {
  if (!id) return;
  const base::Instant now = base::now();
  if (tx.run(sql::mark_sent, id, person, sent_as, now) == 1) return;
  if (tx.one<Draft>(sql::draft_by_id, id)) return;  // somebody else's id proves nothing here
  tx.insert(sql::insert_draft, Draft{.id = id,
                                     .person_id = person,
                                     .kind = kind,
                                     .subject_id = 0,
                                     .fields_json = "{}",
                                     .sent_as = sent_as,
                                     .updated_at = now});
}

void discard(storage::Transaction& tx, base::PersonId person, base::DraftId id) {
  tx.run(sql::delete_draft, id, person);
}

void forget_old(storage::Transaction& tx) {
  tx.run(sql::forget_drafts, base::now() - base::days(60));
}

Fields parse(const Draft& draft) {
  Fields fields;
  boost::system::error_code error;
  const auto value = boost::json::parse(draft.fields_json, error);
  if (error || !value.is_object()) return fields;
  for (const auto& [name, text] : value.get_object()) {
    if (text.is_string()) fields[std::string(name)] = std::string(text.get_string());
  }
  return fields;
}

}  // namespace drafts
