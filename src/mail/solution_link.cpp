#include "mail/solution_link.hpp"

#include <fmt/format.h>

#include "base/random.hpp"
#include "mail/settings.hpp"

namespace mail {
namespace {

std::string body_of(const SolutionLink& link) {
  return fmt::format("{}.{}.{}", link.case_id.value, link.person_id.value, link.made_at.microseconds);
}

// The word before the numbers keeps a proof of another kind from serving here.
std::string proof_of(const SolutionLink& link) {
  return base::proof(settings().secret, "solution " + body_of(link));
}

std::optional<std::int64_t> take_number(std::string_view& text) {
  const std::size_t at = text.find('.');
  if (at == std::string_view::npos) return std::nullopt;
  const auto number = base::parse_id(text.substr(0, at));
  text.remove_prefix(at + 1);
  return number;
}

}  // namespace

std::string make_solution_token(const SolutionLink& link) {
  return body_of(link) + "." + proof_of(link);
}

std::optional<SolutionLink> read_solution_token(std::string_view token) {
  const auto case_id = take_number(token);
  const auto person_id = case_id ? take_number(token) : std::nullopt;
  const auto made_at = person_id ? take_number(token) : std::nullopt;
  if (!made_at) return std::nullopt;
  const SolutionLink link{.case_id = {*case_id}, .person_id = {*person_id}, .made_at = {*made_at}};
  if (!base::same(token, proof_of(link))) return std::nullopt;
  return link;
}

}  // namespace mail
