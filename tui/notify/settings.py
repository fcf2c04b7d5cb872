"""Settings of how alerts are told."""

from pydantic import Field, SecretStr

from feeds.settings import Strict


class NotifySettings(Strict):
    """`[notify]`: how alerts reach you beside the screen."""

    desktop: tuple[str, ...] = ()
    """The command of the delivery desktop, word by word: ["notify-send", "{title}", "{text}"]. No shell reads it."""
    webhook: SecretStr = SecretStr("")
    """Where the delivery webhook posts JSON to. It may be a secret and is not shown."""
    webhook_plain_http: bool = False
    """Whether the webhook may be reached over http beyond this computer."""
    demo_and_replay: bool = False
    """Whether alerts of the demo market and of a replay are told beside the screen as well."""
    seconds: float = Field(10.0, gt=0, le=60)
    """How long the command, or one try of the webhook, may take."""
    waiting: int = Field(50, gt=0)
    """How many alerts may wait for the command or the webhook; what is beyond is left out and told."""
