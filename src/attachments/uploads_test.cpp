#include "attachments/uploads.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <sched.h>
#include <signal.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "attachments/inspection.hpp"
#include "attachments/portal_for_tests.hpp"
#include "base/message_keys.hpp"

namespace attachments {
namespace {

using namespace for_tests;
using Problem = UploadProblem;

struct UploadsTest : testing::Test {
  Directory directory;
  std::optional<Portal> portal{std::in_place, directory.path()};
  const Uploads& uploads = portal->uploads;
  Place place{.account_id = {10}, .case_id = {7}, .comment_id = {}, .everyone = true};
};

TEST_F(UploadsTest, GrowsByPiecesAndBecomesAFile) {
  const Upload upload = portal->create(5);
  EXPECT_EQ(upload.name, "снимок.png");
  EXPECT_GE(upload.id.size(), 24U);
  EXPECT_FALSE(upload.whole());
  {
    const auto piece = uploads.append(anna, upload.id, 0, PieceKind::plain).value();
    EXPECT_TRUE(piece->write("hel"));
    EXPECT_EQ(piece->finish()->received, 3);
  }
  EXPECT_EQ(uploads.find(anna, upload.id)->received, 3);
  const auto piece = uploads.append(anna, upload.id, 3, PieceKind::proved).value();
  EXPECT_TRUE(piece->write("l"));
  EXPECT_TRUE(piece->write("o"));
  const auto whole = piece->finish();
  ASSERT_TRUE(whole);
  EXPECT_TRUE(whole->whole());
  EXPECT_EQ(whole->media_type, "text/plain");
  EXPECT_EQ(portal->content(whole->digest), "hello");
  EXPECT_EQ(portal->store.staging().size(upload.id), 0U);
  EXPECT_EQ(uploads.find(anna, upload.id)->digest, whole->digest);
  EXPECT_EQ(uploads.append(anna, upload.id, 5, PieceKind::plain).error(), Problem::wrong_offset);
}

TEST_F(UploadsTest, AnEmptyFileIsWholeAtOnce) {
  const Upload upload = portal->create(0);
  EXPECT_TRUE(upload.whole());
  EXPECT_EQ(portal->content(upload.digest), "");
  EXPECT_TRUE(portal->attach_to(place, {upload.id}));
}

TEST_F(UploadsTest, KeepsWhatCameWhenThePieceBreaksOff) {
  const Upload upload = portal->create(10);
  {
    const auto piece = uploads.append(anna, upload.id, 0, PieceKind::plain).value();
    EXPECT_TRUE(piece->write("hello"));
  }
  EXPECT_EQ(uploads.find(anna, upload.id)->received, 5);
}

TEST_F(UploadsTest, ForgetsAPieceThatIsNotProved) {
  const Upload upload = portal->create(10);
  EXPECT_TRUE(uploads.append(anna, upload.id, 0, PieceKind::plain).value()->write("hel"));
  EXPECT_TRUE(uploads.append(anna, upload.id, 3, PieceKind::proved).value()->write("XXX"));
  EXPECT_EQ(uploads.find(anna, upload.id)->received, 3);
  {
    const auto piece = uploads.append(anna, upload.id, 3, PieceKind::proved).value();
    EXPECT_TRUE(piece->write("lo"));
    piece->discard();
  }
  EXPECT_EQ(uploads.find(anna, upload.id)->received, 3);
}

TEST_F(UploadsTest, IsItsOwnersAlone) {
  const Upload upload = portal->create(5);
  EXPECT_EQ(uploads.find(boris, upload.id).error(), Problem::not_found);
  EXPECT_EQ(uploads.find(maria, upload.id).error(), Problem::not_found);
  EXPECT_EQ(uploads.append(boris, upload.id, 0, PieceKind::plain).error(), Problem::not_found);
  EXPECT_EQ(uploads.terminate(boris, upload.id).error(), Problem::not_found);
  EXPECT_EQ(uploads.find(anna, "../../../etc/passwd").error(), Problem::not_found);
  EXPECT_EQ(uploads.find(anna, "").error(), Problem::not_found);
  EXPECT_TRUE(uploads.find(anna, upload.id));
}

TEST_F(UploadsTest, RefusesWhatDoesNotFit) {
  const Upload upload = portal->create(5);
  EXPECT_EQ(uploads.append(anna, upload.id, 1, PieceKind::plain).error(), Problem::wrong_offset);
  const auto piece = uploads.append(anna, upload.id, 0, PieceKind::plain).value();
  EXPECT_EQ(uploads.append(anna, upload.id, 0, PieceKind::plain).error(), Problem::busy);
  EXPECT_EQ(piece->write("123456").error(), Problem::too_large);
  EXPECT_EQ(uploads.create(anna, {.name = "a", .size = uploads.options().largest + 1, .draft = {}}).error(),
            Problem::too_large);
  EXPECT_EQ(uploads.create(anna, {.name = "a", .size = -1, .draft = {}}).error(), Problem::too_large);
}

TEST_F(UploadsTest, HoldsAPersonToTheirShare) {
  UploadOptions options = without_limits();
  options.most_files = 3;
  options.most_bytes = 100;
  const Uploads tight(portal->database, portal->store, options);
  EXPECT_TRUE(tight.create(anna, {.name = "a", .size = 60, .draft = {}}));
  EXPECT_EQ(tight.create(anna, {.name = "b", .size = 41, .draft = {}}).error(), Problem::too_many);
  EXPECT_TRUE(tight.create(anna, {.name = "b", .size = 40, .draft = {}}));
  EXPECT_TRUE(tight.create(anna, {.name = "c", .size = 0, .draft = {}}));
  EXPECT_EQ(tight.create(anna, {.name = "d", .size = 0, .draft = {}}).error(), Problem::too_many);
  EXPECT_EQ(tight.receive(anna, "e", {}).error(), Problem::too_many);
  EXPECT_TRUE(tight.create(boris, {.name = "a", .size = 60, .draft = {}}));
}

TEST_F(UploadsTest, LeavesRoomForTheDatabase) {
  UploadOptions options = without_limits();
  options.spared = UINT64_MAX / 2;
  const Uploads full(portal->database, portal->store, options);
  EXPECT_EQ(full.create(anna, {.name = "a", .size = 1, .draft = {}}).error(), Problem::no_space);
  const Upload upload = portal->create(5);
  EXPECT_EQ(full.append(anna, upload.id, 0, PieceKind::plain).error(), Problem::no_space);
  EXPECT_EQ(full.receive(anna, "a", {}).error(), Problem::no_space);
}

TEST_F(UploadsTest, TerminationSendsAPieceAway) {
  const Upload upload = portal->create(10);
  const auto piece = uploads.append(anna, upload.id, 0, PieceKind::plain).value();
  EXPECT_TRUE(piece->write("hello"));
  EXPECT_TRUE(uploads.terminate(anna, upload.id));
  EXPECT_EQ(piece->write("world").error(), Problem::busy);
  EXPECT_EQ(piece->finish().error(), Problem::not_found);
  EXPECT_EQ(uploads.find(anna, upload.id).error(), Problem::not_found);
  EXPECT_EQ(portal->store.staging().size(upload.id), 0U);
}

TEST_F(UploadsTest, TerminationOfAWholeOneRemovesItsBytes) {
  const Upload one = portal->bring("same");
  const Upload other = portal->bring("same", boris);
  EXPECT_TRUE(uploads.terminate(anna, one.id));
  EXPECT_EQ(portal->content(other.digest), "same");
  EXPECT_TRUE(uploads.terminate(boris, other.id));
  EXPECT_FALSE(portal->store.open(other.digest));
}

TEST_F(UploadsTest, TakesAWholeFileOfUnknownSize) {
  auto file = uploads.receive(anna, "../отчёт.txt", {5}).value();
  EXPECT_TRUE(file->write("hello "));
  EXPECT_TRUE(file->write("world"));
  const auto upload = file->finish();
  file.reset();
  EXPECT_EQ(upload->name, "отчёт.txt");
  EXPECT_EQ(upload->size, 11);
  EXPECT_EQ(portal->content(upload->digest), "hello world");
  EXPECT_EQ(uploads.find(anna, upload->id)->received, 11);
  EXPECT_EQ(portal->database.read([&](auto& tx) { return of_draft(tx, anna.id, {5}).size(); }), 1U);

  EXPECT_TRUE(uploads.receive(anna, "b", {5}).value()->write("breaks off"));
  EXPECT_EQ(portal->database.read([&](auto& tx) { return of_draft(tx, anna.id, {5}).size(); }), 1U);
  EXPECT_TRUE(std::filesystem::is_empty(directory.path() + "/uploads"));
}

TEST_F(UploadsTest, ExpiresWhatNobodyCameBackFor) {
  const Upload unfinished = portal->create(5);
  EXPECT_TRUE(uploads.append(anna, unfinished.id, 0, PieceKind::plain).value()->write("hel"));
  const Upload forgotten = portal->bring("forgotten");
  const Upload attached = portal->bring("attached");
  ASSERT_TRUE(portal->attach_to(place, {attached.id}));
  EXPECT_EQ(uploads.expire(), 0U);

  base::set_clock_offset(base::hours(25));
  EXPECT_EQ(uploads.find(anna, unfinished.id).error(), Problem::expired);
  EXPECT_EQ(uploads.append(anna, unfinished.id, 3, PieceKind::plain).error(), Problem::expired);
  EXPECT_EQ(uploads.expire(), 2U);
  EXPECT_EQ(uploads.find(anna, unfinished.id).error(), Problem::not_found);
  base::set_clock_offset({});

  EXPECT_FALSE(portal->store.open(forgotten.digest));
  EXPECT_EQ(portal->content(attached.digest), "attached");
  EXPECT_TRUE(std::filesystem::is_empty(directory.path() + "/uploads"));
}

TEST_F(UploadsTest, ExpiresBytesThatNoUploadKnowsOf) {
  const std::string stray = directory.path() + "/uploads/stray";
  std::ofstream(stray) << "left by a crash";
  uploads.expire();
  EXPECT_TRUE(std::filesystem::exists(stray));
  std::filesystem::last_write_time(stray,
                                   std::filesystem::file_time_type::clock::now() - std::chrono::hours(25));
  uploads.expire();
  EXPECT_FALSE(std::filesystem::exists(stray));
}

TEST_F(UploadsTest, AttachesInTheirOrder) {
  const Upload first = portal->bring("first");
  const Upload second = portal->bring("second");
  const auto attached = portal->attach_to(place, {second.id, first.id, second.id});
  ASSERT_TRUE(attached);
  ASSERT_EQ(attached->size(), 2U);
  EXPECT_EQ(attached->front().digest, second.digest);
  EXPECT_EQ(attached->front().media_type, "text/plain");
  EXPECT_EQ(attached->front().size, 6);
  EXPECT_EQ(uploads.find(anna, first.id).error(), Problem::not_found);
  const auto seen = portal->database.read([&](auto& tx) { return of_case(tx, anna, {10}, {7}); });
  EXPECT_EQ(seen.size(), 2U);
  EXPECT_EQ(portal->attach_to(place, {first.id}).error().fields.front().message, msg::files_gone);
}

TEST_F(UploadsTest, AttachesAllOrNothing) {
  const Upload good = portal->bring("good");
  const Upload unfinished = portal->create(5);
  const Upload others = portal->bring("others", boris);
  const auto refused = portal->attach_to(place, {good.id, unfinished.id});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fields.front().field, "upload");
  EXPECT_EQ(refused.error().fields.front().message, msg::files_unfinished);
  EXPECT_FALSE(portal->attach_to(place, {good.id, others.id}));
  EXPECT_FALSE(portal->attach_to(place, {good.id, "nobody's"}));
  EXPECT_TRUE(uploads.find(anna, good.id));
  EXPECT_TRUE(portal->attach_to(place, {good.id}));
}

TEST_F(UploadsTest, ShowsAFileToThoseWhoMaySeeIt) {
  const auto everyone = portal->attach_to(place, {portal->bring("for all").id}).value().front();
  place.everyone = false;
  const auto internal =
      portal->attach_to(place, {portal->bring("internal", maria).id}, maria).value().front();
  const auto found = [&](const people::Viewer& viewer, base::AttachmentId id) {
    return portal->database.read([&](auto& tx) { return find(tx, viewer, id).has_value(); });
  };
  EXPECT_TRUE(found(anna, everyone.id));
  EXPECT_TRUE(found(maria, everyone.id));
  EXPECT_FALSE(found(boris, everyone.id));
  EXPECT_FALSE(found(anna, internal.id));
  EXPECT_TRUE(found(maria, internal.id));
  EXPECT_FALSE(found(anna, {12345}));
  const auto seen = [&](const people::Viewer& viewer) {
    return portal->database.read([&](auto& tx) { return of_case(tx, viewer, {10}, {7}).size(); });
  };
  EXPECT_EQ(seen(anna), 1U);
  EXPECT_EQ(seen(maria), 2U);
  EXPECT_EQ(seen(boris), 0U);
}

TEST_F(UploadsTest, BelievesTheContentAndNotTheName) {
  const auto type = [&](std::string_view bytes) { return portal->bring(bytes).media_type; };
  EXPECT_EQ(type("<!DOCTYPE html><html><script>alert(1)</script></html>"), "text/html");
  EXPECT_EQ(type("<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>"),
            "image/svg+xml");
  EXPECT_EQ(type("%PDF-1.7\n"), "application/pdf");
  EXPECT_EQ(type(std::string_view("\x00\x01\x02\x03\xff\xfe", 6)), "application/octet-stream");
}

TEST_F(UploadsTest, FinishesWhatACrashCaughtBeforeTheEnd) {
  const Upload upload = portal->create(5);
  EXPECT_TRUE(portal->store.staging().open(upload.id)->append("hello"));
  portal.reset();
  portal.emplace(directory.path());
  const auto found = uploads.find(anna, upload.id);
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->whole());
  EXPECT_EQ(portal->content(found->digest), "hello");
}

