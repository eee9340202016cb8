"""The template holds what an emulator cannot show: limits, retention, rights, and where the two clouds may differ."""

import json
import re
from collections.abc import Iterator
from fnmatch import fnmatch
from typing import Any, get_args

import pytest

from adapters.http import STATUSES
from complaints import events as e
from complaints.calendar import load
from complaints.history import letter_owed
from complaints.language import LANGUAGES
from infra import template
from infra.paths import FUNCTIONS
from infra.publish import Organisation, pages
from infra.requirements import exported
from infra.staff import ROLES
from tests.bench.prices import times_a_month
from tests.world import World

TEMPLATE = template.read()
RESOURCES: dict[str, dict[str, Any]] = TEMPLATE["Resources"]

#: Everywhere the laptop may differ from AWS: addresses, what needs TLS, and rights that the emulator checks otherwise.
CSP = "Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy"
LOCAL_PLACES = {
    ("FilesBucketPolicy", "Properties.PolicyDocument.Statement"),
    ("SiteBucketPolicy", "Properties.PolicyDocument.Statement"),
    ("Headers", f"{CSP}.SignIn"),
    ("Headers", f"{CSP}.Files"),
    ("Site", "Properties.DistributionConfig.Origins.DomainName"),
    ("Site", "Properties.DistributionConfig.Origins.OriginPath"),
    ("Site", "Properties.DistributionConfig.Origins.CustomOriginConfig.OriginProtocolPolicy"),
    ("Site", "Properties.DistributionConfig.DefaultCacheBehavior.ViewerProtocolPolicy"),
    ("Site", "Properties.DistributionConfig.CacheBehaviors.ViewerProtocolPolicy"),
    ("SiteAddress", "Properties.Value"),
    ("AcknowledgementRights", "Properties.Policies.PolicyDocument.Statement.Resource"),
    ("AcknowledgementRights", "Properties.Policies.PolicyDocument.Statement.Condition"),
    ("CorrespondenceRights", "Properties.Policies.PolicyDocument.Statement.Resource"),
    ("CorrespondenceRights", "Properties.Policies.PolicyDocument.Statement.Condition"),
    ("ClosureRights", "Properties.Policies.PolicyDocument.Statement.Resource"),
    ("ClosureRights", "Properties.Policies.PolicyDocument.Statement.Condition"),
    ("EscalationRights", "Properties.Policies.PolicyDocument.Statement.Resource"),
    ("EscalationRights", "Properties.Policies.PolicyDocument.Statement.Condition"),
    ("TimersRights", "Properties.Policies.PolicyDocument.Statement.Resource.Group"),
}
#: A resource name may end in * only where its end is made at run time.
OPEN_ENDED = {
    "${FilesBucket.Arn}/evidence/*",
    *(f"${{SiteBucket.Arn}}/{language}/*" for language in LANGUAGES),
    "${SiteBucket.Arn}/assets/logo-*",
    "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/*",  # under the condition ses:FromAddress
    "${Table.Arn}/stream/*",
    "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*",
    "arn:${AWS::Partition}:scheduler:${AWS::Region}:${AWS::AccountId}:schedule/${Group}/*",
}
#: What costs something every month although nobody complains, with the condition that it has to have.
FIXED_PRICE = re.compile(
    r"AWS::(KMS::Key|WAFv2::|EC2::|RDS::|SecretsManager::|Route53::HostedZone|ElastiCache::|OpenSearch|Synthetics::)"
)


def of(kind: str) -> dict[str, dict[str, Any]]:
    """The properties of all resources of one type, by logical id."""
    return {name: one["Properties"] for name, one in RESOURCES.items() if one["Type"] == kind}


def walk(value: object, path: str = "") -> Iterator[tuple[str, object]]:
    """Every value in a tree with its path; lists and functions leave no trace in the path."""
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from walk(inner, path if key.startswith("Fn::") else f"{path}.{key}".strip("."))
    elif isinstance(value, list):
        for inner in value:
            yield from walk(inner, path)


def on_aws(value: Any) -> Any:
    """The tree as AWS sees it: where `Local` decides, its other side."""
    if isinstance(value, dict):
        if list(value) == ["Fn::If"] and value["Fn::If"][0] == "Local":
            return on_aws(value["Fn::If"][2])
        return {key: on_aws(inner) for key, inner in value.items()}
    return [on_aws(inner) for inner in value] if isinstance(value, list) else value


