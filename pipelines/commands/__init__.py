"""What each command of `sterrenwacht` does; `pipelines.cli` says how it is called."""
