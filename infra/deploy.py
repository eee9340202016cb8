"""`make deploy`: puts Redress up on AWS. It asks for what it needs, checks and shows it, then acts.

An answer given before is offered again, read from the stack itself. Without a terminal, every answer comes as
`--set Name=value`, named as in the template, and `--yes` stands for the last question.
"""

import argparse
import re
import sys
import tomllib
from typing import Any, NoReturn

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from complaints.calendar import load
from infra import template
from infra.build import HERE, BuildFailed, built_functions, built_site
from infra.paths import ROOT
from infra.publish import Organisation, publish
from infra.stack import Cloud, Outputs, deploy, origin_token, root_secret

#: What is asked, in this order, and how; the rest has good values in the template and in samconfig.toml.
QUESTIONS = {
    "Organisation": "The organisation's name, as complainants know it",
    "HelpPhone": "A telephone number for those who would rather speak",
    "Sender": "The address that letters come from",
    "Calendar": "Whose public holidays are not working days (TR, GB-ENG, GB-SCT, GB-NIR, IE, AU-NSW …)",
    "AlarmEmail": "Who is told when something fails (an e-mail address)",
    "SiteDomain": "Your own name for the site, such as complaints.example.org (empty: CloudFront's)",
    "CertificateArn": "The certificate for that name (ACM, us-east-1)",
}
#: Decided anew at each deployment.
NOT_KEPT = {"Stage", "OriginToken", "Runtime", "Architecture", "LocalGateway", "LocalPort"}


class Refused(Exception):
    """What was given does not make a working product; the message says what to change."""


def problems(answers: dict[str, str]) -> list[str]:
    """What is wrong with the answers, in words; judged by the template's own rules, and by what belongs together."""
    parameters = template.read()["Parameters"]
    found = []
    for name, value in answers.items():
        rule = parameters.get(name)
        if rule is None:
            found.append(f"{name}: the template knows no such parameter")
        elif "AllowedPattern" in rule and not re.fullmatch(rule["AllowedPattern"], value):
            found.append(f"{name}: {rule['ConstraintDescription']}")
        elif "AllowedValues" in rule and value not in map(str, rule["AllowedValues"]):
            found.append(f"{name}: one of {', '.join(map(str, rule['AllowedValues']))}")
    if bool(answers.get("SiteDomain")) != bool(answers.get("CertificateArn")):
        found.append("SiteDomain and CertificateArn: a name of your own needs its certificate, and the reverse")
    if not answers.get("AlarmEmail"):
        found.append("AlarmEmail: without it nobody learns that complaints are stuck")
    if answers.get("Sender", "").endswith((".example", ".invalid", ".test", "@example.com", "@example.org")):
        found.append("Sender: an address that cannot receive mail cannot be verified")
    if answers.get("LocalGateway"):
        found.append("LocalGateway: that is for `make run`")
    return found


def stages() -> dict[str, dict[str, str]]:
    """The stages of samconfig.toml, with the parameters that set them apart."""
    config = tomllib.loads((ROOT / "samconfig.toml").read_text("utf-8"))
    return {
        name: dict(pair.split("=", 1) for pair in block["deploy"]["parameters"]["parameter_overrides"])
        for name, block in config.items()
        if isinstance(block, dict) and "deploy" in block
    }


def given_before(cloud: Cloud, name: str) -> dict[str, str]:
    """The parameters of the stack that runs already."""
    formation = cloud.client("cloudformation")
    try:
        [stack] = formation.describe_stacks(StackName=name)["Stacks"]
    except ClientError as error:
        if "does not exist" in str(error):
            return {}
        raise
    return {one["ParameterKey"]: one["ParameterValue"] for one in stack.get("Parameters", [])}


def ask(answers: dict[str, str], offered: dict[str, str]) -> None:
    """Asks for what is not answered yet, until each answer holds by itself."""
    for name, question in QUESTIONS.items():
        if name in answers or (name == "CertificateArn" and not answers.get("SiteDomain")):
            continue
        default = offered.get(name, "TR" if name == "Calendar" else "")
        while True:
            answers[name] = input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default
            mistakes = [one for one in problems(answers) if one.startswith(f"{name}:")]
            if not mistakes:
                break
            print(f"  {mistakes[0]}")


def up(cloud: Cloud, stage: str, answers: dict[str, str]) -> Outputs:
    """Builds, deploys and publishes; about ten minutes the first time, for CloudFront goes round the world."""
    target = {"Runtime": HERE["Runtime"], "Architecture": "arm64"}
    print("Building …")
    built, site = built_functions(target), built_site()
    print("Deploying …")
    token = origin_token(root_secret(cloud, stage))
    outputs = deploy(cloud, f"redress-{stage}", built, {**answers, **target, "Stage": stage, "OriginToken": token})
    print("Publishing …")
    firm = Organisation(
        answers["Organisation"],
        answers["HelpPhone"],
        answers["Sender"],
        answers["Calendar"],
        answers["TimeZone"],
        alone=answers.get("ApproverMayBeHandler") == "yes",
    )
    publish(cloud, outputs, stage, firm, site)
    return outputs


