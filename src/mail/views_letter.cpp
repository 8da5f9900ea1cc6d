#include "mail/views_letter.hpp"

#include "mail/views.gen.hpp"
#include "web/html.hpp"
#include "web/page.hpp"

namespace mail {

std::string html_of(const Letter& letter) {
  web::Page page;
  page.locale = letter.locale;
  web::Html html;
  views::letter(html, page, letter);
  return html.take();
}

}  // namespace mail
