"""Who may sit at a counter, and where they do."""

from lobby.web.staff import Role

PAGE = "/counter"
ROLES = (Role.TELLER, Role.LOBBY_MANAGER, Role.BRANCH_HEAD)
"""In a peak everybody who serves customers may take a seat."""
