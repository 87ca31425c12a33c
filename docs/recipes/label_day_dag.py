"""An Airflow DAG that labels each day's articles; a retry goes on where the last try stopped."""

from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG

FOLDER = "/srv/copydesk"

# Exit code 1 is no failure: all was judged that can be, the others lie beside the labels.
LABEL = """\
copydesk label articles/{{ ds }}.jsonl --sources wire.store --out labels/{{ ds }}.parquet \
    --job-dir jobs/{{ ds }} --jobs -1 --quiet || [ $? -eq 1 ]
"""

with DAG(
    "copydesk_label_day",
    schedule="@daily",
    start_date=datetime(2026, 1, 1),
    catchup=False,
    default_args={"retries": 5, "retry_delay": timedelta(minutes=10)},
) as dag:
    BashOperator(task_id="label", bash_command=LABEL, cwd=FOLDER)
