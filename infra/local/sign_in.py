"""Signs a person in without a browser, over the same pages and with the same PKCE as the desk does.

For the demonstration, the tests and the bench. It works where the sign-in page asks for no second factor: on the
emulator. On AWS a person is needed, and that is the point of a second factor.
"""

import base64
import hashlib
import json
import secrets
import urllib.error
import urllib.parse
import urllib.request
from email.message import Message
from http.client import HTTPMessage
from typing import IO

from infra.stack import Cloud, Outputs


class SignInFailed(Exception):
    """The sign-in page refused; the message is what it said."""


class _StayHere(urllib.request.HTTPRedirectHandler):
    """The code we came for is in the redirect, whose target no C library resolves."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        return None


def access_token(cloud: Cloud, outputs: Outputs, email: str, password: str) -> str:
    """An access token for the desk API, good for 15 minutes."""
    verifier = secrets.token_urlsafe(48)
    asked = {
        "client_id": outputs["UserPoolClientId"],
        "redirect_uri": f"{outputs['SiteUrl']}/staff/",
        "response_type": "code",
        "scope": "openid",
        "state": secrets.token_urlsafe(12),
        "code_challenge_method": "S256",
        "code_challenge": base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode(),
    }
    page = f"{cloud.endpoint}/login?{urllib.parse.urlencode(asked)}"
    status, headers, body = _post(page, {**asked, "username": email, "password": password})
    back = urllib.parse.parse_qs(urllib.parse.urlsplit(headers.get("Location", "")).query)
    if "code" not in back:
        raise SignInFailed(f"Sign-in answered {status}: {body[:300]}")
    status, _, body = _post(
        f"{cloud.endpoint}/oauth2/token",
        {
            "grant_type": "authorization_code",
            "client_id": asked["client_id"],
            "redirect_uri": asked["redirect_uri"],
            "code": back["code"][0],
            "code_verifier": verifier,
        },
    )
    if status != 200:
        raise SignInFailed(f"The token was refused with {status}: {body[:300]}")
    token: str = json.loads(body)["access_token"]
    return token


def _post(url: str, fields: dict[str, str]) -> tuple[int, Message, str]:
    opener = urllib.request.build_opener(_StayHere)
    try:
        with opener.open(url, urllib.parse.urlencode(fields).encode(), timeout=30) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.headers, refused.read().decode()
