"""What people send to have an archive erased."""

from chalicelib.actions.forms import Grounds


class Erasure(Grounds):
    """The worker's own wish to be erased: on which paper or occasion it was told."""
