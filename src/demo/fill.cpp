#include <algorithm>
#include <array>
#include <cmath>
#include <future>
#include <optional>
#include <set>
#include <string>

#include "access_requests/access_requests.hpp"
#include "demo/asking.hpp"
#include "demo/calendar.hpp"
#include "demo/contents.hpp"
#include "demo/demo.hpp"
#include "demo/moments.hpp"
#include "demo/queries.hpp"
#include "demo/rows.hpp"
#include "demo/shown_case.hpp"
#include "demo/stage.hpp"
#include "people/people.hpp"

namespace demo {
namespace {

constexpr int guest_cases = 37;     // of the customer whose password is told
constexpr int company_cases = 132;  // of his company, his own among them
constexpr base::Duration history = base::days(425);

// A case of the guest that stands in guides or shows something that must be there.
struct Planned {
  std::string_view scenario;
  std::size_t problem = 0;
  std::size_t subject = 0;
  base::Duration age;  // before now, or before case 06746620 when it has a number
  cases::Status end = cases::Status::closed;
  std::int64_t number = 0;  // 0: as its time gives
};

constexpr std::array planned{
    Planned{"report-template", 0, 0, base::hours(2), cases::Status::open},
    Planned{"new-employee", 0, 0, base::hours(26), cases::Status::waiting, 6746588},
    Planned{"tablet-sync", 0, 0, base::days(6), cases::Status::waiting},
    Planned{"photo-slow", 0, 0, base::days(6), cases::Status::in_progress, 6746371},
    Planned{"slow", 0, 0, base::days(16), cases::Status::reopened},
    Planned{"export-504", 0, 0, base::days(31), cases::Status::closed},
};

class Filling {
 public:
  Filling(storage::Transaction& tx, const std::string& password_hash, base::Instant now)
      : tx_(tx), password_hash_(password_hash), now_(now) {}

  void run(const std::map<std::string, Content>& contents) {
    set_stage();
    outline_guest();
    outline_company();
    outline_others();
    number();
    write_contents(contents);
    std::vector<Story> stories;
    for (Entry& entry : entries_) {
      stories.push_back(tell_anew(entry));
      if (may_be_asked(stories.back().report)) asking_.ask(entry.outline, stories.back());
      remember(stories.back());
    }
    RowWriter writer(tx_);
    writer.write(stories, contents);
    writer.finish();
    write_views();
    write_access_requests();
  }

 private:
  struct Entry {
    Outline outline;
    bool shown = false;
  };

  void set_stage() {
    const base::Instant founded = now_ - history - base::days(60);
    products_ = set_products(tx_);
    agents_ = set_agents(tx_, founded, password_hash_);
    int days = 1;
    for (const OrganisationEntry& entry : organisation_entries().subspan(1)) {
      companies_.push_back(set_company(tx_, entry, founded + base::days(days), password_hash_));
      days += 3;
    }
  }

  const Company& company() const { return companies_.front(); }
  const Member& guest() const { return company().members.front(); }

  Outline outline(const Company& company, const Member& contact, const Scenario& scenario) {
    const products::Product& product = product_for(scenario, products_, dice_);
    Outline outline;
    outline.cast = {.company = &company,
                    .contact = &contact,
                    .agent = dice_.chance(0.3) ? &agents_.front() : &dice_.of(agents_),
                    .product = product.id,
                    .product_name = product.name};
    outline.scenario = &scenario;
    outline.problem = dice_.below(scenario.problems.size());
    outline.origin = origin_for(contact);
    outline.now = now_;
    outline.with_post = true;
    outline.with_files = true;
    return outline;
  }

  cases::Origin origin_for(const Member& contact) {
    const double share = dice_.share();
    if (!contact.active) return share < 0.6 ? cases::Origin::phone : cases::Origin::email;
    if (share < 0.62) return cases::Origin::web;
    return share < 0.87 ? cases::Origin::email : cases::Origin::phone;
  }

  void add(Outline outline, base::Instant opened) {
    outline.opened_at = opened;
    entries_.push_back({.outline = std::move(outline)});
  }

