-- A list, written with the facts it shows.
CREATE TABLE negotiations (
    id TEXT NOT NULL PRIMARY KEY,
    engagement TEXT NOT NULL,
    title TEXT NOT NULL,
    agreement TEXT NOT NULL,
    amends BIGINT NULL,
    standing TEXT NOT NULL,
    opened_at TEXT NOT NULL,
    moved_at TEXT NOT NULL
);

CREATE INDEX negotiations_by_engagement ON negotiations (engagement);
