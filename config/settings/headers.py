"""What each answer tells the browser to forbid. `config.policy` loosens the content policy for the back office."""

from config.env import Environment, env

X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail shows previews in a frame of its own site
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
}


def socket_address(env: Environment) -> str:
    """Where pages find live updates: here, behind a proxy; else at another port of this host. Empty: nowhere."""
    if env.proxies:
        return "/ws/live/"
    return f":{env.socket_port}/ws/live/" if env.socket_port else ""


def socket_sources(env: Environment) -> list[str]:
    """The same as a content policy says it. To older browsers 'self' means no socket, and none knows IPv6."""
    hosts = [host.removeprefix(".") for host in env.hosts if not host.startswith("[") and host != "*"]
    if env.proxies:
        return [f"wss://{host}" for host in hosts]
    return [f"ws://{host}:{env.socket_port}" for host in hosts] if env.socket_port else []


SOCKET_ADDRESS = socket_address(env)
_images = ["'self'", "data:", *([env.s3_public_url.rstrip("/") + "/"] if env.s3_public_url else [])]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": _images,
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'self'"],
    },
}
# Wagtail's date choosers are inline scripts. No nonce beside it: a browser would then ignore 'unsafe-inline'.
ADMIN_CONTENT_SECURITY_POLICY = {
    **CONTENT_SECURITY_POLICY["DIRECTIVES"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": [*_images, "blob:"],
    "connect-src": ["'self'", *socket_sources(env)],
}
