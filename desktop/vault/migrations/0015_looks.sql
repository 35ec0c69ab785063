-- Who looked, by time and by young person: two years of looks are not read for a week's list.
CREATE INDEX look_by_time ON look (at);
CREATE INDEX look_by_youth ON look (youth, at);
