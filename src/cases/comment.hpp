// The parts of a comment's way into a case. For the acts of this module.
#pragma once

#include "base/result.hpp"
#include "cases/cases.hpp"

namespace cases {

// The comment that this draft was sent as before.
base::Result<Comment> commented_before(storage::Transaction& tx, const people::Viewer& viewer,
                                       const Case& report, std::int64_t id);

// Checks and writes the comment with its files, and ends its draft; neither moves the case nor tells anybody.
base::Result<Comment> put_comment(storage::Transaction& tx, const people::Viewer& viewer, const Case& report,
                                  const NewComment& form);

void tell_comment(storage::Transaction& tx, const people::Viewer& viewer, const Case& report,
                  const Comment& comment);

// Both: puts it and tells the followers. Whether it moves the case on is for the caller.
base::Result<Comment> write_comment(storage::Transaction& tx, const people::Viewer& viewer,
                                    const Case& report, const NewComment& form);

// Notes that something was added to the case.
base::Result<Case> touch(storage::Transaction& tx, const Case& report, Visibility visibility);

}  // namespace cases
