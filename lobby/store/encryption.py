"""Backups that only the holder of a key can read: files in the age format (age-encryption.org).

Who makes backups needs the recipient only, which is no secret; the key is for restoring.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pyrage
from pyrage import x25519

from lobby.store.backups import CopyError, sync

ENDING = ".age"
KEY_START = "AGE-SECRET-KEY-"


def make_key(path: Path) -> str:
    """Writes a new key, readable by its owner alone; the recipient that belongs to it. Raises
    `CopyError`."""
    key = x25519.Identity.generate()
    recipient = str(key.to_public())
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CopyError(f"{path} could not be written: {error.strerror}.") from error
    with os.fdopen(file, "w") as out:
        out.write(f"# recipient: {recipient}\n{key}\n")
    return recipient


def is_recipient(text: str) -> bool:
    try:
        x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def encrypt(plain: Path, encrypted: Path, recipient: str) -> None:
    """Durable on return. Raises `OSError`."""
    os.close(os.open(encrypted, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    pyrage.encrypt_file(str(plain), str(encrypted), [x25519.Recipient.from_str(recipient)])
    sync(encrypted)


@contextmanager
def readable(copy: Path, key: Path | None, beside: Path) -> Iterator[Path]:
    """The copy itself, or where it is encrypted what is in it, for as long as the block runs, in a
    folder `beside` the database that its owner alone may open. Raises `CopyError`."""
    if copy.suffix != ENDING:
        yield copy
        return
    if key is None:
        raise CopyError(f"{copy} is encrypted: name the file with its key, as in --key FILE.")
    with TemporaryDirectory(prefix=".lobby-restore-", dir=beside.resolve().parent) as folder:
        plain = Path(folder) / copy.stem
        try:
            pyrage.decrypt_file(str(copy), str(plain), [_key_in(key)])
        except (OSError, pyrage.DecryptError) as error:
            raise CopyError(f"{copy} could not be read with {key}: {error}.") from error
        yield plain


def _key_in(path: Path) -> x25519.Identity:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
        return x25519.Identity.from_str(next(each for each in lines if each.startswith(KEY_START)))
    except OSError as error:
        raise CopyError(f"{path} could not be read: {error.strerror}.") from error
    except (StopIteration, ValueError, pyrage.IdentityError):
        raise CopyError(f"{path} holds no key; its line begins with {KEY_START}.") from None
