"""Signing in and out of the desk, and who may do what there: cookie, CSRF value, origin, roles (R-104, R-650 to R-652)."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request, Response

from bot.ports import Staff
from bot.privacy.phi import Phi
from bot.web import limits
from bot.web.errors import Problem, session_ended
from bot.web.patients import Plugged
from bot.web.services import Services
from bot.web.wire import Login, Me

router = APIRouter(prefix="/api/desk", tags=["desk"])

ACTING: Final = frozenset({"front_desk", "clinical_reviewer", "practice_admin"})
READING: Final = ACTING | {"compliance"}

# Checked when nobody has the e-mail, so that an unknown account takes as long as a wrong password.
DECOY: Final = "$argon2id$v=19$m=65536,t=3,p=4$D4EelkProatDhrAFFH6Yug$f5qADmXJOnXtrQ3cATkRb+IkWXmN9jNOvuY8zLRpN+8"
WRONG: Final = "E-mail or password is wrong."


@dataclass(frozen=True, slots=True)
class SignedIn:
    staff: Staff
    csrf: str
    token: str

    def may(self, roles: frozenset[str]) -> bool:
        return not roles.isdisjoint(self.staff.roles)


def cookie_name(services: Services) -> str:
    return "__Host-desk" if services.settings.secure_cookies else "desk"


def same_origin(request: Request, services: Services) -> None:
    """Raises 403 unless the browser says that our own page asks. Browsers send `Origin` with every POST (R-651)."""
    settings = services.settings
    # the demo is also opened as localhost
    ours = (settings.origin, *settings.allowed_origins) if settings.demo else (settings.origin,)
    if request.headers.get("origin", "").lower() not in ours:
        raise Problem(403, "origin", "This request did not come from the desk's own page.")


async def session_of(request: Request, services: Services, *, touch: bool) -> SignedIn:
    token = request.cookies.get(cookie_name(services), "")
    if not 0 < len(token) <= 256:
        raise session_ended()
    settings = services.settings
    found = await services.staff.session(
        token,
        at=services.clock.now(),
        idle=settings.staff_idle,
        absolute=settings.staff_absolute,
        touch=touch,
    )
    if found is None or found[0].practice != services.practice.id:
        raise session_ended()
    return SignedIn(staff=found[0], csrf=found[1], token=token)


async def signed_in(request: Request, services: Plugged) -> SignedIn:
    """A person's own act: it counts against idle time. On POST the page must prove itself, too."""
    me = await session_of(request, services, touch=True)
    if request.method not in ("GET", "HEAD"):
        same_origin(request, services)
        if not hmac.compare_digest(request.headers.get("x-csrf", "").encode(), me.csrf.encode()):
            raise Problem(403, "csrf", "The page is out of date. Load it again.")
        await limits.require(request, limits.DESK, me.staff.id)
    return me


async def looking(request: Request, services: Plugged) -> SignedIn:
    """What the page loads by itself when something changed: no sign that a person is there (R-104)."""
    me = await session_of(request, services, touch=False)
    await limits.require(request, limits.DESK, me.staff.id)
    return me


def _with_role(
    who: Callable[..., Coroutine[Any, Any, SignedIn]], roles: frozenset[str]
) -> Callable[..., Coroutine[Any, Any, SignedIn]]:
    async def checked(me: SignedIn = Depends(who)) -> SignedIn:  # `who` is local: an annotation could not name it
        if not me.may(roles):
            raise Problem(403, "not_allowed", "Your role does not include this.")
        return me

    return checked


Me_ = Annotated[SignedIn, Depends(signed_in)]
Reader = Annotated[SignedIn, Depends(_with_role(looking, READING))]
Actor = Annotated[SignedIn, Depends(_with_role(signed_in, ACTING))]


@router.post("/login")
async def login(told: Login, request: Request, response: Response, services: Plugged) -> Me:
    same_origin(request, services)
    where = limits.caller(request)
    account = services.vault.blind(Phi(told.email.strip().casefold()), practice=services.practice.id, kind="login")
    await limits.require(request, limits.LOGINS_FROM, where)
    await limits.require(request, limits.LOGINS, f"{account}:{where}")
    staff = await _proven(services, told)
    if staff is None:
        raise Problem(401, "wrong_login", WRONG)
    old = request.cookies.get(cookie_name(services))
    if old:
        await services.staff.sign_out(old)  # the session of whoever sat here before ends
    token, csrf = await services.staff.sign_in(staff.id, at=services.clock.now())
    response.set_cookie(
        cookie_name(services),
        token,
        path="/",
        httponly=True,
        samesite="strict",
        secure=services.settings.secure_cookies,
    )
    return _me(services, SignedIn(staff, csrf, token))


async def _proven(services: Services, told: Login) -> Staff | None:
    found = await services.staff.by_email(told.email)
    stored = found[1] if found else DECOY
    right = await asyncio.to_thread(services.check_password, stored, told.password)
    if found is None or not right:
        return None
    staff = found[0]
    return staff if staff.active and staff.practice == services.practice.id else None


@router.post("/logout", status_code=204)
async def logout(request: Request, services: Plugged) -> Response:
    """Ends the session if there is one. Needs no CSRF value, because the page that lost it must still get out."""
    same_origin(request, services)
    token = request.cookies.get(cookie_name(services))
    if token:
        await services.staff.sign_out(token)
    answer = Response(status_code=204)
    answer.delete_cookie(
        cookie_name(services), path="/", httponly=True, samesite="strict", secure=services.settings.secure_cookies
    )
    return answer


@router.get("/me")
async def me(mine: Me_, services: Plugged) -> Me:
    """Who is signed in; the page asks for it while a person is at the keyboard, which keeps the session alive."""
    return _me(services, mine)


def _me(services: Services, mine: SignedIn) -> Me:
    return Me.model_validate(
        {
            "id": mine.staff.id,
            "name": mine.staff.name,
            "roles": list(mine.staff.roles),
            "csrf": mine.csrf,
            "idle_seconds": int(services.settings.staff_idle.total_seconds()),
            "practice": services.practice.id,
            "practice_name": services.practice.name,
            "timezone": services.practice.timezone,
            "demo": services.settings.demo,
            "pms_mode": services.pms_mode().value,
        }
    )
