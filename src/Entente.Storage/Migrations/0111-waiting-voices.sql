-- Anonymous voices until they are heard, all of them together: no author, no time, no number that counts up.
CREATE TABLE waiting_voices (
    id TEXT NOT NULL PRIMARY KEY,
    engagement TEXT NOT NULL,
    voice TEXT NOT NULL
) {{rowid}};

-- One row, once there is one: when those that wait are heard.
CREATE TABLE voice_hearing (
    id INTEGER NOT NULL PRIMARY KEY,
    next TEXT NOT NULL
);