  void outline_guest() {
    for (const Planned& plan : planned) {
      Outline one = outline(company(), guest(), scenario(plan.scenario));
      one.cast.agent = &agents_.front();
      set_product(one, one.scenario->products.front());
      one.problem = plan.problem;
      one.subject = plan.subject;
      one.end = plan.end;
      one.origin = cases::Origin::web;
      one.number = plan.number;
      const base::Instant about = (plan.number == 0 ? now_ : shown_case_opened(now_)) - plan.age;
      add(std::move(one), plan.age < base::days(1) ? about : earlier(about));
    }
    Outline shown = outline(company(), guest(), scenario("osago-report"));
    shown.cast.agent = &agents_.front();
    set_product(shown, "Qapter Claims");
    shown.origin = cases::Origin::web;
    shown.number = shown_case;
    add(std::move(shown), shown_case_opened(now_));
    entries_.back().shown = true;

    for (auto i = static_cast<int>(entries_.size()); i < guest_cases; ++i) {
      Outline one = outline(company(), guest(), next_unplanned());
      one.end = cases::Status::closed;
      const base::Duration age = base::days(26 + dice_.skewed(0, 390));
      add(std::move(one), moment_near(now_ - age, now_, dice_));
    }
  }

  void outline_company() {
    for (int i = guest_cases; i < company_cases; ++i) {
      const Member& contact = company().members[1 + dice_.below(company().members.size() - 1)];
      add(outline(company(), contact, next_scenario()), moment_near(now_ - age(2.4), now_, dice_));
    }
  }

  void outline_others() {
    std::vector<const Company*> by_weight;
    for (std::size_t i = 1; i < companies_.size(); ++i) {
      by_weight.insert(by_weight.end(), organisation_entries()[i + 1].weight, &companies_[i]);
    }
    for (int i = company_cases; i < case_count; ++i) {
      const Company& other = *dice_.of(by_weight);
      add(outline(other, dice_.of(other.members), next_scenario()),
          moment_near(now_ - age(1.6), now_, dice_));
    }
  }

  // The higher the power, the more of them are recent.
  base::Duration age(double power) {
    return {static_cast<std::int64_t>(std::pow(dice_.share(), power) *
                                      static_cast<double>(history.microseconds))};
  }

  // Each family comes about as often as the others, in no visible order.
  const Scenario& next_scenario() {
    const auto& all = scenarios();
    if (turn_.empty()) {
      for (const Scenario& one : all) turn_.push_back(&one);
    }
    const std::size_t at = dice_.below(turn_.size());
    const Scenario* taken = turn_[at];
    turn_.erase(turn_.begin() + static_cast<std::ptrdiff_t>(at));
    return *taken;
  }

  // Not one that the guest has shown already.
  const Scenario& next_unplanned() {
    while (true) {
      const Scenario& one = next_scenario();
      const bool shown =
          one.id == "osago-report" || std::ranges::find(planned, one.id, &Planned::scenario) != planned.end();
      if (!shown) return one;
    }
  }

