// How surveys stand on the page of a case.
#pragma once

#include <string>

#include "cases/views.hpp"
#include "surveys/survey.hpp"
#include "web/context.hpp"

namespace cases::views {

[[nodiscard]] SurveyView survey_view(const web::Context& ctx, const surveys::Survey& survey,
                                     const std::string& person);

}  // namespace cases::views