def statements(role: dict[str, Any]) -> list[dict[str, Any]]:
    return [on_aws(one) for policy in role["Policies"] for one in policy["PolicyDocument"]["Statement"]]


def listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


FUNCTION_PROPERTIES = of("AWS::Serverless::Function")
RIGHTS = of("AWS::IAM::Role")
QUEUES = of("AWS::SQS::Queue")
#: Every fact about a complaint, by the name under which the bus knows it.
FACTS = {kind.__name__: kind for kind in get_args(get_args(e.AnyEvent)[0])}


def test_the_clouds_differ_only_where_they_must() -> None:
    found = {
        (name, path)
        for name, resource in RESOURCES.items()
        for path, value in walk(resource)
        if isinstance(value, dict) and isinstance(value.get("Fn::If"), list) and value["Fn::If"][0] == "Local"
    }
    assert found == LOCAL_PLACES
    assert not [name for name, one in RESOURCES.items() if one.get("Condition") == "Local"]
    assert "LocalGateway" not in json.dumps(on_aws(RESOURCES))


def test_on_aws_everything_travels_under_tls() -> None:
    site = on_aws(RESOURCES["Site"])["Properties"]["DistributionConfig"]
    assert site["DefaultCacheBehavior"]["ViewerProtocolPolicy"] == "redirect-to-https"
    assert site["CacheBehaviors"][0]["ViewerProtocolPolicy"] == "https-only"
    assert site["Origins"][1]["CustomOriginConfig"]["OriginProtocolPolicy"] == "https-only"
    for name in ("FilesBucketPolicy", "SiteBucketPolicy"):
        said = on_aws(RESOURCES[name])["Properties"]["PolicyDocument"]["Statement"]
        assert {"Bool": {"aws:SecureTransport": False}} in [one["Condition"] for one in said if one["Effect"] == "Deny"]
    assert of("AWS::SES::ConfigurationSet")["MailEvents"]["DeliveryOptions"] == {"TlsPolicy": "REQUIRE"}


def test_every_function_is_a_folder_with_a_handler() -> None:
    handlers = {one["Handler"] for one in FUNCTION_PROPERTIES.values()}
    folders = {f"{path.parent.name}.handler.handler" for path in FUNCTIONS.glob("*/handler.py")}
    assert handlers == folders
    assert {name.lower() for name in FUNCTION_PROPERTIES} == {handler.split(".")[0] for handler in handlers}


@pytest.mark.parametrize("name", FUNCTION_PROPERTIES)
def test_every_function_has_its_own_role_and_its_own_log(name: str) -> None:
    function = FUNCTION_PROPERTIES[name]
    assert function["Role"] == {"Fn::GetAtt": [f"{name}Rights", "Arn"]}
    assert function["LoggingConfig"] == {"LogGroup": {"Ref": f"{name}Log"}}
    assert {"Fn::GetAtt": [f"{name}Log", "Arn"]} in [one["Resource"] for one in statements(RIGHTS[f"{name}Rights"])]
    assert function.get("Timeout", 20) < 29


@pytest.mark.parametrize("name", RIGHTS)
def test_rights_are_exact(name: str) -> None:
    for statement in statements(RIGHTS[name]):
        assert statement["Effect"] == "Allow"
        for action in listed(statement["Action"]):
            assert re.fullmatch(r"[a-z0-9-]+:[A-Za-z]+", action), action
        for resource in listed(statement["Resource"]):
            if isinstance(resource, dict) and "Fn::GetAtt" in resource:
                continue
            said = resource["Fn::Sub"] if isinstance(resource, dict) else resource
            said = said[0] if isinstance(said, list) else said
            assert said in OPEN_ENDED or "*" not in said, said
    assert "ManagedPolicyArns" not in RIGHTS[name]


