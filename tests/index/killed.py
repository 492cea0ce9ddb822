"""A warm process that forks builders and has each die at a chosen moment; driven by `test_crash` line by line.

A line "audit N" kills the builder by SIGKILL at its N-th opening, making, linking, renaming or removing of a file of
the home folder or step of progress; "bytes N" has the system end it in the middle of the write that makes a file larger
than N; "none" lets it end. "count" answers with how many moments there are. A fifth word "anew" takes nothing over.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from pathlib import Path

from index.build import BuildOptions, build_index
from index.search import shipped_rankers
from tests.fake_encoder import fake_encoder

_EVENTS = {"open", "os.mkdir", "os.link", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree", "sqlite3.connect"}


class Moments:
    """Counts moments, and kills this process at the chosen one."""

    def __init__(self, home: str, last: int) -> None:
        self._home, self._last = home, last
        self.count = 0

    def hook(self, event: str, args: tuple[object, ...]) -> None:
        if event in _EVENTS and args and self._home in str(args[0]):
            self.next()

    def progress(self, stage: str, done: int, total: int, file: str = "") -> None:
        self.next()

    def next(self) -> None:
        self.count += 1
        if self.count == self._last:
            os.kill(os.getpid(), signal.SIGKILL)


def build(home: str, reports: str, how: str, number: int, anew: bool) -> int:
    moments = Moments(home, number if how == "audit" else 0)
    sys.addaudithook(moments.hook)
    if how == "bytes":
        # Python ignores this signal; as it comes by default it ends the process in the middle of the write.
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        resource.setrlimit(resource.RLIMIT_FSIZE, (number, number))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    build_index(Path(home), [Path(reports)], fake_encoder(), progress=moments.progress, options=BuildOptions(anew=anew))
    return moments.count


def main() -> None:
    home, reports = sys.argv[1:3]
    shipped_rankers()
    for line in sys.stdin:
        how, number, *more = [*line.split(), "0"][:3]
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                os.write(writing, str(build(home, reports, how, int(number), "anew" in more)).encode())
                code = 0
            finally:
                os._exit(code)
        os.close(writing)
        _, status = os.waitpid(child, 0)
        said = os.read(reading, 100).decode() or "0"
        os.close(reading)
        sys.stdout.write(f"{os.waitstatus_to_exitcode(status)} {said}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
