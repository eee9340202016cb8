"""Writes anew what complaints are found by: those from before there was a search, and all when its words or its key
have changed.

`python -m infra.reindex --stage prod --region …` on AWS, with `--endpoint http://localhost:4566` on this computer. It
may be broken off and begun again at any time.
"""

import argparse

from adapters.items import Items
from adapters.search import Search
from adapters.table import Table, subject_of
from adapters.vault import Unreadable, Vault
from complaints.roles import THE_SYSTEM
from complaints.rules import Rules
from complaints.words import told
from infra.stack import Cloud, outputs_of, root_secret


def reindex(table: Table, search: Search) -> int:
    """Go through all complaints; how many. Nothing leads to an erased one afterwards."""
    count = 0
    for queue in ("open", "closed"):
        for complaint, _, _ in table.page(queue, None, THE_SYSTEM):
            try:
                account = table.everything(complaint.reference).account
                search.reindex(complaint, told(account, subject_of(account.what_happened)))
            except Unreadable:
                search.forget(complaint)
            count += 1
    return count


def main() -> None:
    """The command."""
    asked = argparse.ArgumentParser(prog="python -m infra.reindex", description="Index all complaints anew.")
    asked.add_argument("--stage", required=True)
    asked.add_argument("--region", required=True)
    asked.add_argument("--endpoint", help="of an emulator; AWS if it is left out")
    given = asked.parse_args()
    cloud = Cloud(given.region, given.endpoint)
    outputs = outputs_of(cloud, f"redress-{given.stage}")
    client, vault = cloud.client("dynamodb"), Vault(root_secret(cloud, given.stage))
    items, keys = (Items(client, outputs[name]) for name in ("Table", "KeysTable"))
    count = reindex(Table(items, _unasked, vault, keys), Search(items, vault))
    print(f"{count} complaints are indexed.")


def _unasked() -> Rules:
    raise AssertionError("what complaints are found by does not depend on what is settled")


if __name__ == "__main__":
    main()
