"""Run by Alembic: bring the connection that was handed in to the newest revision."""

from alembic import context
from sqlalchemy import column, inspect, select, table

connection = context.config.attributes["connection"]
if inspect(connection).has_table("alembic_version"):
    # Two processes that start at once: one waits here, then finds that nothing is left to do.
    version = table("alembic_version", column("version_num"))
    connection.execute(select(version).with_for_update())
context.configure(connection=connection)
with context.begin_transaction():
    context.run_migrations()
