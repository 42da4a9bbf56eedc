"""What is kept for a time only, removed when its time is over."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from domain.approach import KEPT_FOR as TRIES
from domain.attempt import LIFETIME as ATTEMPT
from domain.connect_link import LIFETIME as CONNECT_LINK
from domain.draft import KEPT_FOR as DRAFT
from domain.known_browser import LIFETIME as KNOWN_BROWSER
from domain.ports.clock import Clock
from domain.ports.unit_of_work import Begin
from domain.sign_in import LIFETIME as SIGN_IN
from domain.sign_in import LONGEST_REST

SEEN_NOTICE = timedelta(days=7)
# An ended attempt or link is kept a day longer, so that "expired" can be told from "unknown".
_GRACE = timedelta(days=1)


@dataclass(frozen=True)
class CleanUp:
    begin: Begin
    clock: Clock

    async def __call__(self) -> Counter[str]:
        """How many of each kind were removed."""
        now = self.clock.now()
        async with self.begin() as work:
            removed = Counter(
                sign_ins=await work.sign_ins.remove_ended(made_before=now - SIGN_IN, used_before=now - LONGEST_REST),
                known_browsers=await work.known_browsers.remove_used_before(now - KNOWN_BROWSER),
                password_tries=await work.password_tries.remove_forgotten_before(now - TRIES),
                attempts=await work.attempts.remove_started_before(now - ATTEMPT - _GRACE),
                connect_links=await work.connect_links.remove_made_before(now - CONNECT_LINK - _GRACE),
                drafts=await work.drafts.remove_saved_before(now - DRAFT),
                seen_notices=await work.seen_notices.remove_seen_before(now - SEEN_NOTICE),
            )
            await work.commit()
        return removed