def next_steps(cloud: Cloud, stage: str, answers: dict[str, str], outputs: Outputs) -> str:
    """What only a person can do now."""
    own = ""
    if answers["SiteDomain"]:
        own = f"\n  0. Point {answers['SiteDomain']} at the distribution {outputs['DistributionId']}."
    return f"""
Redress is up: {outputs["SiteUrl"]}

What is left to do:{own}
  1. Answer the mail that SES has sent to {answers["Sender"]}; no letter leaves before.
     For letters that no mail server mistrusts, verify the sender's whole domain in SES as well (DKIM).
     A new account may write to verified addresses only; in the SES console, "Request production access" lifts that.
  2. Answer the mail that SNS has sent to {answers["AlarmEmail"]}; no alarm reaches you before.
  3. Let the first administrator in:
       .venv/bin/python -m infra.staff --stage {stage} --region {cloud.region} \\
         --email you@your-organisation --name "Your Name" --role administrator
  4. Keep a copy of the root secret (SSM parameter /redress/{stage}/root) where you keep what must never be lost."""


def knows(cloud: Cloud, sender: str) -> bool:
    """Whether SES has the address already: somebody verified it by hand, or another stage uses it."""
    ses = cloud.client("sesv2")
    try:
        ses.get_email_identity(EmailIdentity=sender)
    except ses.exceptions.NotFoundException:
        return False
    return True


def who(cloud: Cloud) -> str:
    """The AWS account that the credentials at hand belong to."""
    try:
        return str(cloud.client("sts").get_caller_identity()["Account"])
    except (BotoCoreError, ClientError) as error:
        raise Refused(f"AWS does not know you: {error}\nSign in first, for example with `aws sso login`.") from error


def main() -> None:
    """The command that `make deploy` calls."""
    asked = argparse.ArgumentParser(prog="python -m infra.deploy")
    asked.add_argument("--stage", choices=stages())
    asked.add_argument("--region")
    asked.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", dest="given")
    asked.add_argument("--yes", action="store_true", help="do not ask for the last word")
    options = asked.parse_args()
    try:
        _main(options)
    except (Refused, BuildFailed, BotoCoreError, ClientError) as refusal:
        sys.exit(f"\n{refusal}")
    except (EOFError, KeyboardInterrupt):
        sys.exit("\nNothing was changed.")


def _main(options: Any) -> None:
    talking = sys.stdin.isatty()
    stage = options.stage or (_choose("Stage", list(stages()), "dev") if talking else _missing("--stage"))
    usual = boto3.Session().region_name or "eu-central-1"
    region = options.region or (input(f"Region [{usual}]: ").strip() or usual if talking else _missing("--region"))
    if region not in boto3.Session().get_available_regions("lambda"):
        raise Refused(f"{region} is no region of AWS that runs Lambda functions.")
    cloud = Cloud(region)
    account = who(cloud)
    before = given_before(cloud, f"redress-{stage}")
    answers = dict(pair.split("=", 1) for pair in options.given if "=" in pair)
    if talking:
        ask(answers, before)
    else:
        answers = {name: before[name] for name in QUESTIONS if before.get(name)} | answers
        optional = {"SiteDomain", "CertificateArn"}
        if absent := [name for name in QUESTIONS if name not in answers and name not in optional]:
            raise Refused("Not said: " + ", ".join(f"--set {name}=…" for name in absent))
    # What was set before stays, also where nobody was asked about it.
    known = template.read()["Parameters"]
    kept = {name: value for name, value in before.items() if name in known and name not in NOT_KEPT}
    answers = {"SiteDomain": "", "CertificateArn": "", **stages()[stage], **kept, **answers}
    if not before and knows(cloud, answers["Sender"]):
        answers["SenderIsThere"] = "yes"
    if wrong := problems(answers):
        raise Refused("This would not work:\n" + "\n".join(f"  {one}" for one in wrong))
    answers.setdefault("TimeZone", load(answers["Calendar"]).time_zone)
    print(f"\nAccount {account}, region {region}, stage {stage}:")
    print("\n".join(f"  {name} = {value}" for name, value in sorted(answers.items()) if value))
    if not options.yes and (not talking or input("\nGo ahead? (yes/no) ").strip().lower() not in {"y", "yes"}):
        raise Refused("Nothing was changed.")
    print(next_steps(cloud, stage, answers, up(cloud, stage, answers)))


def _choose(what: str, among: list[str], default: str) -> str:
    while (answer := input(f"{what} ({'/'.join(among)}) [{default}]: ").strip() or default) not in among:
        print(f"  one of {', '.join(among)}")
    return answer


def _missing(option: str) -> NoReturn:
    raise Refused(f"There is nobody to ask; say {option}.")


if __name__ == "__main__":
    main()
