"""House templates for Word papers."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "house_template",
        sa.Column("assessment_id", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_house_template_assessment_id_assessment", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("assessment_id", name="pk_house_template"),
    )


def downgrade() -> None:
    """Take back; the templates are lost."""
    op.drop_table("house_template")
