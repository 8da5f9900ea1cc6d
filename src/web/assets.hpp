// Scripts, styles, fonts and icons, held inside the program.
#pragma once

#include <string_view>

namespace web {

// Lives as long as the program.
struct Asset {
  std::string_view bytes;
  std::string_view gzip;  // the same bytes compressed; empty where that gains nothing
  std::string_view content_type;
};

// The asset served at `path`, such as "/assets/app.1a2b3c4d.css"; null when there is none. Paths hold a hash
// of the content, so an answer may be kept forever.
[[nodiscard]] const Asset* find_asset(std::string_view path);

// The path of an asset by the name it has in the sources: "app.css" gives "/assets/app.1a2b3c4d.css". Empty
// when there is none. Templates say {{ asset app.css }} instead, which is checked when they are compiled.
[[nodiscard]] std::string_view asset_url(std::string_view name);

// What the generated list consists of.
struct EmbeddedAsset {
  std::string_view name;
  std::string_view path;
  Asset asset;
};

}  // namespace web
