"""The statements on the booking tables: one per query, compiled once."""

from sqlalchemy import CTE, Integer, Text, and_, bindparam, cast, delete, exists, func, or_, select, text, update
from sqlalchemy.dialects.postgresql import ARRAY, array, insert

from adapters.postgres.schema.booking_tables import booking_clients, bookings
from adapters.postgres.schema.metadata import INSTANT, TEXTS, UUID_, UUIDS
from adapters.postgres.schema.record_tables import audit_log, creations
from domain.audit.action import CREATES

_b, _h = bookings.c, audit_log.c
_key = [_b.organization_id, _b.id]
_row = {column.name: bindparam(column.name, type_=column.type) for column in bookings.c}
_decided = {name: value for name, value in _row.items() if name not in ("organization_id", "id")}
_this = (_b.organization_id == bindparam("organization_id"), _b.id == bindparam("id"))
_client_ids = bindparam("client_ids", type_=UUIDS)


def _invited(booking: CTE) -> CTE:
    """Adds the clients of the booking just written that `booking_clients` lacks."""
    wanted = select(booking.c.organization_id, booking.c.id, func.unnest(_client_ids))
    return insert(booking_clients).from_select(list(booking_clients.c), wanted).on_conflict_do_nothing().cte("invited")


# Counts 0 when the key of the creation was used before: the booking is inserted from the creation's row, so an unused
# key is a condition of everything else, the exclusion constraint included.
_created = (
    insert(creations)
    .values({name: bindparam(f"creation_{name}", type_=column.type) for name, column in creations.c.items()})
    .on_conflict_do_nothing()
    .returning(creations.c.key)
    .cte("created")
)
_added = (
    insert(bookings).from_select(list(_row), select(*_row.values()).select_from(_created)).returning(*_key).cte("added")
)
ADD = select(func.count()).select_from(_added).add_cte(_invited(_added))

# Core treats a parameter named like a column as a value to set, so the key of the row has parameter names of its own.
_saved = (
    update(bookings)
    .where(_b.organization_id == bindparam("here"), _b.id == bindparam("this"))
    .values(_decided)
    .returning(*_key)
    .cte("saved")
)
_left_out = (
    delete(booking_clients)
    .where(
        booking_clients.c.organization_id == _saved.c.organization_id,
        booking_clients.c.booking_id == _saved.c.id,
        booking_clients.c.client_id != func.all(_client_ids),
    )
    .cte("left_out")
)
SAVE = select(func.count()).select_from(_saved).add_cte(_left_out, _invited(_saved))

_content_erased = (
    update(creations)
    .where(
        creations.c.organization_id == bindparam("here", type_=UUID_),
        creations.c.object_id == bindparam("this", type_=UUID_),
    )
    .values(content=None)
    .cte("content_erased")
)
ERASE = (
    delete(bookings).where(_b.organization_id == bindparam("here"), _b.id == bindparam("this")).add_cte(_content_erased)
)

TO_CHANGE = select(bookings).where(*_this).with_for_update(key_share=True)

# Organizations take turns: whatever one of them has leased already counts, so that a long queue of one delays no other.
# Within one, bookings that have begun come last: only pending removals are left there, and they are not urgent.
_now, _until = bindparam("now", type_=INSTANT), bindparam("until", type_=INSTANT)
_soonest_first = (_b.starts_at <= _now, _b.starts_at)
_leased = (
    select(_b.organization_id, func.count().label("bookings"))
    .where(_b.due_at > _now, _b.due_at <= _until, _b.lease_token.is_not(None))
    .group_by(_b.organization_id)
    .cte("leased")
)
_place = func.row_number().over(partition_by=_b.organization_id, order_by=_soonest_first).label("place")
_placed = select(_b.organization_id, _b.id, _place).where(_b.due_at <= _now).subquery("placed")
_p = _placed.c
_queue = (
    select(_p.organization_id, _p.id, (_p.place + func.coalesce(_leased.c.bookings, 0)).label("turn"))
    .select_from(_placed.outerjoin(_leased, _leased.c.organization_id == _p.organization_id))
    .where(_p.place <= 4 * bindparam("most", type_=Integer))  # other workers may have locked the first ones
    .cte("queue")
)
_due = (
    select(_b.organization_id, _b.id, _b.starts_at, _queue.c.turn)
    .join(_queue, and_(_queue.c.organization_id == _b.organization_id, _queue.c.id == _b.id))
    .where(_b.due_at <= _now)
    .order_by(_queue.c.turn, *_soonest_first)
    .limit(bindparam("most"))
    .with_for_update(of=bookings, key_share=True, skip_locked=True)
    .cte("due")
)
LEASE_DUE = (
    update(bookings)
    .where(_b.organization_id == _due.c.organization_id, _b.id == _due.c.id)
    .values(lease_token=bindparam("token", type_=UUID_), lease_until=_until, due_at=_until)
    .returning(_b.organization_id, _b.id, _due.c.starts_at, _due.c.turn)
)