def test_only_the_scheduler_is_given_the_schedulers_role() -> None:
    [passing] = [one for one in statements(RIGHTS["TimersRights"]) if one["Action"] == "iam:PassRole"]
    assert passing["Resource"] == {"Fn::GetAtt": ["TimetableRights", "Arn"]}
    assert passing["Condition"] == {"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}}
    trust = RIGHTS["TimetableRights"]["AssumeRolePolicyDocument"]["Statement"][0]
    assert trust["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
    [sending] = statements(RIGHTS["TimetableRights"])
    assert sending["Action"] == "sqs:SendMessage"


def test_the_table_is_kept() -> None:
    table, keys = of("AWS::DynamoDB::Table")["Table"], of("AWS::DynamoDB::Table")["KeysTable"]
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["StreamSpecification"] == {"StreamViewType": "NEW_AND_OLD_IMAGES"}
    assert keys["PointInTimeRecoverySpecification"]["RecoveryPeriodInDays"] == 7
    assert "StreamSpecification" not in keys, "a stream would keep keys that were erased"
    for kept in ("Table", "KeysTable", "FilesBucket", "People"):
        assert RESOURCES[kept]["DeletionPolicy"].startswith("Retain")
        assert RESOURCES[kept]["UpdateReplacePolicy"] == "Retain"
    assert table["DeletionProtectionEnabled"] == keys["DeletionProtectionEnabled"] == {"Ref": "DeletionProtection"}
    assert {index["IndexName"] for index in table["GlobalSecondaryIndexes"]} == {"work-by-queue", "work-by-owner"}


def test_evidence_is_private_and_versioned() -> None:
    for bucket in of("AWS::S3::Bucket").values():
        assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    files = of("AWS::S3::Bucket")["FilesBucket"]
    assert files["VersioningConfiguration"] == {"Status": "Enabled"}
    [rule] = files["CorsConfiguration"]["CorsRules"]
    assert rule["AllowedOrigins"] == [{"Fn::GetAtt": ["SiteAddress", "Value"]}]
    assert rule["AllowedMethods"] == ["POST", "GET"], "files are sent, and pictures are looked at"
    assert "ExposeHeaders" not in rule
    assert any("AbortIncompleteMultipartUpload" in one for one in files["LifecycleConfiguration"]["Rules"])
    assert "FilesBucket" not in json.dumps(RESOURCES["Site"]), "evidence is never served from the site's own host"


def test_nothing_of_the_evidence_runs_or_shows_in_our_pages() -> None:
    """The store's address stands where a page may send to, and nowhere else in the policy of our pages."""
    policy = RESOURCES["Headers"]["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    said = policy["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"][0]
    naming = {part.split()[0] for part in said.split(";") if "${Files}" in part}
    assert naming == {"connect-src", "form-action"}
    assert "img-src 'self' blob:;" in said, "a picture is fetched, and shown from the page's own memory"
    assert "default-src 'none'" in said and policy["ContentTypeOptions"] == {"Override": True}


def test_files_are_scanned_only_where_somebody_pays_for_it() -> None:
    assert TEMPLATE["Parameters"]["ScanFiles"]["Default"] == "no"
    assert TEMPLATE["Conditions"]["FilesAreScanned"] == {"Fn::Equals": [{"Ref": "ScanFiles"}, "yes"]}
    assert {RESOURCES[name]["Condition"] for name in ("Scanner", "ScannerRights")} == {"FilesAreScanned"}
    [plan] = of("AWS::GuardDuty::MalwareProtectionPlan").values()
    assert plan["ProtectedResource"] == {
        "S3Bucket": {"BucketName": {"Ref": "FilesBucket"}, "ObjectPrefixes": ["evidence/"]}
    }
    rule = of("AWS::Events::Rule")["FromScanner"]
    assert "EventBusName" not in rule, "GuardDuty reports to the default bus only"
    assert rule["EventPattern"] == {
        "source": ["aws.guardduty"],
        "detail-type": ["GuardDuty Malware Protection Object Scan Result"],
        "detail": {"s3ObjectDetails": {"bucketName": [{"Ref": "FilesBucket"}]}},
    }


def test_whoever_looks_after_files_knows_no_names_and_makes_none() -> None:
    rights = statements(RIGHTS["EvidenceRights"])
    assert "KeysTable" not in json.dumps(rights) and "ssm:" not in json.dumps(rights)
    assert "PutItem" not in json.dumps(rights) and "PutObject" not in json.dumps(rights)


@pytest.mark.parametrize("name", ["Outbox", "Insight"])
def test_a_stream_is_not_held_up_by_one_bad_record(name: str) -> None:
    [mapping] = [one["Properties"] for one in FUNCTION_PROPERTIES[name]["Events"].values() if one["Type"] == "DynamoDB"]
    assert mapping["BisectBatchOnFunctionError"] is True
    assert 1 <= mapping["MaximumRetryAttempts"] <= 10
    assert 60 <= mapping["MaximumRecordAgeInSeconds"] <= 86400
    assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert mapping["DestinationConfig"]["OnFailure"]["Destination"] == {"Fn::GetAtt": ["DeadLetters", "Arn"]}
    assert mapping["StartingPosition"] == "TRIM_HORIZON"
    patterns = [json.loads(one["Pattern"]) for one in mapping["FilterCriteria"]["Filters"]]
    facts, settings = {"SK": {"S": [{"prefix": "E#"}, {"prefix": "N#"}]}}, {"PK": {"S": ["SETTINGS"]}}
    heard = [facts, settings] if name == "Outbox" else [{"SK": {"S": ["CASE"]}}]
    assert [one["dynamodb"]["Keys"] for one in patterns] == heard


@pytest.mark.parametrize(
    "name", ["Acknowledgement", "Correspondence", "Timers", "Escalation", "Closure", "Evidence", "Publication"]
)
def test_a_reaction_is_fed_by_a_queue_that_gives_up_in_the_end(name: str) -> None:
    queue, function = QUEUES[f"{name}Queue"], FUNCTION_PROPERTIES[name]
    dead = {"Fn::GetAtt": ["DeadLetters", "Arn"]}
    assert queue["RedrivePolicy"] == {"deadLetterTargetArn": dead, "maxReceiveCount": 5}
    timeout = function.get("Timeout", TEMPLATE["Globals"]["Function"]["Timeout"])
    assert queue["VisibilityTimeout"] >= 6 * timeout
    [event] = function["Events"].values()
    assert event["Type"] == "SQS"
    assert event["Properties"]["Queue"] == {"Fn::GetAtt": [f"{name}Queue", "Arn"]}
    assert event["Properties"]["ScalingConfig"] == {"MaximumConcurrency": 2}
    assert event["Properties"]["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_every_queue_has_the_one_place_for_dead_letters() -> None:
    assert {name for name, queue in QUEUES.items() if "RedrivePolicy" not in queue} == {"DeadLetters"}
    assert all(queue["SqsManagedSseEnabled"] is True for queue in QUEUES.values())


def test_only_our_rules_fill_our_queues() -> None:
    rules = of("AWS::Events::Rule")
    for rule in rules.values():
        [target] = rule["Targets"]
        assert target["Arn"]["Fn::GetAtt"][0] in QUEUES
        assert target["DeadLetterConfig"] == {"Arn": {"Fn::GetAtt": ["DeadLetters", "Arn"]}}
    for name, policy in of("AWS::SQS::QueuePolicy").items():
        [statement] = policy["PolicyDocument"]["Statement"]
        assert statement["Principal"] == {"Service": "events.amazonaws.com"}
        allowed = {one["Fn::GetAtt"][0] for one in statement["Condition"]["ArnEquals"]["aws:SourceArn"]}
        queue = policy["Queues"][0]["Ref"]
        aimed = {rule for rule, one in rules.items() if one["Targets"][0]["Arn"]["Fn::GetAtt"][0] == queue}
        assert allowed == (set(rules) if name == "DeadLettersPolicy" else aimed)


def test_mail_reports_back() -> None:
    assert {"AWS::SES::EmailIdentity", "AWS::SES::ConfigurationSet"} <= {one["Type"] for one in RESOURCES.values()}
    events = of("AWS::SES::ConfigurationSetEventDestination")["MailEventsToBus"]["EventDestination"]
    assert set(events["MatchingEventTypes"]) == {"SEND", "DELIVERY", "BOUNCE", "COMPLAINT", "REJECT"}
    assert "EventBridgeDestination" in events
    rule = of("AWS::Events::Rule")["FromPost"]
    assert rule["EventPattern"]["source"] == ["aws.ses"] and "EventBusName" not in rule


@pytest.mark.parametrize(("name", "kind", "queue"), [("Sweep", "sweep", "Timers"), ("Digest", "digest", "Escalation")])
def test_the_sweep_and_the_digest_come_by_every_quarter_of_an_hour(name: str, kind: str, queue: str) -> None:
    schedule = of("AWS::Scheduler::Schedule")[name]
    target = {"Fn::GetAtt": [f"{queue}Queue", "Arn"]}
    assert schedule["ScheduleExpression"] == "rate(15 minutes)"
    assert json.loads(schedule["Target"]["Input"]) == {"kind": kind}
    assert schedule["Target"]["Arn"] == target
    [sending] = statements(RIGHTS["TimetableRights"])
    assert target in sending["Resource"], "what the scheduler may not do fails without a word"


def test_every_fact_that_owes_a_letter_reaches_whoever_writes_it() -> None:
    reaches = {name: one["EventPattern"] for name, one in of("AWS::Events::Rule").items()}
    yes = {"later": True, "tell": True, "told": True, "of": "complainant", "then": "award", "safety": True}
    no = {"later": False, "tell": False, "told": False, "of": "third_party", "then": "end", "safety": False}
    anew = ("progress", "request", "decision", "declined", "withdrawn", "merged", "closing")
    cases = (yes, no, {**no, "then": "sent_back"}, *({"letter": letter, **yes} for letter in anew))
    facts = [kind.model_construct(**either) for kind in FACTS.values() for either in cases]
    for fact in facts:
        writers = {"ToAcknowledge", "ToWrite", "ToClose"} & {name for name in reaches if matches(reaches[name], fact)}
        assert len(writers) == (1 if letter_owed(fact) else 0), fact.type


def test_every_fact_that_moves_a_clock_reaches_the_timers() -> None:
    [told] = [one["EventPattern"]["detail-type"] for name, one in of("AWS::Events::Rule").items() if name == "ToTime"]
    still = {
        "ComplaintAssigned", "ComplaintClosed", "RemedyVerified", "LetterBounced", "DeclineProposed",
        "ComplaintDeclined", "InvestigationPlanned", "EvidenceRecorded", "ActionRecorded",
        "InformationReceived", "StaffNamed", "StaffHeard", "ConflictDeclared", "AccessRestricted",
        "ComplaintDisclosed", "ConsentWithdrawn", "SystemicLinked", "AttemptMade", "LetterPosted",
        "FinalNoticeGiven",
        "ComplaintMerged", "ComplaintSeparated",
    }  # fmt: skip
    assert set(told) == FACTS.keys() - still


def test_a_risk_to_safety_reaches_whoever_is_on_call_and_no_other_receipt_does() -> None:
    pattern = of("AWS::Events::Rule")["ToEscalate"]["EventPattern"]
    assert matches(pattern, e.ComplaintReceived.model_construct(safety=True))
    assert not matches(pattern, e.ComplaintReceived.model_construct(safety=False))


def test_no_rule_waits_for_a_fact_that_there_is_not() -> None:
    ours = [
        one["EventPattern"] for one in of("AWS::Events::Rule").values() if one["EventPattern"]["source"] == ["redress"]
    ]
    named = {kind for pattern in ours for either in pattern.get("$or", [pattern]) for kind in either["detail-type"]}
    assert named <= FACTS.keys() | {
        "MessageWritten",
        "NewCodeAsked",
        "LetterOwed",
        "FileWaits",
        "SettingsChanged",
        "PagesDue",
    }


def matches(pattern: dict[str, Any], fact: Any) -> bool:
    """Whether a rule's pattern matches a fact of ours."""
    return any(
        fact.type in one.get("detail-type", [])
        and all(getattr(fact, key) in ok for key, ok in one.get("detail", {}).items())
        for one in pattern.get("$or", [pattern])
    )


def test_whoever_asks_for_the_rules_may_read_them() -> None:
    asking = [name for name, one in FUNCTION_PROPERTIES.items() if "CALENDAR" in one["Environment"]["Variables"]]
    assert len(asking) == 9
    for name in asking:
        reading = [one for one in statements(RIGHTS[f"{name}Rights"]) if "dynamodb:GetItem" in listed(one["Action"])]
        assert {"Fn::GetAtt": ["Table", "Arn"]} in [one["Resource"] for one in reading], name


def test_whoever_writes_the_pages_reads_settings_alone_and_writes_no_script() -> None:
    reading, writing, *_ = statements(RIGHTS["PublicationRights"])
    assert reading["Action"] == ["dynamodb:GetItem", "dynamodb:Query"]
    assert reading["Condition"] == {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["SETTINGS", "SETTINGS#*"]}}
    places = [one["Fn::Sub"].removeprefix("${SiteBucket.Arn}/") for one in writing["Resource"]]
    firm = Organisation("Firm", "0800 000 000", "a@firm.example", "TR", "Europe/Istanbul")
    assert all(any(fnmatch(path, place) for place in places) for path in pages("https://firm.example", firm))
    assert not any(fnmatch(path, place) for path in ("assets/public.js", "staff/index.html") for place in places)


def test_escalation_writes_nothing_but_notices_and_reads_no_keys() -> None:
    rights = statements(RIGHTS["EscalationRights"])
    assert "KeysTable" not in json.dumps(rights) and "ssm:" not in json.dumps(rights)
    [writing] = [one for one in rights if "dynamodb:PutItem" in listed(one["Action"])]
    assert writing["Condition"] == {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["NOTICES#*"]}}


def test_nothing_is_ever_deleted_but_an_absence_a_refused_file_and_what_is_kept_no_longer() -> None:
    """The emulator knows no LeadingKeys and lets this pass: on AWS alone the condition holds."""
    deleting = [
        (name, one)
        for name, role in RIGHTS.items()
        for one in statements(role)
        if re.search("Delete(Item|Obj)", str(one))
    ]
    [(name, statement), (ends, key), (_, found_by), (_, files), (other, evidence)] = deleting
    assert (other, evidence["Action"]) == ("EvidenceRights", ["s3:GetObject", "s3:DeleteObjectVersion"])
    assert name == "DeskRights" and statement["Action"] == "dynamodb:DeleteItem"
    assert statement["Condition"] == {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["AWAY", "S#*"]}}
    assert (ends, key["Resource"]) == ("ClosureRights", {"Fn::GetAtt": ["KeysTable", "Arn"]})
    assert found_by["Condition"] == {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["S#*"]}}
    assert files["Action"] == "s3:DeleteObjectVersion"
    assert files["Resource"] == {"Fn::Sub": "${FilesBucket.Arn}/evidence/*"}


