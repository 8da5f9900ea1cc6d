// Texts with places to vary, compiled once and written out many times.
//
//   [a|b|c]                   one of them
//   <открыл/открыла>          by the gender of who speaks
//   <+открыл/открыла>         by the gender of the colleague who is spoken of
//   {claim}                   a fact of the case, see FactKind
//   {n1:3-14:файл:файла:файлов}   a number, the same for the same digit within a case, with its noun; the
//   noun may lack ~                         a no-break space
//
// Choices may hold genders, facts and numbers; nothing else nests.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "demo/dice.hpp"

namespace demo {

enum class Gender : std::uint8_t { male, female };

enum class FactKind : std::uint8_t {
  agent,  // first name of who answers
  car,
  city,
  claim,
  claim2,
  code,
  colleague,
  company,
  date,
  day,
  day2,
  day3,
  ip,
  login,
  month,
  name,  // first name of the contact
  next,
  operation,
  panel,  // a part that is painted
  part,
  price,  // of a part
  product,
  request,
  sum,
  sum2,
  time,
  version,
  vin,
  year,
};
inline constexpr std::size_t fact_count = 29;

// What the texts of one case speak of.
struct Facts {
  std::array<std::string, fact_count> values;
  std::array<std::uint64_t, 10> numbers{};
  Gender colleague = Gender::male;

  std::string& operator[](FactKind kind) { return values[static_cast<std::size_t>(kind)]; }
  const std::string& operator[](FactKind kind) const { return values[static_cast<std::size_t>(kind)]; }
};

class Phrase {
 public:
  Phrase() = default;
  // Throws std::invalid_argument that names what cannot be read.
  explicit Phrase(std::string_view text);

  void write(std::string& out, const Facts& facts, Gender speaker, Dice& dice) const;
  [[nodiscard]] std::string text(const Facts& facts, Gender speaker, Dice& dice) const;

 private:
  enum class Kind : std::uint8_t { literal, choice, speaker, colleague, fact, number };
  struct Piece {
    Kind kind = Kind::literal;
    std::string literal;
    std::vector<Phrase> choices;
    std::vector<std::string> forms;  // male and female, or one, few, many
    FactKind fact = FactKind::agent;
    std::size_t slot = 0;
    std::uint64_t low = 0;
    std::uint64_t high = 0;
  };

  static Piece read_fact(std::string_view inside);
  std::vector<Piece> pieces_;
};

}  // namespace demo
