"""A real S3 server on this machine, with a bucket named `viva`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import boto3  # type: ignore[import-untyped]
from moto.server import ThreadedMotoServer

from server.storage.location import Bucket

SECRET = "something secret"
KEYS = {"aws_access_key_id": "someone", "aws_secret_access_key": SECRET}


def client(address: str) -> boto3.client:
    return boto3.client("s3", endpoint_url=address, region_name="us-east-1", **KEYS)


@contextmanager
def running() -> Iterator[str]:
    """Its address."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client(address).create_bucket(Bucket="viva")
    yield address
    server.stop()


def bucket(address: str, name: str = "viva", prefix: str = "here/below") -> Bucket:
    options = {"aws_region": "us-east-1", "aws_endpoint": address, **KEYS}
    return Bucket(name, prefix, allow_http=True, options=options)
