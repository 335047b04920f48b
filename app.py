"""The dashboard's entry: page settings, navigation, and the surroundings of every page."""

import streamlit as st

from dashboard import registry, shell, texts

# The sidebar draws its own links, because they carry the filters along in the address.
page = st.navigation(registry.navigation_pages(), position="hidden")
st.set_page_config(
    page_title=f"{page.title} · {texts.PRODUCT}",
    page_icon=registry.STAR,
    layout="wide",
    initial_sidebar_state=250,  # narrower than Streamlit's 300 pixels: the tables need them
    menu_items={"Get help": None, "Report a bug": None, "About": None},
)
shell.run(page)
