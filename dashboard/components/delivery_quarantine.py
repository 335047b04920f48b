"""The quarantine file: the supplier's own file with the faulty cells coloured, made when somebody asks for it."""

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import access_log, commands, data, format
from dashboard.figures import leveringen as figures
from dashboard.uploads import Batch
from warehouse.staff_views import STAFF_SOURCES

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_NO_FILE = "Het quarantainebestand kon niet gemaakt worden."
_EXPLANATION = "Het bestand van de leverancier zelf, met de foute cellen gekleurd en achteraan een kolom „reden”."
#: Seconds; the file of a whole year of registrations is written in under a minute.
_LONGEST = 300.0
#: What the access log says of a file that was made before anything was loaded: it has no number yet.
_BEFORE_LOADING = "quarantainebestand voor het laden"
#: The one file that this session made last: (what it is of and whether for HR, its bytes).
_MADE = "leveringen.quarantaine"


def quarantine_button(subject: str, name: str, source: str, place: str) -> None:
    """Draw the button that makes the quarantine file of a loaded delivery, then the one that saves it.

    `subject` is the number of the delivery, `name` its name as the supplier gave it, `source` what it was recognised
    as; `place` tells buttons for the same file apart. What is about the own staff is for HR: a sentence says who makes
    that file, because a button would only refuse.
    """
    if source in STAFF_SOURCES and not data.scope().hr:
        st.markdown(figures.staff_quarantine(subject, name))
        return
    made = st.session_state.get(_MADE)
    # One that was made for HR is not for who no longer is.
    wanted = (subject, data.scope().hr)
    if made and made[0] == wanted:
        _save_button(name, lambda: made[1], place, f"quarantainebestand {subject}")
    elif st.button(f"Quarantainebestand van {name} maken", key=f"quarantaine-{place}", icon=":material/table_view:"):
        contents, problem = _quarantine_file(subject)
        if problem:
            st.error(format.plain_markdown(problem), icon=":material/error:")
        else:
            st.session_state[_MADE] = (wanted, contents)
            st.rerun()


def preview_quarantine_buttons(batch: Batch, files: Sequence[Mapping[str, Any]]) -> None:
    """Draw the button that makes the quarantine files of an upload, then one to save each of them.

    The preview kept the faults it found (`foutenbestand`), so nothing is judged a second time.
    """
    folder = batch.folder / "quarantaine"
    if not folder.exists():
        if st.button("Quarantainebestanden maken", key="quarantaine-voorbeeld", icon=":material/table_view:"):
            with st.spinner("Quarantainebestanden maken …"):
                problem = _mark(batch, files, folder)
            if not problem:
                st.rerun()
            st.error(format.plain_markdown(problem), icon=":material/error:")
        return
    for path in sorted(folder.glob("*.xlsx")):
        # The number in front tells two files of one name apart.
        _save_button(path.stem.partition(" ")[2], path.read_bytes, path.stem, _BEFORE_LOADING)


def _mark(batch: Batch, files: Sequence[Mapping[str, Any]], folder: Path) -> str:
    """Write each file that has faults with the faults marked; return what went wrong, or nothing."""
    # Apart until all are written: the folder being there says that they are.
    unfinished = folder.with_name("quarantaine-bezig")
    unfinished.mkdir(exist_ok=True)
    for place, (path, file) in enumerate(zip(batch.paths, files, strict=True), start=1):
        if file.get("foutenbestand"):
            target = str(unfinished / f"{place} {path.stem}.xlsx")
            kept = ["--fouten", str(file["foutenbestand"])]
            answer = commands.ask("quarantaine", str(path), *kept, "--naar", target, "--json", limit=_LONGEST)
            if not answer.is_understood:
                return answer.sentence or _NO_FILE
    unfinished.rename(folder)
    return ""


def _save_button(name: str, make: Callable[[], bytes], place: str, logged: str) -> None:
    st.download_button(
        f"Quarantainebestand van {name} opslaan (XLSX)",
        data=access_log.supplied(logged, make),
        file_name=f"quarantaine_{Path(name).stem}.xlsx",
        mime=_XLSX,
        key=f"quarantaine-{place}-opslaan",
        icon=":material/download:",
        on_click="ignore",
        help=_EXPLANATION,
    )


def _quarantine_file(subject: str) -> tuple[bytes, str]:
    """Return the quarantine file, or the sentence that says why there is none."""
    folder = Path(tempfile.mkdtemp(prefix="sterrenwacht-quarantaine-"))
    path = folder / "quarantaine.xlsx"
    try:
        with st.spinner("Quarantainebestand maken …"):
            # What is about the own staff is for HR only.
            shielded = [] if data.scope().hr else ["--zonder-personeel"]
            answer = commands.ask("quarantaine", subject, *shielded, "--naar", str(path), "--json", limit=_LONGEST)
        if answer.is_understood and path.is_file():
            return path.read_bytes(), ""
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return b"", answer.sentence or _NO_FILE
