"""What to do about an alarm, as commands to be typed."""

from __future__ import annotations


def advice(outlet: str, archive: str) -> tuple[tuple[str, str], ...]:
    """Commands, each with what it does."""
    return (
        (f"kliping fixture add {archive} --from-drift --outlet {outlet}", "makes fixtures of the captures laid aside"),
        (f"kliping heal {outlet} --from {archive}", "proposes the layout that reads them; a good run ends the alarm"),
        (f"kliping reextract {archive} --outlet {outlet} --apply", "then reads again what was captured meanwhile"),
        (f"kliping drift accept {outlet} --archive {archive}", "or says that the outlet is right as it is now"),
    )
