"""The pictures of exhibits, kept with a version of the index as `pictures/NAME`; the name is made of the content."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from corpus.types import Picture
from index.errors import UnknownPicture

_FOLDER = "pictures"
# A name comes back from the browser: it is looked up only if it is one that could have been given.
_NAME = re.compile(r"[0-9a-f]{16}\.(?:png|jpg|gif|bmp)")


def save_pictures(version: Path, pictures: Iterable[Picture]) -> None:
    """Keep pictures with a version.

    Raises:
        OSError: the disk is full or the folder cannot be written.
    """
    for picture in pictures:
        (version / _FOLDER).mkdir(exist_ok=True)
        (version / _FOLDER / picture.name).write_bytes(picture.data)


def copy_pictures(earlier: Path, version: Path, names: Iterable[str]) -> None:
    """Take pictures over from an earlier version.

    Raises:
        OSError: one is missing, or the disk is full.
    """
    for name in names:
        (version / _FOLDER).mkdir(exist_ok=True)
        shutil.copyfile(earlier / _FOLDER / name, version / _FOLDER / name)


def read_picture(version: Path, name: str) -> bytes:
    """Return a picture of a version.

    Raises:
        UnknownPicture: there is none of this name.
    """
    if not _NAME.fullmatch(name):
        raise UnknownPicture(name)
    try:
        return (version / _FOLDER / name).read_bytes()
    except OSError as error:
        raise UnknownPicture(name) from error
