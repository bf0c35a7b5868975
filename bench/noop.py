"""A handler that does nothing: what any function costs before it has done anything."""


def handler(event: object, context: object) -> dict[str, object]:
    """Answer nothing."""
    return {"statusCode": 200, "headers": {}, "body": "", "isBase64Encoded": False}