TEST_F(UploadsTest, DropsWhatACrashLeftUnproved) {
  const Upload upload = portal->create(10);
  {
    const auto piece = uploads.append(anna, upload.id, 0, PieceKind::proved).value();
    EXPECT_TRUE(piece->write("hel"));
    EXPECT_TRUE(piece->finish());
  }
  EXPECT_TRUE(portal->store.staging().open(upload.id)->append("XXXX"));
  portal.reset();
  portal.emplace(directory.path());
  EXPECT_EQ(uploads.find(anna, upload.id)->received, 3);
  EXPECT_TRUE(uploads.append(anna, upload.id, 3, PieceKind::plain));
}

TEST_F(UploadsTest, InspectionFindsWhatIsWrong) {
  const Upload sound = portal->bring("sound");
  const Upload missing = portal->bring("missing");
  const Upload cut = portal->bring("cut short");
  const Upload changed = portal->bring("changed");
  portal->store.remove(missing.digest);
  const auto path = [&](const std::string& digest) {
    return directory.path() + "/blobs/" + digest.substr(0, 2) + "/" + digest.substr(2, 2) + "/" + digest;
  };
  std::ofstream(path(cut.digest), std::ios::trunc) << "cut";
  std::ofstream(path(changed.digest), std::ios::trunc) << "CHANGED";
  const std::string stray(64, 'a');
  std::filesystem::create_directories(path(stray).substr(0, path(stray).rfind('/')));
  std::ofstream(path(stray)) << "stray";

  auto found = inspect(portal->database, portal->store, Depth::sizes);
  EXPECT_EQ(found.blobs, 4U);
  EXPECT_THAT(found.missing, testing::ElementsAre(missing.digest));
  EXPECT_THAT(found.damaged, testing::ElementsAre(cut.digest));
  EXPECT_THAT(found.strays, testing::ElementsAre(stray));
  EXPECT_FALSE(found.sound());
  found = inspect(portal->database, portal->store, Depth::contents);
  EXPECT_THAT(found.damaged, testing::UnorderedElementsAre(cut.digest, changed.digest));

  remove_strays(portal->database, portal->store, {stray, sound.digest});
  EXPECT_FALSE(std::filesystem::exists(path(stray)));
  EXPECT_EQ(portal->content(sound.digest), "sound");
}

