"""The blind index: which tokens lead to which complaints.

S#<token>      <received at>#<reference>   nothing else: that is all there is to know
C#<reference>  TOKENS                      `tokens`, the entries above that lead here

A token is the HMAC of a word under a key of its own: who reads the table learns how often something occurs, and not
what. The entries of one token stand in the order of receipt, so several tokens are intersected as they are read, and
the newest complaints come first without reading the oldest.

A complaint costs an item a token and one for `TOKENS`, two write units each for they are part of the transaction that
files it. A question costs a Query a token, half a read unit for each sixty entries.

What is found here is not yet what somebody may see: whoever asks has to ask `may_see` of every complaint, before they
count.
"""

from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby

from adapters.items import Item, Items, iso, packed
from adapters.vault import Vault
from complaints.complaint import Complaint
from complaints.words import Token, Way, asked, contacts, place


class Search:
    """Finds complaints, and keeps what they are found by."""

    def __init__(self, items: Items, vault: Vault) -> None:
        self._items = items
        self._vault = vault

    def find(self, text: str) -> Iterator[str]:
        """The references of the complaints that a text leads to, the newest first, read as far as they are taken."""
        return map(_reference, _either([self._way(way) for way in asked(text)]))

    def same_person(self, email: str | None, phone: str | None, *, besides: str | None = None) -> tuple[str, ...]:
        """The references of all complaints with this e-mail address or this telephone number, the newest first.

        `besides` is the complaint that is known already.
        """
        found = map(_reference, _either([self._led_to(token) for token in contacts(email, phone)]))
        return tuple(reference for reference in found if reference != besides)

    def same_place(self, branch: str | None, *, besides: str) -> Iterator[str]:
        """The references of the other complaints about a place of which somebody said at least what `branch` says."""
        found = self._way(tuple((token,) for token in place(branch)))
        return (reference for one in found if (reference := _reference(one)) != besides)

    def reindex(self, complaint: Complaint, tokens: Iterable[Token]) -> None:
        """Let exactly these tokens lead to a complaint, whichever did before.

        Broken off midway, `TOKENS` names more entries than there are and never fewer: the next call makes it good.
        """
        listed, *wanted = entries(complaint, tokens, self._vault)
        known = self._items.get(_place(complaint)) or {"tokens": []}
        gone = sorted(set(known["tokens"]) - set(listed["tokens"]))
        self._replace({**listed, "tokens": [*listed["tokens"], *gone]})
        for entry in wanted:
            self._items.put(entry)
        for token in gone:
            self._items.delete(_entry(token, complaint))
        if gone:
            self._replace(listed)

    def forget(self, complaint: Complaint) -> None:
        """Let nothing lead to a complaint that is erased. Needs no data key, so it may come after that was deleted."""
        self.reindex(complaint, ())

    def _replace(self, item: Item) -> None:
        self._items.client.put_item(TableName=self._items.name, Item=packed(item))

    def _way(self, way: Way) -> Iterator[str]:
        return _all([_either([self._led_to(token) for token in term]) for term in way])

    def _led_to(self, token: Token) -> Iterator[str]:
        """The sort keys of a token's entries, the newest first."""
        found = self._items.query(PK=f"S#{self._vault.blind(*token)}", forward=False)
        return (str(entry["SK"]) for entry in found)


def entries(complaint: Complaint, tokens: Iterable[Token], vault: Vault) -> list[Item]:
    """The items that let these tokens lead to a complaint: first the list of them, then one each."""
    blind = [vault.blind(*token) for token in tokens]
    return [{**_place(complaint), "tokens": blind}, *(_entry(token, complaint) for token in blind)]


def _place(complaint: Complaint) -> Item:
    return {"PK": f"C#{complaint.reference}", "SK": "TOKENS"}


def _entry(token: str, complaint: Complaint) -> Item:
    received_at = complaint.own_received_at or complaint.received_at  # a merger does not move it
    return {"PK": f"S#{token}", "SK": f"{iso(received_at)}#{complaint.reference}"}


def _reference(sort_key: str) -> str:
    return sort_key.rpartition("#")[2]


def _either(falling: list[Iterator[str]]) -> Iterator[str]:
    """What is in any of the falling sequences, falling."""
    return (one for one, _ in groupby(merge(*falling, reverse=True)))


def _all(falling: list[Iterator[str]]) -> Iterator[str]:
    """What is in each of the falling sequences, falling. Ends with the shortest."""
    heads = [next(one, None) for one in falling]
    while heads and None not in heads:
        lowest = min(head for head in heads if head is not None)
        if all(head == lowest for head in heads):
            yield lowest
            heads = [next(one, None) for one in falling]
        else:
            heads = [head if head == lowest else next(one, None) for head, one in zip(heads, falling, strict=True)]
