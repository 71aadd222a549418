"""What has been shown of an agency's municipalities together; whose a package is, and who came into a workshop by one."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("agency", sa.Column("ledger", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("received_package", sa.Column("agency_id", sa.String(32), nullable=True))
    op.add_column("participation", sa.Column("package_id", sa.String(32), nullable=True))
    op.add_column("participation", sa.Column("package_key", sa.String(64), nullable=True))


def downgrade() -> None:
    """Take back; what agencies have shown is forgotten."""
    for table, column in (
        ("participation", "package_key"),
        ("participation", "package_id"),
        ("received_package", "agency_id"),
        ("agency", "ledger"),
    ):
        op.drop_column(table, column)
