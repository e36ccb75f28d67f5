"""A content delivery network before the site hears of each change, over HTTP."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from config.env import Environment
from config.settings.edge import networks
from config.values import EnvironmentFault
from content.pagecache import edge, tasks, versions
from content.pagecache.networks import CloudflareZone
from tests.factories.directory import SpecialtyFactory
from tests.factories.patients import PatientFactory

pytestmark = pytest.mark.django_db(transaction=True)


class Cloudflare(ThreadingHTTPServer):
    """What of Cloudflare's interface the site uses."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Purging)
        self.heard: list[tuple[str, str, Any]] = []
        self.success = True


class Purging(BaseHTTPRequestHandler):
    server: Cloudflare

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.heard.append((self.path, self.headers["Authorization"], body))
        answer = json.dumps({"success": self.server.success, "errors": []}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def cloudflare(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cloudflare]:
    server = Cloudflare()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(CloudflareZone, "endpoint", f"http://127.0.0.1:{server.server_port}/client/v4")
    settings.WAGTAILFRONTENDCACHE = networks(Environment(cdn="cloudflare", cdn_id="zone", cdn_secret="token"))
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def cloudfront(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client of a CloudFront with one distribution, which the settings name."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")  # only another address than Amazon's asks for one
    monkeypatch.setenv("AWS_ENDPOINT_URL_CLOUDFRONT", f"http://{host}:{port}")
    client = boto3.client("cloudfront", aws_access_key_id="a-key", aws_secret_access_key="a-secret")
    origin = {"Id": "site", "DomainName": "clinic.s3.amazonaws.com", "S3OriginConfig": {"OriginAccessIdentity": ""}}
    made = client.create_distribution(
        DistributionConfig={
            "CallerReference": "one",
            "Comment": "",
            "Enabled": True,
            "Origins": {"Quantity": 1, "Items": [origin]},
            "DefaultCacheBehavior": {
                "TargetOriginId": "site",
                "ViewerProtocolPolicy": "redirect-to-https",
                "ForwardedValues": {"QueryString": True, "Cookies": {"Forward": "none"}},
                "TrustedSigners": {"Enabled": False, "Quantity": 0},
                "MinTTL": 0,
            },
        }
    )
    number = made["Distribution"]["Id"]
    settings.WAGTAILFRONTENDCACHE = networks(
        Environment(cdn="cloudfront", cdn_id=number, cdn_key="a-key", cdn_secret="a-secret")
    )
    client.number = number
    yield client
    server.stop()


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker, in this process."""
    monkeypatch.setattr(tasks.purge_edge, "delay", tasks.purge_edge.apply)


def test_a_change_empties_the_zone_of_cloudflare(cloudflare: Cloudflare, at_once: None) -> None:
    SpecialtyFactory()
    assert cloudflare.heard[0] == (
        "/client/v4/zones/zone/purge_cache",
        "Bearer token",
        {"purge_everything": True},
    )


def test_a_change_makes_everything_of_cloudfront_old(cloudfront: Any, at_once: None) -> None:
    SpecialtyFactory()
    listed = cloudfront.list_invalidations(DistributionId=cloudfront.number)["InvalidationList"]["Items"]
    told = cloudfront.get_invalidation(DistributionId=cloudfront.number, Id=listed[0]["Id"])["Invalidation"]
    assert told["InvalidationBatch"]["Paths"] == {"Quantity": 1, "Items": ["/*"]}


def test_what_visitors_do_not_see_purges_nothing(cloudflare: Cloudflare, at_once: None) -> None:
    PatientFactory()
    assert cloudflare.heard == []


def test_many_changes_cost_two_purges(cloudflare: Cloudflare, at_once: None, memory: Any) -> None:
    for _number in range(5):
        SpecialtyFactory()
    assert len(cloudflare.heard) == 1
    memory.delete(edge.TURN_KEY)  # ten seconds later
    tasks.purge_edge()
    memory.delete(edge.TURN_KEY)
    tasks.purge_edge()
    assert len(cloudflare.heard) == 2


def test_a_purge_that_failed_is_done_again(cloudflare: Cloudflare, memory: Any) -> None:
    versions.flush()
    cloudflare.success = False
    with pytest.raises(OSError, match="did not purge"):
        tasks.purge_edge()
    cloudflare.success = True
    memory.delete(edge.TURN_KEY)
    tasks.purge_edge()
    memory.delete(edge.TURN_KEY)
    tasks.purge_edge()
    assert len(cloudflare.heard) == 2


def test_without_a_network_nothing_is_asked_for(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert settings.WAGTAILFRONTENDCACHE == networks(Environment()) == {}
    monkeypatch.setattr(tasks.purge_edge, "delay", None)
    SpecialtyFactory()
    assert not edge.purge_what_is_old()


@pytest.mark.parametrize(
    ("variables", "named"),
    [
        ({"cdn": "cloudflare", "cdn_secret": "token"}, "IYADA_CDN_ID"),
        ({"cdn": "cloudflare", "cdn_id": "zone"}, "IYADA_CDN_SECRET"),
        ({"cdn": "cloudfront", "cdn_id": "one", "cdn_key": "key"}, "IYADA_CDN_KEY"),
    ],
)
def test_a_network_that_lacks_something_is_refused_at_the_start(variables: dict[str, str], named: str) -> None:
    with pytest.raises(EnvironmentFault, match=named):
        networks(Environment(**variables))
