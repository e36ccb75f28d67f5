"""The query of free times, in named pieces.

The idea is *feasible starts*. A visit that starts at `s` takes each of its resources for
`[s - buffer_before, s + duration + buffer_after)`; so a reservation `[l, u)` forbids exactly the starts in the
open range `(l - duration - buffer_after, u + buffer_before)`. A visit needs one seat of its practitioner, and one
of any room and any device of the kinds that its service names: a start is forbidden to a need where every seat
forbids it (intersection), and to the visit where one of its needs does (difference). What remains of each working
period, as a multirange of starts, is cut on a grid that begins with the period.

Each piece is SQL with psycopg's named parameters: `service`, `practitioners`, `location`, `first_day`, `last_day`,
`now`, `free_choice` (staff: neither notice nor horizon). They meet
under fixed aliases: `a` who is asked, `d` the days, `p` a working period, `m` a pool of rooms or devices.
"""

# The types of all parameters: a question is planned before they are known.
KINDS = {
    "service": "bigint",
    "practitioners": "bigint[]",
    "practitioner": "bigint",
    "location": "bigint",
    "here": "bigint",
    "first_day": "date",
    "last_day": "date",
    "days": "date[]",
    "now": "timestamptz",
    "around": "timestamptz",
    "starts_at": "timestamptz",
    "length": "double precision",
    "free_choice": "boolean",
    "count": "integer",
    "order": "text[]",
}


# Who is asked, with what their service demands. `last_day` ends the unrolling of weekly rules.
ASKED = """
    SELECT {distinct} o.practitioner_id, r.seats, s.room_kind, s.device_kind,
        make_interval(mins => s.duration) AS duration,
        make_interval(mins => s.buffer_before) AS before,
        make_interval(mins => s.duration + s.buffer_after) AS until,
        make_interval(mins => s.step) AS step,
        CASE WHEN %(free_choice)s THEN %(now)s ELSE %(now)s + make_interval(mins => s.notice) END AS earliest,
        CASE WHEN NOT %(free_choice)s THEN s.horizon_days::integer END AS horizon,
        -- No wall clock is more than a day ahead of UTC.
        CASE WHEN %(free_choice)s THEN %(last_day)s
            ELSE least(%(last_day)s, (%(now)s AT TIME ZONE 'UTC')::date + 1 + s.horizon_days) END AS last_day
    FROM directory_practitioner_services o
    JOIN directory_resource r ON r.id = o.practitioner_id AND r.is_active
    JOIN directory_service s ON s.id = o.service_id
    WHERE {condition}
"""

# Where they may work: open locations, their today, and the days on which they are closed.
PLACES = """
    SELECT l.id AS location_id, l.time_zone, l.keeps_to_hours, (%(now)s AT TIME ZONE l.time_zone)::date AS today,
        coalesce((
            SELECT range_agg(daterange(c.first_day, c.last_day, '[]')) FROM directory_closure c
            WHERE (c.location_id = l.id OR c.location_id IS NULL) AND c.last_day >= %(first_day)s
        ), '{{}}') AS closed
    FROM directory_location l
    WHERE {condition}
"""

# The days on which a template stands in for somebody's weekly hours at a location.
REPLACED = """
    SELECT u.practitioner_id, u.location_id, range_agg(daterange(u.first_day, u.last_day, '[]')) AS days
    FROM directory_templateuse u
    WHERE u.last_day >= %(first_day)s
    GROUP BY u.practitioner_id, u.location_id
"""

# The hours of these templates, for each who follows them, and the days on which such a row counts: where the template
# keeps the days of the week, those in which a weekly row of the same day is in force.
SPECIAL = """
    SELECT u.practitioner_id, u.location_id, u.first_day, u.last_day, t.weekday, t.starts, t.ends,
        CASE WHEN NOT k.keeps_days THEN '{(,)}' ELSE coalesce((
            SELECT range_agg(daterange(w.valid_from, w.valid_until, '[]')) FROM directory_workinghours w
            WHERE w.practitioner_id = u.practitioner_id AND w.location_id = u.location_id AND w.weekday = t.weekday
        ), '{}') END AS days
    FROM directory_templateuse u
    JOIN directory_hourstemplate k ON k.id = u.template_id
    JOIN directory_templatehours t ON t.template_id = u.template_id
    WHERE u.last_day >= %(first_day)s
"""

