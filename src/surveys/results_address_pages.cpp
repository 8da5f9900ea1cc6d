#include "surveys/results_address_pages.hpp"

#include <fmt/format.h>

#include "surveys/counts.hpp"

namespace surveys::pages {
namespace {

std::int64_t number_of(std::string_view text) {
  return base::parse_id(text).value_or(0);
}

// «2026-11»
std::int64_t month_from(std::string_view text) {
  if (text.size() != 7 || text[4] != '-') return -1;
  const std::int64_t year = number_of(text.substr(0, 4));
  const std::int64_t month = number_of(text.substr(5));
  return year >= 1970 && month >= 1 && month <= 12 ? (year - 1970) * 12 + month - 1 : -1;
}

AnswerKey key_from(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) return {};
  return {.at = {number_of(text.substr(0, dash))}, .id = {number_of(text.substr(dash + 1))}};
}

}  // namespace

std::string answers_address(const AnswerQuery& query) {
  std::string address = "/surveys/answers";
  char separator = '?';
  const auto add = [&](const std::string& part) {
    address += separator + part;
    separator = '&';
  };
  if (query.score > 0) add(fmt::format("score={}", query.score));
  if (query.product_id) add(fmt::format("product={}", query.product_id.value));
  if (query.month >= 0) add(fmt::format("month={}-{:02}", 1970 + query.month / 12, query.month % 12 + 1));
  if (query.after.at) add(fmt::format("after={}-{}", query.after.at.microseconds, query.after.id.value));
  return address;
}

AnswerQuery read_answers_address(const web::Form& query) {
  AnswerQuery read;
  const std::int64_t score = number_of(query.get("score"));
  if (score >= lowest_score && score <= highest_score) read.score = static_cast<int>(score);
  read.product_id = {number_of(query.get("product"))};
  read.month = month_from(query.get("month"));
  read.after = key_from(query.get("after"));
  return read;
}

}  // namespace surveys::pages
