"""The server around `app.py`: a health route, and headers on every answer. Started by `sterrenwacht start`."""

import streamlit as st

from dashboard.server import MIDDLEWARE, ROUTES

# Streamlit finds the application by this very call: `streamlit run server.py`.
app = st.App("app.py", routes=ROUTES, middleware=MIDDLEWARE)
