"""A bulk stop, previewed by the association and decided by the bureau."""

from chalicelib.actions import bulk_stops
from chalicelib.actions.bulk_stop_forms import NewBulkStop
from chalicelib.actions.forms import Grounds

OUTCOMES = {"stopped": 0, "returned": 0, "distrusted": 0, "trusted": 0, "nothing-to-do": 0}


def form(**told):
    usual = {"kind": "exam", "names": ("演示医院",), "move": "suspend", "basis": "source", "ground": "演示：查实"}
    return NewBulkStop(**usual | told)


def previewed(town, **told):
    return bulk_stops.preview(town.act("association_manager"), form(**told))


def decided(town, stop, decision="confirm", by="bureau"):
    return bulk_stops.decide(town.act(by), stop.id, decision, Grounds(revision=stop.revision, ground="演示：同意"))


def ran(town, **told):
    """The bulk stop after its one slice."""
    running = decided(town, previewed(town, **told))
    bulk_stops.run("330200", running.id, 0)
    return running
