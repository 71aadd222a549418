"""Roadmaps that were kept."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "kept_roadmap",
        sa.Column("assessment_id", sa.String(32), nullable=False),
        sa.Column("asked", sa.JSON(), nullable=False),
        sa.Column("begins", sa.JSON(), nullable=False),
        sa.Column("kept", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_kept_roadmap_assessment_id_assessment", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("assessment_id", name="pk_kept_roadmap"),
    )


def downgrade() -> None:
    """Take back; the roadmaps are lost."""
    op.drop_table("kept_roadmap")
