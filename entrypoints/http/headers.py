"""Security headers for every answer."""

from litestar.datastructures import ResponseHeader

# Sources: OWASP secure headers; the consent form redirects to the provider, hence form-action.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'{elsewhere}"
)


def security_headers(*, https: bool, consent_origins: tuple[str, ...]) -> list[ResponseHeader]:
    elsewhere = "".join(f" {origin}" for origin in consent_origins)
    headers = {
        "Content-Security-Policy": _POLICY.format(elsewhere=elsewhere),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
        "X-Frame-Options": "DENY",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
        "Cache-Control": "no-store",
    }
    if https:
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    return [ResponseHeader(name=name, value=value) for name, value in headers.items()]
