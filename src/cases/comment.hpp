// The words of a comment without what they do to the case. For the acts of this module.
#pragma once

#include "cases/cases.hpp"

namespace cases {

// Checks and writes the comment with its files, claims its draft, and tells the followers. Whether it moves
// the case on is for the caller. Fails on `body` and `upload`.
base::Result<Comment> write_comment(storage::Transaction& tx, const people::Viewer& viewer,
                                    const Case& current, const NewComment& form);

}  // namespace cases
