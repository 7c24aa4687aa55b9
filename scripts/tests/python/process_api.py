"""Decart's Python SDK, of whatever version is on the path, against a server: every call that its documentation shows.

Takes what it needs from the environment and prints one JSON object: check -> null, or what went wrong.
"""

import asyncio
import json
import os
import sys
import urllib.error
import urllib.request
import warnings
from pathlib import Path

warnings.simplefilter("ignore")

from decart import (  # noqa: E402
    DecartClient,
    DecartSDKError,
    InvalidInputError,
    ModelNotFoundError,
    ProcessingError,
    models,
)
from decart.models import _MODELS  # noqa: E402

SERVER = os.environ["SERVER"]
PICTURE = Path(os.environ["PICTURE"])
CLIP = Path(os.environ["CLIP"])
PICTURE_URL = os.environ["PICTURE_URL"]
CLIP_URL = os.environ["CLIP_URL"]

VIDEO = _MODELS["video"]
IMAGE = _MODELS["image"]


def ensure(holds, words):
    if not holds:
        raise AssertionError(words)


def is_media(kind, data):
    head = bytes(data[:12])
    return head[1:4] == b"PNG" if kind == "image" else head[4:8] == b"ftyp"


def call_api(method, path):
    """A call of the server's own, besides the SDK."""
    request = urllib.request.Request(SERVER + path, method=method)
    with urllib.request.urlopen(request) as answer:
        return json.loads(answer.read() or b"null")


def cancel_unless_done(job_id):
    """Cancels a job that may be done already: that it was taken is all that was asked."""
    try:
        call_api("DELETE", f"/v1/jobs/{job_id}")
    except urllib.error.HTTPError as error:
        if error.code != 409:
            raise


def definition(kind, name):
    return models.video(name) if kind == "video" else models.image(name)


def fields_of(model):
    return model.input_schema.model_fields


def inputs_of(kind, name):
    """The least that a model asks for, as small as it can be had."""
    fields = fields_of(definition(kind, name))
    source = PICTURE if kind == "image" or name.endswith("i2v") or "motion" in name else CLIP
    known = {
        "prompt": "ink",
        "data": source.read_bytes(),
        "start": PICTURE.read_bytes(),
        "end": PICTURE.read_bytes(),
        "trajectory": [{"frame": 0, "x": 0.2, "y": 0.5}, {"frame": 40, "x": 0.8, "y": 0.4}],
    }
    asked = {key: value for key, value in known.items() if key in fields and fields[key].is_required()}
    # This one asks for a prompt or a reference picture by a rule of its own.
    if "restyle" in name:
        asked["prompt"] = known["prompt"]
    return asked


# The cloud's video models know 720p alone; all others take less, which is quicker.
def small(kind, name):
    is_older = name.startswith(("lucy-dev", "lucy-pro", "lucy-fast")) or kind == "image"
    return {"resolution": "480p"} if is_older else {}


# With a queue came the rule that `process` is for pictures alone.
HAS_QUEUE = hasattr(DecartClient, "queue")


async def make(client, kind, options):
    """The media that a call gives, by the way that this version has for it."""
    if kind == "image" or not HAS_QUEUE:
        data = await client.process(options)
    else:
        result = await client.queue.submit_and_poll(options)
        ensure(result.status == "completed", f"it {result.status}")
        data = result.data
    ensure(is_media(kind, data), f"no {kind} came")


# Rendered by other checks here.
SHOWN = {"lucy-pro-t2v", "lucy-pro-i2v", "lucy-pro-flf2v", "lucy-pro-v2v", "lucy-pro-t2i", "lucy-pro-i2i"}


