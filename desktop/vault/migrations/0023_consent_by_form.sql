-- What people were told is found by the text they were asked with (services/told).
CREATE INDEX consent_by_form ON consent (form);
