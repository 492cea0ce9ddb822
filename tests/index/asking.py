"""A process that opens the live index and asks it, again and again, until its standard input ends.

Every answer has to be a slice of its report as the same version stores it. Writes how many questions were answered.
"""

from __future__ import annotations

import select
import sys
from pathlib import Path

from index.query import Ask
from index.search import Index
from tests.fake_encoder import fake_encoder


def main() -> None:
    home, encoder, asked = Path(sys.argv[1]), fake_encoder(), 0
    while not select.select([sys.stdin], [], [], 0)[0]:
        index = Index.open(home, encoder=encoder)
        for _ in range(3):
            hit = index.find(Ask("诉前调解成功多少件")).sentences[0]
            text = index.store.report(hit.chunk.report_id).text
            assert "诉前调解成功" in hit.text
            assert text[hit.start : hit.end] == hit.text
            asked += 1
            if asked == 1:
                sys.stdout.write("asking\n")
                sys.stdout.flush()
    sys.stdout.write(f"{asked}\n")


if __name__ == "__main__":
    main()
