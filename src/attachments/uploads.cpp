#include "attachments/uploads.hpp"

#include <tuple>
#include <utility>
#include <vector>

#include "attachments/media_type.hpp"
#include "attachments/queries.hpp"
#include "base/file_name.hpp"
#include "base/random.hpp"

namespace attachments {
namespace {

constexpr std::size_t id_bytes = 18;  // 24 characters

std::int64_t length(const blobs::IncomingFile& file) {
  return static_cast<std::int64_t>(file.size());
}

std::unexpected<UploadProblem> problem(UploadProblem which) {
  return std::unexpected(which);
}

}  // namespace

Piece::Piece(Uploads uploads, Upload upload, std::unique_ptr<blobs::IncomingFile> file, PieceKind kind)
    : uploads_(std::move(uploads)),
      upload_(std::move(upload)),
      file_(std::move(file)),
      kind_(kind),
      begin_(file_->mark()) {}

Piece::~Piece() {
  if (!open_) return;
  try {
    if (kind_ == PieceKind::proved) {
      discard();
    } else {
      static_cast<void>(record());
    }
  } catch (const std::exception&) {
    // The length of the file tells what came; the record follows when somebody asks.
  }
}

UploadResult<void> Piece::write(std::string_view bytes) {
  if (length(*file_) + static_cast<std::int64_t>(bytes.size()) > upload_.size)
    return problem(UploadProblem::too_large);
  if (!uploads_.has_room(static_cast<std::int64_t>(bytes.size()))) return problem(UploadProblem::no_space);
  try {
    if (!file_->append(bytes)) return problem(UploadProblem::busy);
  } catch (const blobs::Full&) {
    return problem(UploadProblem::no_space);
  }
  return {};
}

UploadResult<Upload> Piece::finish() {
  open_ = false;
  if (!record()) return problem(UploadProblem::not_found);
  if (upload_.received < upload_.size) return upload_;
  return uploads_.settle(upload_, *file_);
}

void Piece::discard() {
  if (std::exchange(open_, false)) static_cast<void>(file_->go_back(begin_));
}

// False when the upload is another writer's by now, or gone.
bool Piece::record() {
  if (!file_->is_current()) return false;
  upload_.received = length(*file_);
  upload_.expires_at = base::now() + uploads_.options_.time;
  return uploads_.database_.write([&](storage::Transaction& tx) {
    return tx.run(sql::record_received, upload_.id, upload_.received, upload_.expires_at);
  }) != 0;
}

WholeFile::WholeFile(Uploads uploads, Upload upload, std::unique_ptr<blobs::IncomingFile> file)
    : uploads_(std::move(uploads)), upload_(std::move(upload)), file_(std::move(file)) {}

WholeFile::~WholeFile() {
  uploads_.store_.staging().remove(upload_.id);
}

UploadResult<void> WholeFile::write(std::string_view bytes) {
  const auto size = static_cast<std::int64_t>(bytes.size());
  if (length(*file_) + size > uploads_.options_.largest) return problem(UploadProblem::too_large);
  if (!uploads_.has_room(size)) return problem(UploadProblem::no_space);
  try {
    if (!file_->append(bytes)) return problem(UploadProblem::busy);
  } catch (const blobs::Full&) {
    return problem(UploadProblem::no_space);
  }
  return {};
}

UploadResult<Upload> WholeFile::finish() {
  upload_.size = upload_.received = length(*file_);
  upload_.created_at = base::now();
  upload_.expires_at = upload_.created_at + uploads_.options_.time;
  UploadResult<void> admitted;
  uploads_.keep(*file_, upload_, [&](storage::Transaction& tx) {
    admitted = uploads_.admit(tx, upload_.person_id, upload_.size);
    if (admitted) tx.insert(sql::insert_upload, upload_);
    return admitted.has_value();
  });
  if (!admitted) return problem(admitted.error());
  return upload_;
}

Uploads::Uploads(storage::Database& database, blobs::Store& store, UploadOptions options)
    : database_(database), store_(store), options_(std::move(options)) {}

UploadResult<Upload> Uploads::create(const people::Viewer& viewer, const NewUpload& form) const {
  if (form.size < 0 || form.size > options_.largest) return problem(UploadProblem::too_large);
  if (!has_room(form.size)) return problem(UploadProblem::no_space);
  const base::Instant now = base::now();
  Upload upload;
  upload.id = base::random_token(id_bytes);
  upload.person_id = viewer.id;
  upload.draft_id = form.draft;
  upload.name = base::clean_file_name(form.name);
  upload.size = form.size;
  upload.created_at = now;
  upload.expires_at = now + options_.time;
  const auto admitted = database_.write([&](storage::Transaction& tx) {
    auto result = admit(tx, viewer.id, form.size);
    if (result) tx.insert(sql::insert_upload, upload);
    return result;
  });
  if (!admitted) return problem(admitted.error());
  if (upload.size > 0) return upload;
  const auto file = store_.staging().open(upload.id);
  return settle(std::move(upload), *file);
}

UploadResult<Upload> Uploads::find(const people::Viewer& viewer, std::string_view id) const {
  auto claimed = claim(viewer, id);
  if (claimed) return std::move(claimed->upload);
  if (claimed.error() != UploadProblem::busy) return problem(claimed.error());
  auto upload = look_up(viewer, id);
  if (upload && !upload->whole())
    upload->received = static_cast<std::int64_t>(store_.staging().size(upload->id));
  return upload;
}

UploadResult<std::unique_ptr<Piece>> Uploads::append(const people::Viewer& viewer, std::string_view id,
                                                     std::int64_t offset, PieceKind kind) const {
  auto claimed = claim(viewer, id);
  if (!claimed) return problem(claimed.error());
  auto& [upload, file] = *claimed;
  if (upload.whole() || upload.received != offset) return problem(UploadProblem::wrong_offset);
  if (!has_room(0)) return problem(UploadProblem::no_space);
  if (kind == PieceKind::proved) {
    database_.write([&](storage::Transaction& tx) { tx.run(sql::expect_proofs, upload.id); });
  }
  return std::make_unique<Piece>(*this, std::move(upload), std::move(file), kind);
}

UploadResult<void> Uploads::terminate(const people::Viewer& viewer, std::string_view id) const {
  const auto upload = database_.write([&](storage::Transaction& tx) {
    auto found = tx.one<Upload>(sql::upload_of_person, id, viewer.id);
    if (found) tx.run(sql::delete_upload, found->id);
    return found;
  });
  if (!upload) return problem(UploadProblem::not_found);
  store_.staging().remove(upload->id);
  if (upload->whole()) release(upload->digest);
  return {};
}

UploadResult<std::unique_ptr<WholeFile>> Uploads::receive(const people::Viewer& viewer, std::string_view name,
                                                          base::DraftId draft) const {
  const auto admitted = database_.read([&](storage::Transaction& tx) { return admit(tx, viewer.id, 0); });
  if (!admitted) return problem(admitted.error());
  if (!has_room(0)) return problem(UploadProblem::no_space);
  Upload upload;
  upload.id = base::random_token(id_bytes);
  upload.person_id = viewer.id;
  upload.draft_id = draft;
  upload.name = base::clean_file_name(name);
  auto file = store_.staging().open(upload.id);
  return std::make_unique<WholeFile>(*this, std::move(upload), std::move(file));
}

std::size_t Uploads::expire(std::size_t most) const {
  using Expired = std::tuple<std::string, std::string>;  // id, digest
  const base::Instant now = base::now();
  const auto expired = database_.read([&](storage::Transaction& tx) {
    return tx.all<Expired>(sql::expired_uploads, now, static_cast<std::int64_t>(most));
  });
  std::size_t removed = 0;
  for (const auto& [id, digest] : expired) {
    // It may have been given more time, or attached, since it was listed.
    const auto rows = database_.write(
        [&](storage::Transaction& tx) { return tx.run(sql::delete_expired_upload, id, now); });
    if (rows == 0) continue;
    ++removed;
    store_.staging().remove(id);
    if (!digest.empty()) release(digest);
  }
  const auto age = std::chrono::microseconds(options_.time.microseconds);
  for (const std::string& name :
       store_.staging().untouched_for(std::chrono::ceil<std::chrono::seconds>(age))) {
    const auto known = database_.read(
        [&](storage::Transaction& tx) { return tx.one<std::int64_t>(sql::upload_exists, name); });
    if (known == 0) store_.staging().remove(name);
  }
  return removed;
}

void Uploads::release(const std::string& digest) const {
  const auto guard = store_.guard(digest);
  const auto rows = database_.write(
      [&](storage::Transaction& tx) { return tx.run(sql::delete_unreferenced_blob, digest); });
  if (rows != 0) store_.remove(digest);
}

UploadResult<void> Uploads::admit(storage::Transaction& tx, base::PersonId person, std::int64_t size) const {
  const auto [files, bytes] =
      tx.one<std::tuple<std::int64_t, std::int64_t>>(sql::uploads_in_use, person).value();
  if (files >= options_.most_files || bytes + size > options_.most_bytes)
    return problem(UploadProblem::too_many);
  return {};
}

bool Uploads::has_room(std::int64_t size) const {
  return blobs::free_space(store_.staging().directory()) >=
         options_.spared + static_cast<std::uint64_t>(size);
}

UploadResult<Upload> Uploads::look_up(const people::Viewer& viewer, std::string_view id) const {
  auto upload = database_.read(
      [&](storage::Transaction& tx) { return tx.one<Upload>(sql::upload_of_person, id, viewer.id); });
  if (!upload) return problem(UploadProblem::not_found);
  if (upload->expires_at <= base::now()) return problem(UploadProblem::expired);
  return *std::move(upload);
}

UploadResult<Uploads::Claimed> Uploads::claim(const people::Viewer& viewer, std::string_view id) const {
  auto upload = look_up(viewer, id);
  if (!upload) return problem(upload.error());
  if (upload->whole()) return Claimed{.upload = *std::move(upload), .file = nullptr};
  auto file = store_.staging().open(upload->id);
  if (!file) return problem(UploadProblem::busy);
  // It may have become whole, or have gone, while we came by the file.
  upload = look_up(viewer, id);
  if (!upload || upload->whole()) store_.staging().remove(file->name());
  if (!upload) return problem(upload.error());
  if (upload->whole()) return Claimed{.upload = *std::move(upload), .file = nullptr};
  auto current = reconciled(*std::move(upload), *file);
  if (!current) return problem(current.error());
  return Claimed{.upload = *std::move(current), .file = std::move(file)};
}

// The caller is the file's only writer, so nobody is between writing and recording.
UploadResult<Upload> Uploads::reconciled(Upload upload, blobs::IncomingFile& file) const {
  if (length(file) != upload.received) {
    const auto proved = database_.read(
        [&](storage::Transaction& tx) { return tx.one<bool>(sql::proofs_expected, upload.id); });
    // More than was announced cannot have been written by us; less is what is left of it.
    const std::int64_t good = proved.value_or(false) ? upload.received : upload.size;
    if (length(file) > good &&
        !file.go_back({.size = static_cast<std::uint64_t>(good), .digest = {}, .digested = 0})) {
      return problem(UploadProblem::busy);
    }
    upload.received = length(file);
  }
  if (upload.received < upload.size) return upload;
  return settle(std::move(upload), file);
}

UploadResult<Upload> Uploads::settle(Upload upload, blobs::IncomingFile& file) const {
  upload.expires_at = base::now() + options_.time;
  const bool kept = keep(file, upload, [&](storage::Transaction& tx) {
    return tx.run(sql::finish_upload, upload.id, upload.digest, upload.media_type, upload.thumbnail,
                  upload.expires_at) != 0;
  });
  store_.staging().remove(upload.id);
  if (!kept) return problem(UploadProblem::not_found);  // terminated meanwhile
  return upload;
}

Uploads::Content Uploads::examine(blobs::IncomingFile& file) const {
  Content content;
  content.digest = file.digest();
  using Known = std::tuple<std::string, bool>;
  const auto known = database_.read(
      [&](storage::Transaction& tx) { return tx.one<Known>(sql::blob_by_digest, content.digest); });
  if (known) {
    content.known = true;
    content.media_type = std::get<0>(*known);
    if (std::get<1>(*known)) content.thumbnail.emplace();
    return content;
  }
  const blobs::File bytes = blobs::open_file(file.path());
  content.media_type = media_type_of(bytes);
  if (is_picture(content.media_type) && options_.thumbnailer) content.thumbnail = options_.thumbnailer(bytes);
  return content;
}

// Puts the bytes into the store and commits the reference to them, both or neither. `commit` gives whether it
// made one.
template <class Commit>
bool Uploads::keep(blobs::IncomingFile& file, Upload& upload, Commit commit) const {
  file.sync();
  Content content = examine(file);
  upload.digest = content.digest;
  upload.media_type = content.media_type;
  upload.thumbnail = content.thumbnail.has_value();
  const auto guard = store_.guard(content.digest);
  store_.put(content.digest, file.path());
  if (content.known && upload.thumbnail) upload.thumbnail = store_.open_thumbnail(content.digest).has_value();
  if (!content.known && content.thumbnail) store_.put_thumbnail(content.digest, *content.thumbnail);
  bool referred = false;
  bool unwanted = false;
  database_.write([&](storage::Transaction& tx) {
    tx.run(sql::insert_blob, upload.digest, upload.size, upload.media_type, upload.thumbnail, base::now());
    referred = commit(tx);
    unwanted = !referred && tx.run(sql::delete_unreferenced_blob, upload.digest) != 0;
  });
  if (unwanted) store_.remove(upload.digest);
  return referred;
}

}  // namespace attachments
