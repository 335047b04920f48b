"""Papers on disk: documents made from the same figures as the screen. Knows no Streamlit."""
