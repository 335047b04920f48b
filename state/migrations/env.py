"""What Alembic runs: the steps within the transaction of `state.store`, which holds the lock."""

from alembic import context

from state.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