# Within what the places that ask for it keep: their opening hours, or those of a template on its days. Rows that
# touch are one, so that a visit may lie across the seam.
DOORS = """
    SELECT e.location_id, e.weekday, e.days,
        '00:00'::time + make_interval(secs => lower(span)) AS starts,
        '00:00'::time + make_interval(secs => upper(span)) AS ends
    FROM (
        SELECT o.location_id, o.weekday, o.days,
            range_agg(int4range(extract(epoch FROM o.starts)::integer, extract(epoch FROM o.ends)::integer)) AS spans
        FROM (
            SELECT h.location_id, h.weekday, h.starts, h.ends,
                '{{(,)}}'::datemultirange - coalesce((
                    SELECT range_agg(daterange(k.first_day, k.last_day, '[]')) FROM directory_hourstemplate k
                    WHERE k.location_id = h.location_id AND k.for_doors AND k.last_day >= %(first_day)s
                ), '{{}}') AS days
            FROM directory_openinghours h
            UNION ALL
            SELECT k.location_id, t.weekday, t.starts, t.ends,
                datemultirange(daterange(k.first_day, k.last_day, '[]'))
            FROM directory_hourstemplate k
            JOIN directory_templatehours t ON t.template_id = k.id
            WHERE k.for_doors AND k.last_day >= %(first_day)s
        ) o
        GROUP BY o.location_id, o.weekday, o.days
    ) e
    JOIN directory_location l ON l.id = e.location_id AND {condition}
    CROSS JOIN LATERAL unnest(e.spans) span
"""

# The rooms and devices that can be booked, pooled by what they are and where they stand.
POOLS = """
    SELECT m.location_id, m.kind, array_agg(r.id) AS resources, sum(r.seats) AS seats
    FROM (
        SELECT resource_ptr_id, location_id, 'room ' || room_kind AS kind FROM directory_room
        UNION ALL
        SELECT resource_ptr_id, location_id, 'device ' || device_kind FROM directory_device
    ) m
    JOIN directory_resource r ON r.id = m.resource_ptr_id AND r.is_active
    GROUP BY m.location_id, m.kind
"""

# The working periods of `a` on the days of `d`, as instants. Where the clock changes, PostgreSQL reads a time that
# the wall skips as if the clock had not changed yet, and one that it shows twice as the second; a period that ends
# before it begins, because it lay in a skipped hour, offers nothing.
PERIODS = """
    SELECT l.location_id,
        (h.day + o.starts) AT TIME ZONE l.time_zone AS opens,
        (h.day + o.ends) AT TIME ZONE l.time_zone AS closes,
        h.day <@ l.closed AS is_closed,
        a.horizon IS NOT NULL AND h.day > l.today + a.horizon AS is_beyond
    FROM (
        SELECT w.location_id, w.starts, w.ends, d.first_day + n AS day
        FROM directory_workinghours w
        LEFT JOIN replaced u ON u.practitioner_id = w.practitioner_id AND u.location_id = w.location_id
        CROSS JOIN LATERAL generate_series(
            (w.weekday - extract(isodow FROM d.first_day)::integer + 7) %% 7, d.last_day - d.first_day, 7
        ) n
        WHERE w.practitioner_id = a.practitioner_id
            AND (w.valid_from IS NULL OR w.valid_from <= d.first_day + n)
            AND (w.valid_until IS NULL OR w.valid_until >= d.first_day + n)
            AND (u.days IS NULL OR NOT d.first_day + n <@ u.days)
        UNION ALL
        SELECT u.location_id, u.starts, u.ends, greatest(u.first_day, d.first_day) + n
        FROM special u
        CROSS JOIN LATERAL generate_series(
            (u.weekday - extract(isodow FROM greatest(u.first_day, d.first_day))::integer + 7) %% 7,
            least(u.last_day, d.last_day) - greatest(u.first_day, d.first_day), 7
        ) n
        WHERE u.practitioner_id = a.practitioner_id
            AND greatest(u.first_day, d.first_day) + n <@ u.days
        UNION ALL
        SELECT x.location_id, x.starts, x.ends, x.day
        FROM directory_extrahours x
        WHERE x.practitioner_id = a.practitioner_id AND x.day BETWEEN d.first_day AND d.last_day
    ) h
    JOIN places l ON l.location_id = h.location_id
    CROSS JOIN LATERAL (
        SELECT h.starts, h.ends WHERE NOT l.keeps_to_hours
        UNION ALL
        SELECT greatest(h.starts, o.starts), least(h.ends, o.ends) FROM doors o
        WHERE l.keeps_to_hours AND o.location_id = l.location_id AND o.weekday = extract(isodow FROM h.day)
            AND h.day <@ o.days AND o.starts < h.ends AND o.ends > h.starts
    ) o
"""
OPEN_PERIODS = "SELECT * FROM ({periods}) e WHERE NOT e.is_closed AND NOT e.is_beyond"

