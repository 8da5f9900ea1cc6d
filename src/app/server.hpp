// A whole running server: database, files, mail, jobs, network.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "app/config.hpp"

namespace storage {
class Database;
}

namespace app {

enum class Purpose : std::uint8_t { production, demo };

class Server {
 public:
  // Opens the data and binds the addresses; throws with one clear line when something cannot be had.
  Server(Config config, Purpose purpose);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  void start();
  // Finishes what is in flight.
  void stop();
  void reload_certificate();

  // As bound, with real ports: "http://127.0.0.1:8080".
  [[nodiscard]] std::vector<std::string> addresses() const;
  [[nodiscard]] storage::Database& database();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// Opens the database of a configuration the way the server does, for commands that run without one.
[[nodiscard]] std::unique_ptr<storage::Database> open_database(const Config& config);

// Tells the mail module how this installation sends; needed by whatever enqueues mail.
void configure_mail(const Config& config);

// Tells the modules of cases and surveys this installation's rules of time; needed by whatever closes cases.
void configure_cases(const Config& config);

}  // namespace app
