"""QR codes."""

from io import BytesIO

import segno


def code(address: str) -> str:
    """The address as a QR code, drawn as SVG that takes the size it is given."""
    drawn = BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", border=0, xmldecl=False, dark="#000", omitsize=True
    )
    return drawn.getvalue().decode()
