"""From a delivered file to a published warehouse: store, read, clean, validate, build, publish."""
