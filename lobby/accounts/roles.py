"""What each role is called."""

from lobby.i18n.texts import mark
from lobby.store.kinds import Role

ROLES = {
    Role.TELLER: mark("Teller"),
    Role.LOBBY_MANAGER: mark("Lobby manager"),
    Role.BRANCH_HEAD: mark("Branch head"),
    Role.ADMINISTRATOR: mark("Administrator"),
    Role.AUDITOR: mark("Auditor"),
}
