"""Broken and odd files with what a supplier is told of each; every module holds one kind of oddity.

An entry is a name, the bytes, and either the sentence of the refusal or the rows read, the faults and the notes.
"""

from tests.pipelines.corpus import cells, containers, headers, sheets, texts
from tests.pipelines.corpus.entry import Refused, Taken

_KINDS = (containers, texts, headers, cells, sheets)
REFUSED: list[Refused] = [entry for kind in _KINDS for entry in kind.REFUSED]
TAKEN: list[Taken] = [entry for kind in _KINDS for entry in kind.TAKEN]
