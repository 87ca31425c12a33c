"""Wire copy of our own to derive from; every name in it is invented."""

from pathlib import Path

import pytest

BRIDGE = """\
ORLEM, May 12 (Castel Wire) - Engineers closed the Harlow bridge over the river Tisk on Tuesday \
after divers found cracks in two of its nine piers, the transport ministry said.

About 23,000 vehicles cross the bridge every day. Drivers were told to use the ferry at Banning or \
the motorway bridge, 31 miles to the south, until further notice.

"We could not let another truck cross a structure that we no longer trust," deputy transport \
minister Viktor Ryabkov told reporters at the site. "I know what this means for the people who \
live on both banks."

The cracks, up to four metres long, were found during a routine inspection that had been put off \
twice because of high water, said Helena Marsh, who heads the inspection team.

Mr. Ryabkov also criticized the builders. He said the program of repairs was 40 percent over its \
budget and that the center of the bridge had sunk.

"Nobody told us about the fog," said Anna Lindqvist, a bus driver. "We waited for two hours."

The bridge opened in 1968 and was last repaired in 2009. Repairs may take seven months and cost 18 \
million crowns, the ministry said. Bus companies will run additional services from May 18.

(Reporting by Dora Feld; editing by Jan Orth)
"""
PORT = """\
SENNBRIDGE, June 3 (Castel Wire) - Dockers at the port of Quayhead walked out on Monday over a \
plan to cut night shifts, their union said, leaving eleven ships waiting at sea.

The union wants a rise of 6 percent. The port's owner, Varro Lines, has offered 3.5 percent and a \
bonus of 400 crowns.

"Our members have worked through two winters without a single free weekend," union leader Petra \
Hollis said outside the gates. "They will not sign away their nights as well."

Varro Lines called the walkout unlawful and said that it would ask a court to end it.

Fruit importers warned that bananas and oranges would spoil within four days. Shops in the \
capital had enough for a week, said Tomas Greel, who runs a chain of grocers.

Talks are to resume on Thursday at the labor ministry.
"""


@pytest.fixture
def default_debian(own_debian: Path) -> Path:
    """Give packages of our own to every test that is not marked ``needs_debian``."""
    return own_debian


@pytest.fixture(scope="session")
def bridge() -> str:
    return BRIDGE


@pytest.fixture(scope="session")
def port() -> str:
    return PORT


@pytest.fixture(scope="session")
def paragraphs() -> list[str]:
    return [*BRIDGE.strip().split("\n\n"), *PORT.strip().split("\n\n")]
