#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "demo/asking.hpp"
#include "demo/demo.hpp"
#include "demo/moments.hpp"
#include "demo/pipeline.hpp"
#include "demo/queries.hpp"
#include "demo/rows.hpp"
#include "demo/stage.hpp"
#include "people/people.hpp"

namespace demo {
namespace {

constexpr std::int64_t cases_per_unit = 100'000;
constexpr std::int64_t cases_per_block = 10'000;
constexpr std::size_t blocks_ahead = 2;
constexpr std::int64_t cases_per_account = 500;
constexpr std::int64_t people_of_big_account = 60;
constexpr double bench_share = 0.1;  // of the big account's cases
constexpr double brief_share = 0.7;
constexpr base::Duration history = base::days(730);

// Everything that is decided before the first case is told.
struct Plan {
  Amounts amounts;
  base::Instant now;
  std::int64_t last_number = 0;
  std::vector<products::Product> products;
  std::vector<Member> agents;
  std::vector<Company> companies;    // the big one, if any, first
  std::vector<std::int64_t> opened;  // microseconds, growing by a millisecond at least
};

// Tells the stories one after another, so that the same seed tells the same.
class Narrator {
 public:
  explicit Narrator(const Plan& plan)
      : plan_(&plan), dice_(plan.amounts.seed + 1), asking_(plan.amounts.seed + 3) {}

  [[nodiscard]] std::vector<Story> next(std::int64_t count) {
    std::vector<Story> stories;
    const auto total = static_cast<std::int64_t>(plan_->opened.size());
    stories.reserve(static_cast<std::size_t>(std::min(count, total - told_)));
    for (; count > 0 && told_ < total; --count, ++told_) {
      const Outline next = outline(total);
      stories.push_back(tell(next, dice_));
      asking_.ask(next, stories.back());
    }
    return stories;
  }

 private:
  Outline outline(std::int64_t total) {
    const Company& company = next_company(total);
    const Member& contact = next_contact(company);
    const Scenario& scenario = dice_.of(scenarios());
    const products::Product& product = product_for(scenario, plan_->products, dice_);
    Outline outline;
    outline.cast = {.company = &company,
                    .contact = &contact,
                    .agent = &dice_.of(plan_->agents),
                    .product = product.id,
                    .product_name = product.name};
    outline.scenario = &scenario;
    outline.problem = dice_.below(scenario.problems.size());
    outline.origin = static_cast<cases::Origin>(dice_.skewed(0, 3));
    outline.number = plan_->last_number + 1 + told_;
    outline.opened_at = {plan_->opened[static_cast<std::size_t>(told_)]};
    outline.now = plan_->now;
    outline.brief = dice_.chance(brief_share);
    outline.comments = outline.brief ? 1 : static_cast<std::size_t>(plan_->amounts.comments_per_case);
    return outline;
  }

  // The big account gets its cases evenly over time; of the others, the first ones more than the last.
  const Company& next_company(std::int64_t total) {
    const std::int64_t missing = plan_->amounts.big_account - big_told_;
    if (missing > 0 && dice_.between(1, total - told_) <= missing) {
      ++big_told_;
      return plan_->companies.front();
    }
    const std::int64_t first = plan_->amounts.big_account > 0 ? 1 : 0;
    const auto last = static_cast<std::int64_t>(plan_->companies.size()) - 1;
    return plan_->companies[static_cast<std::size_t>(dice_.chance(0.5) ? dice_.skewed(first, last)
                                                                       : dice_.between(first, last))];
  }

  const Member& next_contact(const Company& company) {
    const bool big = plan_->amounts.big_account > 0 && &company == &plan_->companies.front();
    return big && dice_.chance(bench_share) ? company.members.front() : dice_.of(company.members);
  }

