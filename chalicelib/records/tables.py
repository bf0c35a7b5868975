"""PynamoDB models: keys and attributes only. A row's `body` is JSON; its type is the file's that reads it."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute
from pynamodb.indexes import GlobalSecondaryIndex, IncludeProjection
from pynamodb.models import Model

from chalicelib import settings

BRIEF = ["noun", "brief", "revision"]


class Patience:
    """How long a call may take: shorter than a person's patience, with a few tries."""

    max_retry_attempts = 3
    connect_timeout_seconds = 2
    read_timeout_seconds = 5


class Listed(GlobalSecondaryIndex["RegisterRow"]):  # type: ignore[no-untyped-call]
    """Lists of a city: `city#noun#state#shard`, sorted by what comes first."""

    class Meta:
        index_name = "listed"
        projection = IncludeProjection(BRIEF)

    list_key = UnicodeAttribute(hash_key=True)
    list_sort = UnicodeAttribute(range_key=True)


class Owned(GlobalSecondaryIndex["RegisterRow"]):  # type: ignore[no-untyped-call]
    """Lists of a company: `city#company#noun#shard`."""

    class Meta:
        index_name = "owned"
        projection = IncludeProjection(BRIEF)

    owner_key = UnicodeAttribute(hash_key=True)
    owner_sort = UnicodeAttribute(range_key=True)


class RegisterRow(Model):
    """The truth: archives, companies, accounts, cities, jobs, claims, keys."""

    class Meta(Patience):
        table_name = settings.optional("REGISTER_TABLE")

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    noun = UnicodeAttribute(null=True)
    body = UnicodeAttribute(null=True)
    revision = NumberAttribute(null=True)
    head = UnicodeAttribute(null=True)
    brief = UnicodeAttribute(null=True)
    list_key = UnicodeAttribute(null=True)
    list_sort = UnicodeAttribute(null=True)
    owner_key = UnicodeAttribute(null=True)
    owner_sort = UnicodeAttribute(null=True)
    ttl = NumberAttribute(null=True)
    listed = Listed()
    owned = Owned()


class LedgerRow(Model):
    """One decision of a chain; written once."""

    class Meta(Patience):
        table_name = settings.optional("LEDGER_TABLE")

    pk = UnicodeAttribute(hash_key=True)
    sk = UnicodeAttribute(range_key=True)
    body = UnicodeAttribute()
    hash = UnicodeAttribute()


class CodeStop(Model):
    """The two attributes of a code that staff may set."""

    class Meta(Patience):
        table_name = settings.optional("CODES_TABLE")

    pk = UnicodeAttribute(hash_key=True)
    stop = UnicodeAttribute(null=True)
    stop_revision = NumberAttribute(null=True)