# The starts that reservations of one resource after the other forbid in period `p`, seat by seat, and in the end
# those that all `seats` of them forbid. A hold counts until it expires.
FORBIDDEN = """
    SELECT range_intersect_agg(k.starts)
    FROM (
        SELECT range_agg(tstzrange(lower(t.during) - a.until, upper(t.during) + a.before, '()')) AS starts
        FROM (
            SELECT b.resource_id, b.seat, b.during, b.hold_id FROM scheduling_reservation b
            WHERE b.resource_id {resources} AND upper(b.during) - lower(b.during) <= {long}
                AND lower(b.during) > p.opens - a.before - {long} AND lower(b.during) < p.closes + a.until
            UNION ALL
            SELECT b.resource_id, b.seat, b.during, b.hold_id FROM scheduling_reservation b
            WHERE b.resource_id {resources} AND upper(b.during) - lower(b.during) > {long}
                AND upper(b.during) > p.opens - a.before AND lower(b.during) < p.closes + a.until
        ) t
        {existing_seats}
        WHERE t.hold_id IS NULL OR t.hold_id IN (SELECT id FROM scheduling_hold WHERE expires_at > %(now)s)
        GROUP BY t.resource_id, t.seat
    ) k
    HAVING count(*) = {seats}
"""

# Where no room of the kind exists, the whole of time is forbidden.
FORBIDDEN_BY_POOL = """
    CASE WHEN a.{kind}_kind = '' THEN '{{}}' ELSE coalesce((
        SELECT coalesce(({forbidden}), '{{}}')
        FROM pools m WHERE m.location_id = p.location_id AND m.kind = '{kind} ' || a.{kind}_kind
    ), '{{(,)}}') END
"""

# The starts that remain in period `p`, as closed ranges, each on the grid that begins with the period.
STARTS = """
    SELECT s.starts_at
    FROM unnest(
        CASE WHEN greatest(p.opens, a.earliest) <= p.closes - a.duration
            THEN tstzmultirange(tstzrange(greatest(p.opens, a.earliest), p.closes - a.duration, '[]'))
            ELSE '{{}}' END
        - coalesce(({practitioner}), '{{}}') - {pools}
    ) g
    CROSS JOIN LATERAL generate_series(
        date_bin(a.step, lower(g) - interval '1 microsecond', p.opens) + a.step, upper(g), a.step
    ) s (starts_at)
"""

# The free starts of everyone who is asked.
SLOTS = """
    SELECT DISTINCT a.practitioner_id, p.location_id, s.starts_at
    FROM asked a
    CROSS JOIN LATERAL (SELECT %(first_day)s AS first_day, a.last_day AS last_day) d
    CROSS JOIN LATERAL ({open_periods}) p
    CROSS JOIN LATERAL ({starts}) s
    WHERE {condition}
"""

