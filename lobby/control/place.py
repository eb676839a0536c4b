"""Where the command line reaches a server that runs: a socket that only its own user may open.

It lies beside the database; where that is no file, in a folder of the user's own among the
temporary ones; or wherever the settings say.
"""

import os
import socket
import tempfile
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from lobby.settings import Settings

ADDRESS_BYTES_MAX = 100
"""The system's limit for the path of a socket is 107 bytes; a longer one is reached through its
open folder."""


def socket_path(settings: Settings) -> Path:
    database = settings.database
    if settings.control_socket is not None:
        return settings.control_socket.resolve()
    if isinstance(database, Path):
        whole = database.resolve()
        return whole.with_name(f"{whole.name}.socket")
    name = blake2b(database.text.encode(), digest_size=12).hexdigest()
    return _own_folder() / f"{name}.socket"


def _own_folder() -> Path:
    return Path(tempfile.gettempdir()) / f"lobby-{os.getuid()}"


def listen_at(path: Path) -> socket.socket:
    """In the place of one that was left behind. Raises `OSError`: not every folder holds sockets,
    and a folder that somebody else has made is not believed."""
    if path.parent == _own_folder():
        path.parent.mkdir(mode=0o700, exist_ok=True)
    _require_own(path)
    path.unlink(missing_ok=True)
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(0o177)
    try:
        _at(path, listening.bind)
        listening.listen()
    except OSError:
        listening.close()
        raise
    finally:
        os.umask(before)
    return listening


def connect_to(path: Path, timeout_s: float) -> socket.socket | None:
    """None where nobody listens there, or nobody whom we may ask."""
    connecting = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connecting.settimeout(timeout_s)
    try:
        _require_own(path)
        _at(path, connecting.connect)
    except OSError:
        connecting.close()
        return None
    return connecting


def _require_own(path: Path) -> None:
    """In a folder that everybody may write to, somebody else may have made ours, and would be told
    passwords."""
    if path.parent == _own_folder() and path.parent.lstat().st_uid != os.getuid():
        raise PermissionError(f"{path.parent} belongs to somebody else")


def _at(path: Path, use: Callable[[str], object]) -> None:
    if len(os.fsencode(path)) <= ADDRESS_BYTES_MAX:
        use(str(path))
        return
    folder = os.open(path.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        use(f"/proc/self/fd/{folder}/{path.name}")
    finally:
        os.close(folder)
