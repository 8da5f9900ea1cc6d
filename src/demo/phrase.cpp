#include "demo/phrase.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>

#include "base/messages.hpp"

namespace demo {
namespace {

using Name = std::pair<std::string_view, FactKind>;
constexpr std::array names{
    Name{"agent", FactKind::agent},
    Name{"car", FactKind::car},
    Name{"city", FactKind::city},
    Name{"claim", FactKind::claim},
    Name{"claim2", FactKind::claim2},
    Name{"code", FactKind::code},
    Name{"colleague", FactKind::colleague},
    Name{"company", FactKind::company},
    Name{"date", FactKind::date},
    Name{"day", FactKind::day},
    Name{"day2", FactKind::day2},
    Name{"day3", FactKind::day3},
    Name{"ip", FactKind::ip},
    Name{"login", FactKind::login},
    Name{"month", FactKind::month},
    Name{"name", FactKind::name},
    Name{"next", FactKind::next},
    Name{"operation", FactKind::operation},
    Name{"panel", FactKind::panel},
    Name{"part", FactKind::part},
    Name{"price", FactKind::price},
    Name{"product", FactKind::product},
    Name{"request", FactKind::request},
    Name{"sum", FactKind::sum},
    Name{"sum2", FactKind::sum2},
    Name{"time", FactKind::time},
    Name{"version", FactKind::version},
    Name{"vin", FactKind::vin},
    Name{"year", FactKind::year},
};
static_assert(names.size() == fact_count);

[[noreturn]] void refuse(std::string_view what, std::string_view text) {
  throw std::invalid_argument(fmt::format("demo text: {}: {}", what, text));
}

std::vector<std::string> split(std::string_view text, char by) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t at = text.find(by);
    parts.emplace_back(text.substr(0, at));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + 1);
  }
}

std::uint64_t number(std::string_view digits) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc{} || end != digits.data() + digits.size()) refuse("no number", digits);
  return value;
}

bool is_slot(std::string_view name) {
  return name.size() == 2 && name[0] == 'n' && name[1] >= '0' && name[1] <= '9';
}

}  // namespace

Phrase::Phrase(std::string_view text) {
  std::string literal;
  const auto end_literal = [&] {
    if (literal.empty()) return;
    Piece piece;
    piece.literal = std::exchange(literal, {});
    pieces_.push_back(std::move(piece));
  };
  const auto take = [&](char closing) {
    const std::size_t end = text.find(closing, 1);
    if (end == std::string_view::npos) refuse("never closed", text);
    const std::string_view inside = text.substr(1, end - 1);
    text.remove_prefix(end + 1);
    return inside;
  };

  while (!text.empty()) {
    switch (text.front()) {
      case '[': {
        end_literal();
        Piece piece;
        piece.kind = Kind::choice;
        for (const std::string& choice : split(take(']'), '|')) piece.choices.emplace_back(choice);
        pieces_.push_back(std::move(piece));
        break;
      }
      case '<': {
        end_literal();
        std::string_view inside = take('>');
        Piece piece;
        piece.kind = inside.starts_with('+') ? Kind::colleague : Kind::speaker;
        if (piece.kind == Kind::colleague) inside.remove_prefix(1);
        piece.forms = split(inside, '/');
        if (piece.forms.size() != 2) refuse("two genders", inside);
        pieces_.push_back(std::move(piece));
        break;
      }
      case '{':
        end_literal();
        pieces_.push_back(read_fact(take('}')));
        break;
      case '~':
        literal += "\u00A0";
        text.remove_prefix(1);
        break;
      default:
        literal += text.front();
        text.remove_prefix(1);
    }
  }
  end_literal();
}

Phrase::Piece Phrase::read_fact(std::string_view inside) {
  Piece piece;
  auto parts = split(inside, ':');
  if (is_slot(parts[0])) {
    piece.kind = Kind::number;
    piece.slot = static_cast<std::size_t>(parts[0][1] - '0');
    if (parts.size() != 2 && parts.size() != 5) refuse("a range, or a range and three forms", inside);
    const auto range = split(parts[1], '-');
    if (range.size() != 2) refuse("a range", inside);
    piece.low = number(range[0]);
    piece.high = number(range[1]);
    piece.forms.assign(parts.begin() + 2, parts.end());
    return piece;
  }
  const auto known = std::ranges::find(names, std::string_view(parts[0]), &Name::first);
  if (known == names.end() || parts.size() != 1) refuse("unknown fact", inside);
  piece.kind = Kind::fact;
  piece.fact = known->second;
  return piece;
}

void Phrase::write(std::string& out, const Facts& facts, Gender speaker, Dice& dice) const {
  for (const Piece& piece : pieces_) {
    switch (piece.kind) {
      case Kind::literal:
        out += piece.literal;
        break;
      case Kind::choice:
        dice.of(piece.choices).write(out, facts, speaker, dice);
        break;
      case Kind::speaker:
        out += piece.forms[static_cast<std::size_t>(speaker)];
        break;
      case Kind::colleague:
        out += piece.forms[static_cast<std::size_t>(facts.colleague)];
        break;
      case Kind::fact:
        out += facts[piece.fact];
        break;
      case Kind::number: {
        const std::uint64_t span = piece.high - piece.low + 1;
        const std::uint64_t value = piece.low + facts.numbers[piece.slot] % span;
        out += std::to_string(value);
        if (!piece.forms.empty()) {
          out += "\u00A0";
          out += piece.forms[static_cast<std::size_t>(base::plural(base::Locale::ru, value))];
        }
        break;
      }
    }
  }
}

std::string Phrase::text(const Facts& facts, Gender speaker, Dice& dice) const {
  std::string out;
  write(out, facts, speaker, dice);
  return out;
}

}  // namespace demo
