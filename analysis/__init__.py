"""Pure numbers: frames in, frames out. No files, no database, no screen."""
