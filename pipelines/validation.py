"""Great Expectations' judgement of the landed tables, as rows. The only importer of great_expectations.

Row rules have run before, vectorised, on every row; here a suite derived from the contract judges a fixed
sample of each table once more by other means, and what row rules cannot see: emptiness and volume of a table.
Importing Great Expectations takes seconds, so it happens in a process of its own, that judges while models are being
built, and only where a table was not judged before. It reads one JSON line a table and answers with one.
"""

import gc
import json
import logging
import subprocess
import sys
import warnings
from pathlib import Path
from types import TracebackType
from typing import Any

from pipelines.contract import NUMERIC, Contract, Kind, VakKind

CRITICAL, WARNING = "kritiek", "waarschuwing"
# A required column may hold missing values, but one that is empty nearly everywhere is worth a look.
LARGEST_EMPTY_SHARE = 0.95


class Judge:
    """The judging process. Use as a context manager: it ends with the block, and with this process."""

    def __init__(self) -> None:
        """Have a judge at hand; the process starts with the first table that it is asked about."""
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Judge":
        """Return the judge."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the process; it keeps nothing that could be lost."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()

    def ask(self, contract: str, sample: Path) -> None:
        """Hand over the sample of one table; the answer is read with `answer`."""
        if self._process is None:
            self._process = _judging_process()
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"tabel": contract, "pad": str(sample)}) + "\n")
        self._process.stdin.flush()

    def answer(self) -> list[dict[str, Any]]:
        """Return the results of the next table that was asked, as rows; raises RuntimeError when the process died."""
        assert self._process is not None
        assert self._process.stdout is not None
        answer = json.loads(self._process.stdout.readline() or '{"fout": "het proces is gestopt"}')
        if "fout" in answer:
            raise RuntimeError(f"Great Expectations kon niet oordelen: {answer['fout']}")
        return list(answer["rijen"])


def _judging_process() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pipelines.validation"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )


def expectations(contract: Contract) -> list[tuple[Any, str, str]]:
    """Return the suite of a contract: (expectation, Dutch sentence, severity)."""
    import great_expectations.expectations as gxe

    suite: list[tuple[Any, str, str]] = [
        (
            gxe.ExpectTableColumnsToMatchSet(column_set=list(contract.schema), exact_match=False),
            "de kolommen zijn die van het contract",
            CRITICAL,
        ),
    ]
    # A schooljaar that only the file's name tells is part of the key, and not of the rows judged here.
    if contract.key and contract.vak.kind is not VakKind.NAME:
        suite.append(
            (
                gxe.ExpectCompoundColumnsToBeUnique(column_list=list(contract.key), ignore_row_if="never")
                if len(contract.key) > 1
                else gxe.ExpectColumnValuesToBeUnique(column=contract.key[0]),
                f"de sleutel ({', '.join(contract.key)}) is uniek",
                CRITICAL,
            )
        )
    for column in contract.kept:
        name = column.name
        if column.filled:
            suite.append((gxe.ExpectColumnValuesToNotBeNull(column=name), f"'{column.header}' is ingevuld", CRITICAL))
        elif column.required and column.kind not in (Kind.LIST, Kind.PERSONS):
            suite.append(
                (
                    gxe.ExpectColumnProportionOfNonNullValuesToBeBetween(
                        column=name, min_value=1 - LARGEST_EMPTY_SHARE, max_value=1
                    ),
                    f"'{column.header}' is niet bijna overal leeg",
                    WARNING,
                )
            )
        if column.kind is Kind.CHOICE:
            values = [*column.choices, *column.also]
            suite.append(
                (
                    gxe.ExpectColumnValuesToBeInSet(column=name, value_set=values),
                    f"'{column.header}' heeft een waarde uit de lijst",
                    CRITICAL,
                )
            )
        if column.kind in NUMERIC:
            low = 0.0 if column.kind is Kind.PERCENT else column.minimum
            high = 100.0 if column.kind is Kind.PERCENT else column.maximum
            if low is not None or high is not None:
                suite.append(
                    (
                        gxe.ExpectColumnValuesToBeBetween(column=name, min_value=low, max_value=high),
                        f"'{column.header}' ligt tussen de grenzen",
                        CRITICAL,
                    )
                )
        if column.kind is Kind.INSTELLING and not column.also:
            suite.append(
                (
                    gxe.ExpectColumnValuesToMatchRegex(column=name, regex=r"^\d{6}$"),
                    f"'{column.header}' heeft zes cijfers",
                    CRITICAL,
                )
            )
    return suite


def judge(contract: Contract, sample: Path) -> list[dict[str, Any]]:
    """Return one row per expectation: bron, tabel, verwachting, kolom, geslaagd, waargenomen, ernst."""
    import great_expectations as gx
    import pandas as pd
    from great_expectations.data_context.types.base import ProgressBarsConfig

    frame = pd.read_parquet(sample)
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    source = context.data_sources.add_pandas("landing")
    asset = source.add_dataframe_asset(contract.name)
    batch = asset.add_batch_definition_whole_dataframe("alles").get_batch({"dataframe": frame})
    suite = expectations(contract)
    # Great Expectations drops a repeated expectation, so results are matched by what was asked, not by place.
    result = batch.validate(gx.ExpectationSuite(name=contract.name, expectations=[e for e, _, _ in suite]))
    texts = {_signature(e.expectation_type, e.configuration.kwargs): (text, severity) for e, text, severity in suite}
    rows = []
    for item in result.results:
        asked = item.expectation_config
        assert asked is not None
        kwargs = dict(asked.kwargs)
        text, severity = texts[_signature(asked.type, kwargs)]
        rows.append(
            {
                "bron": contract.bron,
                "tabel": contract.name,
                "verwachting": text,
                "kolom": kwargs.get("column"),
                "geslaagd": bool(item.success),
                "waargenomen": _observed(item.result),
                "ernst": severity,
            }
        )
    return sorted(rows, key=lambda row: (row["kolom"] or "", row["verwachting"]))


def _signature(kind: str, kwargs: dict[str, Any]) -> tuple[str, str]:
    return kind, str(kwargs.get("column") or kwargs.get("column_list") or kwargs.get("column_set"))


def _observed(result: dict[str, Any]) -> str:
    """Return what was seen, as numbers only: values themselves may be personal."""
    if "unexpected_count" in result:
        return f"{result['unexpected_count']} van {result['element_count']} afwijkend"
    value = result.get("observed_value")
    return f"{value:.3f}" if isinstance(value, float) else ""


def _serve() -> None:
    """Answer the tables on standard input until it closes."""
    logging.disable(logging.WARNING)
    # While importing, nothing can be thrown away yet: looking for it costs a fifth of the time.
    gc.disable()
    # Its dependencies' deprecations are not for the person who loads a file.
    warnings.simplefilter("ignore")
    import great_expectations.expectations  # noqa: F401 - the slow import, done while others read files

    from pipelines.sources import BY_NAME

    gc.freeze()
    gc.enable()
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            answer: dict[str, Any] = {"rijen": judge(BY_NAME[asked["tabel"]], Path(asked["pad"]))}
        except Exception as error:  # noqa: BLE001 - told to the asking process, which stops the build
            answer = {"fout": f"{asked['tabel']}: {error!r}"}
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
