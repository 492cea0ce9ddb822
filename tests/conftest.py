"""Fixtures shared by all tests: no network, one encoder, one index of the sample reports."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from index.build import SAMPLES, build_index
from index.encode import Encoder
from qa.engine import Engine
from qa.settings import Settings

_LOCAL = {"localhost", "127.0.0.1", "::1", "0.0.0.0", "", None}


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Fail any look-up of a host other than this machine: the main job works with the network cut."""
    resolve = socket.getaddrinfo

    def guarded(host, *args, **kwargs):
        name = host.decode() if isinstance(host, bytes) else host
        if name not in _LOCAL:
            raise AssertionError(f"a test asked for the network: {name}")
        return resolve(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", guarded)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return Encoder.load()


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory, encoder) -> Path:
    """A home folder with an index of the sample reports; tests only read it."""
    home = tmp_path_factory.mktemp("home")
    build_index(home, [SAMPLES], encoder)
    return home


@pytest.fixture(scope="session")
def engine(sample_home) -> Engine:
    return Engine.open(Settings(home=sample_home))
