"""What each command of `sterrenwacht` does; `pipelines.command_line` says how it is called."""