def test_what_is_kept_no_longer_is_destroyed_each_night() -> None:
    schedule = of("AWS::Scheduler::Schedule")["Destruction"]
    target = {"Fn::GetAtt": ["ClosureQueue", "Arn"]}
    assert schedule["ScheduleExpression"] == "cron(30 3 * * ? *)"
    assert (json.loads(schedule["Target"]["Input"]), schedule["Target"]["Arn"]) == ({"kind": "destroy"}, target)
    [sending] = statements(RIGHTS["TimetableRights"])
    assert target in sending["Resource"]


def test_what_comes_by_itself_can_be_counted_by_the_bench() -> None:
    for schedule in of("AWS::Scheduler::Schedule").values():
        assert times_a_month(schedule["ScheduleExpression"]) >= 30
        assert callable(getattr(World, json.loads(schedule["Target"]["Input"])["kind"]))


def test_the_desk_is_for_staff_with_a_second_factor() -> None:
    pool = of("AWS::Cognito::UserPool")["People"]
    assert pool["MfaConfiguration"] == "ON" and pool["EnabledMfas"] == ["SOFTWARE_TOKEN_MFA"]
    assert pool["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": True}
    assert "UserPoolAddOns" not in pool, "threat protection has its own price"
    assert sorted(one["GroupName"] for one in of("AWS::Cognito::UserPoolGroup").values()) == sorted(ROLES)
    client = of("AWS::Cognito::UserPoolClient")["DeskClient"]
    assert client["GenerateSecret"] is False and client["AllowedOAuthFlows"] == ["code"]
    assert client["PreventUserExistenceErrors"] == "ENABLED"
    assert (client["AccessTokenValidity"], client["TokenValidityUnits"]["AccessToken"]) == (15, "minutes")
    routes = of("AWS::ApiGatewayV2::Route")
    assert {route["RouteKey"] for route in routes.values()} == {"ANY /api/public/{proxy+}", "ANY /api/desk/{proxy+}"}
    assert routes["DeskRoute"]["AuthorizationType"] == "JWT"
    assert routes["DeskRoute"]["AuthorizationScopes"] == ["openid"]
    assert "AuthorizationType" not in routes["PublicRoute"]


