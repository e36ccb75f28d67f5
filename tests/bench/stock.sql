-- A large clinic group: 500 practitioners, 1,000,000 stored visits around today. Everything here is invented.
INSERT INTO directory_location (slug, name_en, name_ar, city_en, city_ar, address_en, address_ar, phone, email, time_zone, is_active, sort_order)
SELECT 'branch-' || n, 'Branch ' || n, 'الفرع ' || n, 'Amman', 'عمّان', 'Street ' || n, 'شارع ' || n, '+96265550100', '', 'Asia/Amman', true, n
FROM generate_series(1, 10) n;

INSERT INTO directory_specialty (slug, name_en, name_ar, summary_en, summary_ar, icon, sort_order)
VALUES ('general', 'General', 'عام', '', '', '', 0);

INSERT INTO directory_service (slug, specialty_id, name_en, name_ar, summary_en, summary_ar, preparation_en, preparation_ar,
    duration, buffer_before, buffer_after, step, notice, horizon_days, cancel_cutoff, room_kind, device_kind, is_public, sort_order)
SELECT kind, s.id, kind, kind, '', '', '', '', 30, 0, 0, 15, 120, 60, 240, room, '', true, 0
FROM directory_specialty s, (VALUES ('plain', ''), ('with-room', 'consultation')) k (kind, room);

INSERT INTO directory_resource (kind, seats, is_active, name_en, name_ar)
SELECT 'practitioner', 1, true, 'Dr. ' || n, 'د. ' || n FROM generate_series(1, 500) n;

INSERT INTO directory_practitioner (resource_ptr_id, slug, title_en, title_ar, biography_en, biography_ar, gender, languages, sort_order)
SELECT id, 'doctor-' || id, '', '', '', '', 'female', '{ar,en}', id FROM directory_resource WHERE kind = 'practitioner';

INSERT INTO directory_resource (kind, seats, is_active, name_en, name_ar)
SELECT 'room', 10, true, 'Room ' || n, 'غرفة ' || n FROM generate_series(1, 60) n;

INSERT INTO directory_room (resource_ptr_id, room_kind, location_id)
SELECT r.id, 'consultation', (SELECT min(id) FROM directory_location) + row_number() OVER (ORDER BY r.id) % 10
FROM directory_resource r WHERE kind = 'room';

INSERT INTO directory_practitioner_services (practitioner_id, service_id)
SELECT p.resource_ptr_id, s.id FROM directory_practitioner p, directory_service s;

-- Sunday to Thursday, with a lunch break.
INSERT INTO directory_workinghours (practitioner_id, location_id, weekday, starts, ends)
SELECT p.resource_ptr_id, (SELECT min(id) FROM directory_location) + p.resource_ptr_id % 10, weekday, starts, ends
FROM directory_practitioner p, unnest(ARRAY[7, 1, 2, 3, 4]) weekday,
    (VALUES (time '08:00', time '12:00'), (time '13:00', time '17:00')) h (starts, ends);

INSERT INTO patients_patient (reference, name_en, name_ar, gender, phone, email, language, origin, is_synthetic, created_at)
SELECT 'P' || lpad(n::text, 9, '0'), 'Patient ' || n, '', 'unknown', '', '', 'en', 'desk', true, now()
FROM generate_series(1, 1000) n;

-- Half-hour visits on working days, seven in ten taken, the million that ends ten weeks from now.
CREATE TEMPORARY TABLE visit AS
SELECT row_number() OVER () AS id, v.*
FROM (
    SELECT p.resource_ptr_id AS practitioner_id,
        (SELECT min(id) FROM directory_location) + p.resource_ptr_id % 10 AS location_id,
        row_number() OVER (PARTITION BY p.resource_ptr_id % 10, day, h.starts, n) AS place,
        (day + h.starts + n * interval '30 minutes') AT TIME ZONE 'Asia/Amman' AS starts_at
    FROM directory_practitioner p,
        (
            SELECT day::timestamp FROM generate_series(current_date - 200, current_date + 70, interval '1 day') day
            WHERE extract(isodow FROM day) IN (7, 1, 2, 3, 4)
        ) d,
        (VALUES (interval '8 hours'), (interval '13 hours')) h (starts),
        generate_series(0, 7) n
    WHERE hashtext(p.resource_ptr_id::text || ' ' || day || h.starts || n) & 1023 < 717
    ORDER BY starts_at DESC, practitioner_id
    LIMIT 1000000
) v;

INSERT INTO scheduling_appointment (id, reference, patient_id, practitioner_id, service_id, location_id, starts_at, ends_at,
    status, revision, source, language, contact_name, contact_phone, contact_email, note, cancel_reason, created_at)
OVERRIDING SYSTEM VALUE
SELECT id, 'V' || lpad(id::text, 9, '0'), (SELECT min(id) FROM patients_patient) + id % 1000, practitioner_id,
    (SELECT min(id) FROM directory_service), location_id, starts_at, starts_at + interval '30 minutes',
    'booked', 0, 'desk', 'en', 'Patient', '', '', '', '', now()
FROM visit;
SELECT setval(pg_get_serial_sequence('scheduling_appointment', 'id'), 1000000);

INSERT INTO scheduling_reservation (resource_id, seat, during, reason, appointment_id, note)
SELECT practitioner_id, 1, tstzrange(starts_at, starts_at + interval '30 minutes'), 'appointment', id, ''
FROM visit ORDER BY id;

-- From today on, each visit also has a place in a room: six rooms of ten places for fifty practitioners.
INSERT INTO scheduling_reservation (resource_id, seat, during, reason, appointment_id, note)
SELECT r.resource_ptr_id, 1 + (v.place - 1) % 10, tstzrange(starts_at, starts_at + interval '30 minutes'), 'appointment', v.id, ''
FROM visit v
JOIN (SELECT *, row_number() OVER (PARTITION BY location_id ORDER BY resource_ptr_id) AS nth FROM directory_room) r
    ON r.location_id = v.location_id AND r.nth = 1 + (v.place - 1) / 10
WHERE v.starts_at >= current_date;

-- Somebody is always away: a week of leave for each twentieth practitioner, as one long row.
INSERT INTO scheduling_reservation (resource_id, seat, during, reason, note)
SELECT resource_ptr_id, 1, tstzrange(current_date - interval '160 weeks', current_date - interval '159 weeks'), 'leave', ''
FROM directory_practitioner WHERE resource_ptr_id % 20 = 0;

INSERT INTO directory_closure (name_en, name_ar, first_day, last_day)
VALUES ('Holiday', 'عطلة', current_date + 16, current_date + 17);

DROP TABLE visit;
