"""Further links, individual ratings and their evaluation, dissent, target, snapshots.

Columns are added in place: a table that SQLite copies would take the rows that refer to it along.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("assessment", sa.Column("target", sa.JSON(), nullable=True))
    op.add_column("assessment", sa.Column("again", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("assessment", sa.Column("mode", sa.String(16), nullable=False, server_default="open"))
    op.add_column("assessment", sa.Column("purpose", sa.Text(), nullable=False, server_default=""))
    op.add_column("assessment", sa.Column("round_begun", sa.String(32), nullable=True))
    op.add_column("assessment", sa.Column("spreads", sa.JSON(), nullable=False, server_default="{}"))
    op.add_column("answer", sa.Column("dissent", sa.Text(), nullable=False, server_default=""))
    op.add_column("answer", sa.Column("unclear", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("link", sa.Column("kind", sa.String(16), nullable=False, server_default="coordinator"))
    op.add_column("link", sa.Column("label", sa.String(200), nullable=False, server_default=""))
    op.add_column("link", sa.Column("expires", sa.String(32), nullable=True))
    _of_assessment(
        "snapshot",
        sa.Column("taken", sa.String(32), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
    )
    _of_assessment(
        "invitation",
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("used", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("token_hash", name="uq_invitation_token_hash"),
        sqlite_with_rowid=False,
    )
    _of_assessment(
        "respondent",
        sa.Column("role", sa.String(64), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("finished", sa.Boolean(), nullable=False),
        sa.UniqueConstraint("token_hash", name="uq_respondent_token_hash"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "rating",
        sa.Column("respondent_id", sa.String(32), nullable=False),
        sa.Column("item", sa.String(64), nullable=False),
        sa.Column("half_steps", sa.Integer(), nullable=True),
        sa.Column("cannot_judge", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("unclear", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["respondent_id"], ["respondent.id"], name="fk_rating_respondent_id_respondent", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("respondent_id", "item", name="pk_rating"),
        sqlite_with_rowid=False,
    )


def _of_assessment(name: str, *columns: sa.schema.SchemaItem, **options: bool) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("assessment_id", sa.String(32), nullable=False),
        *columns,
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name=f"fk_{name}_assessment_id_assessment", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        **options,
    )
    op.create_index(f"ix_{name}_assessment_id", name, ["assessment_id"])


def downgrade() -> None:
    """Take back; what the new tables and columns hold is lost."""
    for table in ("rating", "respondent", "invitation", "snapshot"):
        op.drop_table(table)
    for table, columns in {
        "link": ("kind", "label", "expires"),
        "answer": ("dissent", "unclear"),
        "assessment": ("target", "again", "mode", "purpose", "round_begun", "spreads"),
    }.items():
        for column in columns:
            op.drop_column(table, column)
