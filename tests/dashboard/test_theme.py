import pytest

from dashboard import theme

_MEANINGS = {
    "trap": theme.TRAP,
    "advies": theme.ADVIES,
    "criterium": theme.CRITERIUM,
    "onderwijsniveau": theme.ONDERWIJSNIVEAU,
    "strategie": theme.STRATEGIE,
    "reeks": dict(enumerate(theme.SERIES)),
}


def luminance(colour: str) -> float:
    """Relative luminance by WCAG 2.1."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_the_published_21():
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize("meaning", _MEANINGS)
def test_every_colour_is_readable_on_light_and_on_dark(meaning):
    for name, colour in _MEANINGS[meaning].items():
        assert contrast(colour, theme.LIGHT_BACKGROUND) >= 3, name
        assert contrast(colour, theme.DARK_BACKGROUND) >= 3, name


@pytest.mark.parametrize("colour", [*theme.LIKERT, theme.ACCENT, *theme.STRATEGIE.values()])
def test_text_on_a_bar_is_white_or_dark_whichever_reads_best(colour):
    chosen = contrast(theme.text_on(colour), colour)
    assert chosen == max(contrast(theme.LIGHT_BACKGROUND, colour), contrast(theme.DARK_BACKGROUND, colour))
    assert chosen >= 4.2


@pytest.mark.parametrize("meaning", _MEANINGS)
def test_no_two_values_share_a_colour(meaning):
    colours = list(_MEANINGS[meaning].values())
    assert len(set(colours)) == len(colours)


def test_every_strategy_has_a_name_and_a_colour():
    assert set(theme.STRATEGIE_NAAM) - {"alle"} == set(theme.STRATEGIE)


def test_charts_speak_dutch_and_send_nothing_to_a_cloud():
    assert theme.PLOTLY_CONFIG["locale"] == "nl"
    assert theme.PLOTLY_CONFIG["showSendToCloud"] is False
    assert theme.figure().layout.separators == ",."
