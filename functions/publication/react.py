"""4.4 TRANSPARENCY: what the organisation settles stands on its public pages within seconds."""

from collections.abc import Callable

from adapters.site import Files, Settled, Site


def react(read: Callable[[], Settled], draw: Callable[[Settled], Files], site: Site) -> None:
    """Write the pages until those that were written say what holds.

    Somebody may settle the next thing meanwhile, and a second run may write at the same time: whoever wrote what no
    longer holds finds it here, and writes again. Whoever is stopped half-way is called again, and writes the rest.
    """
    said = read()
    while True:
        site.publish(draw(said))
        drawn, said = said, read()
        if said == drawn:
            return
