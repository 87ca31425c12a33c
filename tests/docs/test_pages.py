"""Pages that are made of tables and results are current, and so is what they are made of."""

import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pyarrow as pa
import pytest

from copydesk.predict.fields import DEFAULT_KEEP, EVIDENCE_FIELDS, FIELDS
from copydesk.predict.tables import arrow_schema
from copydesk.types import Evidence

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["make_fields.py", "make_scale.py"])
def test_the_pages_are_current(name: str) -> None:
    script = ROOT / "docs" / name
    result = subprocess.run([sys.executable, str(script), "--check"], check=False)
    assert result.returncode == 0, f"run python docs/{name}"


def test_every_field_of_evidence_is_told() -> None:
    assert tuple(EVIDENCE_FIELDS) == tuple(field.name for field in fields(Evidence))


def test_the_schema_has_the_fields_and_what_is_kept() -> None:
    schema = arrow_schema(DEFAULT_KEEP)
    assert tuple(schema.names) == (*FIELDS, "url", "headline", "outlet")
    assert schema.field("p_spun") == pa.field("p_spun", pa.float64(), nullable=False)
    assert schema.field("label_set").type == pa.list_(pa.string())
    assert schema.field("source_id") == pa.field("source_id", pa.string())
