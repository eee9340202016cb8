"""4.4 TRANSPARENCY: what the organisation settles stands on its public pages within seconds."""

from collections.abc import Callable

from adapters.site import Files, Site, mark_of


def react(render: Callable[[], Files], site: Site) -> None:
    """Write the pages until those that were written are those that hold.

    `render` reads what is settled anew. Somebody may settle the next thing meanwhile, and a second run may write at the
    same time: whoever wrote what no longer holds finds it here, and writes again.
    """
    stands, pages = site.mark(), render()
    while stands != mark_of(pages):
        site.publish(pages)
        stands, pages = mark_of(pages), render()
