#include "attachments/thumbnail.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <memory>
#include <semaphore>
#include <string_view>
#include <thread>
#include <utility>

#include "attachments/vips.hpp"
#include "base/worker_pool.hpp"

namespace attachments {
namespace {

constexpr std::int64_t most_pixels = 100'000'000;
constexpr std::int64_t most_pixels_at_once = 40'000'000;
constexpr std::size_t largest_thumbnail = 512 * 1024;  // bytes; a WebP of this size has 30,000 as a rule

struct Unref {
  void operator()(void* object) const { load_vips()->object_unref(object); }
};
template <class Object>
using Owned = std::unique_ptr<Object, Unref>;

// From the header alone, before anything is decoded.
bool is_bounded(const Vips& vips, VipsImage* header, std::string_view loader) {
  const std::int64_t pixels =
      std::int64_t{vips.image_get_width(header)} * std::int64_t{vips.image_get_height(header)};
  const bool by_lines =
      (loader.contains("Png") || loader.contains("Jpeg")) && vips.image_get_typeof(header, "interlaced") == 0;
  return pixels > 0 && pixels <= (by_lines ? most_pixels : most_pixels_at_once);
}

std::optional<std::string> shrink(const Vips& vips, int descriptor) {
  const Owned<VipsSource> source(vips.source_new_from_descriptor(descriptor));
  if (!source) return std::nullopt;
  const char* loader = vips.find_load_source(source.get());
  if (loader == nullptr) return std::nullopt;
  const Owned<VipsImage> header(
      vips.image_new_from_source(source.get(), "", "access", VIPS_ACCESS_SEQUENTIAL, nullptr));
  if (!header || !is_bounded(vips, header.get(), loader)) return std::nullopt;

  VipsImage* image = nullptr;
  if (vips.thumbnail_source(source.get(), &image, thumbnail_side, "height", thumbnail_side, "size",
                            VIPS_SIZE_DOWN, nullptr) != 0) {
    return std::nullopt;
  }
  const Owned<VipsImage> thumbnail(image);
  void* bytes = nullptr;
  std::size_t size = 0;
  if (vips.webpsave_buffer(thumbnail.get(), &bytes, &size, "Q", 80, "strip", TRUE, nullptr) != 0)
    return std::nullopt;
  std::string webp(static_cast<const char*>(bytes), size);
  vips.free(bytes);
  return webp;
}

// Little memory, little time, no files to speak of (Orc, which libvips computes with, keeps its code in a
// small one), no core files of customers' pictures.
void limit_this_process() {
  const auto limit = [](auto resource, rlim_t value) {
    const rlimit both{.rlim_cur = value, .rlim_max = value};
    ::setrlimit(resource, &both);
  };
  limit(RLIMIT_AS, rlim_t{1024} * 1024 * 1024);
  limit(RLIMIT_CPU, 10);
  limit(RLIMIT_CORE, 0);
  limit(RLIMIT_FSIZE, rlim_t{1024} * 1024);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

// A started program with a pipe from its standard output. It is gone, one way or the other, when this is.
class Child {
 public:
  Child(const std::vector<std::string>& command, int input) {
    std::array<int, 2> pipe{};
    if (::pipe2(pipe.data(), O_CLOEXEC) != 0) return;
    output_ = blobs::File(pipe[0]);
    const blobs::File theirs(pipe[1]);

    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    ::posix_spawn_file_actions_adddup2(&actions, theirs.descriptor(), STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_t attributes;
    ::posix_spawnattr_init(&attributes);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    ::posix_spawnattr_setsigmask(&attributes, &none);
    ::posix_spawnattr_setsigdefault(&attributes, &all);
    ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);

    std::vector<char*> arguments;
    for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
    arguments.push_back(nullptr);
    std::array<char*, 1> environment{nullptr};
    if (::posix_spawn(&process_, arguments.front(), &actions, &attributes, arguments.data(),
                      environment.data()) != 0) {
      process_ = -1;
    }
    ::posix_spawnattr_destroy(&attributes);
    ::posix_spawn_file_actions_destroy(&actions);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    int status = 0;
    while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
  }

  [[nodiscard]] bool started() const { return process_ > 0; }

  // All that it writes; empty when that is too much or takes too long.
  [[nodiscard]] std::optional<std::string> read(std::chrono::steady_clock::time_point deadline) const {
    std::string all;
    std::array<char, 16 * 1024> buffer{};
    for (;;) {
      const auto left =
          std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
      pollfd waiting{.fd = output_.descriptor(), .events = POLLIN, .revents = 0};
      const int ready = left.count() <= 0 ? 0 : ::poll(&waiting, 1, static_cast<int>(left.count()));
      if (ready < 0 && errno == EINTR) continue;
      if (ready <= 0) return std::nullopt;
      const ssize_t got = ::read(output_.descriptor(), buffer.data(), buffer.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return std::nullopt;
      if (got == 0) return all;
      all.append(buffer.data(), static_cast<std::size_t>(got));
      if (all.size() > largest_thumbnail) return std::nullopt;
    }
  }

  // Whether it ends well by itself before the deadline.
  [[nodiscard]] bool ended_well(std::chrono::steady_clock::time_point deadline) {
    while (std::chrono::steady_clock::now() < deadline) {
      int status = 0;
      const pid_t ended = ::waitpid(process_, &status, WNOHANG);
      if (ended != 0 && !(ended < 0 && errno == EINTR)) {
        process_ = -1;
        return ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return false;
  }

 private:
  blobs::File output_;
  pid_t process_ = -1;
};

}  // namespace

std::optional<std::string> make_thumbnail(const blobs::File& file) {
  const Vips* vips = load_vips();
  if (vips == nullptr) return std::nullopt;
  auto thumbnail = shrink(*vips, file.descriptor());
  if (!thumbnail) vips->error_clear();
  return thumbnail;
}

Thumbnailer thumbnails_by_process(ThumbnailProcess process) {
  return [process = std::move(process)](const blobs::File& file) -> std::optional<std::string> {
    static std::counting_semaphore<2> turns(2);
    const base::Blocking blocking;
    turns.acquire();
    const auto give_back = [](std::counting_semaphore<2>* taken) { taken->release(); };
    const std::unique_ptr<std::counting_semaphore<2>, decltype(give_back)> turn(&turns, give_back);

    Child child(process.command, file.descriptor());
    if (!child.started()) return std::nullopt;
    const auto deadline = std::chrono::steady_clock::now() + process.time;
    auto thumbnail = child.read(deadline);
    // What it wrote counts only with a good end. One that is still at work is ended by the destructor.
    if (!thumbnail || thumbnail->empty() || !child.ended_well(deadline)) return std::nullopt;
    return thumbnail;
  };
}

int run_make_thumbnail() {
  limit_this_process();
  const blobs::File picture(::dup(STDIN_FILENO));
  const auto thumbnail = make_thumbnail(picture);
  return thumbnail && write_all(STDOUT_FILENO, *thumbnail) ? 0 : 1;
}

}  // namespace attachments
