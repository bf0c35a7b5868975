"""Cities of a stack (G1)."""

from chalicelib.actions.forms import NewCity
from chalicelib.records import cities
from chalicelib.records.commit import Entry
from chalicelib.rules.act import Act
from chalicelib.rules.city import City


def open_(act: Act, form: NewCity) -> City:
    """Open a city; Clash when it is there already."""
    city = City(id=form.id, name=form.name, association=form.association, hotline=form.hotline)
    return cities.store(city, city, act=act, entry=Entry(action="city.open"))


def fetch(id: str) -> City:
    """Read a city; Missing when the stack does not serve it."""
    return cities.fetch(id)
