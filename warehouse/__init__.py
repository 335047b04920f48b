"""The only room that talks to DuckDB: connection, models, build, queries and the meaning of every column."""
