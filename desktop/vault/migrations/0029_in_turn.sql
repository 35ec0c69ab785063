-- The judgement and the plan that count are those that were kept last, whatever the clock said: a
-- clock that was ahead must not hide what came after it. The order of keeping is that of the rows.

DROP INDEX judgement_by_youth;

CREATE INDEX judgement_by_youth ON judgement (youth);

DROP INDEX safety_plan_by_youth;

CREATE INDEX safety_plan_by_youth ON safety_plan (youth);

DROP VIEW to_watch;

CREATE VIEW to_watch AS
SELECT y.id AS youth, max(y.met_first,
    coalesce((SELECT max(m.met_at) FROM meeting m WHERE m.youth = y.id), ''),
    coalesce((SELECT max(p.ended_at) FROM promise p WHERE p.youth = y.id AND p.outcome = 'kept'), '')
  ) AS since
FROM youth y
WHERE EXISTS (SELECT 1 FROM promise p WHERE p.youth = y.id AND p.outcome = '')
  OR (SELECT j.risk FROM judgement j WHERE j.youth = y.id
      ORDER BY j.rowid DESC LIMIT 1) IN ('medium', 'high');

DROP VIEW to_see;

CREATE VIEW to_see AS
SELECT j.youth, j.id AS judgement, j.judged_at
FROM judgement j
WHERE j.risk = 'high'
  AND NOT EXISTS (SELECT 1 FROM supervision s JOIN judgement l ON l.id = s.judgement
                  WHERE s.youth = j.youth AND l.rowid >= j.rowid)
  AND NOT EXISTS (SELECT 1 FROM judgement k WHERE k.youth = j.youth AND k.risk = 'high'
                  AND k.rowid > j.rowid);

DELETE FROM watched;

INSERT INTO watched SELECT youth, since FROM to_watch;

-- Who waits already goes on waiting; so does who was judged high last.
DELETE FROM unseen WHERE youth NOT IN (SELECT youth FROM to_see);

INSERT OR REPLACE INTO unseen SELECT t.youth, t.judgement, t.judged_at FROM to_see t
WHERE t.youth IN (SELECT youth FROM unseen) OR t.judgement = (SELECT j.id FROM judgement j
    WHERE j.youth = t.youth ORDER BY j.rowid DESC LIMIT 1);
