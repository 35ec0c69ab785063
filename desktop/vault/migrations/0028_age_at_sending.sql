-- Whose yes counts is asked at each sending, by the age that is known then (PIPA 22-2).

DROP VIEW tellable;

CREATE VIEW tellable AS
SELECT c.id AS consent, c.agency, i.item, c.asked_at,
  -- A number may be told only while a law entrusts the organisation with it.
  CASE WHEN i.item = 'identifier' THEN min(c.valid_until, coalesce(
    (SELECT e.until FROM entrustment e ORDER BY e.version DESC LIMIT 1), ''))
  ELSE c.valid_until END AS valid_until
FROM consent c
JOIN consent_answer k ON k.consent = c.id AND k.article = '15' AND k.answer = 'given'
JOIN consent_answer p ON p.consent = c.id AND p.article = '17' AND p.answer = 'given'
LEFT JOIN consent_answer s ON s.consent = c.id AND s.article = '23'
LEFT JOIN consent_answer u ON u.consent = c.id AND u.article = '24'
LEFT JOIN consent_record o ON o.consent = c.id
JOIN consent_item i ON i.consent = c.id AND i.allowed = 1
WHERE c.withdrawn_at IS NULL
  AND (i.item NOT IN ('situation', 'health') OR s.answer = 'given')
  AND (i.item <> 'identifier' OR u.answer = 'given')
  -- Whoever may be under 14 cannot have answered alone: an age is put right, two records become
  -- one. A guess may be a year too high; an unknown age is kept as 0.
  AND (c.guardian IS NOT NULL OR NOT EXISTS (
    SELECT 1 FROM youth y WHERE y.id = c.youth
      AND y.age_lowest - iif(y.age_basis = 'estimated', 1, 0) < 14))
  -- A new asking in its place ends it, whatever was answered.
  AND NOT EXISTS (SELECT 1 FROM consent_record z WHERE z.supersedes = c.id)
  -- A later no, or a later yes taken back, ends every earlier yes to the same agency. Later is what
  -- was kept later: a clock that was wrong between the two must not bring the yes back.
  AND NOT EXISTS (
    SELECT 1 FROM asked_in_turn n LEFT JOIN consent_answer a ON a.consent = n.id
    WHERE n.youth = c.youth AND n.agency = c.agency
      AND (n.n, n.asked_at, n.row) > (coalesce(o.n, 0), c.asked_at, c.rowid)
      AND (n.withdrawn_at IS NOT NULL OR (a.answer <> 'given'
        AND (a.article <> '24' OR i.item = 'identifier')
        AND (a.article <> '23' OR i.item IN ('situation', 'health')))));
