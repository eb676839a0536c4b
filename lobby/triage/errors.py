"""What triage cannot work with: each is a mistake in what it was given, never in the customer."""


class TriageError(Exception):
    """A step that no screen of ours could have sent, or one from before the rules changed."""


class UnknownServiceError(TriageError):
    """The catalogue has no service of this code."""


class UnknownProfileError(TriageError):
    """The catalogue has no rules for this country."""


class UnknownAnswerError(TriageError):
    """The question is not asked for this service, or has no such answer."""
