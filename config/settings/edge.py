"""A network that keeps our pages near visitors, as CloudFront or Cloudflare: told of every change. Off by default."""

from typing import Any

from config.env import Environment, env
from config.values import EnvironmentFault


def networks(env: Environment) -> dict[str, dict[str, Any]]:
    """Wagtail's WAGTAILFRONTENDCACHE. Raises `EnvironmentFault` for a network that lacks what it needs."""
    if not env.cdn:
        return {}
    if not env.cdn_id:
        raise EnvironmentFault("IYADA_CDN_ID: name the distribution or the zone of IYADA_CDN.")
    if env.cdn == "cloudflare":
        if not env.cdn_secret:
            raise EnvironmentFault("IYADA_CDN_SECRET: set an API token that may purge the zone.")
        backend = "content.pagecache.networks.CloudflareZone"
        return {"cdn": {"BACKEND": backend, "ZONEID": env.cdn_id, "BEARER_TOKEN": env.cdn_secret}}
    if bool(env.cdn_key) != bool(env.cdn_secret):
        raise EnvironmentFault("IYADA_CDN_KEY: set it together with IYADA_CDN_SECRET, or neither.")
    return {
        "cdn": {
            "BACKEND": "content.pagecache.networks.CloudFrontDistribution",
            "DISTRIBUTION_ID": env.cdn_id,
            "AWS_ACCESS_KEY_ID": env.cdn_key or None,
            "AWS_SECRET_ACCESS_KEY": env.cdn_secret or None,
        }
    }


WAGTAILFRONTENDCACHE = networks(env)
