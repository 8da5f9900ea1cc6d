#include "attachments/checksum.hpp"

#include <openssl/evp.h>

#include <array>
#include <stdexcept>
#include <utility>

namespace attachments {

void ChecksumCheck::ContextFree::operator()(EVP_MD_CTX* context) const {
  EVP_MD_CTX_free(context);
}

ChecksumCheck::ChecksumCheck(UploadChecksum expected)
    : expected_(std::move(expected.digest)), context_(EVP_MD_CTX_new()) {
  const EVP_MD* type = expected.algorithm == UploadChecksum::Algorithm::sha1 ? EVP_sha1() : EVP_sha256();
  if (!context_ || EVP_DigestInit_ex(context_.get(), type, nullptr) != 1)
    throw std::runtime_error("no digest");
}

void ChecksumCheck::update(std::string_view bytes) {
  EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
}

bool ChecksumCheck::holds() {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_DigestFinal_ex(context_.get(), digest.data(), &size);
  return std::string_view(reinterpret_cast<const char*>(digest.data()), size) == expected_;
}

}  // namespace attachments
