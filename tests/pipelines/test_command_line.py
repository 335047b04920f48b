"""What the command line says of a command that it does not understand."""

from pathlib import Path

import pytest

from pipelines.cli import main


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["intrekken", "--reden", "x"], "Er ontbreekt: LEVERING. "),
        (["bouw", "--peildatum", "22/11/2026"], "--peildatum: '22/11/2026' is geen dag zoals 2026-10-31. "),
        (["bouw", "--peildatum"], "Bij --peildatum hoort een waarde. "),
        (["bouw", "--snel"], "Niet gekend: --snel. "),
        (["terug", "vorige"], "VERSIE: 'vorige' past hier niet. "),
        (["bouwen"], "opdracht: 'bouwen' bestaat niet. "),
    ],
)
def test_a_command_that_is_not_understood_is_told_which_part(
    typed: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(typed)
    assert stopped.value.code == 2
    said = capsys.readouterr().err
    assert said.startswith(f"De opdracht is niet begrepen. {sentence}Hulp: sterrenwacht ")


def test_a_day_to_come_is_not_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STERRENWACHT_DATA", str(tmp_path))
    assert main(["bouw", "--peildatum", "2099-01-01"]) == 1
    assert "01/01/2099 moet nog komen: kies vandaag of een dag ervoor." in capsys.readouterr().err