async def every_name(client):
    """Each other name that this version knows is taken by the server, at the address that this version sends it to."""
    failures = []
    for kind, group in (("image", IMAGE), ("video", VIDEO)):
        for name in group:
            if name in SHOWN:
                continue
            options = {"model": definition(kind, name), **inputs_of(kind, name), **small(kind, name)}
            try:
                if kind == "image" or not HAS_QUEUE:
                    await make(client, kind, options)
                else:
                    job = await client.queue.submit(options)
                    cancel_unless_done(job.job_id)
            except Exception as error:
                failures.append(f"{name}: {type(error).__name__}: {error}")
    ensure(not failures, "; ".join(failures))


async def generated(client):
    await make(
        client,
        "video",
        {
            "model": models.video("lucy-pro-t2v"),
            "prompt": "A quiet lake in the evening, mountains behind it",
            "seed": 42,
            "resolution": "480p",
            "orientation": "landscape",
        },
    )
    await make(
        client,
        "image",
        {
            "model": models.image("lucy-pro-t2i"),
            "prompt": "A city of glass by night",
            "seed": 42,
            "resolution": "1080p",
            "orientation": "portrait",
        },
    )


def picture_model():
    return models.image("lucy-pro-i2i")


async def kinds_of_input(client):
    """A picture as a file object, as bytes, as a path and as a URL, all of which the SDK sends as bytes."""
    with open(PICTURE, "rb") as opened:
        for data in (opened, PICTURE.read_bytes(), PICTURE, str(PICTURE), PICTURE_URL):
            await make(
                client,
                "image",
                {
                    "model": picture_model(),
                    "prompt": "Oil paint in broad strokes",
                    "data": data,
                    "enhance_prompt": True,
                    "seed": 123,
                    "resolution": "480p",
                },
            )


async def animated(client):
    with open(PICTURE, "rb") as opened:
        await make(
            client,
            "video",
            {
                "model": models.video("lucy-pro-i2v"),
                "prompt": "A gentle wind",
                "data": opened,
                "seed": 123,
                "resolution": "480p",
            },
        )


async def between(client):
    with open(PICTURE, "rb") as start, open(PICTURE, "rb") as end:
        await make(
            client,
            "video",
            {
                "model": models.video("lucy-pro-flf2v"),
                "prompt": "A slow change",
                "start": start,
                "end": end,
                "resolution": "480p",
            },
        )


async def edited(client):
    """A clip from a file with what this version lets one say, and one from a URL."""
    model = models.video("lucy-pro-v2v")
    said = {"enhance_prompt": True, "num_inference_steps": 50}
    more = {key: value for key, value in said.items() if key in fields_of(model)}
    for data, words in ((CLIP, "Anime in bright colours"), (CLIP_URL, "Watercolour")):
        options = {"model": model, "prompt": words, "data": data, "resolution": "480p", **more}
        await make(client, "video", options)


def hold_the_queue():
    """Submits a clip that takes a while to this server itself, so that what comes next waits. Answers its job."""
    body = b"prompt=Dragons+over+a+wide+land&resolution=1080p"
    with urllib.request.urlopen(SERVER + "/v1/jobs/lucy-pro-t2v", data=body) as answer:
        return json.loads(answer.read())["job_id"]


async def until_finished(job):
    while True:
        told = call_api("GET", f"/v1/jobs/{job}")
        if told["status"] in ("completed", "failed"):
            return told
        await asyncio.sleep(0.05)


def newest_job():
    return call_api("GET", "/v1/jobs?limit=1")["jobs"][0]["job_id"]


async def cancelled(client):
    """Setting the event ends the call with CancelledError, and the server's job with it."""
    before = hold_the_queue()
    token = asyncio.Event()
    options = {"model": picture_model(), "prompt": "ink", "data": PICTURE.read_bytes(), "cancel_token": token}
    running = asyncio.create_task(client.process(options))
    while newest_job() == before:
        await asyncio.sleep(0.05)
    job = newest_job()
    token.set()
    try:
        await running
        raise AssertionError("it was not cancelled")
    except asyncio.CancelledError:
        pass
    told = await until_finished(job)
    code = (told.get("error") or {}).get("code")
    call_api("DELETE", f"/v1/jobs/{before}")
    ensure(code == "CANCELLED", f"the job ended as {told['status']} {code}")


