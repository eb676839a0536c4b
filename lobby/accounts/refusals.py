"""Why something is not done to an account: a closed set, each with its sentence."""

from enum import Enum

from lobby.i18n.texts import mark


class Problem(Enum):
    """The value is the sentence's msgid; blanks are filled from the refusal."""

    NAME = mark("Please give a name of 1 to %(count)s letters.")
    USERNAME = mark("Please give a user name of 1 to %(count)s letters, without blanks.")
    USERNAME_TAKEN = mark("Somebody signs in as '%(username)s' already.")
    WORKED_HERE = mark(
        "'%(username)s' worked here before. Let this person come back from the list, or choose "
        "another user name."
    )
    OWN_ACCOUNT = mark(
        "This is your own account, and you would shut yourself out. Please ask a colleague to do "
        "it."
    )
    LAST_ADMINISTRATOR = mark(
        "This is the last administrator who can sign in. Please add another one first."
    )
    NOT_YOURS = mark("Only an administrator may do this with this account.")
    AT_WORK = mark(
        "%(name)s is at a counter or on lobby duty today. Please end that first, then change the "
        "branch."
    )
    NO_BRANCH = mark("There is no such branch.")
    HAS_LEFT = mark("%(name)s has left. Let them come back first.")
    GONE = mark("There is no such account. Nothing was changed.")
    TOO_SHORT = mark("Please choose a password of at least %(count)s characters.")
    TOO_LONG = mark("Please choose a password of at most %(count)s characters.")
    TOO_COMMON = mark(
        "This password is one of those that are guessed first. Please choose another one; a few "
        "words in a row are easy to remember."
    )
    OWN_NAME = mark("Please choose a password that is not made of your own name.")
    SAME_AS_BEFORE = mark("This is the password you have now. Please choose another one.")
    WRONG_PASSWORD = mark("The password you have now is different. Nothing was changed.")


class AccountRefusedError(Exception):
    """Nothing was changed; `blanks` fill the sentence."""

    def __init__(self, problem: Problem, **blanks: str | int) -> None:
        self.problem, self.blanks = problem, blanks
        super().__init__(problem.value % blanks)
