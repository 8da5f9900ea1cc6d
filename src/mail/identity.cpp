#include "mail/identity.hpp"

#include <fmt/format.h>

#include "base/random.hpp"
#include "mail/settings.hpp"

namespace mail {
namespace {

constexpr std::string_view opening = "ref:";
constexpr std::string_view closing = ":ref";

// Takes what stands before `end` off the front of `text`, and `end` with it.
std::optional<std::string_view> take_until(std::string_view& text, char end) {
  const std::size_t at = text.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const std::string_view taken = text.substr(0, at);
  text.remove_prefix(at + 1);
  return taken;
}

// The words before the numbers keep a proof of one kind from serving as the other.
std::string proof_of(const Identity& identity) {
  return base::proof(settings().secret,
                     fmt::format("message-id {}.{}", identity.case_id.value, identity.mail_id.value));
}

std::string proof_of(std::int64_t case_number) {
  return base::proof(settings().secret, fmt::format("reference {}", case_number));
}

std::optional<std::int64_t> read_reference(std::string_view token) {
  const auto digits = take_until(token, '.');
  if (!digits) return std::nullopt;
  const auto number = base::parse_id(*digits);
  if (!number || !base::same(token, proof_of(*number))) return std::nullopt;
  return number;
}

}  // namespace

std::string make_message_id(const Identity& identity) {
  return fmt::format("{}.{}.{}@{}", identity.case_id.value, identity.mail_id.value, proof_of(identity),
                     settings().domain);
}

std::optional<Identity> read_message_id(std::string_view text) {
  if (text.starts_with('<')) text.remove_prefix(1);
  const auto about = take_until(text, '.');
  const auto mail = take_until(text, '.');
  const auto proof = take_until(text, '@');
  if (!about || !mail || !proof) return std::nullopt;
  const auto case_id = base::parse_id(*about);
  const auto mail_id = base::parse_id(*mail);
  if (!case_id || !mail_id) return std::nullopt;
  const Identity identity{.case_id = {*case_id}, .mail_id = {*mail_id}};
  if (!base::same(*proof, proof_of(identity))) return std::nullopt;
  return identity;
}

std::string make_reference(std::int64_t case_number) {
  return fmt::format("{}{:08}.{}{}", opening, case_number, proof_of(case_number), closing);
}

std::optional<std::int64_t> find_reference(std::string_view text) {
  while (true) {
    const std::size_t begin = text.find(opening);
    if (begin == std::string_view::npos) return std::nullopt;
    text.remove_prefix(begin + opening.size());
    const std::size_t end = text.find(closing);
    if (end == std::string_view::npos) return std::nullopt;
    if (const auto number = read_reference(text.substr(0, end))) return number;
  }
}

}  // namespace mail
