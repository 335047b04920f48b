"""What is drawn around signing in: the page with the button, a refusal, and who is signed in."""

import streamlit as st

from dashboard import access, data, demo_role, filters, format, scripts, sign_in, texts
from warehouse.queries import meta

_FOLLOWED = "link_followed"


def ask(nobody: access.NotSignedInError) -> None:
    """Draw the page for whoever is not signed in: a button for each provider, and nothing else."""
    st.title(texts.PRODUCT)
    st.markdown(nobody.notice or texts.SIGN_IN)
    for name in nobody.providers:
        label = "Aanmelden" if len(nobody.providers) == 1 else f"Aanmelden met {format.plain_markdown(name)}"
        st.button(
            label, icon=":material/login:", type="primary", key=f"aanmelden.{name}", on_click=_sign_in, args=(name,)
        )
    st.html(f"<script>{scripts.REMEMBER_LINK}</script>", unsafe_allow_javascript=True)


def refuse(refused: access.RefusedError) -> None:
    """Draw why nothing is shown, and whom to ask."""
    st.title(texts.PRODUCT)
    st.info(refused.sentence, icon=":material/lock:")
    if refused.is_signed_in:
        _sign_out_button()


def who() -> None:
    """Draw who is signed in with which role, and the way out; in a demo the choice of a role."""
    identity = access.current()
    if identity.is_demo:
        demo_role.switch()
        return
    if _FOLLOWED not in st.session_state:
        st.session_state[_FOLLOWED] = True
        st.html(f"<script>{scripts.FOLLOW_LINK}</script>", unsafe_allow_javascript=True)
    lines = (f"Aangemeld: {format.plain_markdown(identity.who)}", f"Rol: {format.plain_markdown(identity.role_names)}")
    st.markdown("  \n".join(f":small[{line}]" for line in lines))
    if unknown := _unknown_groups(identity):
        st.warning(texts.groups_not_known(unknown, access.contact()), icon=":material/help:")
    _sign_out_button()


def _unknown_groups(identity: access.Identity) -> list[str]:
    """Return the numbers of own scholengroepen that the data do not hold: a SPOC would see nothing and wonder why."""
    if not identity.scope.scholengroepen or not data.is_published():
        return []
    known = data.frame(meta.scholengroepen, schooljaar=filters.schooljaar().default)["scholengroep_nummer"].to_list()
    return sorted(set(identity.scope.scholengroepen) - set(known), key=int)


def _sign_out_button() -> None:
    st.button("Afmelden", icon=":material/logout:", key="afmelden", on_click=sign_in.sign_out)


def _sign_in(provider: str) -> None:
    st.login(None if provider == "default" else provider)