// Many bring the same content and drop it again; whoever has it whole finds its bytes.
TEST_F(UploadsTest, TheSameContentComesAndGoesAtOnce) {
  const std::string bytes(50'000, 'x');
  std::atomic<int> missing = 0;
  {
    std::vector<std::jthread> people;
    for (int i = 0; i < 6; ++i) {
      people.emplace_back([&, i] {
        const people::Viewer viewer{.id = {100 + i}, .account_id = {10}, .role = people::Role::customer};
        for (int round = 0; round < 15; ++round) {
          const Upload upload = portal->bring(bytes, viewer);
          if (portal->store.verify(upload.digest) != blobs::Condition::sound) ++missing;
          if (!uploads.terminate(viewer, upload.id)) ++missing;
        }
      });
    }
  }
  EXPECT_EQ(missing, 0);
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory.path() + "/blobs")) {
    files += entry.is_regular_file() ? 1 : 0;
  }
  EXPECT_EQ(files, 0);
}

// Against a model: what an upload has is what came by plain pieces, however they ended, and by proved ones
// that were finished; restarts change nothing.
void agree_with_a_string(const std::string& data, std::optional<Portal>& portal) {
  const auto content = *rc::gen::resize(400, rc::gen::container<std::string>(rc::gen::arbitrary<char>()));
  const auto size = static_cast<std::int64_t>(content.size());
  RC_PRE(size > 0);
  const Upload upload = portal->create(size);
  std::int64_t has = 0;
  const int steps = *rc::gen::inRange(0, 12);
  for (int step = 0; step < steps && has < size; ++step) {
    const auto kind = *rc::gen::element(PieceKind::plain, PieceKind::proved);
    const auto offset = *rc::gen::weightedOneOf<std::int64_t>(
        {{9, rc::gen::just(has)}, {1, rc::gen::inRange<std::int64_t>(0, size + 2)}});
    {
      auto piece = portal->uploads.append(anna, upload.id, offset, kind);
      if (offset != has) {
        RC_ASSERT(piece.error() == Problem::wrong_offset);
        continue;
      }
      RC_ASSERT(piece.has_value());
      std::int64_t end = has;
      const int writes = *rc::gen::inRange(0, 4);
      for (int i = 0; i < writes; ++i) {
        const auto length = *rc::gen::inRange<std::int64_t>(0, size - end + 1);
        RC_ASSERT((*piece)->write(std::string_view(content).substr(static_cast<std::size_t>(end),
                                                                   static_cast<std::size_t>(length))));
        end += length;
      }
      switch (*rc::gen::inRange(0, 3)) {
        case 0: {
          const auto finished = (*piece)->finish();
          RC_ASSERT(finished.has_value());
          RC_ASSERT(finished->received == end);
          RC_ASSERT(finished->whole() == (end == size));
          has = end;
          break;
        }
        case 1:
          (*piece)->discard();
          break;
        default:
          if (kind == PieceKind::plain) has = end;
      }
    }
    if (*rc::gen::inRange(0, 4) == 0) {
      portal.reset();
      portal.emplace(data);
    }
    const auto found = portal->uploads.find(anna, upload.id);
    RC_ASSERT(found.has_value());
    RC_ASSERT(found->received == has);
  }
  if (has < size) {
    const auto piece = portal->uploads.append(anna, upload.id, has, PieceKind::plain).value();
    RC_ASSERT(piece->write(std::string_view(content).substr(static_cast<std::size_t>(has))));
    RC_ASSERT(piece->finish().has_value());
  }
  RC_ASSERT(portal->content(portal->uploads.find(anna, upload.id)->digest) == content);
  RC_ASSERT(portal->uploads.terminate(anna, upload.id).has_value());
}

