#include "cases/commands.hpp"

#include <fmt/format.h>

#include <functional>

#include "cases/cases.hpp"
#include "people/people.hpp"

namespace cases::commands {
namespace {

using Work = std::function<base::Result<Case>(storage::Transaction&, const people::Viewer&, const Case&)>;
using Outcome = std::expected<Case, std::string>;

std::string words_of(const base::Error& error) {
  if (error.kind == base::ErrorKind::conflict) return "its status does not allow that";
  if (error.kind == base::ErrorKind::forbidden) return "that is for agents alone";
  return error.fields.empty() ? error.detail
                              : std::string(base::text(base::Locale::en, error.fields.front().message));
}

Outcome attempt(storage::Transaction& tx, const Act& act, const Work& work) {
  const auto agent = people::find_by_email(tx, act.agent);
  if (!agent || !people::is_staff(agent->role) || agent->state != people::State::active)
    return std::unexpected(fmt::format("{} is no agent: see `otklik user list`", act.agent));
  const people::Viewer viewer = people::as_viewer(*agent);
  const auto report = find(tx, viewer, parse_number(act.number));
  if (!report) return std::unexpected(fmt::format("There is no case {}", act.number));
  const auto done = work(tx, viewer, *report);
  if (!done) return std::unexpected(fmt::format("Case {}: {}", act.number, words_of(done.error())));
  return *done;
}

int run(storage::Database& database, const Act& act, std::ostream& out, std::string_view done,
        const Work& work) {
  const Outcome outcome = database.write([&](storage::Transaction& tx) { return attempt(tx, act, work); });
  out << (outcome ? fmt::format("Case {} is {}", format_number(outcome->number), done) : outcome.error())
      << '\n';
  return outcome ? 0 : 1;
}

}  // namespace

int solve(storage::Database& database, const Act& act, std::ostream& out) {
  return run(database, act, out, "solved",
             [&](storage::Transaction& tx, const people::Viewer& agent, const Case& report) {
               return cases::solve(tx, agent, report, act.solution);
             });
}

int close(storage::Database& database, const Act& act, std::ostream& out) {
  return run(database, act, out, "closed",
             [](storage::Transaction& tx, const people::Viewer& agent, const Case& report) {
               return cases::close(tx, agent, report);
             });
}

}  // namespace cases::commands
