// Files on their way from a browser to a case: in pieces that may break off and go on, or whole in a form.
//
//   created → pieces are appended → whole: its bytes are in the store → attached to a case by the form, or
//   expired
//
// The bytes lie in the store's staging under the upload's id until the upload is whole. What has been
// acknowledged is never lost: an upload that a crash caught between the last byte and its place in the store
// is finished when it is next looked at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "attachments/attachments.hpp"
#include "attachments/thumbnail.hpp"
#include "blobs/store.hpp"
#include "storage/database.hpp"

namespace attachments {

enum class UploadProblem : std::uint8_t {
  not_found,  // or somebody else's
  expired,
  wrong_offset,  // the piece does not begin where the file ends
  busy,          // another piece of the same upload is arriving
  too_large,
  too_many,  // too much of this person is on its way
  no_space,  // on our disk; what has come stays
};

template <class T>
using UploadResult = std::expected<T, UploadProblem>;

struct UploadOptions {
  std::int64_t largest = std::int64_t{100} * 1024 * 1024;          // bytes of one file
  std::int64_t most_files = 200;                                   // of a person on their way at once
  std::int64_t most_bytes = std::int64_t{4} * 1024 * 1024 * 1024;  // the same, as announced
  base::Duration time = base::hours(24);                           // from the last piece
  std::uint64_t spared = std::uint64_t{256} * 1024 * 1024;  // bytes of the disk that uploads leave alone
  Thumbnailer thumbnailer = thumbnails_by_process();
};

struct NewUpload {
  std::string name;  // as the sender has it
  std::int64_t size = 0;
  base::DraftId draft;
};

enum class PieceKind : std::uint8_t {
  plain,
  proved,  // goes as a whole unless finish() is reached: what could not be checked is not kept
};

class Piece;
class WholeFile;

// Cheap to make and to copy: what is shared between requests lies in the database and the store, which must
// outlive it and the pieces it gave. Safe to use from any thread. Everything may block; storage::Unavailable
// and blobs::Unavailable are thrown when database or disk cannot do it now.
class Uploads {
 public:
  Uploads(storage::Database& database, blobs::Store& store, UploadOptions options = {});

  // Fails with too_large, too_many, no_space. An empty file is whole at once.
  [[nodiscard]] UploadResult<Upload> create(const people::Viewer& viewer, const NewUpload& form) const;

  // With `received` as it really is. Fails with not_found, expired.
  [[nodiscard]] UploadResult<Upload> find(const people::Viewer& viewer, std::string_view id) const;

  // Fails with not_found, expired, wrong_offset, busy, no_space.
  [[nodiscard]] UploadResult<std::unique_ptr<Piece>> append(const people::Viewer& viewer, std::string_view id,
                                                            std::int64_t offset, PieceKind kind) const;

  // A piece that is arriving meanwhile is sent away. Fails with not_found.
  [[nodiscard]] UploadResult<void> terminate(const people::Viewer& viewer, std::string_view id) const;

  // Fails with too_many, no_space.
  [[nodiscard]] UploadResult<std::unique_ptr<WholeFile>> receive(const people::Viewer& viewer,
                                                                 std::string_view name,
                                                                 base::DraftId draft) const;

  // Removes what nobody came back for: at most `most` uploads, and bytes that no upload knows of. To be
  // called every few minutes. Gives the number of uploads removed.
  std::size_t expire(std::size_t most = 1000) const;

  // Removes the bytes of `digest` unless an attachment or an upload names them. For whoever has just deleted
  // one.
  void release(const std::string& digest) const;

  [[nodiscard]] const UploadOptions& options() const { return options_; }

 private:
  friend class Piece;
  friend class WholeFile;

  // What finishing adds to an upload.
  struct Content {
    std::string digest;
    std::string media_type;
    std::optional<std::string> thumbnail;
    bool known = false;  // the store has it, with all that belongs to it
  };
  [[nodiscard]] Content examine(blobs::IncomingFile& file) const;
  template <class Commit>
  bool keep(blobs::IncomingFile& file, Upload& upload, Commit commit) const;
  [[nodiscard]] UploadResult<Upload> settle(Upload upload, blobs::IncomingFile& file) const;
  [[nodiscard]] UploadResult<void> admit(storage::Transaction& tx, base::PersonId person,
                                         std::int64_t size) const;
  [[nodiscard]] bool has_room(std::int64_t size) const;
  [[nodiscard]] UploadResult<Upload> look_up(const people::Viewer& viewer, std::string_view id) const;
  [[nodiscard]] UploadResult<Upload> reconciled(Upload upload, blobs::IncomingFile& file) const;

  // Opens the file of an unfinished upload for this caller alone. Empty for one that is whole.
  struct Claimed {
    Upload upload;
    std::unique_ptr<blobs::IncomingFile> file;
  };
  [[nodiscard]] UploadResult<Claimed> claim(const people::Viewer& viewer, std::string_view id) const;

  storage::Database& database_;
  blobs::Store& store_;
  UploadOptions options_;
};

// Bytes that arrive for an upload. Without finish() the upload keeps what came, of a plain piece.
// Used by one thread at a time.
class Piece {
 public:
  Piece(Uploads uploads, Upload upload, std::unique_ptr<blobs::IncomingFile> file, PieceKind kind);
  Piece(const Piece&) = delete;
  Piece& operator=(const Piece&) = delete;
  ~Piece();

  [[nodiscard]] UploadResult<void> write(std::string_view bytes);

  // Records what came. When that makes the upload whole, its bytes go to the store first.
  [[nodiscard]] UploadResult<Upload> finish();

  // Takes back what this piece brought.
  void discard();

  [[nodiscard]] const Upload& upload() const { return upload_; }

 private:
  [[nodiscard]] bool record();

  Uploads uploads_;
  Upload upload_;
  std::unique_ptr<blobs::IncomingFile> file_;
  PieceKind kind_;
  blobs::IncomingFile::Mark begin_;
  bool open_ = true;
};

// A file that arrives in one go and whose size only its end tells. Without finish() nothing of it is kept.
class WholeFile {
 public:
  WholeFile(Uploads uploads, Upload upload, std::unique_ptr<blobs::IncomingFile> file);
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;
  ~WholeFile();

  [[nodiscard]] UploadResult<void> write(std::string_view bytes);
  [[nodiscard]] UploadResult<Upload> finish();

  [[nodiscard]] std::int64_t size() const { return static_cast<std::int64_t>(file_->size()); }

 private:
  Uploads uploads_;
  Upload upload_;
  std::unique_ptr<blobs::IncomingFile> file_;
};

}  // namespace attachments