async def fails_with(promise, kind):
    """The message of the error. The documentation tells them by a code, which no published version has: by class here."""
    try:
        await promise
    except DecartSDKError as error:
        ensure(type(error) is kind, f"{type(error).__name__} instead of {kind.__name__}: {error.message}")
        return error.message
    raise AssertionError(f"it did not fail with {kind.__name__}")


async def errors(client):
    # Without its picture the SDK itself refuses it; a file of words only the server can tell.
    await fails_with(client.process({"model": picture_model(), "prompt": "test"}), InvalidInputError)
    words = await fails_with(
        client.process({"model": picture_model(), "prompt": "test", "data": b"these are only words"}),
        ProcessingError,
    )
    ensure("415" in words and "not an image or a video" in words, words)
    try:
        models.video("lucy-9")
        raise AssertionError("there is no lucy-9")
    except ModelNotFoundError:
        pass


def queued_model():
    return models.video("lucy-pro-v2v" if "lucy-pro-v2v" in VIDEO else "lucy-restyle-2")


async def queued(client):
    seen = []
    options = {"model": queued_model(), "prompt": "ink", "data": CLIP.read_bytes()}
    result = await client.queue.submit_and_poll({**options, "on_status_change": lambda job: seen.append(job.status)})
    ensure(result.status == "completed" and is_media("video", result.data), f"it {result.status}")
    ensure(seen[-1] == "completed", f"its states were {seen}")
    # Made anew, so that it is not through before it is cancelled.
    job = await client.queue.submit({**options, "prompt": "ink that nobody waits for"})
    call_api("DELETE", f"/v1/jobs/{job.job_id}")
    ensure((await client.queue.status(job.job_id)).status == "failed", "a cancelled job is failed")
    try:
        await client.queue.result("job_none")
        raise AssertionError("there is no such job")
    except DecartSDKError as error:
        ensure("404" in error.message, error.message)


async def referenced(client):
    """A reference picture in the place of a prompt."""
    name = "lucy-restyle-2" if "lucy-restyle-2" in VIDEO else "lucy-restyle-v2v"
    options = {"model": models.video(name), "data": CLIP.read_bytes(), "reference_image": PICTURE.read_bytes()}
    result = await client.queue.submit_and_poll(options)
    ensure(result.status == "completed" and is_media("video", result.data), f"it {result.status}")


async def tokens(client):
    token = await client.tokens.create()
    ensure(token.api_key and token.expires_at, "a token has a key and an end")
    async with DecartClient(api_key=token.api_key, base_url=SERVER) as other:
        options = {"model": picture_model(), "prompt": "ink", "data": PICTURE.read_bytes(), "resolution": "480p"}
        ensure(is_media("image", await other.process(options)), "the token is not taken")


def checks():
    """What this version of the SDK can be asked for."""
    yield "every name", every_name
    if "lucy-pro-t2v" in VIDEO:
        yield "generated from words", generated
    if "lucy-pro-i2v" in VIDEO:
        yield "animated", animated
    if "lucy-pro-flf2v" in VIDEO:
        yield "between two pictures", between
    if "lucy-pro-v2v" in VIDEO:
        yield "edited", edited
    yield "kinds of input", kinds_of_input
    yield "cancelled", cancelled
    yield "errors", errors
    if HAS_QUEUE:
        yield "queued", queued
        if "reference_image" in fields_of(next(iter(VIDEO.values()))) or any("restyle" in name for name in VIDEO):
            yield "by a reference picture", referenced
    if hasattr(DecartClient, "tokens"):
        yield "tokens", tokens


async def main():
    outcomes = {}
    async with DecartClient(api_key="any", base_url=SERVER) as client:
        for name, check in checks():
            try:
                await check(client)
                outcomes[name] = None
            except Exception as error:
                outcomes[name] = f"{type(error).__name__}: {error}"
    json.dump(outcomes, sys.stdout)


asyncio.run(main())
