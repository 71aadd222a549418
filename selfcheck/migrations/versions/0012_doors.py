"""What a device may open is kept on the server; ratings and seats keep keys of their own, apart from it.

Whoever was let in by a cookie before opens the private link once more; phones come in again with their code.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

OPENED = ("link", "agency", "workshop", "participation")
KEYS = (("rating_key", "respondent"), ("seat_key", "seat"))


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "device",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("until", sa.String(10), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_device"),
        sa.UniqueConstraint("token_hash", name="uq_device_token_hash"),
    )
    op.create_index("ix_device_until", "device", ["until"])
    op.create_table(
        "access",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("device_id", sa.Integer(), nullable=False),
        *(sa.Column(f"{table}_id", sa.String(32), nullable=True) for table in OPENED),
        sa.PrimaryKeyConstraint("id", name="pk_access"),
        *(
            sa.ForeignKeyConstraint(
                [f"{table}_id"], [f"{table}.id"], name=f"fk_access_{table}_id_{table}", ondelete="CASCADE"
            )
            for table in ("device", *OPENED)
        ),
    )
    for table in ("device", *OPENED):
        op.create_index(f"ix_access_{table}_id", "access", [f"{table}_id"])
    for name, table in KEYS:
        op.create_table(
            name,
            sa.Column("token_hash", sa.String(64), nullable=False),
            sa.Column(f"{table}_id", sa.String(32), nullable=False),
            sa.PrimaryKeyConstraint("token_hash", name=f"pk_{name}"),
            sa.ForeignKeyConstraint(
                [f"{table}_id"], [f"{table}.id"], name=f"fk_{name}_{table}_id_{table}", ondelete="CASCADE"
            ),
            sqlite_with_rowid=False,
        )
        op.create_index(f"ix_{name}_{table}_id", name, [f"{table}_id"])


def downgrade() -> None:
    """Take back; every device has to open its links once more."""
    for name in ("seat_key", "rating_key", "access", "device"):
        op.drop_table(name)
