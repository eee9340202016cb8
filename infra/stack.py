"""Deploys the template, to AWS or to the emulator that stands in for it; the steps are the same.

A stack needs a root secret before it exists: CloudFormation cannot make a SecureString, so `root_secret` does.
"""

import base64
import contextlib
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3
from botocore.config import Config

from infra.build import run
from infra.paths import SAM

#: The stack's outputs by name, as in the template's `Outputs`.
Outputs = dict[str, str]


@dataclass(frozen=True)
class Cloud:
    """Where a stack is put up: a region of AWS, or an emulator at `endpoint` (such as http://localhost:4566)."""

    region: str
    endpoint: str | None = None

    def client(self, service: str) -> Any:
        """A boto3 client. On AWS with the caller's own credentials, else with the emulator's root ones."""
        return boto3.client(  # type: ignore[call-overload]
            service,
            region_name=self.region,
            endpoint_url=self.endpoint,
            config=Config(connect_timeout=5, read_timeout=60, retries={"total_max_attempts": 3}),
            **({"aws_access_key_id": "test", "aws_secret_access_key": "test"} if self.endpoint else {}),
        )

    def environment(self) -> dict[str, str]:
        """What a program has to find in its environment to talk to this cloud."""
        chosen = {"AWS_DEFAULT_REGION": self.region, "AWS_REGION": self.region}
        if self.endpoint:
            chosen |= {
                "AWS_ENDPOINT_URL": self.endpoint,
                "AWS_ACCESS_KEY_ID": "test",
                "AWS_SECRET_ACCESS_KEY": "test",
                "AWS_SESSION_TOKEN": "",
                "AWS_PROFILE": "",
            }
        return chosen


def root_secret(cloud: Cloud, stage: str) -> bytes:
    """The stage's root secret (32 bytes); made at random the first time. Whoever loses it loses every word kept."""
    ssm = cloud.client("ssm")
    name = f"/redress/{stage}/root"
    with contextlib.suppress(ssm.exceptions.ParameterAlreadyExists):  # the rule: it is made once
        ssm.put_parameter(
            Name=name,
            Type="SecureString",
            Value=base64.b64encode(secrets.token_bytes(32)).decode(),
            Description="Redress: all keys are derived from it. Never delete it while complaints are kept.",
        )
    return base64.b64decode(ssm.get_parameter(Name=name, WithDecryption=True)["Parameter"]["Value"])


def origin_token(root: bytes) -> str:
    """What CloudFront shows the API; the functions derive the same."""
    from adapters.vault import Vault

    return Vault(root).origin_token


def deploy(cloud: Cloud, name: str, built: Path, parameters: dict[str, str]) -> Outputs:
    """Deploys the built template as stack `name` with `sam deploy`; returns its outputs. Unchanged is no error."""
    if cloud.endpoint:
        bucket, s3 = f"{name}-artifacts", cloud.client("s3")
        if bucket not in {one["Name"] for one in s3.list_buckets()["Buckets"]}:
            s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": cloud.region})
        where = ["--s3-bucket", bucket]
    else:
        where = ["--resolve-s3"]
    run(
        [
            *(SAM / "sam", "deploy", "--template", built, "--stack-name", name, "--region", cloud.region),
            *("--capabilities", "CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"),
            *("--no-confirm-changeset", "--no-fail-on-empty-changeset", "--no-progressbar", *where),
            *("--parameter-overrides", *(f"{key}={_quoted(value)}" for key, value in parameters.items())),
        ],
        {**cloud.environment(), "SAM_CLI_TELEMETRY": "0", "SAM_CLI_POLL_DELAY": "0.5" if cloud.endpoint else "5"},
        cwd=built.parent,
    )
    return outputs_of(cloud, name)


def outputs_of(cloud: Cloud, name: str) -> Outputs:
    """The outputs of the stack, or nothing if there is no such stack."""
    formation = cloud.client("cloudformation")
    try:
        [stack] = formation.describe_stacks(StackName=name)["Stacks"]
    except formation.exceptions.ClientError as error:
        if "does not exist" in str(error):
            return {}
        raise
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def waits_until_quiet(cloud: Cloud, outputs: Outputs, seconds: float) -> bool:
    """Waits until no queue holds work, for at most `seconds`; whether that was reached.

    What is still on its way from the table's stream cannot be seen from outside, so quiet has to last for a second.
    """
    sqs = cloud.client("sqs")
    queues = [url for key, url in outputs.items() if key.endswith("QueueUrl")]
    counted = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    until, quiet = time.monotonic() + seconds, 0
    while time.monotonic() < until:
        waiting = 0
        for url in queues:
            attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=counted)["Attributes"]
            waiting += sum(int(attributes[name]) for name in counted)
        quiet = 0 if waiting else quiet + 1
        if quiet == 4:
            return True
        time.sleep(0.25)
    return False


def _quoted(value: str) -> str:
    """A parameter's value as SAM wants it: quoted, for an organisation's name may hold blanks."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