  // Within working time, not at its very end.
  base::Instant earlier(base::Instant at) {
    return working_before(at) - base::seconds(dice_.between(600, 9'000));
  }

  void set_product(Outline& outline, std::string_view name) {
    const auto found = std::ranges::find(products_, name, &products::Product::name);
    if (found == products_.end()) return;
    outline.cast.product = found->id;
    outline.cast.product_name = found->name;
  }

  // In the order of time, a few apart, since other customers of the vendor open cases as well; through the
  // numbers that are given.
  void number() {
    std::ranges::stable_sort(entries_, {}, [](const Entry& entry) { return entry.outline.opened_at; });
    std::size_t from = entries_.size();  // the last one numbered, once there is one
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      if (entries_[i].outline.number == 0) continue;
      if (from == entries_.size()) {
        std::int64_t number = entries_[i].outline.number;
        for (std::size_t k = i; k-- > 0;) entries_[k].outline.number = number -= dice_.between(2, 9);
      } else {
        spread(from, i);
      }
      from = i;
    }
    std::int64_t number = entries_[from].outline.number;
    for (std::size_t k = from + 1; k < entries_.size(); ++k)
      entries_[k].outline.number = number += dice_.between(1, 5);
  }

  void spread(std::size_t from, std::size_t to) {
    const std::int64_t low = entries_[from].outline.number;
    const std::int64_t high = entries_[to].outline.number;
    for (std::size_t k = from + 1; k < to; ++k) {
      entries_[k].outline.number =
          low + (high - low) * static_cast<std::int64_t>(k - from) / static_cast<std::int64_t>(to - from);
    }
  }

  // No two cases read alike: what comes out the same is told again.
  Story tell_anew(Entry& entry) {
    if (entry.shown) return tell_shown_case(entry.outline, dice_);
    while (true) {
      Story story = tell(entry.outline, dice_);
      if (texts_.insert(story.report.subject + story.report.description).second) return story;
      entry.outline.scenario = &next_unplanned();
      entry.outline.problem = dice_.below(entry.outline.scenario->problems.size());
      set_product(entry.outline, product_for(*entry.outline.scenario, products_, dice_).name);
    }
  }

  // The guest has had no survey lately, so that whoever tries the demo gets one by closing a case.
  bool may_be_asked(const cases::Case& report) const {
    return report.contact_id != guest().id || report.closed_at + base::days(40) < now_;
  }

  void write_contents(const std::map<std::string, Content>& contents) {
    for (const auto& [name, content] : contents) {
      tx_.run(sql::insert_blob, content.digest, content.size, content.media_type, content.thumbnail,
              now_ - history);
    }
  }

  // What the guest looked at lately: his own newest cases and a few of his colleagues'.
  void remember(const Story& story) {
    const bool own = story.report.contact_id == guest().id;
    if (story.report.account_id != company().id || (!own && !dice_.chance(0.1))) return;
    viewed_.push_back(story.report.id);
  }

  void write_views() {
    constexpr std::size_t most = 9;
    const std::size_t first = viewed_.size() > most ? viewed_.size() - most : 0;
    base::Instant at = now_ - base::days(2);
    for (std::size_t i = first; i < viewed_.size(); ++i) {
      at = at + base::minutes(dice_.between(30, 290));
      tx_.run(sql::add_view, guest().id, viewed_[i], at);
    }
  }

  // One whose company is found by the mail domain, one for whom an agent has to choose it.
  void write_access_requests() {
    using access_requests::Telling;
    access_requests::ask(tx_,
                         {.name = "Марк Левин",
                          .email = "levin@bereg-avto.example",
                          .company = "Берег-Авто",
                          .phone = "+7 900 000-81-02",
                          .comment = {}},
                         Telling::nobody);
    access_requests::ask(tx_,
                         {.name = "Екатерина Громова",
                          .email = "gromova@avtoexpert.example",
                          .company = "Автоэксперт",
                          .phone = "+7 916 000-11-31",
                          .comment = "Новый эксперт отдела убытков. Нужно видеть обращения отдела."},
                         Telling::nobody);
  }

  storage::Transaction& tx_;
  const std::string& password_hash_;
  base::Instant now_;
  Dice dice_{20220519};
  Asking asking_{20220520};
  std::vector<products::Product> products_;
  std::vector<Member> agents_;
  std::vector<Company> companies_;
  std::vector<Entry> entries_;
  std::vector<const Scenario*> turn_;
  std::set<std::string> texts_;
  std::vector<base::CaseId> viewed_;
};

}  // namespace

std::vector<Guest> guests() {
  std::vector<Guest> found;
  for (const std::string_view email : {customer_email, manager_email, agent_email, administrator_email}) {
    for (const OrganisationEntry& organisation : organisation_entries()) {
      for (const PersonEntry& person : organisation.people) {
        if (person.email == email)
          found.push_back({.name = person.name, .email = person.email, .role = person.role});
      }
    }
  }
  return found;
}

bool is_filled(storage::Database& database) {
  return database.read(
      [](storage::Transaction& tx) { return people::find_by_email(tx, customer_email).has_value(); });
}

void fill(storage::Database& database, blobs::Store& store) {
  const base::Instant now = base::now();
  auto hash = std::async(std::launch::async, [] { return people::hash_password(password); });
  const auto contents = store_contents(store, now - base::days(2));
  const std::string password_hash = hash.get();
  database.write([&](storage::Transaction& tx) { Filling(tx, password_hash, now).run(contents); });
}

}  // namespace demo