  const Plan* plan_;
  Dice dice_;
  Asking asking_;
  std::int64_t told_ = 0;
  std::int64_t big_told_ = 0;
};

std::vector<std::int64_t> opening_times(const Amounts& amounts, base::Instant now) {
  Dice dice(amounts.seed);
  std::vector<std::int64_t> times(static_cast<std::size_t>(amounts.cases));
  for (std::int64_t& time : times) {
    const base::Instant day =
        now -
        base::Duration{static_cast<std::int64_t>(dice.share() * static_cast<double>(history.microseconds))};
    time = moment_near(day, now, dice).microseconds;
  }
  std::ranges::sort(times);
  constexpr std::int64_t apart = base::milliseconds(1).microseconds;
  for (std::size_t i = 1; i < times.size(); ++i) times[i] = std::max(times[i], times[i - 1] + apart);
  return times;
}

void set_stage(storage::Transaction& tx, Plan& plan, const std::string& password_hash) {
  Dice dice(plan.amounts.seed + 2);
  const base::Instant founded = plan.now - history - base::days(30);
  plan.products = set_products(tx);
  plan.agents = set_agents(tx, founded, password_hash);
  plan.last_number = tx.one<std::int64_t>(sql::last_number).value_or(0);

  std::int64_t number = tx.one<std::int64_t>(sql::count_accounts).value_or(0);
  const auto add = [&](InventedCompany form) {
    form.number = ++number;
    form.since = founded + base::minutes(number % 20'000);
    plan.companies.push_back(invent_company(tx, form, dice));
  };
  if (plan.amounts.big_account > 0) {
    const bool taken = people::find_by_email(tx, bench_email).has_value();
    add({.people = people_of_big_account,
         .since = {},
         .name = "АО «Большой автопарк»",
         .first_email = taken ? std::string{} : std::string(bench_email),
         .password_hash = password_hash});
  }
  for (std::int64_t i = 0; i < plan.amounts.accounts; ++i) {
    add({.people = plan.amounts.people_per_account,
         .since = {},
         .name = {},
         .first_email = {},
         .password_hash = password_hash});
  }
}

// Tells on one thread while it writes on another. Gives the narrator as it is afterwards; a unit that must be
// run again begins with a copy of the same one.
Narrator write_unit(storage::Transaction& tx, const Narrator& before, std::int64_t count) {
  Narrator narrator = before;
  {
    std::int64_t left = count;
    Pipeline<std::vector<Story>> stories(
        [&]() -> std::optional<std::vector<Story>> {
          if (left == 0) return std::nullopt;
          const std::int64_t block = std::min(left, cases_per_block);
          left -= block;
          return narrator.next(block);
        },
        blocks_ahead);
    RowWriter writer(tx);
    while (const auto block = stories.next()) writer.write(*block);
    writer.finish();
  }
  return narrator;
}

// A unit after the other, all beginning where the last one ended.
void write_all(storage::Database& database, const Plan& plan,
               const std::function<void(std::int64_t)>& wrote) {
  Narrator narrator(plan);
  for (std::int64_t left = plan.amounts.cases; left > 0;) {
    const std::int64_t count = std::min(cases_per_unit, left);
    narrator = database.write([&](storage::Transaction& tx) { return write_unit(tx, narrator, count); });
    left -= count;
    wrote(count);
  }
}

}  // namespace

void generate(storage::Database& database, const Amounts& asked,
              const std::function<void(const Progress&)>& tell_progress) {
  const auto begun = std::chrono::steady_clock::now();
  Plan plan;
  plan.amounts = asked;
  plan.amounts.cases = std::max<std::int64_t>(asked.cases, 0);
  plan.amounts.people_per_account = std::clamp<std::int64_t>(asked.people_per_account, 1, 10'000);
  plan.amounts.comments_per_case = std::clamp<std::int64_t>(asked.comments_per_case, 0, 100);
  plan.amounts.big_account = std::clamp<std::int64_t>(asked.big_account, 0, plan.amounts.cases);
  if (asked.accounts <= 0) plan.amounts.accounts = std::max<std::int64_t>(1, asked.cases / cases_per_account);
  plan.now = base::now();
  const bool empty =
      database.read([](storage::Transaction& tx) { return !tx.one<std::int64_t>(sql::any_account); });
  plan.opened = opening_times(plan.amounts, plan.now);
  const std::string password_hash = people::hash_password(password);
  database.write([&](storage::Transaction& tx) {
    plan.companies.clear();
    set_stage(tx, plan, password_hash);
  });

  Progress progress{.of = plan.amounts.cases};
  const auto wrote = [&](std::int64_t count) {
    progress.cases += count;
    progress.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    if (tell_progress) tell_progress(progress);
  };
  if (empty)
    database.fill([&] { write_all(database, plan, wrote); });
  else
    write_all(database, plan, wrote);
  wrote(0);
}

}  // namespace demo
