// Checks a piece of an upload against the checksum it came with, while it arrives.
#pragma once

#include <openssl/types.h>

#include <memory>
#include <string>
#include <string_view>

#include "attachments/tus_headers.hpp"

namespace attachments {

class ChecksumCheck {
 public:
  explicit ChecksumCheck(UploadChecksum expected);

  void update(std::string_view bytes);
  // Whether all that went by is what was promised. To be asked once, at the end.
  [[nodiscard]] bool holds();

 private:
  struct ContextFree {
    void operator()(EVP_MD_CTX* context) const;
  };
  std::string expected_;
  std::unique_ptr<EVP_MD_CTX, ContextFree> context_;
};

}  // namespace attachments
