import pytest

from warehouse import roles
from warehouse.scope import NOTHING, Scope


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        ("hoofdadviseur", Scope(True, True, netwerk=True, werkdruk=True, hr_hoofdadviseur="an@voorbeeld.be")),
        ("spoc", Scope(True, scholengroepen=("12", "3"), netwerk=True)),
        ("management", Scope(True, True, netwerk=True, werkdruk=True)),
        ("hr", Scope(True, hr=True, werkdruk=True)),
        ("databeheerder", Scope(True, leveringen=True)),
        ("poc", Scope(True, onderwijsniveaus=("CLB",))),
        ("toezicht", Scope(True, toegangslog=True)),
    ],
)
def test_a_role_gives_this_and_nothing_more(role, scope):
    assert roles.scope_of([role], scholengroepen=["3", "12"], e_mail="an@voorbeeld.be") == scope


def test_without_a_role_there_is_nothing():
    assert roles.scope_of([], scholengroepen=["3"], e_mail="an@voorbeeld.be") == NOTHING


def test_two_roles_give_what_either_gives():
    both = roles.scope_of(["hr", "spoc"], scholengroepen=["3"], e_mail="an@voorbeeld.be")
    assert both == Scope(True, scholengroepen=("3",), netwerk=True, werkdruk=True, hr=True)


def test_only_hr_and_a_hoofdadviseur_see_persons():
    def sees_persons(role: str) -> bool:
        scope = roles.scope_of([role], scholengroepen=["3"], e_mail="an@voorbeeld.be")
        return scope.hr or scope.hr_hoofdadviseur is not None

    assert [role for role in roles.NAMES if sees_persons(role)] == ["hoofdadviseur", "hr"]


def test_a_role_that_does_not_exist_is_an_error():
    with pytest.raises(KeyError):
        roles.scope_of(["baas"])


def test_names_stand_in_a_fixed_order():
    assert roles.names(iter(["toezicht", "hr", "hoofdadviseur"])) == (
        "Hoofdadviseur, HR-medewerker, Functionaris gegevensbescherming"
    )
