"""The register of municipalities, and packages that go from one installation to another."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the tables, and the key by which an assessment is linked to the register."""
    op.add_column("assessment", sa.Column("ars", sa.String(12), nullable=True))
    op.create_table(
        "register_edition",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("as_of", sa.String(10), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("imported", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_register_edition"),
    )
    op.create_table(
        "register_entry",
        sa.Column("ars", sa.String(12), nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("valid_from", sa.String(10), nullable=False),
        sa.Column("valid_to", sa.String(10), nullable=True),
        sa.Column("ags", sa.String(8), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(2), nullable=False),
        sa.Column("state", sa.String(2), nullable=False),
        sa.Column("county", sa.String(5), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("area", sa.Integer(), nullable=False),
        sa.Column("spelled", sa.String(200), nullable=False),
        sa.Column("plain", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("ars", "level", "valid_from", name="pk_register_entry"),
    )
    _create_packages()


def _create_packages() -> None:
    op.create_table(
        "issued_package",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("assessment_id", sa.String(32), nullable=False),
        sa.Column("issued", sa.String(32), nullable=False),
        sa.Column("expires", sa.String(10), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("addressed_to", sa.String(200), nullable=False),
        sa.Column("revoked", sa.String(32), nullable=True),
        sa.ForeignKeyConstraint(
            ["assessment_id"], ["assessment.id"], name="fk_issued_package_assessment_id_assessment", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_issued_package"),
    )
    op.create_index("ix_issued_package_assessment_id", "issued_package", ["assessment_id"])
    op.create_table(
        "trusted_key",
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("label", sa.String(200), nullable=False),
        sa.Column("trusted", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_trusted_key"),
    )
    op.create_table(
        "received_package",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("expires", sa.String(10), nullable=False),
        sa.Column("content", sa.JSON(), nullable=True),
        sa.Column("received", sa.String(32), nullable=False),
        sa.ForeignKeyConstraint(
            ["key"], ["trusted_key.key"], name="fk_received_package_key_trusted_key", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", "key", name="pk_received_package"),
    )


def downgrade() -> None:
    """Take back; register, packages and the links of assessments to the register are lost."""
    for table in ("received_package", "trusted_key", "issued_package", "register_entry", "register_edition"):
        op.drop_table(table)
    op.drop_column("assessment", "ars")
