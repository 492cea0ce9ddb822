"""The figure ledger: every number of a report with its unit, indicator, period, kind and whole.

`find_figures` makes the ledger of a report; `parse_numbers` reads the numbers of any text.
"""

from corpus.figures.ledger import find_figures
from corpus.figures.scan import parse_numbers
from corpus.figures.types import Number
from corpus.types import Figure, Kind

__all__ = ["Figure", "Kind", "Number", "find_figures", "parse_numbers"]
