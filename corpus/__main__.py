"""Run the command line of this package: `python -m corpus`."""

import sys

from corpus.cli import main

if __name__ == "__main__":
    sys.exit(main())
