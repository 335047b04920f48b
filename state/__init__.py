"""What users write: signals and overrides beside the computed ranking. Knows no Streamlit and no warehouse."""
