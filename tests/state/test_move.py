import pytest

from state.dialogue import Draft, add_remark, change_remark, history, remarks
from state.move import main
from state.store import open_store
from tests.state.writing import END, NOW

SIGNAL = Draft("signaal", "Directie wisselt", END)


@pytest.fixture
def old(tmp_path):
    path = tmp_path / "oud.sqlite"
    store = open_store(f"sqlite:///{path}")
    for number in ("000011", "000022"):
        kept = add_remark(store, number, SIGNAL, "An", now=NOW)
    change_remark(store, kept.id, 1, SIGNAL, "Bo", now=NOW)
    yield path, store
    store.close()


def test_all_that_was_written_goes_along_and_numbering_goes_on(old, store, url, monkeypatch, capsys):
    path, source = old
    monkeypatch.setenv("STERRENWACHT_STATE_URL", url)
    assert main([str(path)]) == 0
    assert capsys.readouterr().out == "2 opmerkingen gekopieerd, met hun geschiedenis.\n"
    assert remarks(store) == remarks(source)
    assert history(store, "000022") == history(source, "000022")
    new = add_remark(store, "000033", SIGNAL, "An", now=NOW)
    assert new.id == 3
    change_remark(store, new.id, 1, SIGNAL, "An", now=NOW)
    assert len(history(store, "000033")) == 2


def test_a_store_with_remarks_is_not_written_over(old, store, url, monkeypatch, capsys):
    kept = add_remark(store, "000099", SIGNAL, "An", now=NOW)
    monkeypatch.setenv("STERRENWACHT_STATE_URL", url)
    assert main([str(old[0])]) == 1
    assert "bevat al opmerkingen" in capsys.readouterr().err
    assert remarks(store) == [kept]


def test_an_empty_store_moves_too(tmp_path, url, monkeypatch, capsys):
    open_store(f"sqlite:///{tmp_path / 'leeg.sqlite'}").close()
    monkeypatch.setenv("STERRENWACHT_STATE_URL", url)
    assert main([str(tmp_path / "leeg.sqlite")]) == 0
    assert capsys.readouterr().out.startswith("0 opmerkingen")


@pytest.mark.parametrize(
    ("target", "sentence"),
    [
        ("", "STERRENWACHT_STATE_URL is leeg"),
        ("postgresql://jan:geheim@127.0.0.1:1/x", "niet bereikbaar"),
    ],
)
def test_without_a_target_nothing_is_copied(old, monkeypatch, capsys, target, sentence):
    monkeypatch.setenv("STERRENWACHT_STATE_URL", target)
    assert main([str(old[0])]) == 1
    said = capsys.readouterr().err
    assert sentence in said
    assert "geheim" not in said


def test_a_file_that_is_not_there_is_not_made(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("STERRENWACHT_STATE_URL", "postgresql://127.0.0.1:1/x")
    assert main([str(tmp_path / "niets.sqlite")]) == 1
    assert "bestaat niet" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