def test_the_api_may_call_each_function_for_its_own_paths_only() -> None:
    permissions = of("AWS::Lambda::Permission").values()
    assert {one["FunctionName"]["Ref"]: one["SourceArn"]["Fn::Sub"].rsplit(":", 1)[1] for one in permissions} == {
        "Intake": "${Api}/*/*/api/public/*",
        "Desk": "${Api}/*/*/api/desk/*",
    }


def test_logs_end_and_do_not_say_who_came() -> None:
    logs = of("AWS::Logs::LogGroup")
    assert {one["RetentionInDays"]["Ref"] for one in logs.values()} == {"LogDays"}
    assert len(logs) == len(FUNCTION_PROPERTIES) + 1
    written = of("AWS::ApiGatewayV2::Stage")["ApiStage"]["AccessLogSettings"]["Format"]
    assert not re.search(r"sourceIp|userAgent|identity|authorizer|\$context\.path", written)
    assert "POWERTOOLS_LOGGER_LOG_EVENT" not in json.dumps(TEMPLATE)


def test_alarms_are_few_and_reach_somebody() -> None:
    alarms = of("AWS::CloudWatch::Alarm")
    assert 0 < len(alarms) <= 12  # ten are free of charge, each further one costs ten cents a month
    assert all(one["AlarmActions"] == [{"Ref": "Alarms"}] for one in alarms.values())
    [counting] = [one for one in alarms.values() if one["MetricName"] == "ApproximateNumberOfMessagesVisible"]
    assert counting["Dimensions"] == [{"Name": "QueueName", "Value": {"Fn::GetAtt": ["DeadLetters", "QueueName"]}}]


