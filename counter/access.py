"""Who may work at a counter, and the address of its terminal."""

from lobby.web.staff import Role

PAGE = "/counter"
ROLES = (Role.TELLER, Role.LOBBY_MANAGER, Role.BRANCH_HEAD)
"""In a peak everybody who serves customers may take a seat."""


def terminal_key(branch_id: str, teller: str) -> str:
    """How the keys of all live screens of this teller's terminal begin."""
    return f"{branch_id}/counter/{teller}/"
