"""Entries in in-depth modules."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "module_sheet",
        sa.Column("assessment_id", sa.String(32), nullable=False),
        sa.Column("module", sa.String(64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("changed", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_module_sheet_assessment_id_assessment", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("assessment_id", "module", name="pk_module_sheet"),
    )


def downgrade() -> None:
    """Take back; the entries are lost."""
    op.drop_table("module_sheet")