def test_what_the_alarms_watch_is_what_the_timers_measure() -> None:
    namespace = TEMPLATE["Globals"]["Function"]["Environment"]["Variables"]["POWERTOOLS_METRICS_NAMESPACE"]
    source = (FUNCTIONS / "timers/react.py").read_text("utf-8")
    ours = {name: one for name, one in of("AWS::CloudWatch::Alarm").items() if not one["Namespace"].startswith("AWS/")}
    assert set(ours) == {"NobodySweeps", "PromisesWereMissed"}
    for alarm in ours.values():
        assert alarm["Namespace"] == namespace
        assert alarm["Dimensions"] == [{"Name": "service", "Value": "timers"}]
        assert f'measure("{alarm["MetricName"]}"' in source


def test_nothing_costs_money_while_nobody_complains() -> None:
    assert not [name for name, one in RESOURCES.items() if FIXED_PRICE.match(one["Type"])]
    assert {table["BillingMode"] for table in of("AWS::DynamoDB::Table").values()} == {"PAY_PER_REQUEST"}
    assert not [name for name, one in FUNCTION_PROPERTIES.items() if "ProvisionedConcurrencyConfig" in one]
    assert TEMPLATE["Parameters"]["WebAclArn"]["Default"] == ""


def test_no_setting_holds_a_secret() -> None:
    for name, function in FUNCTION_PROPERTIES.items():
        for key, value in function["Environment"]["Variables"].items():
            if "SECRET" in key or "KEY" in key or "TOKEN" in key:
                assert isinstance(value, dict), f"{name}: {key}"
            assert value != {"Ref": "OriginToken"}
    assert TEMPLATE["Parameters"]["OriginToken"]["NoEcho"] is True