_of_host = (
    _b.organization_id == bindparam("organization_id"),
    text("hosts <> '{}'"),  # the condition of the partial index
    _b.hosts.contains(cast(array([bindparam("host", type_=Text())]), ARRAY(Text()))),
)
# Locks in id order, so that two transactions that lock several bookings do not deadlock.
OF_HOST = select(bookings).where(*_of_host).order_by(_b.id).with_for_update(key_share=True)
OF_HOST_ENDING_AFTER = OF_HOST.where(_b.ends_at > bindparam("ending_after", type_=INSTANT))

OF_PERSON = (
    select(bookings)
    .where(
        _b.organization_id == bindparam("organization_id"),
        text("hosts <> '{}'"),
        text("EXISTS (SELECT FROM unnest(hosts) AS host WHERE right(host, 36) = :host_id)"),
    )
    .order_by(_b.id)
    .with_for_update(key_share=True)
)

OF_CLIENT = (
    select(bookings)
    .join(
        booking_clients,
        (booking_clients.c.organization_id == _b.organization_id) & (booking_clients.c.booking_id == _b.id),
    )
    .where(
        booking_clients.c.organization_id == bindparam("organization_id"),
        booking_clients.c.client_id == bindparam("client_id"),
    )
    .order_by(_b.id)
    .with_for_update(key_share=True, of=bookings)
)

_present = _b.reconciliation["meeting"]
MEETINGS_LIKE = select(_b.reconciliation).where(
    *_of_host,
    or_(
        _present["marker"].astext == func.any(bindparam("markers", type_=TEXTS)),
        _present["id"].astext == func.any(bindparam("ids", type_=TEXTS)),
        _b.reconciliation.has_key("pending_removals"),
    ),
)

_asked = (
    select(_h.subject_id)
    .where(
        _h.organization_id == bindparam("organization_id"),
        _h.host_id == bindparam("host_id", type_=UUID_),
        _h.provider == bindparam("provider"),
    )
    .distinct()
    .cte("asked")
)
_entries = (
    select(func.count())
    .where(
        _h.organization_id == bindparam("organization_id"),
        _h.subject_id == _asked.c.subject_id,
        _h.action.in_(sorted(CREATES)),
    )
    .scalar_subquery()
)
CREATES_OF = select(
    _asked.c.subject_id,
    func.coalesce(cast(_b.reconciliation["markers"].astext, Integer), _entries).label("creates"),
).select_from(
    _asked.outerjoin(bookings, and_(_b.organization_id == bindparam("organization_id"), _b.id == _asked.c.subject_id))
)

COMING = (
    select(_b.consultant_id, func.count().label("sessions"))
    .where(
        _b.organization_id == bindparam("organization_id"),
        _b.status == "planned",
        _b.ends_at > bindparam("now", type_=INSTANT),
    )
    .group_by(_b.consultant_id)
)

_booked = select(_b.id).where(_b.organization_id == bindparam("organization_id"))
ANY_BOOKED = select(exists(_booked))
ANY_WITH_MEETING = select(exists(_booked.where(text("reconciliation -> 'meeting' ->> 'id' IS NOT NULL"))))

OF_MEETING = (
    select(bookings)
    .where(
        text("reconciliation -> 'meeting' ->> 'id' IS NOT NULL"),  # the condition of the partial index
        text("reconciliation -> 'meeting' ->> 'id' = :meeting_id"),
        text("reconciliation -> 'meeting' ->> 'provider' = :provider"),
    )
    .order_by(*_key)
    .limit(1)
    .with_for_update(key_share=True)
)
