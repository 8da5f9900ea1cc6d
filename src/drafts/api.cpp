#include "drafts/api.hpp"

#include <boost/json.hpp>

#include "base/format.hpp"
#include "cases/cases.hpp"
#include "drafts/drafts.hpp"

namespace drafts::api {
namespace {

// Only what the forms have; the rest of the body is not ours to keep.
constexpr std::string_view kept[] = {"subject", "description", "product", "product_id",
                                     "country", "impact",      "body"};

}  // namespace

web::Response save(web::Context& ctx) {
  Save form{.id = {ctx.path_number("id")},
            .kind = Kind::new_case,
            .subject_id = 0,
            .version = base::parse_id(ctx.form.get("version")).value_or(0),
            .fields = {}};
  for (const std::string_view name : kept) {
    if (ctx.form.has(name)) form.fields[std::string(name)] = ctx.form.get(name);
  }
  const std::int64_t number = cases::parse_number(ctx.form.get("case"));
  auto saved = ctx.write([&](storage::Transaction& tx) -> base::Result<Draft> {
    if (number > 0) {
      const auto report = cases::find(tx, ctx.viewer(), number);
      if (!report) return std::unexpected(report.error());
      form.kind = Kind::comment;
      form.subject_id = report->id.value;
    }
    return drafts::save(tx, ctx.person().id, form);
  });
  if (!saved) return web::json(R"({"error":"draft"})", web::status_of(saved.error().kind));
  const boost::json::object answer{{"saved_at", base::iso_time(saved->updated_at)},
                                   {"id", std::to_string(saved->id.value)},
                                   {"version", saved->version}};
  return web::json(boost::json::serialize(answer));
}

}  // namespace drafts::api