TEST(UploadsModel, AgreesWithAString) {
  const Directory directory;
  std::optional<Portal> portal(std::in_place, directory.path());
  EXPECT_TRUE(rc::check([&] { agree_with_a_string(directory.path(), portal); }));
}

struct Acknowledged {
  std::array<char, 32> id{};
  std::int64_t received = 0;
  bool whole = false;
};

// Uploads the same content over and over and reports each acknowledgement, until it is killed.
[[noreturn]] void upload_forever(const std::string& data, const std::string& content, int report) {
  const auto acknowledge = [&](const Upload& upload) {
    Acknowledged record{.id = {}, .received = upload.received, .whole = upload.whole()};
    std::ranges::copy(upload.id, record.id.begin());
    static_cast<void>(::write(report, &record, sizeof record));
  };
  const Portal portal(data);
  for (std::int64_t round = 0;; ++round) {
    const std::string bytes = content + std::to_string(::getpid()) + "-" + std::to_string(round);
    const auto size = static_cast<std::int64_t>(bytes.size());
    Upload upload = portal.create(size);
    while (upload.received < size) {
      const auto piece =
          portal.uploads
              .append(anna, upload.id, upload.received, round % 2 == 0 ? PieceKind::plain : PieceKind::proved)
              .value();
      const auto part = std::string_view(bytes).substr(static_cast<std::size_t>(upload.received), 30'000);
      static_cast<void>(piece->write(part.substr(0, 10'000)));
      static_cast<void>(piece->write(part.substr(std::min<std::size_t>(10'000, part.size()))));
      upload = piece->finish().value();
      acknowledge(upload);
    }
  }
}

TEST(UploadsCrash, LosesNothingAcknowledged) {
  const Directory directory;
  const std::string content(100'000, 'c');
  std::minstd_rand random(1);
  int seen = 0;
  for (int round = 0; round < 12; ++round) {
    std::array<int, 2> pipe{};
    ASSERT_EQ(::pipe(pipe.data()), 0);
    const pid_t child = ::fork();
    if (child == 0) upload_forever(directory.path(), content, pipe[1]);
    ::close(pipe[1]);
    std::this_thread::sleep_for(std::chrono::milliseconds(60 + random() % 150));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);

    std::vector<Acknowledged> all;
    for (Acknowledged record; ::read(pipe[0], &record, sizeof record) == sizeof record;)
      all.push_back(record);
    ::close(pipe[0]);
    Portal portal(directory.path());
    for (const Acknowledged& record : all) {
      ++seen;
      const auto upload = portal.uploads.find(anna, record.id.data());
      ASSERT_TRUE(upload);
      ASSERT_GE(upload->received, record.received);
      ASSERT_TRUE(!record.whole || upload->whole());
      if (upload->whole()) ASSERT_EQ(portal.store.verify(upload->digest), blobs::Condition::sound);
    }
    for (const Acknowledged& record : all)
      static_cast<void>(portal.uploads.terminate(anna, record.id.data()));
    // One may have been created and not yet acknowledged.
    base::set_clock_offset(base::hours(25));
    portal.uploads.expire();
    base::set_clock_offset({});
    ASSERT_TRUE(std::filesystem::is_empty(directory.path() + "/uploads"));
  }
  EXPECT_GT(seen, 0);
}

// On a real disk of 2 MB, which is full before the file is whole and then gets room again.
TEST(UploadsFullDisk, GoesOnWhenThereIsRoomAgain) {
  const Directory directory;
  const Directory small;
  const pid_t child = ::fork();
  if (child == 0) {
    if (::unshare(CLONE_NEWNS) != 0 || ::mount("none", "/", nullptr, MS_REC | MS_PRIVATE, nullptr) != 0 ||
        ::mount("tmpfs", small.path().c_str(), "tmpfs", 0, "size=2m") != 0) {
      ::_exit(77);
    }
    int status = 0;
    try {
      const std::string filler = small.path() + "/filler";
      std::ofstream(filler) << std::string(1'000'000, 'f');
      Portal portal(directory.path(), without_limits(), small.path());
      const std::string bytes(1'500'000, 'b');
      const Upload upload = portal.create(1'000'000);
      const Uploads& uploads = portal.uploads;
      auto piece = uploads.append(anna, upload.id, 0, PieceKind::plain).value();
      std::ofstream(small.path() + "/other") << std::string(500'000, 'o');
      std::size_t sent = 0;
      while (status == 0 && sent < 1'000'000) {
        const auto written = piece->write(std::string_view(bytes).substr(0, 50'000));
        if (!written) {
          if (written.error() != Problem::no_space) status = 2;
          break;
        }
        sent += 50'000;
      }
      piece.reset();
      const auto received = uploads.find(anna, upload.id)->received;
      if (sent == 0 || sent >= 1'000'000 || received < static_cast<std::int64_t>(sent)) status = 3;
      std::filesystem::remove(filler);
      piece = uploads.append(anna, upload.id, received, PieceKind::plain).value();
      if (!piece->write(std::string_view(bytes).substr(0, static_cast<std::size_t>(1'000'000 - received))))
        status = 4;
      const auto whole = piece->finish();
      if (!whole || portal.store.verify(whole->digest) != blobs::Condition::sound) status = 5;
    } catch (...) {
      status = 6;
    }
    ::_exit(status);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  if (WEXITSTATUS(status) == 77) GTEST_SKIP() << "may not mount a disk here";
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace attachments
