"""The rules that follow from what the organisation has settled."""

from adapters.items import Items
from adapters.settings import Ruled
from adapters.versions import Versions
from complaints.rules import Organisation, Rules


class Rulebook(Versions[Organisation]):
    """The register `rules`, and what it means."""

    def __init__(self, items: Items, settings: Ruled) -> None:
        super().__init__(items, "rules", Organisation, Organisation())
        self._settings = settings
        self._known = self.rules_of(Organisation())

    def rules(self) -> Rules:
        """What binds us now; up to twenty seconds old."""
        organisation = self.recent().content
        if organisation != self._known.organisation:
            self._known = self.rules_of(organisation)
        return self._known

    def rules_of(self, organisation: Organisation) -> Rules:
        """The rules that would follow if this were settled."""
        return Rules(organisation, self._settings.home, self._settings.approver_may_be_handler)
