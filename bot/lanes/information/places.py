"""Answers about the offices: address, directions, parking, buses, access, phones and fax."""

from __future__ import annotations

from bot.domain.blocks import Link
from bot.domain.says import Say
from bot.lanes.information.context import Asking
from bot.understanding.heard import Asked
from knowledge.published import Location


def directions(asked: Asked, asking: Asking) -> tuple[Say, ...]:
    places = asking.places(asked.facets.locations)
    match asked.aspect:
        case "parking":
            return tuple(_one("utter_parking", place, asking.text(place.parking), asking) for place in places)
        case "transit":
            return tuple(_one("utter_transit", place, asking.text(place.transit), asking) for place in places)
        case "access":
            return tuple(_one("utter_access", place, asking.text(place.accessibility), asking) for place in places)
    if asking.sms and len(places) > 1:
        return tuple(
            asking.say("utter_place_address", place=asking.place_name(place), address=address(place))
            for place in places
        )
    return tuple(
        asking.say(
            "utter_place",
            place=asking.place_name(place),
            address=address(place),
            directions=asking.text(place.directions),
        )
        for place in places
    )


def address(place: Location) -> str:
    return f"{place.street}, {place.city}, {place.state} {place.postcode}"


def phones(asking: Asking, *, which: str = "") -> tuple[Say, ...]:
    book = asking.practice.phones
    number = {"billing": book.billing, "nurse": book.nurse_line, "on_call": book.on_call}.get(which)
    if number is not None:
        return (Say(f"utter_phone_{which}", values={"number": number}, blocks=_call(number, asking)),)
    return (
        Say(
            "utter_phones",
            values={
                "main": book.main,
                "nurse": book.nurse_line,
                "billing": book.billing,
                "on_call": book.on_call,
                "relay": book.relay,
            },
            blocks=_call(book.main, asking),
        ),
    )


def fax(asked: Asked, asking: Asking) -> tuple[Say, ...]:
    return tuple(
        asking.say("utter_fax", place=asking.place_name(place), number=place.fax)
        for place in asking.places(asked.facets.locations)
    )


def _one(utter: str, place: Location, text: str, asking: Asking) -> Say:
    return asking.say(utter, place=asking.place_name(place), text=text)


def _call(number: str, asking: Asking) -> tuple[Link, ...]:
    digits = "".join(char for char in number if char.isdigit())
    return () if asking.sms else (Link(label=number, href=f"tel:{digits}"),)
