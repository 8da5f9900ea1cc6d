// The identifiers of everything that other things refer to.
#pragma once

#include "base/id.hpp"

namespace base {

using AccountId = Id<struct AccountTag>;
using PersonId = Id<struct PersonTag>;
using ProductId = Id<struct ProductTag>;
using CaseId = Id<struct CaseTag>;
using CommentId = Id<struct CommentTag>;
using EventId = Id<struct EventTag>;
using AttachmentId = Id<struct AttachmentTag>;
using DraftId = Id<struct DraftTag>;
using MailId = Id<struct MailTag>;
using SurveyId = Id<struct SurveyTag>;
using NotificationId = Id<struct NotificationTag>;
using AccessRequestId = Id<struct AccessRequestTag>;
using AuditEntryId = Id<struct AuditEntryTag>;

}  // namespace base
