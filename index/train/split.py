"""Which report files are held out: never trained on, only measured on."""

import zlib
from pathlib import PurePath

FOLDS = 5
HELD_OUT = 0
OTHER_FOLDS = tuple(fold for fold in range(FOLDS) if fold != HELD_OUT)


def fold_of(file: str) -> int:
    """Return the fold of a report file, 0 to 4; one of them is held out.

    >>> fold_of("2026_江西省_政府工作报告.txt"), fold_of("2026_重庆市_政府工作报告.txt")
    (0, 1)

    Args:
        file: Name of the report file; folders in front of it do not matter.
    """
    return zlib.crc32(PurePath(file).name.encode()) % FOLDS


def is_held_out(file: str) -> bool:
    """Say whether a report file is kept for validation.

    The answer depends on the file's name alone, so that the encoder and the ranker trained on top of it agree,
    and a report stays on its side of the split when others are added. The split is by file, never by question:
    questions about one passage resemble each other.

    >>> is_held_out("2026_江西省_政府工作报告.txt"), is_held_out("2026_重庆市_政府工作报告.txt")
    (True, False)

    Args:
        file: Name of the report file; folders in front of it do not matter.

    Returns:
        True for about a fifth of all names.
    """
    return fold_of(file) == HELD_OUT