# The same where rooms or devices are needed. Many work the same hours at the same place and share its rooms, so what
# the rooms forbid is found once for all of them; fifty colleagues would otherwise read each room fifty times.
SLOTS_IN_POOLS = """
    SELECT DISTINCT a.practitioner_id, p.location_id, s.starts_at
    FROM (
        SELECT p.location_id, p.opens, p.closes, a.duration, a.before, a.until, a.step, a.earliest,
            array_agg(a.practitioner_id) AS practitioners, array_agg(a.seats) AS seats, {pools} AS forbidden
        FROM asked a
        CROSS JOIN LATERAL (SELECT %(first_day)s AS first_day, a.last_day AS last_day) d
        CROSS JOIN LATERAL ({open_periods}) p
        WHERE {condition}
        GROUP BY p.location_id, p.opens, p.closes, a.duration, a.before, a.until, a.step, a.earliest,
            a.room_kind, a.device_kind
    ) p
    CROSS JOIN LATERAL (
        SELECT w.practitioner_id, w.seats, p.duration, p.before, p.until, p.step, p.earliest
        FROM unnest(p.practitioners, p.seats) w (practitioner_id, seats)
    ) a
    CROSS JOIN LATERAL ({starts}) s
"""

ALL_SLOTS = """
    {tables} {slots} ORDER BY starts_at, practitioner_id, location_id
"""

# The others are looked at only when the practitioner has too few.
NEAREST_SLOTS = """
    {tables}, own AS MATERIALIZED ({own_slots})
    SELECT * FROM (
        SELECT * FROM own
        UNION ALL
        SELECT * FROM ({other_slots}) other WHERE (SELECT count(*) FROM own) < %(count)s
    ) slot
    ORDER BY practitioner_id <> %(practitioner)s, location_id <> %(here)s,
        abs(extract(epoch FROM starts_at - %(around)s)), starts_at, practitioner_id
    LIMIT %(count)s
"""

# Periods are tried in the order in which they open, until one has a free start: sorted in place, with an OFFSET that
# keeps the sort there, so that the search stops early. Another period that opens before that start may overlap it
# (extra hours on top of weekly ones), so those are looked at too.
NEXT_SLOTS = """
    {tables}
    SELECT a.practitioner_id, best.location_id, best.starts_at
    FROM asked a
    CROSS JOIN LATERAL (
        SELECT s.starts_at, p.opens
        FROM (SELECT %(first_day)s AS first_day, a.last_day AS last_day) d
        CROSS JOIN LATERAL ({open_periods} ORDER BY opens OFFSET 0) p
        CROSS JOIN LATERAL ({starts} ORDER BY s.starts_at LIMIT 1) s
        ORDER BY p.opens LIMIT 1
    ) found
    CROSS JOIN LATERAL (
        SELECT p.location_id, s.starts_at
        FROM (
            SELECT found.starts_at::date - 2 AS first_day, least(found.starts_at::date + 2, a.last_day) AS last_day
        ) d
        CROSS JOIN LATERAL ({open_periods}) p
        CROSS JOIN LATERAL ({starts} ORDER BY s.starts_at LIMIT 1) s
        WHERE p.opens BETWEEN found.opens AND found.starts_at
        ORDER BY s.starts_at, p.location_id LIMIT 1
    ) best
"""

# How one visit at `starts_at` lies to the working periods around it: whether it fits, whether they are closed or
# beyond the horizon, whether it is on the grid. No row: not offered, or the location is not open. A row of nulls:
# nobody works.
PERIODS_AROUND = """
    {tables}
    SELECT p.opens <= %(starts_at)s AND %(starts_at)s + make_interval(secs => %(length)s) <= p.closes,
        p.is_closed, p.is_beyond,
        date_bin(a.step, %(starts_at)s, p.opens) = %(starts_at)s
    FROM asked a
    CROSS JOIN places q
    CROSS JOIN LATERAL (SELECT %(first_day)s AS first_day, %(last_day)s AS last_day) d
    LEFT JOIN LATERAL ({periods}) p ON true
"""
