"""Forms that were sent, so that one that is sent twice creates once."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "sent",
        sa.Column("id", sa.String(64), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("salt", sa.String(32), nullable=False),
        sa.Column("place", sa.String(500), nullable=False),
        sa.Column("handed", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sent"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_sent_day", "sent", ["day"])


def downgrade() -> None:
    """Take back; a form sent twice creates twice again."""
    op.drop_table("sent")