def test_the_pages_go_out_under_a_strict_policy() -> None:
    security = on_aws(RESOURCES["Headers"])["Properties"]["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    policy, hosts = security["ContentSecurityPolicy"]["ContentSecurityPolicy"]["Fn::Sub"]
    said = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert said["default-src"] == "'none'" and said["script-src"] == said["style-src"] == "'self'"
    assert said["require-trusted-types-for"] == "'script'" and said["trusted-types"] == "'none'"
    assert said["base-uri"] == said["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy and "data:" not in policy
    assert hosts["SignIn"]["Fn::Sub"].startswith("https://")
    site = RESOURCES["Site"]["Properties"]["DistributionConfig"]
    for response in site["CustomErrorResponses"]:
        shown = response.get("ResponsePagePath")
        assert not (shown and response["ErrorCode"] in STATUSES.values()), "a page would replace the API's own answers"
        assert not shown or (shown, response["ResponseCode"]) == ("/trouble.html", response["ErrorCode"])
    for behaviour in (site["DefaultCacheBehavior"], *site["CacheBehaviors"]):
        assert behaviour["ResponseHeadersPolicyId"] == {"Ref": "Headers"}


def test_the_edge_knows_every_page() -> None:
    code = RESOURCES["Pages"]["Properties"]["FunctionCode"]
    match = re.search(r"const pages = \[(.*?)\];", code, re.DOTALL)
    assert match
    known = set(re.findall(r"'([^']*)'", match[1]))
    firm = Organisation("A firm", "+90 212 555 01 23", "a@example.org", "TR", "Europe/Istanbul")
    made = pages("https://example.org", firm)
    assert {f"/{path}".removesuffix("index.html") for path in made} - {
        "/404.html",
        "/trouble.html",
        "/assets/brand.css",
    } == known


def test_parameters_say_what_they_want() -> None:
    for name, rule in TEMPLATE["Parameters"].items():
        assert {"AllowedPattern", "AllowedValues", "MinValue"} & set(rule), name
        if "AllowedPattern" in rule:
            assert rule["ConstraintDescription"], name
            assert re.fullmatch(rule["AllowedPattern"], str(rule.get("Default", ""))) or "Default" not in rule, name


def test_every_calendar_can_be_chosen_and_brings_its_time_zone() -> None:
    choices = TEMPLATE["Parameters"]["Calendar"]["AllowedValues"]
    assert set(choices) == {file.stem for file in (FUNCTIONS / "complaints/calendars").glob("*.toml")}
    zones = TEMPLATE["Parameters"]["TimeZone"]["AllowedPattern"]
    assert all(re.fullmatch(zones, load(code).time_zone) for code in choices)


def test_the_requirements_are_the_projects_pins() -> None:
    assert (FUNCTIONS / "requirements.txt").read_text("utf-8") == exported()
    assert "boto3" not in exported()


def test_each_stage_is_known_to_the_template() -> None:
    from infra.deploy import problems, stages

    assert set(stages()) == {"dev", "prod"}
    for parameters in stages().values():
        assert not problems({"AlarmEmail": "it@acme.org", **parameters})


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"SiteDomain": "complaints.acme.org"}, "CertificateArn"),
        ({"AlarmEmail": ""}, "AlarmEmail"),
        ({"Sender": "Redress <a@acme.org>"}, "Sender"),
        ({"Sender": "letters@acme.example"}, "Sender"),
        ({"HelpPhone": "call us"}, "HelpPhone"),
        ({"Calendar": "FR"}, "Calendar"),
        ({"Organisation": "<b>"}, "Organisation"),
        ({"LocalGateway": "localhost:4566"}, "LocalGateway"),
        ({"Memory": "1"}, "Memory"),
    ],
)
def test_deployment_refuses_what_would_not_work(change: dict[str, str], named: str) -> None:
    from infra.deploy import problems

    good = {
        "Organisation": "Acme & Oğulları",
        "HelpPhone": "+90 212 555 01 23",
        "Sender": "letters@acme.org",
        "Calendar": "TR",
        "TimeZone": "Europe/Istanbul",
        "AlarmEmail": "it@acme.org",
        "SiteDomain": "",
        "CertificateArn": "",
    }
    assert problems(good) == []
    assert [one for one in problems({**good, **change}) if named in one]


def test_the_edge_knows_every_page_that_is_published_and_no_other() -> None:
    firm = Organisation("Firm", "0800 000 000", "a@firm.example", "TR", "Europe/Istanbul")
    made = {f"/{path}".removesuffix("index.html") for path in pages("https://firm.example", firm)}
    published = made - {"/404.html", "/trouble.html", "/assets/brand.css"}  # which the edge shows of itself
    [function] = [one for one in RESOURCES.values() if one["Type"] == "AWS::CloudFront::Function"]
    code = str(function["Properties"]["FunctionCode"])
    known = set(re.findall(r"'([^']*)'", code[: code.index("];")]))
    assert known == published
