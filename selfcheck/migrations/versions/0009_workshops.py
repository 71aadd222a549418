"""Comparative workshops: members with their consents, seats, live rounds and votes."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "workshop",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("agency_id", sa.String(32), nullable=True),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("code", sa.String(16), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("keep_until", sa.String(10), nullable=False),
        sa.Column("questionnaire", sa.String(64), nullable=False),
        sa.Column("version", sa.String(32), nullable=False),
        sa.Column("threshold", sa.Integer(), nullable=False),
        *(sa.Column(name, sa.JSON(), nullable=False) for name in ("agenda", "pins", "ledger", "screen", "notes")),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created", sa.String(32), nullable=False),
        sa.Column("closed", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(["agency_id"], ["agency.id"], name="fk_workshop_agency_id_agency", ondelete="SET NULL"),
        sa.PrimaryKeyConstraint("id", name="pk_workshop"),
        sa.UniqueConstraint("code", name="uq_workshop_code"),
        sa.UniqueConstraint("token_hash", name="uq_workshop_token_hash"),
    )
    op.create_index("ix_workshop_agency_id", "workshop", ["agency_id"])
    op.create_table(
        "participation",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("workshop_id", sa.String(32), nullable=False),
        sa.Column("assessment_id", sa.String(32), nullable=True),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("team_code", sa.String(16), nullable=False),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("alias", sa.String(64), nullable=False),
        sa.Column("shown", sa.String(16), nullable=False),
        sa.Column("tandems", sa.Boolean(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("protocol", sa.Boolean(), nullable=False),
        sa.Column("later", sa.Boolean(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("shared", sa.String(32), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_participation_workshop_id_workshop", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_participation_assessment_id_assessment", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_participation"),
        sa.UniqueConstraint("token_hash", name="uq_participation_token_hash"),
        sa.UniqueConstraint("team_code", name="uq_participation_team_code"),
        sa.UniqueConstraint("workshop_id", "assessment_id", name="uq_participation_workshop_id_assessment_id"),
        sa.UniqueConstraint("workshop_id", "alias", name="uq_participation_workshop_id_alias"),
    )
    op.create_index("ix_participation_workshop_id", "participation", ["workshop_id"])
    op.create_index("ix_participation_assessment_id", "participation", ["assessment_id"])
    op.create_table(
        "seat",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("member_id", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"], ["participation.id"], name="fk_seat_member_id_participation", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_seat"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_seat_member_id", "seat", ["member_id"])
    op.create_table(
        "live_round",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("workshop_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(64), nullable=False),
        sa.Column("vignette", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("agreed", sa.Integer(), nullable=True),
        sa.Column("dissent", sa.Text(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["workshop_id"], ["workshop.id"], name="fk_live_round_workshop_id_workshop", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_live_round"),
        sa.UniqueConstraint("workshop_id", "number", name="uq_live_round_workshop_id_number"),
    )
    op.create_index("ix_live_round_workshop_id", "live_round", ["workshop_id"])
    op.create_table(
        "vote",
        sa.Column("round_id", sa.String(32), nullable=False),
        sa.Column("seat_id", sa.String(32), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("half_steps", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["round_id"], ["live_round.id"], name="fk_vote_round_id_live_round", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["seat_id"], ["seat.id"], name="fk_vote_seat_id_seat", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("round_id", "seat_id", "turn", name="pk_vote"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_vote_seat_id", "vote", ["seat_id"])


def downgrade() -> None:
    """Take back; workshops are lost."""
    for table in ("vote", "live_round", "seat", "participation", "workshop"):
        op.drop_table(table)
