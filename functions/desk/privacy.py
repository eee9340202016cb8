"""How the register of data protection stands to the law today."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

from fastapi import Depends, FastAPI

from adapters.registers import Registers
from adapters.table import Table
from complaints.privacy import Hosting, hosting
from complaints.roles import STAFF, Person
from desk.asked import Who, having


def add_privacy(app: FastAPI, table: Table, registers: Registers, clock: Callable[[], datetime], who: Who) -> None:
    """The route of what is due and what is warned of; nothing is, until the register was settled."""
    Anybody = Annotated[Person, Depends(having(STAFF, who))]

    @app.get("/api/desk/framework/privacy/hosting")
    def read(person: Anybody) -> Hosting:
        content = registers["privacy"].newest().content
        if content is None:
            return Hosting(abroad=())
        return hosting(content, table.rules, table.rules.calendar.day_of(clock()))
