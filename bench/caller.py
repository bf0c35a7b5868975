"""Call a handler many times, as Lambda would; runs in a bare environment, alone or under valgrind.

Usage: caller.py FOLDER MODULE FUNCTION CALLS EVENT_FILE [PAUSE]; prints a line of JSON: wall times and processor
time in nanoseconds, and the size of an answer. PAUSE: milliseconds between calls. No calls: only the import.
"""

import sys


def main(folder: str, module: str, function: str, calls: int, event_file: str, pause: str = "0") -> None:
    """Import the handler and call it, with each token of the event file in turn."""
    sys.path.insert(0, folder)
    handler = getattr(__import__(module, fromlist=[function]), function)
    if not calls:
        return
    import io
    import json
    import time

    with open(event_file, encoding="utf-8") as file:
        asked = json.load(file)
    events = [{**asked["event"], "pathParameters": {"token": token}} for token in asked["tokens"]]
    said, sys.stdout = sys.stdout, io.StringIO()
    walls: list[int] = []
    wait = int(pause) / 1000
    began = time.process_time_ns()
    for number in range(calls):
        if wait:
            time.sleep(wait)
        before = time.perf_counter_ns()
        reply = handler(events[number % len(events)], None)
        walls.append(time.perf_counter_ns() - before)
        if reply["statusCode"] != 200:
            raise SystemExit(f"the handler answered {reply['statusCode']}: {reply['body']}")
        sys.stdout.seek(0)
        sys.stdout.truncate()
    spent = time.process_time_ns() - began
    sys.stdout = said
    print(json.dumps({"walls": walls, "cpu": spent, "bytes": len(reply["body"].encode())}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), *sys.argv[5:])
