// How a list of answers is written in its address:
// /surveys/answers?score=5&product=<id>&month=2026-11&after=<key>
#pragma once

#include <string>

#include "surveys/answers.hpp"
#include "web/form.hpp"

namespace surveys::pages {

[[nodiscard]] std::string answers_address(const AnswerQuery& query);

// What cannot be read does not narrow.
[[nodiscard]] AnswerQuery read_answers_address(const web::Form& query);

}  // namespace surveys::pages
