#include "blobs/file_store.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace blobs {
namespace {

using namespace std::string_literals;

class FileStoreTest : public testing::Test {
 protected:
  FileStoreTest() : data_(testing::TempDir() + "blobs-XXXXXX") {
    if (::mkdtemp(data_.data()) == nullptr) throw std::runtime_error("mkdtemp");
    store_.emplace(data_);
  }
  ~FileStoreTest() override { std::filesystem::remove_all(data_); }

  std::string arrive(const std::string& name, std::string_view bytes) {
    const auto file = store_->staging().open(name);
    EXPECT_TRUE(file->append(bytes));
    file->sync();
    std::string digest = file->digest();
    store_->put(digest, file->path());
    return digest;
  }

  static std::string content(const Opened& opened) {
    std::string bytes(opened.size, '\0');
    EXPECT_EQ(::pread(*opened.descriptor, bytes.data(), bytes.size(), 0), static_cast<ssize_t>(bytes.size()));
    return bytes;
  }

  std::string data_;
  std::optional<FileStore> store_;
};

TEST_F(FileStoreTest, KeepsBytesUnderTheirDigest) {
  const std::string digest = arrive("a", "hello");
  EXPECT_EQ(digest, "324dcf027dd4a30a932c441f365a25e86b173defa4b8e58948253471b81b72cf");
  EXPECT_TRUE(std::filesystem::exists(data_ + "/blobs/32/4d/" + digest));
  EXPECT_EQ(content(store_->open(digest).value()), "hello");
  EXPECT_EQ(store_->verify(digest), Condition::sound);
}

TEST_F(FileStoreTest, KeepsTheSameBytesOnce) {
  const std::string first = arrive("a", "twice");
  const auto inode = [&] {
    return std::filesystem::hard_link_count(data_ + "/blobs/" + first.substr(0, 2) + "/" +
                                            first.substr(2, 2) + "/" + first);
  };
  EXPECT_EQ(arrive("b", "twice"), first);
  EXPECT_EQ(inode(), 2U);  // the store's name and that of the first arrival
  store_->staging().remove("a");
  EXPECT_EQ(inode(), 1U);
}

TEST_F(FileStoreTest, ReadersKeepWhatIsRemoved) {
  const std::string digest = arrive("a", "going");
  const auto opened = store_->open(digest);
  store_->put_thumbnail(digest, "small");
  store_->remove(digest);
  EXPECT_FALSE(store_->open(digest));
  EXPECT_FALSE(store_->open_thumbnail(digest));
  EXPECT_EQ(content(*opened), "going");
  EXPECT_EQ(store_->verify(digest), Condition::missing);
  store_->remove(digest);
}

TEST_F(FileStoreTest, NoticesDamageAndMendsWhatWasCutShort) {
  const std::string digest = arrive("a", "precious");
  store_->staging().remove("a");
  const std::string path = data_ + "/blobs/" + digest.substr(0, 2) + "/" + digest.substr(2, 2) + "/" + digest;
  std::ofstream(path, std::ios::trunc) << "prec";
  EXPECT_EQ(store_->verify(digest), Condition::damaged);
  EXPECT_EQ(arrive("b", "precious"), digest);
  EXPECT_EQ(store_->verify(digest), Condition::sound);
}

TEST_F(FileStoreTest, ListsContentsAlone) {
  const std::string one = arrive("a", "one");
  const std::string two = arrive("b", "two!");
  store_->put_thumbnail(one, "small");
  std::vector<std::pair<std::string, std::uint64_t>> all;
  store_->list([&](const std::string& digest, std::uint64_t size) {
    all.emplace_back(digest, size);
    return true;
  });
  EXPECT_THAT(all, testing::UnorderedElementsAre(testing::Pair(one, 3), testing::Pair(two, 4)));
}

TEST_F(FileStoreTest, TakesNoPathForADigest) {
  EXPECT_THROW(static_cast<void>(store_->open("../../../../etc/passwd")), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(store_->open("")), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(store_->open(std::string(64, 'A'))), std::invalid_argument);
}

TEST_F(FileStoreTest, TheSameContentFromManyAtOnce) {
  const std::string bytes(100'000, 'x');
  std::vector<std::jthread> senders;
  for (int i = 0; i < 8; ++i) {
    senders.emplace_back([&, i] {
      for (int round = 0; round < 10; ++round) {
        const std::string name = "s" + std::to_string(i) + "-" + std::to_string(round);
        const std::string digest = arrive(name, bytes);
        EXPECT_EQ(store_->verify(digest), Condition::sound);
        store_->staging().remove(name);
      }
    });
  }
  senders.clear();
  int files = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(data_))
    files += entry.is_regular_file() ? 1 : 0;
  EXPECT_EQ(files, 1);
}

using StagingTest = FileStoreTest;

TEST_F(StagingTest, GoesOnWhereItStopped) {
  Staging& staging = store_->staging();
  EXPECT_TRUE(staging.open("a")->append("hel"));
  EXPECT_EQ(staging.size("a"), 3U);
  const auto file = staging.open("a");
  EXPECT_TRUE(file->append("lo"));
  EXPECT_EQ(file->digest(), arrive("b", "hello"));
}

TEST_F(StagingTest, GoesOnAfterARestart) {
  EXPECT_TRUE(store_->staging().open("a")->append("hel"));
  Staging other(data_ + "/uploads");
  const auto file = other.open("a");
  EXPECT_TRUE(file->append("lo"));
  EXPECT_EQ(file->digest(), arrive("b", "hello"));
}

TEST_F(StagingTest, GoesBackToAMark) {
  const auto file = store_->staging().open("a");
  EXPECT_TRUE(file->append("hel"));
  const auto mark = file->mark();
  EXPECT_TRUE(file->append("XXXX"));
  EXPECT_TRUE(file->go_back(mark));
  EXPECT_TRUE(file->append("lo"));
  EXPECT_EQ(file->size(), 5U);
  EXPECT_EQ(file->digest(), arrive("b", "hello"));
}

TEST_F(StagingTest, OneWriterAtATime) {
  Staging& staging = store_->staging();
  const auto first = staging.open("a");
  EXPECT_TRUE(first->append("1"));
  EXPECT_EQ(staging.open("a"), nullptr);
  const auto second = staging.open("a", Staging::Rival::dismiss);
  ASSERT_NE(second, nullptr);
  EXPECT_FALSE(first->append("lost"));
  EXPECT_FALSE(first->is_current());
  EXPECT_FALSE(first->go_back({}));
  EXPECT_TRUE(second->append("2"));
  EXPECT_EQ(staging.size("a"), 2U);
  staging.remove("a");
  EXPECT_FALSE(second->append("lost"));
  EXPECT_EQ(staging.size("a"), 0U);
}

TEST_F(StagingTest, ADismissedWriterDoesNotFreeTheFile) {
  Staging& staging = store_->staging();
  auto first = staging.open("a");
  const auto second = staging.open("a", Staging::Rival::dismiss);
  first.reset();
  EXPECT_EQ(staging.open("a"), nullptr);
  EXPECT_TRUE(second->append("2"));
}

TEST_F(StagingTest, TakesNoPathForAName) {
  for (const auto& name : {""s, ".."s, "../x"s, "a/b"s, "a.b"s, "a\0b"s, "имя"s}) {
    EXPECT_THROW(static_cast<void>(store_->staging().open(name)), std::invalid_argument) << name;
  }
}

// What a limit on the size of files does stands for a full disk: the kernel takes a part, then refuses.
TEST_F(StagingTest, AFullDiskKeepsWhatFitted) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{.rlim_cur = 1000, .rlim_max = 1000};
    ::setrlimit(RLIMIT_FSIZE, &limit);
    int status = 1;
    try {
      const auto file = store_->staging().open("a");
      if (!file->append(std::string(700, 'a'))) ::_exit(2);
      try {
        static_cast<void>(file->append(std::string(700, 'b')));
      } catch (const Full&) {
        status = file->size() == 1000 ? 0 : 3;
      }
    } catch (...) {
      status = 4;
    }
    ::_exit(status);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << status;
  EXPECT_EQ(store_->staging().size("a"), 1000U);
  EXPECT_EQ(store_->staging().open("a")->digest(),
            arrive("b", std::string(700, 'a') + std::string(300, 'b')));
}

}  // namespace
}  // namespace blobs
